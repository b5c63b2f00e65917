"""Who found a translation right, and when: kept beside it in the PO file, as a comment.

The comment ends in a digest of the message and its translation. When either changes, the digest no longer fits and the
translation is a draft again: nothing is shown as reviewed that no person reviewed.
"""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

_COMMENT = re.compile(r"reviewed (?P<day>\d{4}-\d{2}-\d{2}) by (?P<name>.+) \[(?P<digest>[0-9a-f]{12})\]\Z")
DIGEST = 12


@dataclass(frozen=True, slots=True)
class Review:
    name: str
    day: date


def digest(*texts: str) -> str:
    """A short fingerprint of some texts, in their order."""
    return sha256("\0".join(texts).encode()).hexdigest()[:DIGEST]


def as_comment(review: Review, context: str, text: str, translation: str) -> str:
    """`reviewed 2026-12-01 by … [1f3a…]`, for that message and translation only."""
    name = " ".join(review.name.split()) or "?"
    return f"reviewed {review.day.isoformat()} by {name} [{digest(context, text, translation)}]"


def from_comment(comment: str, context: str, text: str, translation: str) -> Review | None:
    """The review that a comment records; None for another comment, and where message or translation have changed."""
    found = _COMMENT.match(comment.strip())
    if found is None or found["digest"] != digest(context, text, translation):
        return None
    try:
        return Review(found["name"], date.fromisoformat(found["day"]))
    except ValueError:
        return None
