"""Who may see a page of staff: whoever has logged in and has the role, and nobody's browser keeps it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


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
            return redirect_to_login(request.path)

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
