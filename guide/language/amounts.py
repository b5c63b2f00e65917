"""Amounts in words: 〔收入〕 ÷ 〔人数〕, for reviewers and for clerks who work them out on paper."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from django.utils.translation import gettext as _

from bundles.amounts import Amount, Applied, Day, Leaf, Number, Ticked
from bundles.conditions import Condition
from bundles.model import Bundle, Question
from bundles.values import Case, Table
from bundles.walking.working_out import in_unit
from guide.language.languages import say
from guide.language.wording import SAYING, band_words, choice_words, day_words, figure_words

SIGNS = {"+": "{} + {}", "-": "{} − {}", "*": "{} × {}", "/": "{} ÷ {}"}
STRONG = ("*", "/")  # whose parts stand in brackets where they are sums


def cases_in_words(
    cases: tuple[Case, ...], name: Callable[[Leaf], str], when: Callable[[Condition], str]
) -> tuple[str, ...]:
    """A line a case, to be read from the first on. `name` says what a leaf is called, `when` a condition."""
    lines = [(amount_in_words(case.amount, name), case.when) for case in cases]
    if len(lines) == 1 and lines[0][1] is None:
        return (lines[0][0],)
    return tuple(
        _("不然，{text}").format(text=text)
        if condition is None
        else _("如果{when}，{text}").format(when=when(condition), text=text)
        for text, condition in lines
    )


def amount_in_words(amount: Amount, name: Callable[[Leaf], str]) -> str:
    """An amount as one would write it in a sentence."""
    match amount:
        case Number(value):
            return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
        case Day(day):
            return day_words(day) if day else _("今天")
        case Ticked():
            return _("{question}选的项数").format(question=_named(name(amount)))
        case Applied(by, parts):
            if by in SIGNS:
                return SIGNS[by].format(*(_within(part, by, place, name) for place, part in enumerate(parts)))
            return _function(by, [amount_in_words(part, name) for part in parts])
        case _:
            return _named(name(amount))


def _named(name: str) -> str:
    """A name as one thing, whatever it says."""
    return f"〔{name.rstrip('？?')}〕"


def _within(part: Amount, by: str, place: int, name: Callable[[Leaf], str]) -> str:
    """A part of a sum or product; in brackets where it would be read otherwise."""
    words = amount_in_words(part, name)
    inner = part.by if isinstance(part, Applied) and part.by in SIGNS else ""
    bracketed = inner and (inner not in STRONG if by in STRONG else by == "-" and place)
    return f"（{words}）" if bracketed or (inner and by == "/" and place) else words


def _function(by: str, parts: list[str]) -> str:
    one, other = parts[0], parts[-1]
    several = {"min": _("最小（{parts}）"), "max": _("最大（{parts}）")}
    if by in several:
        return several[by].format(parts=reduce(_beside, parts))
    rounding = {
        "round_down": _("往小取整（{parts}）"), "round_up": _("往大取整（{parts}）"),
        "round_half_up": _("四舍五入（{parts}）"),
    }  # fmt: skip
    if by in rounding:
        to = _("{number}，到 {step}").format(number=one, step=other) if len(parts) > 1 else one
        return rounding[by].format(parts=to)
    phrases = {
        "days": _("从{one}到{other}的天数"), "months": _("从{one}到{other}的整月数"),
        "months_begun": _("从{one}到{other}的月数，不满一个月算一个月"),
        "calendar_months": _("从{one}到{other}隔几个月，只看年月"), "years": _("从{one}到{other}的整年数"),
        "add_days": _("{one}往后 {other} 天"), "add_working_days": _("{one}往后 {other} 个工作日"),
        "add_months": _("{one}往后 {other} 个月"), "add_years": _("{one}往后 {other} 年"),
    }  # fmt: skip
    return phrases[by].format(one=one, other=other)


def _beside(one: str, other: str) -> str:
    return _("{one}；{other}").format(one=one, other=other)


def cells_in_words(bundle: Bundle, table: Table, today: date) -> tuple[str, ...]:
    """The values of a table in force on `today`, each with the answers that it is for."""
    questions = [bundle.question(name) for name in table.by]
    return tuple(
        _("{keys}：{value}").format(
            keys=SAYING["and"].join(_key(question, key) for question, key in zip(questions, path, strict=True)),
            value=figure_words(in_unit(Fraction(value), table.unit)),
        )
        for path, value in table.on(today).values.items()
    )


def _key(question: Question, key: str) -> str:
    """What an answer is called: a choice, a band, or a number with its unit."""
    if question.bands:
        return band_words(question, key)
    choice = next((choice for choice in question.choices if choice.id == key), None)
    return choice_words(question, choice) if choice else f"{key} {say(question.unit)}".strip()
