"""Files that machines look for: what robots may read, and whom to tell of a hole."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guide.web.public import from_outside

# No answers, no papers, nobody's form, no staff: paths that begin so, in every language, and patterns (RFC 9309)
CLOSED = ("c/", "counter/", "staff/", "desk/", "admin/", "api/", "kiosk/", "wipe", "look", "region")
PATTERNS = ("/*?", "/*.pdf", "/*.png", "/*.ics", "/*.zip", "/*/offline.html", "/*/form", "/*/ask", "/*/notice")
VALID = timedelta(days=180)


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """robots.txt: the start pages, and nothing that an applicant's answers make."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed_paths()), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def closed_paths() -> list[str]:
    """What no robot reads."""
    root = get_script_prefix()
    others = [f"{root}{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [*(before + path for before in (root, *others) for path in CLOSED), *PATTERNS]


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): the operator, who answers for this site. It is right for half a year from now."""
    expires = (timezone.now() + VALID).replace(microsecond=0).isoformat()
    lines = [
        f"Contact: {contact_address(settings.OPERATOR_CONTACT)}",
        f"Expires: {expires}",
        "Preferred-Languages: zh, en",
        f"Canonical: {from_outside(request, reverse('security-txt'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def contact_address(contact: str) -> str:
    """The operator's contact as an address: a page, a mailbox, else a telephone."""
    bare = " ".join(contact.split())
    if bare.startswith(("https://", "mailto:", "tel:")):
        return bare
    return f"mailto:{bare}" if "@" in bare else f"tel:{''.join(bare.split())}"
