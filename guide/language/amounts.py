"""Amounts in words: 家里的收入 ÷ 人数, for reviewers and for clerks who work them out on paper."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from bundles.amounts import Amount, Applied, Day, Leaf, Number, Ticked
from bundles.conditions import Condition
from bundles.model import Case
from guide.language.wording import day_words

SIGNS = {"+": "{} + {}", "-": "{} − {}", "*": "{} × {}", "/": "{} ÷ {}"}
STRONG = ("*", "/")  # whose parts stand in brackets where they are sums


def cases_in_words(
    cases: tuple[Case, ...], name: Callable[[Leaf], str], when: Callable[[Condition], str]
) -> tuple[str, ...]:
    """A line a case. `name` says what a leaf is called, `when` a condition."""
    return tuple(
        amount_in_words(case.amount, name)
        if case.when is None
        else _("如果{when}，{text}").format(when=when(case.when), text=amount_in_words(case.amount, name))
        for case in cases
    )


def amount_in_words(amount: Amount, name: Callable[[Leaf], str]) -> str:
    """An amount as one would write it in a sentence."""
    match amount:
        case Number(value):
            return f"{float(value):g}" if value.denominator != 1 else str(value)
        case Day(day):
            return day_words(day) if day else _("今天")
        case Ticked():
            return _("“{question}”选的项数").format(question=name(amount))
        case Applied(by, parts):
            if by in SIGNS:
                return SIGNS[by].format(*(_within(part, by, place, name) for place, part in enumerate(parts)))
            return _function(by, [amount_in_words(part, name) for part in parts])
        case _:
            return name(amount)


def _within(part: Amount, by: str, place: int, name: Callable[[Leaf], str]) -> str:
    """A part of a sum or product; in brackets where it would be read otherwise."""
    words = amount_in_words(part, name)
    inner = part.by if isinstance(part, Applied) and part.by in SIGNS else ""
    bracketed = inner and (inner not in STRONG if by in STRONG else by == "-" and place)
    return f"（{words}）" if bracketed or (inner and by == "/" and place) else words


def _function(by: str, parts: list[str]) -> str:
    one, other = parts[0], parts[-1]
    if by in ("min", "max"):
        phrase = _("{parts}里最小的") if by == "min" else _("{parts}里最大的")
        return phrase.format(parts=_("、").join(parts))
    phrases = {
        "round_down": _("{one}（往小取整）"), "round_up": _("{one}（往大取整）"),
        "round_half_up": _("{one}（四舍五入）"),
        "days": _("{one}到{other}的天数"), "months": _("{one}到{other}的整月数"),
        "months_begun": _("{one}到{other}的月数（不满一个月算一个月）"),
        "calendar_months": _("{one}到{other}隔几个月（只看年月）"), "years": _("{one}到{other}的整年数"),
        "add_days": _("{one}往后 {other} 天"), "add_working_days": _("{one}往后 {other} 个工作日"),
        "add_months": _("{one}往后 {other} 个月"), "add_years": _("{one}往后 {other} 年"),
    }  # fmt: skip
    if by.startswith("round") and len(parts) > 1:
        return _("{words}，到 {step}").format(words=phrases[by].format(one=one), step=other)
    return phrases[by].format(one=one, other=other)
