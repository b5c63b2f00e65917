"""What the site keeps: sealed drafts, reviewers' verdicts, halls, staff, and what staff did. Nothing of an applicant
can be read from it."""

from guide.models.halls import DayOff, Hall, Hours, LaterRule, Region, Window
from guide.models.kept import Draft, Verdict
from guide.models.staff import Deed, DeedsStay, Failures, Post, Tally

__all__ = [
    "DayOff",
    "Deed",
    "DeedsStay",
    "Draft",
    "Failures",
    "Hall",
    "Hours",
    "LaterRule",
    "Post",
    "Region",
    "Tally",
    "Verdict",
    "Window",
]
