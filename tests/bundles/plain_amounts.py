"""Amounts by Python's own parser and operators: the other opinion on bundles/amounts.py and arithmetic.py."""

import ast
import math
import operator
import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from bundles.times import is_working_day
from tests.bundles.days import later

WORD = re.compile(r"\d{4}-\d\d-\d\d|\$?[a-z][a-z0-9_-]*(?![a-z0-9_-]|\s*\()|\d+\.\d+")
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}
Value = Fraction | date | None
Known = Callable[[str], Value]


def names_in(text: str) -> set[str]:
    """What an amount names: questions, params, tables, figures."""
    return {word for word in WORD.findall(text) if not word[0].isdigit() and word != "today"}


def amount(text: str, today: date, known: Known) -> Value:
    """What an amount comes to; None where something isn't known."""
    words = list(dict.fromkeys(WORD.findall(text)))
    spelled = WORD.sub(lambda found: f"v{words.index(found[0])}", text)
    tree = ast.parse(spelled.strip(), mode="eval").body
    return _Evaluation(words, today, known).of(tree)


class _Evaluation:
    def __init__(self, words: list[str], today: date, known: Known) -> None:
        self.words, self.today, self.known = words, today, known

    def of(self, node: ast.AST) -> Value:
        match node:
            case ast.Constant(value):
                return Fraction(value)  # type: ignore[arg-type]  # whole numbers alone are left
            case ast.Name(id):
                return self.word(self.words[int(id[1:])])
            case ast.BinOp(left, ast.Div(), right):
                one, other = self.of(left), self.of(right)
                return None if one is None or not other else one / other  # type: ignore[operator]
            case ast.BinOp(left, sign, right):
                one, other = self.of(left), self.of(right)
                return None if one is None or other is None else OPERATORS[type(sign)](one, other)
            case ast.Call(ast.Name("ticked"), [ast.Name(id)]):
                return self.known(f"ticked {self.words[int(id[1:])]}")
            case ast.Call(ast.Name(name), parts):
                values = [self.of(part) for part in parts]
                return None if None in values else FUNCTIONS[name](*values)
            case _:
                raise TypeError(ast.dump(node))

    def word(self, word: str) -> Value:
        if word == "today":
            return self.today
        if word[0].isdigit():
            return date.fromisoformat(word) if "-" in word else Fraction(word)
        return self.known(word)


def months(start: date, end: date) -> int:
    """Counted one by one."""
    if end < start:
        return -months(end, start)
    passed = 0
    while later(start, f"{passed + 1} months") <= end:
        passed += 1
    return passed


def months_begun(start: date, end: date) -> int:
    if end < start:
        return -months_begun(end, start)
    passed = months(start, end)
    return passed + (later(start, f"{passed} months") < end)


def working_days(start: date, number: int) -> date:
    day = start
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "min": min,
    "max": max,
    "round_down": lambda number, step=Fraction(1): (number // step) * step,
    "round_up": lambda number, step=Fraction(1): math.ceil(number / step) * step,
    "round_half_up": lambda number, step=Fraction(1): ((number / step + Fraction(1, 2)) // 1) * step,
    "days": lambda start, end: Fraction((end - start).days),
    "months": lambda start, end: Fraction(months(start, end)),
    "months_begun": lambda start, end: Fraction(months_begun(start, end)),
    "calendar_months": lambda start, end: Fraction((end.year * 12 + end.month) - (start.year * 12 + start.month)),
    "years": lambda start, end: Fraction(int(months(start, end) / 12)),
    "add_days": lambda day, number: later(day, f"{number} days"),
    "add_months": lambda day, number: later(day, f"{number} months"),
    "add_years": lambda day, number: later(day, f"{number} years"),
    "add_working_days": lambda day, number: working_days(day, int(number)),
}
