"""The demonstration: samples that nobody can take for real, and an account of each role that works."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from guide.management.commands.demo import PASSWORD, SPARE_CODES
from guide.models import Hall
from guide.staff.roles import ROLES
from tests.factories import HallFactory
from tests.guide.cast import page_of

pytestmark = pytest.mark.django_db


def demo() -> str:
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_every_sample_hall_says_that_it_is_one(client: Client) -> None:
    demo()
    assert set(Hall.objects.values_list("sample", flat=True)) == {True}
    page = page_of(client.get("/newborn/?region=513301")).text
    assert "样例大厅（康定）" in page
    assert "样例：这个大厅是演示用的，不是真的。" in page
    assert "会藏语的窗口：2 号综合窗口" in page


def test_each_role_logs_in_and_finds_its_places(client: Client) -> None:
    told = demo()
    for role in ROLES:
        user = User.objects.get(username=f"demo-{role}")
        assert user.username in told
        response = client.post("/staff/login", {"username": user.username, "password": PASSWORD}, follow=True)
        if role in ("reviewer", "administrator"):
            assert SPARE_CODES[0] in told
            response = client.post("/staff/second-factor", {"code": SPARE_CODES[0]}, follow=True)
        assert response.redirect_chain[-1][0] == "/staff/"
        assert "退出" in page_of(response).text
        client.post("/staff/logout")


def test_running_it_twice_changes_nothing() -> None:
    demo()
    before = Hall.objects.count(), User.objects.count()
    demo()
    assert (Hall.objects.count(), User.objects.count()) == before


def test_samples_never_mix_with_real_halls() -> None:
    HallFactory.create()
    with pytest.raises(CommandError, match="这里有真的大厅"):
        demo()
    assert Hall.objects.count() == 1


def test_the_deployment_check_is_clean(tmp_path: Path) -> None:
    """As an operator runs it: TLS in front, a secret of its own, an address that is known."""
    environment = os.environ | {
        "HTTPS": "1",
        "VAR_DIR": str(tmp_path),
        "ALLOWED_HOSTS": "guide.example",
        "PUBLIC_URL": "https://guide.example",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests set it
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stderr
