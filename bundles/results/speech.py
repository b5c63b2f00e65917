"""How the catalogue's texts are said: in which language, and with figures put where a text says `{name}`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from ..computing import Age, Days, Figure, Money, Month, Months, Percent, Years
from ..values import FIGURE
from ..walking.walks import Walk

TEN_THOUSAND = 10_000


class Say(Protocol):
    """Says a text of the catalogue; `question` is what it answers, where it is an answer."""

    def __call__(self, text: str, question: str = "", /) -> str: ...


def as_written(text: str, _question: str = "", /) -> str:
    """The catalogue's own words."""
    return text


def chinese(figure: Figure | None) -> str:
    """A figure in the catalogue's own language."""
    match figure:
        case None:
            return "（由窗口核算）"
        case Month(year, month):
            return f"{year} 年 {month} 月"
        case date():
            return f"{figure.year} 年 {figure.month} 月 {figure.day} 日"
        case Age(years, months):
            return f"{years} 岁 {months} 个月" if months else f"{years} 岁"
        case Money(yuan):
            return f"{yuan / TEN_THOUSAND:f} 万元" if yuan and not yuan % TEN_THOUSAND else f"{yuan:f} 元"
        case Months(number):
            years, months = divmod(number, 12)
            parts = [f"{years} 年" if years else "", f"{months} 个月" if months or not years else ""]
            return " ".join(filter(None, parts))
        case _:
            return _counted(figure)


def _counted(figure: Percent | Days | Years | int | Decimal) -> str:
    match figure:
        case Percent(value):
            return f"{value:f}%"
        case Days(number):
            return f"{number} 天"
        case Years(number):
            return f"{number} 年"
        case _:
            return f"{figure:f}" if isinstance(figure, Decimal) else str(figure)


@dataclass(frozen=True, slots=True)
class Speech:
    """A language: its code, the catalogue's texts in it, figures in its words, and how a text is left once these are
    in it."""

    language: str = "zh-hans"
    say: Say = as_written
    figure: Callable[[Figure | None], str] = chinese
    whole: Callable[[str], str] = str

    def tell(self, text: str, walk: Walk) -> str:
        """A text of the walk's bundle with its figures; braces that name no figure stay."""
        text, figures = self.say(text), walk.bundle.figures
        if not figures or "{" not in text:
            return text
        return self.whole(
            FIGURE.sub(lambda found: self.figure(walk.figure(found[1])) if found[1] in figures else found[0], text)
        )


CHINESE = Speech()
