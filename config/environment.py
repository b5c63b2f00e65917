"""What the settings read from the environment and from the `var` folder."""

import os
import re
import secrets
import stat
import tempfile
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from dj_database_url import DBConfig

KEPT_OPEN = 60  # seconds that a connection to the database stays open between requests
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


def proxies(name: str, default: str = "") -> list[str]:
    """The web servers in front, by address or network, or `unix` for a socket. Raises ValueError for anything else."""
    entries = words(name, default)
    for entry in entries:
        try:
            ip_network("::" if entry == "unix" else entry, strict=False)
        except ValueError as error:
            message = f"{name} holds {entry!r}; write addresses (10.0.0.2), networks (10.0.0.0/8) or unix, with commas"
            raise ValueError(message) from error
    return entries


def public_address(name: str) -> tuple[str, str, str]:
    """Origin, host and path of the variable `name`: https://example.cn/guide -> https://example.cn, example.cn, /guide.

    Empty where it isn't set. Raises ValueError for what is no address of a site.
    """
    written = os.environ.get(name, "").strip()
    if not written:
        return "", "", ""
    parts = urlsplit(written)
    plain = (
        parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment or parts.username)
    )
    if not plain or not re.fullmatch(r"[A-Za-z0-9/._~-]*", parts.path):
        raise ValueError(f"{name} is {written!r}; write https://example.cn or https://example.cn/guide")
    return f"{parts.scheme}://{parts.netloc}", str(parts.hostname), parts.path.rstrip("/")


def own_folder(path: Path) -> Path:
    """The folder, for its owner only whatever the umask; one that others share (sticky, as /tmp) stays as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.stat().st_mode & stat.S_ISVTX:
        _close(path, 0o700)
    return path


def own_file(path: Path) -> None:
    """Makes the file empty where there is none, for its owner only; closes a looser one. SQLite's companions too."""
    if not path.parent.is_dir():
        return
    with suppress(PermissionError, FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    for file in (path, *(Path(f"{path}{ending}") for ending in ("-wal", "-shm", "-journal"))):
        if file.is_file():
            _close(file, 0o600)


def _close(path: Path, mode: int) -> None:
    """Takes others' rights away. Where it is somebody else's, it is theirs to do."""
    if path.stat().st_mode & 0o077:
        with suppress(PermissionError):
            path.chmod(mode)


def secret_key(path: Path) -> str:
    """SECRET_KEY of the environment, else the one kept at `path`, made on first use, readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if not path.exists():
        _write_new_key(path)
    own_file(path)
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
        return {**dj_database_url.parse(url, conn_max_age=KEPT_OPEN), "OPTIONS": SQLITE}
    found = dj_database_url.parse(url, conn_max_age=KEPT_OPEN, conn_health_checks=True)
    return {**found, "OPTIONS": {"connect_timeout": ANSWERS_WITHIN, **found.get("OPTIONS", {})}}


def close_database(found: DBConfig) -> None:
    """An SQLite file is its owner's alone before anything is written into it; SQLite's companions take after it."""
    name = str(found["NAME"])
    if found["ENGINE"].endswith("sqlite3") and name and not name.startswith((":memory:", "file:")):
        own_file(Path(name))
