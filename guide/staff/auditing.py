"""The audit log: who did what and when, without a word about any applicant."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from guide.models import Deed

MOST = 80


def log_deed(request: HttpRequest, deed: str, what: str = "") -> None:
    """Writes down that whoever is logged in did one of `models.staff.DEEDS`; `what` names a bundle, hall or account."""
    Deed.objects.create(by=request.user if isinstance(request.user, User) else None, deed=deed, what=what[:MOST])


@receiver(user_logged_in)
def _logged_in(user: User, **_signal: Any) -> None:
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Deed.objects.create(by=user, deed="log-in")
