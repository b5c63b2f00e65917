"""Days counted anew, for what checks the engine."""

import calendar
from datetime import date, timedelta


def later(start: date, span: str) -> date:
    """The day a span after `start`, counting days or months on a calendar."""
    number, unit = span.split(" ")
    if unit.startswith("day"):
        return start + timedelta(days=int(number))
    month = start.month + int(number) * (12 if unit.startswith("year") else 1)
    year, month = start.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
