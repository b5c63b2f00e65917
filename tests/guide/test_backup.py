"""A copy taken while the guide serves comes back whole, and holds nothing of a visitor."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SECRET = "sealed-by-somebody"


def manage(folder: Path, *command: str, script: str = "") -> str:
    """What a command of an installation prints whose data lie in `folder`."""
    told = {**os.environ, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(  # noqa: S603  # our own commands
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR, env=told, input=script, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


FILLED = f"""
from django.contrib.auth.models import User
from django.utils import timezone
from guide.models import Draft, Hall, Region
Region.objects.get_or_create(code="513301")
Hall.objects.create(region_id="513301", name="样例大厅", address="测试路 1 号", phone="0836-0000000")
User.objects.create_user("dolma", password="a long password")
Draft.objects.create(id="a" * 64, sealed=b"{SECRET}", expires=timezone.now())
"""
COUNTED = """
from django.contrib.auth.models import User
from guide.models import Draft, Hall
print("counted", Hall.objects.filter(name="样例大厅").count(), User.objects.count(), Draft.objects.count())
"""


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "shell", script=FILLED)
    return folder


def test_a_copy_brings_back_everything_but_what_is_a_visitors(installation: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert "bytes" in manage(installation, "backup", str(copy))
    assert copy.stat().st_mode & 0o077 == 0
    assert SECRET.encode() not in copy.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(copy, elsewhere / "db.sqlite3")
    manage(elsewhere, "migrate", "--verbosity", "0")
    assert "counted 1 1 0" in manage(elsewhere, "shell", script=COUNTED)
    assert "counted 1 1 1" in manage(installation, "shell", script=COUNTED)


def test_no_file_is_overwritten(installation: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("something else")
    assert "is there already" in manage(installation, "backup", str(there))
    assert there.read_text() == "something else"
