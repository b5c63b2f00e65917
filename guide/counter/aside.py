"""A session that ends while a case is open: the case, and what was typed, lie sealed until a clerk is in again."""

from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import get_script_prefix, resolve, reverse
from django.views.decorators.http import require_safe

from guide.form.drafts import Draftbook, DraftLost, Drawer, new_draft, open_draft, wipe_draft
from guide.staff.guards import View, clerks_only, to_log_in
from guide.web.requests import from_elsewhere

ASIDE = Drawer("aside")
ADDRESS, TYPED = "address", "typed"


def of_a_case(view: View) -> View:
    """A decorator for a clerk's pages about an applicant: whoever has to log in again comes back to the very case.

    Neither answers nor what was typed stand in the address of the log-in.
    """
    guarded = clerks_only(view)

    @wraps(guarded)
    def entered(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        was_in = settings.SESSION_COOKIE_NAME in request.COOKIES and not from_elsewhere(request)
        if request.user.is_authenticated or not was_in or not (request.GET or request.POST):
            return guarded(request, *args, **more)
        kept = new_draft(ASIDE)
        kept.values[ADDRESS] = request.get_full_path()
        if request.method == "POST":
            kept.values[TYPED] = request.POST.urlencode()
        try:
            kept.save()
        except Error:
            return guarded(request, *args, **more)
        response = to_log_in(request, reverse("counter-back"))
        kept.give(response)
        return response

    return entered


@clerks_only
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back to the case that was open before the log-in; what was typed is sent once more."""
    try:
        kept = open_draft(request, ASIDE)
    except DraftLost:
        kept = None
    response = _taken_up(request, kept) if kept else HttpResponseRedirect(reverse("counter"))
    wipe_draft(request, response, ASIDE)
    return response


def _taken_up(request: HttpRequest, kept: Draftbook) -> HttpResponse:
    """The case's page, after it has kept what was typed; it keeps nothing of a form that isn't the open one."""
    address = kept.values[ADDRESS]
    if TYPED not in kept.values:
        return HttpResponseRedirect(address)
    parts = urlsplit(address)
    found = resolve(f"/{parts.path.removeprefix(get_script_prefix())}")
    request.method = "POST"
    vars(request)["GET"] = QueryDict(parts.query)
    request.POST = QueryDict(kept.values[TYPED])
    response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    if response.status_code in (HTTPStatus.OK, HTTPStatus.METHOD_NOT_ALLOWED):
        return HttpResponseRedirect(address)
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response.status_code = HTTPStatus.OK  # what was typed may be wrong, this address isn't
    return response
