"""Who may see a page of staff: whoever has logged in and has the role, and nobody's browser keeps it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve, reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from guide.language.languages import language_in

View = Callable[..., HttpResponse]
# Addresses that are only sent to, by name, and the page with their button: what can be opened instead
SENT_FROM = {
    "counter-file": "counter",
    "counter-next": "counter",
    "import": "messages",
    "logout": "staff",
    "admin:logout": "staff",
    "wipe": "home",
    "kiosk-reset": "home",
}


def page_with_button(match: ResolverMatch) -> str:
    """The address of the page that an address is sent to from; empty for one that can be opened itself."""
    page = SENT_FROM.get(match.view_name)
    return reverse(page, kwargs=match.kwargs) if page else ""


def openable(address: str) -> str:
    """The address, or that of the page with its button where it can only be sent to."""
    path = f"/{urlsplit(address).path.removeprefix(get_script_prefix())}"
    with translation.override(language_in(path)):
        try:
            return page_with_button(resolve(path)) or address
        except Resolver404:
            return address


def to_log_in(request: HttpRequest, wanted: str) -> HttpResponse:
    """Sends to log in, and from there to the address that was wanted; the page says where a button did nothing."""
    response = redirect_to_login(openable(wanted))
    if request.method == "POST":
        response.headers["Location"] += "&sent=1"
    return response


def staff_only(view: View) -> View:
    """A decorator for pages of all staff: others are sent to log in."""

    @never_cache
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return to_log_in(request, request.get_full_path())

    return entered


def only_with(permission: str) -> Callable[[View], View]:
    """A decorator: others are sent to log in, or refused where they have.

    They come back to the page without what stood after its `?`: those are an applicant's answers.
    """

    def guarded(view: View) -> View:
        checked: View = permission_required(permission, raise_exception=True)(view)

        @never_cache
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return checked(request, *args, **kwargs)
            return to_log_in(request, request.path)

        return entered

    return guarded


clerks_only = only_with("guide.serve")
hall_editors_only = only_with("guide.edit_halls")
managers_only = only_with("guide.count")


def staff_of(request: HttpRequest) -> User:
    """Whoever has logged in. Raises TypeError where a view forgot its guard."""
    if not isinstance(request.user, User):
        raise TypeError("the view is for those who have logged in")
    return request.user
