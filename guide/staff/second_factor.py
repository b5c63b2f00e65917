"""After the password six digits from a phone: who needs them, who has shown them, and what to do without the phone."""

import time
from base64 import b32encode
from binascii import unhexlify
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import quote, urlencode

import segno
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django_otp import verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from guide.staff.roles import WITH_SECOND_FACTOR
from guide.web.requests import Respond

ISSUER = "一次告知"
STEP = 30  # seconds that six digits hold
DIGITS = 6
SPARE_CODES = 10
MOST_DOUBLINGS = 11  # after so many wrong codes the wait grows no more: 34 minutes


def needs_second_factor(user: User) -> bool:
    return any(map(user.has_perm, WITH_SECOND_FACTOR))


def has_second_factor(user: User) -> bool:
    found: bool = TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()
    return found


def nobody_without_it(respond: Respond) -> Respond:
    """Middleware, after django-otp's: whoever has or needs a second factor and hasn't shown it counts as nobody.

    A session comes to that where a role was given, or the factor taken away, after the log-in.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_shown, request.user))  # type: ignore[assignment]  # as Django's own
        return respond(request)

    return answer


def _shown(user: User | AnonymousUser) -> User | AnonymousUser:
    if not isinstance(user, User) or user.is_verified():  # type: ignore[attr-defined]  # django-otp's middleware adds it
        return user
    return AnonymousUser() if needs_second_factor(user) or has_second_factor(user) else user


def is_from_phone(code: str) -> bool:
    return code.isdecimal() and len(code) == DIGITS


# Showing it -----------------------------------------------------------------------------------------------------------


def device_that_takes(user: User, code: str) -> Device | None:
    """The user's phone or sheet of spare codes, if `code` is right; a right one is used up, a wrong one makes wait."""
    for device in _devices(user, code):
        if verify_token(user, device.persistent_id, code):
            return device
        kept = type(device).objects.filter(pk=device.pk, throttling_failure_count__gt=MOST_DOUBLINGS)
        kept.update(throttling_failure_count=MOST_DOUBLINGS)
    return None


def seconds_to_wait(user: User, code: str) -> int:
    """How long no code of this kind is looked at, after wrong ones; 0 where it is."""
    told = [device.verify_is_allowed()[1] for device in _devices(user, code)]
    waits = [data["locked_until"].timestamp() - time.time() for data in told if data and "locked_until" in data]
    return max(0, *(int(wait) + 1 for wait in waits)) if waits else 0


def _devices(user: User, code: str) -> Iterator[Device]:
    kind: type[Device] = TOTPDevice if is_from_phone(code) else StaticDevice
    yield from kind.objects.devices_for_user(user, confirmed=True)


# Setting it up --------------------------------------------------------------------------------------------------------


def new_key() -> str:
    key: str = random_hex(20)
    return key


def secret_of(key: str) -> str:
    """The key as apps take it, in groups of four letters to type."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def picture_of(user: User, key: str) -> str:
    """The key as a QR code that apps read, in SVG."""
    label = quote(f"{ISSUER}:{user.get_username()}")
    told = {"secret": secret_of(key).replace(" ", ""), "issuer": ISSUER, "digits": DIGITS, "period": STEP}
    code = segno.make(f"otpauth://totp/{label}?{urlencode(told, quote_via=quote)}", error="m", micro=False)
    svg: str = code.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return svg


def step_of(key: str, code: str) -> int | None:
    """The time step to which the code belongs; None where the key doesn't give it now."""
    totp = TOTP(unhexlify(key), STEP, digits=DIGITS)
    totp.time = time.time()
    return int(totp.t()) if is_from_phone(code) and totp.verify(int(code), tolerance=1) else None


def new_spare_codes() -> list[str]:
    return [StaticToken.random_token() for _turn in range(SPARE_CODES)]


@transaction.atomic
def turn_on(user: User, key: str, codes: Iterable[str], step: int = -1) -> Device:
    """A phone that has the key, in place of any before, and a sheet of spare codes.

    The phone's code of `step` and those before it are used up.
    """
    turn_off(user)
    sheet = StaticDevice.objects.create(user=user)
    StaticToken.objects.bulk_create(StaticToken(device=sheet, token=code) for code in codes)
    phone: Device = TOTPDevice.objects.create(user=user, key=key, step=STEP, digits=DIGITS, last_t=step)
    return phone


def turn_off(user: User) -> None:
    """The next log-in sets it up again, if it is needed."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
