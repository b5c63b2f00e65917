"""Answers as they arrive -> answers that a walk can use. Whatever is odd is refused in words, all of it at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ..model import NONE, Question
from .editions import CENT, Edition, earliest, latest
from .written import NoSuchDay, plain, written_day

Answer = str | frozenset[str] | date | Decimal
Answers = Mapping[str, Answer]

REFUSALS = {
    "unknown-question": "没有问题“{question}”。可以回答的有：{allowed}。",
    "unknown-choice": "“{ask}”没有选项“{value}”。可以选：{allowed}。",
    "none-and-others": "“{ask}”选了“都没有”，又选了别的。请只留一种。",
    "not-one": "“{ask}”只能选一项，现在有 {value}。",
    "not-a-date": "“{ask}”要写年、月、日，现在是“{value}”。例如 2026-11-22。",
    "no-such-day": "{year} 年 {month} 月没有 {day} 日。请核对年、月、日。",
    "no-such-month": "{year} 年没有 {month} 月。请核对年、月、日。",
    "in-future": "“{ask}”写的 {value} 还没有到。请核对年、月、日。",
    "too-late": "“{ask}”写的 {value} 太晚了。请核对年份。",
    "too-early": "“{ask}”写的 {value} 太早了。请核对年份。",
    "not-a-number": "“{ask}”要写数字，现在是“{value}”。",
    "not-whole": "“{ask}”要写整数，现在是“{value}”。",
    "too-fine": "“{ask}”最多写两位小数，现在是“{value}”。",
    "too-low": "“{ask}”不能小于 {allowed}，现在是 {value}。",
    "too-high": "“{ask}”不能大于 {allowed}，现在是 {value}。",
    "not-filled": "“{ask}”还没有填。",
    "no-rows": "“{ask}”一行也没有填。请至少填一行。",
    "too-many-rows": "“{ask}”最多填 {allowed} 行，现在有 {value} 行。",
}
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?\Z")
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer can't be used. `allowed` lists what can; `ask` is the question in its words."""

    code: str
    question: str
    value: str = ""
    ask: str = ""
    allowed: tuple[str, ...] = ()

    def say(self, template: str | None = None, ask: str | None = None) -> str:
        """The sentence, from the given template and wording of the question (translated, perhaps)."""
        value = self.value if len(self.value) <= MOST_SHOWN else self.value[:MOST_SHOWN] + "…"
        allowed = "、".join(self.allowed)
        text = template or REFUSALS[self.code]
        day = dict(zip(("year", "month", "day"), [*self.value.split("-", 2), "", ""], strict=False))
        return text.format(question=self.question, value=value, ask=ask or self.ask, allowed=allowed, **day)


class AnswersRefused(ValueError):
    """Answers that can't be used; carries every refusal."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.say() for refusal in refusals))


def read_answers(rules: Edition, raw: Mapping[str, object]) -> dict[str, Answer]:
    """The usable answers by question. Raises AnswersRefused with all that is wrong.

    Values: a choice's id; for `many` a list of ids, or ids joined by commas, or "none"; a date as in
    `written_day`; a number. None and "" count as not answered, and so does an empty list where at least one must be
    ticked.
    """
    answers, refusals = sort_answers(rules, raw)
    if refusals:
        raise AnswersRefused(refusals)
    return answers


def sort_answers(rules: Edition, raw: Mapping[str, object]) -> tuple[dict[str, Answer], list[Refusal]]:
    """The usable answers, and why the others aren't."""
    questions = {question.id: question for question in rules.bundle.questions}
    answers: dict[str, Answer] = {}
    refusals: list[Refusal] = []
    for name, value in raw.items():
        if name not in questions:
            refusals.append(Refusal("unknown-question", str(name), allowed=tuple(questions)))
            continue
        read = read_answer(rules, questions[name], value)
        if isinstance(read, Refusal):
            refusals.append(read)
        elif read is not None:
            answers[name] = read
    return answers, refusals


def read_answer(rules: Edition, question: Question, value: object) -> Answer | Refusal | None:
    """One answer, or why it can't be used; None where nothing is answered."""
    if value is None or value == "":
        return None
    if question.type == "many":
        return _read_many(question, value)
    if isinstance(value, list | tuple | set | frozenset):
        words = [str(word) for word in value if word not in (None, "")]
        if len(set(words)) != 1:
            return Refusal("not-one", question.id, "、".join(words), question.ask) if words else None
        value = words[0]
    if question.type == "date":
        return _read_date(rules, question, value)
    if question.type == "number":
        return _read_number(rules, question, value)
    return _read_choice(question, value)


def _read_choice(question: Question, value: object) -> Answer | Refusal:
    word = {True: "yes", False: "no"}[value] if isinstance(value, bool) and question.type == "yesno" else str(value)
    allowed = tuple(choice.id for choice in question.choices)
    return word if word in allowed else Refusal("unknown-choice", question.id, word, question.ask, allowed)


def _read_many(question: Question, value: object) -> Answer | Refusal | None:
    listed = value if isinstance(value, list | tuple | set | frozenset) else str(value).split(",")
    words = [str(word).strip() for word in listed]
    allowed = question.values
    picked = frozenset(word for word in words if word)
    unknown = sorted(picked - set(allowed))
    if unknown:
        return Refusal("unknown-choice", question.id, "、".join(unknown), question.ask, allowed)
    if NONE in picked and len(picked) > 1:
        return Refusal("none-and-others", question.id, "、".join(sorted(picked)), question.ask)
    picked -= {NONE}
    return None if question.least and not picked else picked


def _read_date(rules: Edition, question: Question, value: object) -> Answer | Refusal:
    try:
        day = value if isinstance(value, date) else written_day(plain(str(value)))
    except NoSuchDay as error:
        return Refusal(error.code, question.id, error.text, question.ask)
    if day is None:
        return Refusal("not-a-date", question.id, str(value), question.ask)
    if day < earliest(rules.today):
        return Refusal("too-early", question.id, day.isoformat(), question.ask)
    if day > latest(question, rules.today):
        return Refusal("too-late" if question.future else "in-future", question.id, day.isoformat(), question.ask)
    return day


def _read_number(rules: Edition, question: Question, value: object) -> Answer | Refusal:
    text = plain(format(value, "f") if isinstance(value, Decimal) else str(value))
    try:
        number = Decimal(text) if NUMBER.match(text) and not isinstance(value, bool) else None
    except InvalidOperation:
        number = None
    if number is None:
        return Refusal("not-a-number", question.id, str(value), question.ask)
    if question.id in rules.bundle.counting and number != number.to_integral_value():
        return Refusal("not-whole", question.id, text, question.ask)
    if number != number.quantize(CENT):
        return Refusal("too-fine", question.id, text, question.ask)
    if number < question.lowest:
        return Refusal("too-low", question.id, text, question.ask, (str(question.lowest),))
    if number > question.highest:
        return Refusal("too-high", question.id, text, question.ask, (str(question.highest),))
    return number
