"""`backup FILE`: a copy of the embedded database, taken while the guide serves."""

import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

# A draft is gone when its visitor leaves, from every copy too; sessions and failed log-ins are nothing to keep.
LEFT_OUT = ("guide_draft", "django_session", "guide_failures")


class Command(BaseCommand):
    help = "Copies the SQLite database to a file, without visitors' drafts. PostgreSQL has pg_dump, see the README."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the copy; must not be there yet")

    def handle(self, *, file: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("This copies SQLite only. For PostgreSQL use pg_dump as the README says.")
        if file.exists():
            raise CommandError(f"{file} is there already; name another file.")
        connection.ensure_connection()
        file.touch(mode=0o600)
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
            known = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for table in filter(known.__contains__, LEFT_OUT):
                copy.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
            copy.commit()
            copy.execute("VACUUM")  # so that nothing of what was left out stays in free pages
            (found,) = copy.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            file.unlink()
            raise CommandError(f"The copy isn't sound: {found}")
        self.stdout.write(f"{file}  {file.stat().st_size:,} bytes")
