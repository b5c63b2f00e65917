"""Marks as a clerk types them back: `1A 2C 5=2026-11-10` -> the answers of a walk."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..model import NONE, Question
from ..walking.answers import Answer, Answers, read_answers
from ..walking.editions import example
from .filling_in import Filled
from .questionnaire import Mark, PaperQuestionnaire, Step

MARK = re.compile(r"([0-9]{1,3})([A-Z])\Z")
WRITTEN = re.compile(r"([0-9]{1,3})=(\S+)\Z")
EQUALS = re.compile(r"\s*=\s*")
BETWEEN = re.compile(r"[\s,;、]+")


class MarksRefused(ValueError):
    """Marks that aren't on the paper, in words."""


def typed(paper: PaperQuestionnaire, filled: Filled) -> str:
    """The marks as a clerk types them: `1A 2C 5=2026-11-10`."""
    words: list[str] = []
    for step in paper.steps:
        given = filled.answers.get(step.id)
        if isinstance(given, date | Decimal):
            words.append(f"{step.number}={given}")
        elif given is not None:
            words += [mark.name for mark in step.marks if mark.value in filled.ticks[step.id]]
    return " ".join(words)


def marks_in(text: str) -> list[str]:
    """The words of what a clerk typed, in half-width capitals: `１ａ， 5＝2026-11-10` -> `1A`, `5=2026-11-10`."""
    plain = EQUALS.sub("=", unicodedata.normalize("NFKC", text).upper())
    return [word for word in BETWEEN.split(plain) if word]


def is_mark(word: str) -> bool:
    """Whether a word looks like a mark of some paper questionnaire: `1A`, `5=2026-11-10`."""
    return bool(MARK.match(word) or WRITTEN.match(word))


def read_marks(paper: PaperQuestionnaire, text: str, guess: bool = True) -> dict[str, Answer]:
    """The answers that typed marks stand for, for a walk.

    A band's mark alone stands for some day or number in it; without `guess` its question stays open, to be asked.
    Marks of the clerk's results are passed over: they are worked out anew; so are boxes. Raises MarksRefused and
    AnswersRefused.
    """
    boxes = {box.name for box in paper.all_boxes}
    ticks: dict[str, list[Mark]] = {}
    written: dict[str, str] = {}
    for word in marks_in(text):
        if word in boxes:
            continue
        if match := WRITTEN.match(word):
            step = _step(paper, match[1])
            if not step.written and not _has_bands(step):
                raise MarksRefused(f"第 {step.number} 题不用写数，请勾：{_names(step)}。")
            written[step.id] = match[2]
        else:
            step = _step(paper, word.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            ticks.setdefault(step.id, []).append(_mark(step, word))
    answers: dict[str, object] = dict(written)
    for name, marks in ticks.items():
        step = next(step for step in paper.steps if step.id == name)
        if isinstance(step.of, Question) and name not in written and (guess or not step.of.bands):
            answers[name] = _answer(paper, step.of, step, marks)
    read = read_answers(paper.rules, answers)
    _agree(paper, ticks, read)
    return read


def _step(paper: PaperQuestionnaire, number: str) -> Step:
    found = next((step for step in paper.steps if str(step.number) == number), None)
    if found is None:
        raise MarksRefused(f"没有第“{number[:20]}”题。题号是 1 到 {len(paper.steps)}，例如 1A。")
    return found


def _mark(step: Step, word: str) -> Mark:
    found = next((mark for mark in step.marks if mark.name == word), None)
    if found is None:
        raise MarksRefused(f"没有“{word[:20]}”。第 {step.number} 题可以写：{_names(step)}。")
    return found


def _names(step: Step) -> str:
    """What may be typed for a step."""
    names = [mark.name for mark in step.marks]
    if step.written or _has_bands(step):
        day = isinstance(step.of, Question) and step.of.type == "date"
        names.append(f"{step.number}={'2026-11-22' if day else '120'}")
    return "、".join(names)


def _has_bands(step: Step) -> bool:
    return any(mark.band for mark in step.marks)


def _answer(paper: PaperQuestionnaire, question: Question, step: Step, marks: list[Mark]) -> Answer:
    values = frozenset(mark.value for mark in marks)
    if question.type == "many":
        if NONE in values and len(values) > 1:
            raise MarksRefused(f"第 {step.number} 题勾了“{question.none or '都没有'}”，又勾了别的。请只留一种。")
        return values - {NONE}
    if len(values) > 1:
        chosen = "、".join(sorted(mark.name for mark in marks))
        raise MarksRefused(f"第 {step.number} 题只能勾一项，现在有 {chosen}。可以写：{_names(step)}。")
    value = marks[0].value
    return example(paper.rules, question, value) if question.bands else value


def _agree(paper: PaperQuestionnaire, ticks: Mapping[str, list[Mark]], answers: Answers) -> None:
    """Raises MarksRefused where a date or number written beside a mark falls in another band."""
    for step in paper.steps:
        given = answers.get(step.id)
        if isinstance(step.of, Question) and step.of.bands and isinstance(given, date | Decimal):
            wrong = [mark.name for mark in ticks.get(step.id, ()) if mark.value != paper.rules.band(step.of, given)]
            if wrong:
                raise MarksRefused(f"第 {step.number} 题勾了 {'、'.join(wrong)}，写的却是 {given}。请核对。")
