"""What the settings read from outside."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.environment import KEPT_OPEN, close_database, database, own_folder, secret_key, switch, words

BASE = Path(__file__).parent.parent.parent


@pytest.fixture
def no_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)


@pytest.mark.usefixtures("no_key_given")
def test_the_first_run_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "secret-key"
    key = secret_key(kept)
    assert len(key) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in kept.parent.iterdir()] == ["secret-key"]


@pytest.mark.usefixtures("no_key_given")
def test_later_runs_keep_the_key(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "secret-key") == secret_key(tmp_path / "secret-key")


def test_a_key_of_the_environment_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert secret_key(tmp_path / "secret-key") == "given"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("text", "on"), [("1", True), (" Yes ", True), ("0", False), ("", False), ("off", False)])
def test_a_switch_is_on_or_off(text: str, on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", text)
    assert switch("DEBUG") is on


def test_a_list_drops_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example , ,b.example,")
    assert words("ALLOWED_HOSTS") == ["a.example", "b.example"]


@pytest.mark.parametrize("url", ["sqlite:///guide.db", "postgresql://guide@localhost/guide"])
def test_no_request_opens_the_database_anew(url: str) -> None:
    assert database(url)["CONN_MAX_AGE"] == KEPT_OPEN


def test_sqlite_waits_instead_of_failing() -> None:
    settings = database("sqlite:////srv/guide.sqlite3")
    assert settings["NAME"] == "/srv/guide.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_passwords_may_hold_signs() -> None:
    settings = database("postgresql://guide:p%40ss%2Fword@db.example:5433/guide")
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"]) == ("guide", "p@ss/word", "db.example")
    assert (settings["PORT"], settings["NAME"]) == (5433, "guide")


def test_nobody_waits_long_for_postgresql() -> None:
    assert database("postgresql://guide@db.example/guide")["OPTIONS"] == {"connect_timeout": 3}
    assert database("postgresql://guide@db.example/guide?connect_timeout=9")["OPTIONS"] == {"connect_timeout": 9}


def test_another_database_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="mysql"):
        database("mysql://localhost/guide")


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_the_database_and_its_folder_are_their_owners_alone(tmp_path: Path) -> None:
    """As a first start makes them, with a umask that hides nothing."""
    folder = tmp_path / "var"
    environment = os.environ | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("DATABASE_URL", None)
    environment.pop("SECRET_KEY", None)
    write = (
        "import django; django.setup(); from django.db import connection as c; c.cursor().execute('CREATE TABLE t(x)')"
    )
    look = (
        "; import os; print(*(oct(os.stat(e).st_mode)[-3:] for e in os.scandir(os.environ['VAR_DIR']) if e.is_file()))"
    )
    run = [sys.executable, "-c", write + look]
    made = subprocess.run(run, cwd=BASE, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    assert set(made.stdout.split()) == {"600"}
    assert len(made.stdout.split()) == 4  # the key, the database and its two companions
    assert mode_of(folder) == 0o700


def test_what_lies_open_from_before_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    names = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "secret-key")
    for name in names:
        (tmp_path / name).write_text("kept")
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)
    own_folder(tmp_path)
    close_database(database(f"sqlite:///{tmp_path / 'db.sqlite3'}"))
    assert secret_key(tmp_path / "secret-key") == "kept"
    assert {mode_of(tmp_path / name) for name in names} == {0o600}
    assert mode_of(tmp_path) == 0o700
    assert (tmp_path / "db.sqlite3").read_text() == "kept"


def test_a_folder_that_all_share_stays_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    assert own_folder(tmp_path).stat().st_mode & 0o7777 == 0o1777


@pytest.mark.parametrize("url", ["sqlite://:memory:", "postgresql://guide@localhost/guide", "sqlite:////nowhere/db"])
def test_what_is_no_file_here_is_left_alone(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    close_database(database(url))
    assert not list(tmp_path.iterdir())
