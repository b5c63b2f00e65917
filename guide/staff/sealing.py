"""The database itself refuses to change or delete a row of the audit log, whoever asks and by whatever way."""

from typing import Any

from django.db import connections

from guide.models import Deed

TABLE = Deed._meta.db_table
_REFUSED = "what the audit log says is never changed"
# The third is for INSERT OR REPLACE, which would take a row's place without deleting it.
_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_stays_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for name, event in (
        ("changed", f"UPDATE ON {TABLE}"),
        ("deleted", f"DELETE ON {TABLE}"),
        ("replaced", f"INSERT ON {TABLE} WHEN NEW.id IN (SELECT id FROM {TABLE})"),  # noqa: S608 - our own name
    )
)
_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE OR REPLACE TRIGGER {TABLE}_stays_row BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_stays_all BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_stays()",
)
SEALS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def seal_deeds(using: str = "default", **_signal: Any) -> None:
    """After each migration, as SQLite forgets a table's triggers when it makes the table anew."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for seal in SEALS[connection.vendor]:
            cursor.execute(seal)
