"""Amounts as bundles write them: `income / members`, `round_up(months(born, today) / 12)`, `min($cap, 0.7 * cost)`.

A minus stands between blanks, since names may hold one. What an amount comes to, says `arithmetic`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from itertools import islice
from typing import Literal

Kind = Literal["number", "day"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; None is the day of the walk."""

    day: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a number or date question."""

    question: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many choices of a `many` question are ticked."""

    question: str


@dataclass(frozen=True, slots=True)
class Valued:
    """The region's value of a param, a number or a day."""

    param: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The cell of a table that the answers point at."""

    table: str


@dataclass(frozen=True, slots=True)
class Named:
    """Another amount, by the name of its figure."""

    figure: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A sign or function of `SIGNS` or `FUNCTIONS`, applied to its parts."""

    by: str
    parts: tuple["Amount", ...]


Leaf = Number | Day | Asked | Ticked | Valued | Looked | Named
Amount = Leaf | Applied

SIGNS = ("+", "-", "*", "/")


@dataclass(frozen=True, slots=True)
class Function:
    """What a function takes, in their order, the last of them up to `most` in all, at least `least`; what it gives."""

    takes: tuple[Kind, ...]
    least: int
    most: int
    gives: Kind = "number"


_NUMBERS, _ROUNDING = Function(("number",), 2, 12), Function(("number",), 1, 2)
_BETWEEN, _LATER = Function(("day",), 2, 2), Function(("day", "number"), 2, 2, "day")
FUNCTIONS = {
    **dict.fromkeys(("min", "max"), _NUMBERS),
    **dict.fromkeys(("round_down", "round_up", "round_half_up"), _ROUNDING),
    **dict.fromkeys(("days", "months", "months_begun", "calendar_months", "years"), _BETWEEN),
    **dict.fromkeys(("add_days", "add_working_days", "add_months", "add_years"), _LATER),
}
COUNT = "ticked"
TODAY = "today"
MOST_DEPTH = 40
MOST_TOKENS = 200
MOST_DIGITS = 15

# Signs as they come from a Chinese keyboard or a law's text, and how an amount writes them.
_WRITTEN_AS = {
    "×": "*", "÷": "/", "（": "(", "）": ")", "，": ",", "、": ",", "－": "-", "−": "-", "＋": "+",
    "%": "/ 100", "％": "/ 100",
}  # fmt: skip

_TOKEN = re.compile(
    r"\s*(?:(?P<day>\d{4}-\d\d-\d\d)|(?P<number>\d+(?:\.\d+)?)|(?P<name>\$?[a-z][a-z0-9_-]*)|(?P<sign>[-+*/(),]))"
)


