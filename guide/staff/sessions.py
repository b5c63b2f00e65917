"""A session of staff ends eight hours after the log-in, whatever was done in between."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

BEGAN = "began"  # in the session: when it did, in seconds


class SessionStore(db.SessionStore):
    """Django's own would begin its hours anew with each change; this row's end stays where it is."""

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        began = data.setdefault(BEGAN, _now())
        row = super().create_model_instance(data)
        row.expire_date = datetime.fromtimestamp(began, UTC) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return row


def _now() -> int:
    return int(timezone.now().timestamp())


@receiver(user_logged_in)
def _begin(request: HttpRequest, **_signal: Any) -> None:
    """What stood in the session before the log-in doesn't count."""
    request.session[BEGAN] = _now()
