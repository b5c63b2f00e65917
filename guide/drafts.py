"""Drafts of forms: encrypted at rest, gone after two hours or at the press of a button.

The cookie holds 32 random bytes. From them come, one way (HKDF-SHA256, RFC 5869), the row's id and the key of
AES-256-GCM under which the values are sealed. A stolen database shows nobody's data.
"""

import binascii
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guide.models import Draft

COOKIE = "draft"
LIFE = timedelta(hours=2)
KEY_BYTES = 32
NONCE_BYTES = 12


class DraftLost(LookupError):
    """The cookie names no draft that can be read: expired, wiped, or not ours."""


@dataclass
class Draftbook:
    """The values of one visitor: by field id, `child.name` for the first child and `child.name~2` for the second.

    `counts` says how many of a person the visitor has asked for, where the form decides; `sensitive` whether they
    agreed to fill in sensitive boxes here too (个人信息保护法 29 asks for a consent of its own).
    """

    key: bytes
    values: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sensitive: bool = False

    def save(self) -> None:
        """Seals the values for two hours from now, and throws away every draft that has expired."""
        wipe_expired()
        nonce = secrets.token_bytes(NONCE_BYTES)
        kept = {"values": self.values, "counts": self.counts, "sensitive": self.sensitive}
        content = json.dumps(kept, ensure_ascii=False).encode()
        sealed = nonce + AESGCM(_derived(self.key, b"seal")).encrypt(nonce, content, None)
        Draft.objects.update_or_create(id=_id(self.key), defaults={"sealed": sealed, "expires": timezone.now() + LIFE})

    def give(self, response: HttpResponse) -> None:
        """Hands the key to the visitor."""
        response.set_cookie(
            COOKIE,
            urlsafe_b64encode(self.key).decode(),
            max_age=int(LIFE.total_seconds()),
            httponly=True,
            secure=settings.CSRF_COOKIE_SECURE,
            samesite="Lax",
        )


def new_draft() -> Draftbook:
    """An empty draft under a new key."""
    return Draftbook(secrets.token_bytes(KEY_BYTES))


def open_draft(request: HttpRequest) -> Draftbook | None:
    """The visitor's draft; None for a visitor without one. Raises DraftLost where the cookie opens nothing."""
    if COOKIE not in request.COOKIES:
        return None
    key = _key(request.COOKIES[COOKIE])
    row = Draft.objects.filter(id=_id(key), expires__gt=timezone.now()).first()
    if row is None:
        wipe_expired()
        raise DraftLost
    content = _unsealed(key, bytes(row.sealed))
    return Draftbook(key, content["values"], content["counts"], content["sensitive"])


def wipe_expired() -> None:
    """Deletes every draft whose time is over, whosever it is."""
    Draft.objects.filter(expires__lte=timezone.now()).delete()


def wipe_draft(request: HttpRequest, response: HttpResponse) -> None:
    """Deletes the visitor's draft, key and all."""
    with suppress(DraftLost):  # a cookie that is none of ours has no row either
        Draft.objects.filter(id=_id(_key(request.COOKIES.get(COOKIE, "")))).delete()
    response.delete_cookie(COOKIE, samesite="Lax")


def _key(cookie: str) -> bytes:
    try:
        key = urlsafe_b64decode(cookie.encode())
    except (binascii.Error, UnicodeEncodeError):
        raise DraftLost from None
    if len(key) != KEY_BYTES:
        raise DraftLost
    return key


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)


def _id(key: bytes) -> str:
    return _derived(key, b"id").hex()


def _unsealed(key: bytes, sealed: bytes) -> dict[str, Any]:
    try:
        content = AESGCM(_derived(key, b"seal")).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except InvalidTag:
        raise DraftLost from None
    loaded: dict[str, Any] = json.loads(content)
    return loaded
