"""Drafts of forms: encrypted at rest, gone after two hours or at the press of a button.

The cookie holds 32 random bytes. From them come, one way (HKDF-SHA256, RFC 5869), the row's id and the key of
AES-256-GCM under which the values are sealed. A stolen database shows nobody's data.
"""

import binascii
import json
import logging
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
from django.contrib.auth.models import User
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guide.models import Draft
from guide.web.cookies import give_cookie, take_cookie

LIFE = timedelta(hours=2)
KEY_BYTES = 32
NONCE_BYTES = 12
TAG = 16  # hexadecimal digits
KEPT = ("values", "counts", "sensitive", "renewed", "box", "rows", "agreed")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawer:
    """Where a draft's key lies: in which cookie, and whose it is. What one owner sealed another's key doesn't open."""

    cookie: str
    owner: bytes = b""


VISITORS = Drawer("draft")


def drawer_of(clerk: User) -> Drawer:
    """Where a clerk keeps the applicant's draft: apart from their own as a visitor, and closed to other clerks."""
    return Drawer("applicant", f" of clerk {clerk.pk}".encode())


class DraftLost(LookupError):
    """The cookie names no draft that can be read: expired, wiped, or not ours."""


@dataclass
class Draftbook:
    """The values of one visitor: by field id, `child.name` for the first child and `child.name~2` for the second.

    `counts` says how many of a person the visitor has asked for, where the form decides; `sensitive` whether they
    agreed to fill in sensitive boxes here too (个人信息保护法 29 asks for a consent of its own); `renewed` that the one
    before was lost when the values were sent; `box` where to go on after a person or a row came or went; `rows` what
    was typed into tables of people, by bundle and table; `agreed` whether they agreed to fill in a form here: rows are
    kept without one.
    """

    key: bytes
    values: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sensitive: bool = False
    renewed: bool = False
    box: str = ""
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    agreed: bool = True
    drawer: Drawer = VISITORS

    @property
    def tag(self) -> str:
        """Names the draft on the page that its values are typed into, and opens nothing."""
        return _derived(self.key, b"tag").hex()[:TAG]

    def save(self) -> None:
        """Seals the values for two hours from now, and throws away every draft that has expired."""
        wipe_expired()
        nonce = secrets.token_bytes(NONCE_BYTES)
        content = json.dumps({name: getattr(self, name) for name in KEPT}, ensure_ascii=False).encode()
        sealed = nonce + AESGCM(_derived(self.key, b"seal" + self.drawer.owner)).encrypt(nonce, content, None)
        row = {"sealed": sealed, "expires": timezone.now() + LIFE}
        Draft.objects.update_or_create(id=_id(self.key, self.drawer), defaults=row)

    def give(self, response: HttpResponse) -> None:
        """Hands the key to the visitor."""
        give_cookie(response, self.drawer.cookie, urlsafe_b64encode(self.key).decode(), int(LIFE.total_seconds()))


def new_draft(drawer: Drawer = VISITORS) -> Draftbook:
    """An empty draft under a new key."""
    return Draftbook(secrets.token_bytes(KEY_BYTES), drawer=drawer)


def open_draft(request: HttpRequest, drawer: Drawer = VISITORS) -> Draftbook | None:
    """The draft in a drawer; None where it holds no key. Raises DraftLost where the key opens nothing."""
    if drawer.cookie not in request.COOKIES:
        return None
    key = _key(request.COOKIES[drawer.cookie])
    row = Draft.objects.filter(id=_id(key, drawer), expires__gt=timezone.now()).first()
    if row is None:
        wipe_expired()
        raise DraftLost
    content = _unsealed(key, bytes(row.sealed), drawer)
    return Draftbook(key, drawer=drawer, **content)


def wipe_expired() -> None:
    """Deletes every draft whose time is over, whosever it is."""
    Draft.objects.filter(expires__lte=timezone.now()).delete()


def wipe_draft(request: HttpRequest, response: HttpResponse | None, drawer: Drawer = VISITORS) -> None:
    """Deletes the draft in a drawer, key and all; the key lies in a cookie, so its end needs a response.

    Where the database doesn't serve the key goes alone: without it nobody opens the row, and it expires by itself.
    """
    try:
        with suppress(DraftLost):  # a cookie that is none of ours has no row either
            Draft.objects.filter(id=_id(_key(request.COOKIES.get(drawer.cookie, "")), drawer)).delete()
    except Error as error:
        logger.error("a draft's row stays until it expires: %s", type(error).__name__)
    if response is not None:
        take_cookie(response, drawer.cookie)


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


def _id(key: bytes, drawer: Drawer) -> str:
    return _derived(key, b"id" + drawer.owner).hex()


def _unsealed(key: bytes, sealed: bytes, drawer: Drawer) -> dict[str, Any]:
    try:
        cipher = AESGCM(_derived(key, b"seal" + drawer.owner))
        content = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except InvalidTag:
        raise DraftLost from None
    loaded: dict[str, Any] = json.loads(content)
    return loaded
