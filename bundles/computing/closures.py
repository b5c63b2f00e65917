"""The days of closing a company.

中华人民共和国公司法 (2023) art. 235 and 240, 市场主体登记管理条例实施细则 art. 49: a simple closure is made public for
20 days and applied for within 20 days after them; an ordinary one is told to the creditors within 60 days.
"""

from collections.abc import Mapping
from datetime import date

from ..model import Span
from ..times import add
from .registry import Raw, figures

PUBLIC, APPLICATION, CREDITORS, CLAIMS = Span(20, "days"), Span(40, "days"), Span(60, "days"), Span(45, "days")


def _after(day: Raw, span: Span) -> date | None:
    return add(day, span) if isinstance(day, date) else None


@figures("closures.public_until")
def public_until(today: date, answers: Mapping[str, Raw]) -> date | None:
    """The last day of the 20 for which a simple closure is public. Of announced_on."""
    return _after(answers.get("announced_on"), PUBLIC)


@figures("closures.apply_until")
def apply_until(today: date, answers: Mapping[str, Raw]) -> date | None:
    """The last day for the application of a simple closure. Of announced_on."""
    return _after(answers.get("announced_on"), APPLICATION)


@figures("closures.creditors_until")
def creditors_until(today: date, answers: Mapping[str, Raw]) -> date | None:
    """The last day for the notice to creditors. Of liquidators_on."""
    return _after(answers.get("liquidators_on"), CREDITORS)


@figures("closures.claims_until")
def claims_until(today: date, answers: Mapping[str, Raw]) -> date | None:
    """The last of the 45 days in which creditors may claim. Of notice_on."""
    return _after(answers.get("notice_on"), CLAIMS)
