"""Turning a browser into a hall's terminal and back, and making it ready for the next visitor."""

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from guide.form.drafts import wipe_draft
from guide.kiosk.mode import FORGOTTEN, kiosk_region
from guide.staff.counting import hall_of
from guide.staff.guards import only_with, staff_of
from guide.web.cookies import KIOSK, give_cookie, in_kiosk, take_cookie
from guide.web.requests import from_elsewhere


@only_with("guide.kiosk")
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Turns kiosk mode on for this browser, and logs the member of staff out; or turns it off again."""
    if request.method != "POST":
        return render(request, "kiosk/switch.html", {"on": in_kiosk(request), "hall": hall_of(staff_of(request))})
    if request.POST.get("kiosk") != "on":
        off = HttpResponseRedirect(reverse("staff"))
        take_cookie(off, KIOSK)
        return off
    hall = hall_of(staff_of(request))
    logout(request)
    response = _fresh(request, hall.region_id if hall else "", HttpResponseRedirect(get_script_prefix()))
    give_cookie(response, KIOSK, hall.region_id if hall else "1")
    return response


@csrf_exempt
@never_cache
@require_POST
def reset(request: HttpRequest) -> HttpResponse:
    """The visitor has gone, or asks to begin anew: their draft, look and language are forgotten.

    Only a terminal does so, and only because of its own page: elsewhere it would wipe somebody's form. Without a CSRF
    token, as question pages are kept for all; the browser says where a request comes from.

    The page's script prefers no redirect (RFC 7240): WebKit never tells it of one that clears the site's data.
    """
    if not in_kiosk(request) or from_elsewhere(request):
        raise PermissionDenied
    quiet = request.headers.get("Prefer") == "return=minimal"
    answer = HttpResponse(status=204) if quiet else HttpResponseRedirect(get_script_prefix())
    return _fresh(request, kiosk_region(request), answer)


def _fresh(request: HttpRequest, region: str, response: HttpResponse) -> HttpResponse:
    """That response, after which the browser knows nothing of its visitor."""
    wipe_draft(request, response)
    for cookie in FORGOTTEN:
        take_cookie(response, cookie)
    if region:
        give_cookie(response, "region", region)
    else:
        take_cookie(response, "region")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
