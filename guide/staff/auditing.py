"""The audit log: who did what and when, without a word about any applicant."""

from typing import Any

from axes.models import AccessAttempt
from axes.signals import user_locked_out
from axes.utils import reset
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guide.models import Deed

MOST = 80


def log_deed(request: HttpRequest, deed: str, what: str = "") -> None:
    """Writes down that whoever is logged in did one of `models.staff.DEEDS`; `what` names a bundle, hall or account."""
    Deed.objects.create(by=request.user if isinstance(request.user, User) else None, deed=deed, what=what[:MOST])


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name under which axes counts a failed log-in: that of an account, or else a digest of what was typed.

    What is typed there may be a password, or an applicant's name.
    """
    typed = str((credentials or request.POST).get("username") or "")
    known = User.objects.filter(username=typed).exists()
    return typed if known else salted_hmac("guide.auditing", typed, algorithm="sha256").hexdigest()


def unlock(user: User) -> None:
    """Forgets the user's failed log-ins, at every address."""
    reset(username=user.get_username())


@receiver(pre_save, sender=AccessAttempt)
def _keep_no_request(instance: AccessAttempt, **_signal: Any) -> None:
    """Axes would keep what was sent: the page to go on to can hold an applicant's answers."""
    instance.get_data = instance.post_data = ""


@receiver(user_logged_in)
def _logged_in(user: User, **_signal: Any) -> None:
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Deed.objects.create(by=user, deed="log-in")


@receiver(user_locked_out)
def _locked_out(username: str, **_signal: Any) -> None:
    """Only an account that exists is named: a password typed into the wrong box must not end up in the log."""
    user = User.objects.filter(username=username).first()
    Deed.objects.create(by=user, deed="locked")
