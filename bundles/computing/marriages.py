"""When two people are old enough to marry: 中华人民共和国民法典 art. 1047, men from 22 and women from 20 years."""

from collections.abc import Mapping
from datetime import date

from ..model import Span
from ..times import add
from .registry import Raw, figures

MEN, WOMEN = Span(22, "years"), Span(20, "years")


@figures("marriages.man_from")
def man_from(today: date, answers: Mapping[str, Raw]) -> date | None:
    """The day on which he is 22. Of man_birthday."""
    born = answers.get("man_birthday")
    return add(born, MEN) if isinstance(born, date) else None


@figures("marriages.woman_from")
def woman_from(today: date, answers: Mapping[str, Raw]) -> date | None:
    """The day on which she is 20. Of woman_birthday."""
    born = answers.get("woman_birthday")
    return add(born, WOMEN) if isinstance(born, date) else None
