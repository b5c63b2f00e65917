"""What the settings read from the environment and from the `var` folder."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


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


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database URL.

    `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://user:password@host:port/name`.
    Raises ValueError for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    message = f"DATABASE_URL starts with {parts.scheme!r}; write sqlite:///… or postgresql://…"
    raise ValueError(message)


def _sqlite(name: str) -> dict[str, Any]:
    """WAL lets readers go on while one writes; IMMEDIATE makes a second writer wait instead of failing half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "timeout": 10,  # seconds
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
