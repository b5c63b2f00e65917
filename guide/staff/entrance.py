"""How staff come in: the password, then for some the second factor; and how they change either."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.models import User
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as show_factor
from django_otp.models import Device

from guide.staff.auditing import log_deed
from guide.staff.forms import CodeForm, LogInForm, PasswordForm, SetUpForm
from guide.staff.guards import openable, staff_of, staff_only
from guide.staff.lockouts import know_device, says_when_locked
from guide.staff.second_factor import (
    has_second_factor,
    needs_second_factor,
    new_key,
    new_spare_codes,
    picture_of,
    secret_of,
    turn_on,
)

BACKEND = "django.contrib.auth.backends.ModelBackend"
# In the session: who gave the right password and is still to show the second factor; the key that a phone may take.
PENDING, KEY = "pending", "key"
PATIENCE = timedelta(minutes=10)

log_out = LogoutView.as_view(next_page="home")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@says_when_locked
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; whoever needs more is let in by the page after."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_onward(request))
    form = LogInForm(request, _posted(request))
    if not form.is_valid():
        context = {"form": form, "next": _next(request), "sent": "sent" in request.GET}
        return render(request, "staff/login.html", context)
    user = form.get_user()
    if not isinstance(user, User):
        raise TypeError("an account of another kind")
    if not (needs_second_factor(user) or has_second_factor(user)):
        return _come_in(request, user, HttpResponseRedirect(_onward(request)))
    request.session.cycle_key()
    until = (timezone.now() + PATIENCE).timestamp()
    request.session[PENDING] = {"user": user.pk, "hash": user.get_session_auth_hash(), "until": until}
    return _go_on("second-factor", request)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The six digits, or a spare code."""
    user = _pending(request)
    if user is None:
        return _go_on("login", request)
    if not has_second_factor(user):
        return _go_on("second-factor-setup", request)
    form = CodeForm(user, _posted(request))
    if not form.is_valid():
        return render(request, "staff/second-factor.html", {"form": form, "next": _next(request)})
    return _come_in(request, user, HttpResponseRedirect(_onward(request)), form.device)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@says_when_locked
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """A phone learns the key, and shows that it has. Then the spare codes are shown, this once."""
    user = staff_of(request) if request.user.is_authenticated else _pending(request)
    if user is None:
        return _go_on("login", request)
    inside = request.user.is_authenticated
    if not inside and has_second_factor(user):
        return _go_on("second-factor", request)
    if request.method != "POST" or KEY not in request.session:
        request.session[KEY] = new_key()
    key = request.session[KEY]
    form = SetUpForm(request, key, ask_password=inside, data=_posted(request))
    if not form.is_valid():
        return render(request, "staff/set-up.html", _set_up_context(request, user, form, key))
    del request.session[KEY]
    codes = new_spare_codes()
    phone = turn_on(user, key, codes, form.step)
    response = render(request, "staff/spare-codes.html", {"codes": codes, "onward": _onward(request)})
    if inside:
        show_factor(request, phone)
    else:
        _come_in(request, user, response, phone)
    log_deed(request, "second-factor")
    return response


@staff_only
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@says_when_locked
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own. Wherever else the account is in, it isn't any more."""
    user = staff_of(request)
    form = PasswordForm(request, user, _posted(request))
    if not form.is_valid():
        return render(request, "staff/password.html", {"form": form})
    form.save()
    update_session_auth_hash(request, user)
    log_deed(request, "change-password")
    return render(request, "staff/password.html", {"changed": True})


def _come_in(request: HttpRequest, user: User, response: HttpResponse, device: Device | None = None) -> HttpResponse:
    """Logs the user in, from a browser that is known from now on."""
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    if device is not None:
        show_factor(request, device)
    know_device(request, response, user)
    return response


def _pending(request: HttpRequest) -> User | None:
    """Who gave the right password a moment ago, if it still is theirs."""
    kept: dict[str, Any] = request.session.get(PENDING, {})
    if not kept or kept["until"] < timezone.now().timestamp():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user and constant_time_compare(user.get_session_auth_hash(), kept["hash"]) else None


def _set_up_context(request: HttpRequest, user: User, form: SetUpForm, key: str) -> dict[str, Any]:
    return {
        "form": form,
        "next": _next(request),
        "needed": needs_second_factor(user),
        "before": has_second_factor(user),
        "picture": picture_of(user, key),
        "secret": secret_of(key),
    }


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _next(request: HttpRequest) -> str:
    return request.POST.get("next", request.GET.get("next", ""))


def _onward(request: HttpRequest) -> str:
    """Where whoever comes in wanted to go, if that is here."""
    wanted = _next(request)
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return openable(wanted) if here else resolve_url(settings.LOGIN_REDIRECT_URL)


def _go_on(name: str, request: HttpRequest) -> HttpResponse:
    wanted = _next(request)
    return HttpResponseRedirect(resolve_url(name) + (f"?{urlencode({'next': wanted})}" if wanted else ""))
