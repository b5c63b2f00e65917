"""Turning a browser into a hall's terminal and back, and making it ready for the next visitor."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from guide.form.drafts import wipe_draft
from guide.kiosk.mode import COOKIE, FORGOTTEN, YEAR, in_kiosk, kiosk_region
from guide.staff.counting import hall_of
from guide.staff.guards import only_with, staff_of


@only_with("guide.kiosk")
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Turns kiosk mode on for this browser, and logs the member of staff out; or turns it off again."""
    if request.method != "POST":
        return render(request, "kiosk/switch.html", {"on": in_kiosk(request), "hall": hall_of(staff_of(request))})
    if request.POST.get("kiosk") != "on":
        off = HttpResponseRedirect(reverse("staff"))
        off.delete_cookie(COOKIE, samesite="Lax")
        return off
    hall = hall_of(staff_of(request))
    logout(request)
    response = _fresh(request, hall.region_id if hall else "")
    secure = settings.CSRF_COOKIE_SECURE
    response.set_cookie(
        COOKIE, hall.region_id if hall else "1", max_age=YEAR, httponly=True, samesite="Lax", secure=secure
    )
    return response


@csrf_exempt
@never_cache
@require_POST
def reset(request: HttpRequest) -> HttpResponse:
    """The visitor has gone, or asks to begin anew: their draft, look and language are forgotten.

    Without a CSRF token: this only forgets, and a page that is older than its token must be able to.
    """
    return _fresh(request, kiosk_region(request))


def _fresh(request: HttpRequest, region: str) -> HttpResponse:
    response = HttpResponseRedirect("/")
    wipe_draft(request, response)
    for cookie in FORGOTTEN:
        response.delete_cookie(cookie, samesite="Lax")
    if region:
        response.set_cookie("region", region, max_age=YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("region", samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
