"""What the foot of each page leads to: how personal data are treated; who can use the site, and who not yet."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.cases.case import region_of
from guide.web.signposts import contact_address


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a visitor, where and how long (个人信息保护法 17); the form's own notice asks for consent."""
    return render(request, "asking/privacy.html", _context(request))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is tested with every change, and what is known to fall short."""
    return render(request, "asking/accessibility.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    contact = settings.OPERATOR_CONTACT
    return {"region": region_of(request), "contact": contact, "contact_address": contact_address(contact)}
