"""Whether it is the database that fails: it is down, full, locked, or not set up."""

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError

RETRY_AFTER = 120  # seconds


def is_down(error: BaseException | None) -> bool:
    """Whether this error says that the database doesn't serve; not where it refuses what it was given."""
    refused = isinstance(error, DataError | IntegrityError)
    return isinstance(error, DatabaseError | InterfaceError) and not refused