class AmountFault(ValueError):
    """What can't be read of an amount: why, and how to write it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def read_amount(text: str, leaf: Callable[[str], Amount], ticked: Callable[[str], Amount]) -> Amount:
    """The amount written in `text`.

    `leaf` is asked what a name or `$param` stands for, `ticked` for the count of a question. Raises AmountFault, as
    they may.
    """
    return _Parser(text, leaf, ticked).whole()


def leaves(amount: Amount) -> Iterator[Leaf]:
    """What an amount rests on, from left to right."""
    if isinstance(amount, Applied):
        for part in amount.parts:
            yield from leaves(part)
    else:
        yield amount


class _Parser:
    """A precedence climb over two levels, and brackets."""

    def __init__(self, text: str, leaf: Callable[[str], Amount], ticked: Callable[[str], Amount]) -> None:
        self.leaf, self.ticked = leaf, ticked
        self.tokens = list(islice(_tokens(text), MOST_TOKENS + 1))
        if len(self.tokens) > MOST_TOKENS:
            raise AmountFault(f"算式超过 {MOST_TOKENS} 个词。", "拆成几个 figures。")
        self.turn = 0
        self.depth = 0

    def whole(self) -> Amount:
        amount = self.sum()
        if self.turn < len(self.tokens):
            raise AmountFault(f"“{self.next()}”不该在这里。", "核对算式：少了运算符号，或者括号不成对。")
        return amount

    def sum(self) -> Amount:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise AmountFault(f"算式嵌套超过 {MOST_DEPTH} 层。", "拆成几个 figures。")
        amount = self.product()
        while self.peek() in ("+", "-"):
            amount = Applied(self.next(), (amount, self.product()))
        self.depth -= 1
        return amount

    def product(self) -> Amount:
        amount = self.factor()
        while self.peek() in ("*", "/"):
            amount = Applied(self.next(), (amount, self.factor()))
        return amount

    def factor(self) -> Amount:
        word = self.next()
        if word == "(":
            amount = self.sum()
            self.expect(")")
            return amount
        if word[0].isdigit():
            return _written(word)
        if not (word[0].isalpha() or word[0] == "$"):
            raise AmountFault(f"“{word}”前面少了一个数。", "例如 income / members；负数写成 0 - 5。")
        if word == TODAY:
            return Day(None)
        return self.call(word) if self.peek() == "(" else self.leaf(word)

    def call(self, name: str) -> Amount:
        if name == COUNT:
            self.expect("(")
            amount = self.ticked(self.next())
            self.expect(")")
            return amount
        if name not in FUNCTIONS:
            close = get_close_matches(name, FUNCTIONS, 1)
            raise AmountFault(
                f"没有函数 {name}。",
                f"是不是“{close[0]}”？" if close else f"可以写：{'、'.join((*FUNCTIONS, COUNT))}。",
            )
        parts, function = self.parts(), FUNCTIONS[name]
        if not function.least <= len(parts) <= function.most:
            number = str(function.least) if function.least == function.most else f"{function.least} 到 {function.most}"
            raise AmountFault(
                f"{name} 后面的括号里要写 {number} 个数，这里有 {len(parts)} 个。", _example(name, function)
            )
        return Applied(name, parts)

    def parts(self) -> tuple[Amount, ...]:
        self.expect("(")
        parts = [self.sum()]
        while self.peek() == ",":
            self.next()
            parts.append(self.sum())
        self.expect(")")
        return tuple(parts)

    def peek(self) -> str:
        return self.tokens[self.turn] if self.turn < len(self.tokens) else ""

    def next(self) -> str:
        word = self.peek()
        if not word:
            raise AmountFault("算式没有写完。", "例如 income / members。")
        self.turn += 1
        return word

    def expect(self, sign: str) -> None:
        if self.peek() != sign:
            raise AmountFault(f"少了“{sign}”。", "核对括号；写在 { } 里、带逗号的算式要整个加引号。")
        self.turn += 1


def _example(name: str, function: Function) -> str:
    if function is _BETWEEN:
        return f"例如 {name}(birth_date, today)。"
    if function is _LATER:
        return f"例如 {name}(birth_date, 6)。"
    return f"例如 {name}(income, 900)。" if function is _NUMBERS else f"例如 {name}(income / members, 0.01)。"


def _tokens(text: str) -> Iterator[str]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            sign = text[at:].strip()[:1]
            written = _WRITTEN_AS.get(sign)
            remedy = f"写成“{written}”。" if written else "只用名字、数、+ - * / 和英文括号、逗号。"
            raise AmountFault(f"算式里不认识“{sign}”。", remedy)
        yield found[found.lastgroup or 0]
        at = found.end()


def _written(word: str) -> Amount:
    if word[4:5] == "-":
        try:
            return Day(date.fromisoformat(word))
        except ValueError:
            raise AmountFault(f"没有 {word} 这一天。") from None
    if len(word) > MOST_DIGITS:
        raise AmountFault(f"{word[:20]}… 太长了。", f"最多 {MOST_DIGITS} 位。")
    return Number(Fraction(word))


def kind_of(amount: Amount, of: Callable[[Leaf], Kind]) -> Kind:
    """Whether an amount is a number or a day; `of` says it of a question, param, table or other amount.

    Raises AmountFault where a part is of the wrong kind.
    """
    match amount:
        case Number() | Ticked():
            return "number"
        case Day():
            return "day"
        case Applied(by, parts):
            takes = FUNCTIONS[by].takes if by in FUNCTIONS else ("number",)
            for place, part in enumerate(parts):
                wanted = takes[min(place, len(takes) - 1)]
                if kind_of(part, of) != wanted:
                    raise _of_wrong_kind(by, wanted)
            return FUNCTIONS[by].gives if by in FUNCTIONS else "number"
        case _:
            return of(amount)


def _of_wrong_kind(by: str, wanted: Kind) -> AmountFault:
    if wanted == "day":
        return AmountFault(f"{by} 的括号里要写日期。", "例如 months(birth_date, today)。")
    return AmountFault(f"日期不能直接用 {by} 算。", "用 days、months、years 算两天之间的时间，用 add_days 等往后推。")
