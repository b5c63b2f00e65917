"""What the settings read from outside."""

from pathlib import Path

import pytest

from config.environment import database, secret_key, switch, words


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
