"""A walk as plain data: what `walk` prints and the API answers."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from ..faults import BundleError
from ..loading import PROVINCE, UnknownRegion
from ..model import Bundle, Choice, Question
from ..times import read_today
from ..walking.answers import Answer, AnswersRefused
from ..walking.walks import Walk, walk
from .case_codes import encode
from .notices import Contest, Due, FieldNeed, MaterialNeed, Notice
from .speech import CHINESE, Say, Speech
from .visits import Visit, visits_of


def outcome(walked: Walk, region: str | None = None, speech: Speech = CHINESE, city: str = "") -> dict[str, Any]:
    """The walk's outcome, its texts in the language of `speech`; `city` is what official words call the place."""
    say = speech.say
    notice = Notice(walked)
    ended = walked.status != "asking"
    visits = visits_of(notice)
    return {
        "bundle": walked.bundle.id,
        "version": walked.bundle.version,
        "region": region or PROVINCE,
        "language": speech.language,
        "state": walked.status,
        "question": _question(walked.question, walked.offered, say) if walked.question else None,
        "asked": list(walked.asked),
        "remaining": list(walked.remaining),
        "ignored": list(walked.ignored),
        "items": [
            {"id": item.id, "standing": item.standing, "because": list(item.because)} | _days(item.due)
            for item in sorted(notice.items, key=lambda told: walked.bundle.items.index(told.item))
        ],
        "visits": [{"place": visit.place, "items": [told.id for told in visit.items]} for visit in visits],
        "materials": _materials(notice, visits),
        "fields": [_field(need, notice, city) for need in notice.fields],
        "stops": [{"id": stop.id, "tell": speech.tell(stop.tell, walked)} for stop in walked.stops],
        "notes": [{"id": note.id, "tell": speech.tell(note.tell, walked)} for note in notice.notes],
        **({"one_of": contests} if (contests := [_contest(one, say) for one in notice.contests]) else {}),
        "joint": notice.joint,
        "savings": {name: list(pair) for name, pair in asdict(notice.savings).items()},
        "code": encode(walked.bundle, region or PROVINCE, walked.used) if ended else None,
    }


def _days(due: Due | None) -> dict[str, str]:
    """The last day, and the one where somebody objects."""
    days = {"deadline": due.day, "contested": due.contested_day} if due else {}
    return {name: day.isoformat() for name, day in days.items() if day}


def _question(question: Question, offered: tuple[str, ...], say: Say) -> dict[str, Any]:
    told: dict[str, Any] = {"id": question.id, "type": question.type, "ask": say(question.ask)}
    if question.choices:
        choices = [choice for choice in question.choices if choice.id in offered]
        told["choices"] = [{"id": choice.id, "label": say(choice.label, question.ask)} for choice in choices]
    return told


def _standing(counter: bool) -> dict[str, str]:
    return {"standing": "counter"} if counter else {}


def _materials(notice: Notice, visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """The materials; those of which one is enough have the same number under `any_of`."""
    choices = list(dict.fromkeys(need.any_of for need in notice.materials if need.any_of))
    return [
        _material(need, visits) | ({"any_of": choices.index(need.any_of) + 1} if need.any_of else {})
        for need in notice.materials
    ]


def _material(need: MaterialNeed, visits: Sequence[Visit]) -> dict[str, Any]:
    """A paper; `at` are the visits at which it is handed in, counted from 1."""
    return {
        "id": need.id, "of": need.of, "originals": need.originals, "copies": need.copies, "for": need.items,
        "group": need.group,
        "at": [number for number, visit in enumerate(visits, 1) if any(told.id in need.items for told in visit.items)],
        **({"waived_by": need.waived_by} if need.waived_by else {}),
        **({"waived_for": need.waived_for} if need.waived_for else {}),
        **_standing(need.counter),
    }  # fmt: skip


def _contest(contest: Contest, say: Say) -> dict[str, Any]:
    """Of which only one can be had: what is told, what is out because of it, what the applicant has already."""
    return {
        "id": contest.one_of.id, "tell": say(contest.one_of.tell), "told": list(contest.told),
        "out": list(contest.out), "held": [say(rival.label) for rival in contest.held],
    }  # fmt: skip


def _field(need: FieldNeed, notice: Notice, city: str) -> dict[str, Any]:
    value = written(need.value, need.question, city)
    told: dict[str, Any] = {"id": need.id, "for": need.items, "value": value}
    if need.person in notice.bundle.repeat:
        told["repeat"] = notice.repeats(need.person)
    return told | _standing(need.counter)


CITY = "{city}"  # stands in an official word for the city or prefecture where the case is handled


def official(choice: Choice, city: str) -> str:
    """What a form prints for a choice: its official word, in Chinese; "" leaves the box blank.

    So does a word with the city in it where only the province is known.
    """
    said = choice.label if choice.official is None else choice.official
    return "" if CITY in said and not city else said.replace(CITY, city)


def written(answer: Answer | None, question: Question | None, city: str = "") -> Any:
    """An answer as a box of the form holds it: official words of choices, ISO dates, numbers. None stays None."""
    match answer:
        case None:
            return None
        case Decimal():
            return int(answer) if answer == answer.to_integral_value() else float(answer)
        case date():
            return answer.isoformat()
        case _:
            picked = answer if isinstance(answer, frozenset) else {answer}
            choices = question.choices if question else ()
            words = (official(choice, city) for choice in choices if choice.id in picked)
            return "、".join(filter(None, words))


def batch(
    lines: Iterable[str], open_bundle: Callable[[str | None], Bundle], today: date, region: str | None = None,
    speech: Speech = CHINESE, city_of: Callable[[str | None], str] = lambda _region: "",
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """An outcome for each line `{"answers": {…}, "region": …, "today": …}`; a bad line gives `{"error": …}`."""
    for line in lines:
        if line.strip():
            try:
                yield _one(json.loads(line, parse_float=Decimal), open_bundle, today, region, speech, city_of)
            except UnknownRegion as error:
                yield {"error": f"没有地区 {error}。"}
            except (AnswersRefused, BundleError, ValueError, RecursionError, ArithmeticError) as error:
                yield {"error": str(error)}


def _one(
    wish: Any, open_bundle: Callable[[str | None], Bundle], today: date, region: str | None, speech: Speech,
    city_of: Callable[[str | None], str],
) -> dict[str, Any]:  # fmt: skip
    if not isinstance(wish, Mapping) or not isinstance(wish.get("answers", {}), Mapping):
        raise ValueError('每行要写成 {"answers": {…}, "region": …, "today": …}。')
    unknown = wish.keys() - {"answers", "region", "today"}
    if unknown:
        raise ValueError(f"不认识 {'、'.join(sorted(unknown))}。可以写 answers、region、today。")
    code = str(wish["region"]) if wish.get("region") is not None else region
    day = read_today(wish["today"]) if wish.get("today") else today
    return outcome(walk(open_bundle(code), wish.get("answers", {}), day), code, speech, city_of(code))


__all__ = ["batch", "official", "outcome", "written"]
