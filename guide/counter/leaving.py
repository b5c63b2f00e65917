"""Whoever leaves the counter leaves nothing of an applicant behind."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from guide.counter.aside import ASIDE
from guide.form.drafts import drawer_of, wipe_draft
from guide.models import Deed


@receiver(user_logged_out)
def _logged_out(user: User | None, request: HttpRequest, **_signal: Any) -> None:
    """Whoever leaves the counter takes the key to the applicant's draft along, so the draft goes too."""
    if user is not None:
        for drawer in (drawer_of(user), ASIDE):
            wipe_draft(request, None, drawer)
        Deed.objects.create(by=user, deed="log-out")
