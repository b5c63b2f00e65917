"""A question, its choices and what is refused, in words: what the pages of site and counter are made of."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bundles.model import Question, Stop
from bundles.walking.answers import REFUSALS, Refusal
from guide.asking.phrases import ASKING
from guide.cases.case import DATE_PARTS, Case, as_words
from guide.cases.onward import onward
from guide.language.languages import say
from guide.language.wording import choice_words
from guide.notice.rows import Telling


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    id: str
    label: str
    hint: str
    checked: bool
    key: int


def refusal_words(case: Case, refusal: Refusal) -> str:
    """A refusal in the reader's language, with the words of the page rather than ids."""
    if refusal.code == "nothing":
        question = case.bundle.question(refusal.question)
        return str(ASKING.get(f"nothing_{question.type}", ASKING["nothing_choice"]))
    if refusal.code == "unknown-choice":
        return _("“{ask}”没有“{value}”这个选项，请重新选。").format(ask=say(refusal.ask), value=refusal.value[:60])
    return refusal.say(_(REFUSALS[refusal.code]), say(refusal.ask))


def target_of(question: Question, refusal: Refusal) -> str:
    """The id of the box that a refusal links to."""
    if refusal.question != question.id or question.type == "number":
        return question.id
    return f"{question.id}-year" if question.type == "date" else f"{question.id}-1"


def picked_in(case: Case, question: Question) -> list[str]:
    """The ids of what was picked for a question; as typed where it can't be used."""
    if question.id in case.answers:
        return list(as_words(question, case.answers[question.id]))
    return case.typed.get(question.id, [])


def choice_rows(question: Question, offered: tuple[str, ...], picked: list[str]) -> list[ChoiceRow]:
    """The choices that are offered, each with its words and whether it is picked."""
    choices = [choice for choice in question.choices if choice.id in offered]
    return [
        ChoiceRow(choice.id, choice_words(question, choice), say(choice.hint), choice.id in picked, key)
        for key, choice in enumerate(choices, 1)
    ]


def date_boxes(case: Case, question: Question) -> list[tuple[str, str, str, int]]:
    """Name, label, value and width of the three boxes of a date."""
    if question.type != "date":
        return []
    typed = "".join(case.typed.get(question.id, [])[:1]).rstrip("-").split("-", 2)
    values = [*typed, "", "", ""][:3]
    labels = (str(ASKING["year"]), str(ASKING["month_box"]), str(ASKING["day_box"]))
    return [
        (f"{question.id}-{part}", label, value, 4 if part == "year" else 2)
        for part, label, value in zip(DATE_PARTS, labels, values, strict=True)
    ]


def stop_words(telling: Telling, stop: Stop) -> dict[str, Any]:
    """What a stop says, and what to do instead."""
    return {
        "tell": telling.tell(stop.tell, stop.until),
        "instead": telling.tell(stop.instead),
        "confirmed": telling.confirmed(stop.tell + stop.instead, stop.confirmed),
        "next": onward(telling.walk, telling.region, stop),
    }
