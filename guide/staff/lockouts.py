"""Who tries passwords has to rest; who only stands beside them hasn't.

A browser from which somebody came in is a known device of that account (a signed cookie says so). Failures there are
counted for that browser and account alone. Elsewhere they are counted for the name from one address, for the address
over all names, and for the name over all addresses; none of these keeps a known device out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guide.models import Deed, Failures
from guide.staff.addresses import client_address, neighbourhood

REST = timedelta(hours=1)
MOST_FROM_A_DEVICE = MOST_FOR_A_NAME_HERE = 5
MOST_FROM_AN_ADDRESS = 30  # over all names, so that nobody tries one password with each
MOST_FOR_A_NAME = 100  # over all addresses, so that nobody tries from each

COOKIE = "device"
SALT = "guide.staff.device"
YEAR = 365 * 24 * 60 * 60  # seconds
MOST_ACCOUNTS = 12  # that one browser is known for: the clerks who share a desk

View = Callable[..., HttpResponse]


class LockedOut(Exception):
    """This try doesn't count, right or wrong: there were too many. `everywhere` means whatever name is typed."""

    def __init__(self, everywhere: bool) -> None:
        super().__init__("too many failures")
        self.everywhere = everywhere


@dataclass(frozen=True, slots=True)
class Count:
    """Failures that are counted together: how many are too many, and what the audit log calls that."""

    key: str
    account: str
    most: int
    deed: str = "locked"
    what: str = ""


class Guard:
    """The first of AUTHENTICATION_BACKENDS: nobody's password is looked at while they have to rest."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, **_more: Any) -> None:
        if request is None or username is None:
            return
        for count in _counts(request, username):
            if Failures.objects.filter(key=count.key, number__gte=count.most, ends__gt=timezone.now()).exists():
                raise LockedOut(everywhere=not count.account)


def says_when_locked(view: View) -> View:
    """A decorator for pages that take passwords: whoever has to rest is told so."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except LockedOut as locked:
            return render(request, "staff/locked.html", {"everywhere": locked.everywhere}, status=429)

    return answered


def know_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """From now on this browser is one of the user's. The cookie holds a number and digests of names, no name."""
    device, accounts = _device(request)
    account = digest(user.get_username())
    accounts = [account, *(other for other in accounts if other != account)][:MOST_ACCOUNTS]
    response.set_signed_cookie(
        COOKIE,
        ".".join((device or token_hex(16), *accounts)),
        salt=SALT,
        max_age=YEAR,
        path=settings.SESSION_COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def unlock(user: User) -> None:
    """Forgets the user's failed log-ins, wherever they were."""
    Failures.objects.filter(account=digest(user.get_username())).delete()


def digest(*words: str) -> str:
    """What stands for a name or an address: what is typed as a name may be a password, or an applicant's name."""
    return salted_hmac(SALT, "\0".join(words), algorithm="sha256").hexdigest()[:32]


@receiver(user_login_failed)
def _count(credentials: dict[str, Any], request: HttpRequest | None = None, **_signal: Any) -> None:
    """Raises LockedOut for the try that was one too many, and writes that down, once."""
    username = credentials.get("username")
    if request is None or username is None:
        return
    Failures.objects.filter(ends__lte=timezone.now()).delete()
    full = [count for count in _counts(request, username) if _one_more(count)]
    for count in full:
        _log(count, username)
    if full:
        raise LockedOut(everywhere=not any(count.account for count in full))


@receiver(user_logged_in)
def _forget(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Whoever came in mistyped before; what is counted for an address or for all addresses stays."""
    own = next(_counts(request, user.get_username()))
    Failures.objects.filter(key=own.key).delete()


@transaction.atomic
def _one_more(count: Count) -> bool:
    """Whether the count is full now, for the first time. An hour begins with the first failure, and with the last."""
    ends = timezone.now() + REST
    row, _made = Failures.objects.select_for_update().get_or_create(
        key=count.key, defaults={"account": count.account, "ends": ends}
    )
    row.number += 1
    full = row.number == count.most
    if full:
        row.ends = ends
    row.save(update_fields=("number", "ends"))
    return full


def _log(count: Count, username: str) -> None:
    """Only an account that exists is named: a password typed into the wrong box must not end up in the log."""
    user = User.objects.filter(username=username).first() if count.account else None
    if user or not count.account:
        Deed.objects.create(by=user, deed=count.deed, what=count.what)


def _counts(request: HttpRequest, username: str) -> Iterator[Count]:
    """Where a failure with this name counts; first what is the visitor's own."""
    account = digest(username)
    device, accounts = _device(request)
    if account in accounts:
        yield Count(digest("device", device, username), account, MOST_FROM_A_DEVICE)
        return
    address = neighbourhood(client_address(request))
    yield Count(digest("here", address, username), account, MOST_FOR_A_NAME_HERE)
    yield Count(digest("address", address), "", MOST_FROM_AN_ADDRESS, "locked-address", address)
    yield Count(digest("name", username), account, MOST_FOR_A_NAME)


def _device(request: HttpRequest) -> tuple[str, list[str]]:
    """The number of this browser and the accounts that it is known for; nothing where the cookie isn't ours."""
    device, *accounts = (request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=YEAR) or "").split(".")
    return device, accounts
