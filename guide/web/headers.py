"""What may be kept by whom, and what a page may do in the browser: a few policies, and each address has one."""

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from guide.web.requests import Respond

SAID_BY_A_VIEW = {"_csp_config", "_csp_exempt", "_csp_replace", "_csp_update"}  # as django-csp reads it off a response


@dataclass(frozen=True, slots=True)
class Policy:
    """What `Cache-Control` says, and which headers of the request the answer depends on."""

    control: str
    vary: tuple[str, ...] = ()


FOR_ALL = Policy("public, max-age=3600")  # the same for everybody
ASKED_AGAIN = Policy("no-cache")  # the same for everybody, but the newest
RECORDED = Policy("public, max-age=86400")
OWN = Policy("private, no-cache", ("Cookie", "HX-Request"))  # depends on region, look, language, terminal
ANSWERS = Policy("private, no-store", ("Cookie",))  # files made of an applicant's answers
STAFF = Policy("max-age=0, no-cache, no-store, must-revalidate, private")  # and what is typed: as `never_cache` says it
POLICIES: dict[str, Policy] = {
    **dict.fromkeys(("schema", "handover-schema", "manifest", "robots", "security-txt"), FOR_ALL),
    "worker": ASKED_AGAIN,
    "sound": RECORDED,
    **dict.fromkeys(
        ("home", "region", "look", "codes", "code", "start", "ask", "notice", "faults", "map", "rules"), OWN
    ),
    **dict.fromkeys(
        ("scenarios", "differences", "unconfirmed", "prints", "booklet", "poster", "paper", "offline", "offline-kit"),
        OWN,
    ),
    **dict.fromkeys(("privacy", "accessibility", "citizens-paper"), OWN),
    **dict.fromkeys(("notice-paper", "notice-picture", "list-paper", "calendar", "api-walk"), ANSWERS),
    **dict.fromkeys(
        ("table", "form", "form-ready", "form-paper", "wipe", "kiosk-reset", "live", "ready", "metrics"), STAFF
    ),
}
OURS = ("Answered-By", "guide")  # by which a browser that keeps pages knows them from a gateway's or a hotspot's
STAFF_ROUTES = ("counter/", "staff/", "desk/", "admin/")
# Nothing of the browser's that a page of ours has a use for; `autoplay` is for recordings.
PERMISSIONS = ", ".join([
    *(f"{feature}=()" for feature in (
        "accelerometer", "ambient-light-sensor", "attribution-reporting", "bluetooth", "browsing-topics", "camera",
        "clipboard-read", "clipboard-write", "display-capture", "encrypted-media", "fullscreen", "gamepad",
        "geolocation",
        "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer", "microphone",
        "midi", "otp-credentials", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock",
        "serial", "storage-access", "usb", "web-share", "window-management", "xr-spatial-tracking",
    )),
    "autoplay=(self)",
])  # fmt: skip


def policy_of(request: HttpRequest, status: int = HTTPStatus.OK) -> Policy:
    """The policy of a request's address; of an error, which anybody may get, that of pages."""
    found = request.resolver_match
    if found is None:
        return OWN
    if bare(found.route).startswith(STAFF_ROUTES):
        return STAFF
    return OWN if status >= HTTPStatus.BAD_REQUEST else POLICIES.get(found.url_name or "", OWN)


def bare(route: str) -> str:
    """A route without its language."""
    first, _slash, rest = route.partition("/")
    return rest if first in dict(settings.LANGUAGES) else route


def kept_as_said(respond: Respond) -> Respond:
    """Middleware: where a view says nothing of its own, the policy of its address; the browser's features for none.

    And every answer is marked as ours.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers[OURS[0]] = OURS[1]
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        policy = policy_of(request, response.status_code)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = policy.control
            patch_vary_headers(response, policy.vary)
        return response

    return answer


class PolicyOfPages(CSPMiddleware):
    """django-csp's, but what holds for every page that says nothing of its own is put together once."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.DEBUG or hasattr(request, "_csp_nonce") or not SAID_BY_A_VIEW.isdisjoint(vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy_of_pages())
        return response


@cache
def _policy_of_pages() -> str:
    return str(build_policy())
