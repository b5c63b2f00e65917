"""What the settings read from the environment and from the `var` folder."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
from dj_database_url import DBConfig

KEPT_OPEN = 60  # seconds that a connection to PostgreSQL stays open between requests
ANSWERS_WITHIN = 3  # seconds, else PostgreSQL counts as down: pages that need no database don't wait for it
# WAL lets readers go on while one writes; IMMEDIATE makes a second writer wait instead of failing half-way.
SQLITE: dict[str, Any] = {
    "timeout": 10,  # seconds
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def switch(name: str) -> bool:
    """Whether the variable `name` is on: `1`, `true`, `yes` or `on`, in any case."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated entries of the variable `name`, without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(path: Path) -> str:
    """SECRET_KEY of the environment, else the one kept at `path`, made on first use, readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if not path.exists():
        _write_new_key(path)
    return path.read_text(encoding="ascii")


def _write_new_key(path: Path) -> None:
    """A link, unlike a write, appears whole or not at all: two workers that start together end with one key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


def database(url: str) -> DBConfig:
    """Django's settings for a database URL.

    `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://user:password@host:port/name`.
    Raises ValueError for any other scheme.
    """
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        message = f"DATABASE_URL starts with {scheme!r}; write sqlite:///… or postgresql://…"
        raise ValueError(message)
    if scheme == "sqlite":
        return {**dj_database_url.parse(url), "OPTIONS": SQLITE}
    found = dj_database_url.parse(url, conn_max_age=KEPT_OPEN, conn_health_checks=True)
    return {**found, "OPTIONS": {"connect_timeout": ANSWERS_WITHIN, **found.get("OPTIONS", {})}}
