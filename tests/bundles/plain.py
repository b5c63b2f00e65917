"""What a bundle tells, read off its YAML tree with nothing compiled: the other opinion that the engine is held against.

Shares only the reading of YAML with the engine: conditions, gates, offers, bands, months, merging are done here anew,
as the design describes them and as slowly as one likes.
"""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bundles.computing import FUNCTIONS, Raw
from bundles.model import Span, figures_in
from bundles.results.notices import Notice
from bundles.times import read_span
from bundles.walking.answers import Answer
from bundles.walking.walks import Walk

Answers = Mapping[str, Answer]
WORDS = ("name", "department", "result", "fee", "where", "how", "days", "legal_days", "basis")


class Plain:
    """A bundle's tree on a day. `items` are the dictionary's entries for items."""

    def __init__(self, tree: Mapping[str, Any], today: date, items: Mapping[str, Any] | None = None) -> None:
        self.tree, self.today = tree, today
        self.questions: dict[str, Any] = {question["id"]: question for question in tree["questions"]}
        self.items = [entry if isinstance(entry, Mapping) else {"id": entry} for entry in tree["items"]]
        self.usual = items or {}
        self.last: Answers = {}
        self.seen: dict[str, set[str]] = {}
        self.facts: dict[str, bool] = {}

    # Answers

    def resolved(self, wishes: Answers) -> dict[str, Answer]:
        """The complete answers nearest to any wishes: what isn't offered becomes the first choice that is.

        Of ticked choices those that aren't offered drop; where one must be ticked and none is, the last one offered is.
        """
        answers: dict[str, Answer] = {}
        for id, question in self.questions.items():
            wish = wishes[id]
            offered = self.offered(id, answers)
            if isinstance(wish, frozenset):
                wish = wish & set(offered)
                if question.get("least") and not wish:
                    wish = frozenset(offered[-1:])
            elif isinstance(wish, str) and wish not in offered:
                wish = offered[0] if offered else wish
            answers[id] = wish
        return answers

    def offered(self, id: str, answers: Answers) -> list[str]:
        return [choice["id"] for choice in self.choices(id) if self.holds(choice.get("when"), answers)]

    def choices(self, id: str) -> list[Any]:
        question = self.questions[id]
        yes_no = [{"id": "yes"}, {"id": "no"}] if question.get("type") == "yesno" else []
        return list(question.get("choices") or yes_no)

    def arises(self, id: str, answers: Answers) -> bool:
        return self.holds(self.questions[id].get("when"), answers)

    def values(self, id: str, answers: Answers) -> set[str]:
        """What conditions may test of a question: nothing where its gate doesn't hold. Kept for the last answers."""
        if answers is not self.last:
            self.last, self.seen, self.facts = answers, {}, {}
        if id not in answers:
            return set()
        if id not in self.seen:
            self.seen[id] = self.values_anew(id, answers)
        return self.seen[id]

    def values_anew(self, id: str, answers: Answers) -> set[str]:
        if not self.arises(id, answers):
            return set()
        answer = answers[id]
        if isinstance(answer, date | Decimal):
            return {self.band(self.questions[id], answer)}
        picked = (set(answer) if isinstance(answer, frozenset) else {answer}) & set(self.offered(id, answers))
        if isinstance(answer, frozenset) and not picked and not self.questions[id].get("least"):
            return {"none"}
        return picked

    def band(self, question: Mapping[str, Any], answer: date | Decimal) -> str:
        return next((band["id"] for band in question.get("bands", []) if self.within(band, answer)), "")

    def within(self, band: Mapping[str, Any], answer: date | Decimal) -> bool:
        kind = next((kind for kind in ("up_to", "under", "before") if kind in band), None)
        if kind is None:
            return True
        limit = band[kind]
        if isinstance(limit, str) and limit.startswith("$"):
            limit = self.param(limit[1:])[0]
        if limit is None:
            return False
        if isinstance(answer, Decimal):
            return bool(answer <= limit if kind == "up_to" else answer < limit)
        if kind == "before":
            return answer < date.fromisoformat(limit)
        end = later(answer, limit)
        return end >= self.today if kind == "up_to" else end > self.today

    def param(self, name: str) -> tuple[Any, bool]:
        """The value in force and whether it is confirmed."""
        rows = self.tree.get("params", {}).get(name, {"value": None})
        in_force: dict[str, Any] = {"value": None}
        entries = map(_row, rows if isinstance(rows, list) else [rows])
        for row in sorted(entries, key=lambda row: str(row.get("from", ""))):
            if "from" not in row or date.fromisoformat(row["from"]) <= self.today:
                in_force = row
        value = in_force.get("value")
        return value, value is not None and in_force.get("confirmed", True)

    # Conditions

    def holds(self, condition: Mapping[str, Any] | None, answers: Answers) -> bool:
        return all(self.test(name, value, answers) for name, value in (condition or {}).items())

    def test(self, name: str, value: Any, answers: Answers) -> bool:
        wanted = value if isinstance(value, list) else [value]
        match name:
            case "any":
                return any(self.holds(part, answers) for part in value)
            case "all":
                return all(self.holds(part, answers) for part in value)
            case "not":
                return not self.holds(value, answers)
            case "param":
                return all(self.param(name)[1] for name in wanted)
        if name in self.tree.get("facts", {}):
            return self.fact(name, answers) is value
        if name in self.tree.get("computed", {}):
            return self.computed(name, answers) in wanted
        return not self.values(name, answers).isdisjoint(wanted)

    def fact(self, name: str, answers: Answers) -> bool:
        if answers is not self.last or len(answers) < len(self.questions):
            return self.holds(self.tree["facts"][name], answers)
        if name not in self.facts:
            self.facts[name] = self.holds(self.tree["facts"][name], answers)
        return self.facts[name]

    def computed(self, name: str, answers: Answers) -> str:
        entry = self.tree["computed"][name]
        inputs: dict[str, Raw] = {}
        for id in entry["of"]:
            if id.startswith("$"):
                value = self.param(id[1:])[0]
                inputs[id[1:]] = Decimal(str(value)) if isinstance(value, int | float) else value
                continue
            given = answers.get(id) if self.arises(id, answers) else None
            if self.choices(id) and given is not None:
                offered = frozenset(self.offered(id, answers))
                given = given & offered if isinstance(given, frozenset) else given if given in offered else None
            inputs[id] = given
        return FUNCTIONS[entry["by"]](self.today, inputs)

    def rested_on(self, asked: Iterable[str]) -> set[str]:
        """The questions on which the choices offered by others rest."""
        return {name for id in asked for choice in self.choices(id) for name in self.named(choice.get("when"))}

    def named(self, condition: Mapping[str, Any] | None) -> set[str]:
        """The questions that a condition tests, through facts and computed values."""
        found: set[str] = set()
        for name, value in (condition or {}).items():
            if name in ("any", "all"):
                found |= {inner for part in value for inner in self.named(part)}
            elif name == "not":
                found |= self.named(value)
            elif name in self.tree.get("facts", {}):
                found |= self.named(self.tree["facts"][name])
            elif name in self.tree.get("computed", {}):
                found |= set(self.tree["computed"][name]["of"])
            elif name != "param":
                found |= {name} | self.named(self.questions[name].get("when"))
        return found

    # Tellings

    def stops(self, answers: Answers) -> list[str]:
        return [stop["id"] for stop in self.tree.get("stops", []) if self.holds(stop["when"], answers)]

    def told(self, answers: Answers) -> dict[str, Any]:
        """All that a notice says, in one comparable value; under a stop only that."""
        stops = self.stops(answers)
        if stops:
            return {"stopped": True, "stops": stops}
        told: dict[str, Any] = {"stopped": False, "standing": {}, "words": {}, "materials": {}, "fields": {}}
        told["notes"] = [note["id"] for note in self.tree.get("notes", []) if self.holds(note.get("when"), answers)]
        told["joint"] = self.holds(self.tree.get("joint"), answers)
        for item in self.items:
            self.tell_item(item, answers, told)
        told["notes"].sort()
        told["persons"] = self.persons(told, answers)
        figured = self.figured(told)
        told["figured"] = {id: answers[id] for id in sorted(figured) if self.open_to_choice(id, answers)}
        return told

    def standing(self, item: Mapping[str, Any], answers: Answers) -> str:
        if self.holds(item.get("when"), answers) and not ("may_when" in item and "when" not in item):
            return "applies"
        return "counter" if "may_when" in item and self.holds(item["may_when"], answers) else "not"

    def tell_item(self, item: Mapping[str, Any], answers: Answers, told: dict[str, Any]) -> None:
        id = item["id"]
        told["standing"][id] = standing = self.standing(item, answers)
        if standing == "not":
            return
        if standing == "applies":
            told["notes"] += [note["id"] for note in item.get("notes", []) if self.holds(note.get("when"), answers)]
        for name in WORDS:
            word = item.get(name, self.usual.get(id, {}).get(name))
            told["words"][id, name] = self.variant(word, name, answers)
        told["words"][id, "deadline"] = self.deadline(item, answers)
        for line in item.get("materials", []):
            entry = line if isinstance(line, Mapping) else {"id": line}
            if self.holds(entry.get("when"), answers):
                self.tell_material(id, entry, answers, told["materials"])
        for line in item.get("fields", []):
            entry = line if isinstance(line, Mapping) else {"id": line}
            if self.holds(entry.get("when"), answers):
                needed_for = told["fields"].setdefault(entry["id"], set())
                needed_for.add(id)

    def tell_material(self, item: str, line: Mapping[str, Any], answers: Answers, told: dict[Any, Any]) -> None:
        originals = self.variant(line.get("originals"), "count", answers)
        copies = self.variant(line.get("copies"), "count", answers)
        usual = self.counts.get(line["id"], {})
        asked = [
            usual.get("originals", 1) if "originals" not in line else 1 if originals is None else originals,
            usual.get("copies", 0) if "copies" not in line else copies or 0,
        ]
        most, apart, items = told.get((line["id"], line.get("of")), ((0, 0), (0, 0), set()))
        most = tuple(max(pair) for pair in zip(most, asked, strict=True))
        apart = tuple(sum(pair) for pair in zip(apart, asked, strict=True))
        told[line["id"], line.get("of")] = (most, apart, items | {item})

    counts: Mapping[str, Any] = {}

    def variant(self, word: Any, name: str, answers: Answers) -> Any:
        """The first of varying words whose condition holds; lists of plain texts are joined."""
        if isinstance(word, list) and not any(isinstance(entry, Mapping) for entry in word):
            return "；".join(map(str, word))
        for entry in word if isinstance(word, list) else [] if word is None else [word]:
            if not isinstance(entry, Mapping):
                return entry
            if self.holds(entry.get("when"), answers):
                value = entry.get("value", entry.get(name))
                return "；".join(map(str, value)) if isinstance(value, list) else value
        return None

    def deadline(self, item: Mapping[str, Any], answers: Answers) -> tuple[str, date | None, Span | None] | None:
        """From which question and day (None where it isn't asked) it runs, and how long; None where there is none."""
        word = item.get("deadline")
        for entry in word if isinstance(word, list) else [] if word is None else [word]:
            if self.holds(entry.get("when"), answers):
                within, start = entry["within"], answers.get(entry["from"])
                within = self.param(within[1:])[0] if within.startswith("$") else within
                asked = isinstance(start, date) and self.arises(entry["from"], answers)
                day = start if asked and isinstance(start, date) else None
                return (entry["from"], day, read_span(within)) if within is not None else None
        return None

    def persons(self, told: Mapping[str, Any], answers: Answers) -> dict[str, Answer]:
        """The number of each repeated person whose fields or materials are told."""
        seen = {field.partition(".")[0] for field in told["fields"]} | {of for _, of in told["materials"]}
        repeat = self.tree.get("repeat", {})
        return {
            person: answers[question]
            for person, question in repeat.items()
            if question != "form" and person in seen and self.arises(question, answers)
        }

    def needed(self, told: Mapping[str, Any], answers: Answers) -> dict[str, Answer]:
        """Answers that are told themselves: days of deadlines, numbers of persons, what figures in texts rest on."""
        if told["stopped"]:
            return {}
        days = {day[0]: day[1] for (_, word), day in told["words"].items() if word == "deadline" and day and day[1]}
        persons = {self.tree["repeat"][person]: number for person, number in told["persons"].items()}
        return {**days, **persons, **told["figured"]}

    def figured(self, told: Mapping[str, Any]) -> set[str]:
        """The questions on which the figures in the texts told rest."""
        notes = [*self.tree.get("notes", []), *(note for item in self.items for note in item.get("notes", []))]
        texts = [note["tell"] for note in notes if note["id"] in told["notes"]]
        texts += [value for value in told["words"].values() if isinstance(value, str)]
        named = {name for text in texts for name in re.findall("{([a-z0-9_-]+)}", text)}
        inputs = (id for name, entry in self.tree.get("figures", {}).items() if name in named for id in entry["of"])
        return {id for id in inputs if not id.startswith("$")}

    def open_to_choice(self, id: str, answers: Answers) -> bool:
        return self.arises(id, answers) and not (self.choices(id) and len(self.offered(id, answers)) < 2)


def _row(row: Any) -> dict[str, Any]:
    return row if isinstance(row, dict) else {"value": row}


def later(start: date, span: str) -> date:
    """The day a span after `start`, counting days or months on a calendar."""
    number, unit = span.split(" ")
    if unit.startswith("day"):
        return start + timedelta(days=int(number))
    month = start.month + int(number) * (12 if unit.startswith("year") else 1)
    year, month = start.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def told_by(walk: Walk) -> dict[str, Any]:
    """What the engine tells, in the shape of `Plain.told`."""
    if walk.status == "stopped":
        return {"stopped": True, "stops": [stop.id for stop in walk.stops]}
    assert walk.status == "finished", f"still asks {walk.question and walk.question.id}"
    notice = Notice(walk)
    told: dict[str, Any] = {"stopped": False, "joint": notice.joint, "words": {}}
    told["standing"] = {entry.id: entry.standing for entry in notice.items}
    told["notes"] = sorted(note.id for note in notice.notes)
    for entry in notice.with_standing("applies", "counter"):
        for name in WORDS:
            said = entry.words.get(name)
            told["words"][entry.id, name] = said.value if said else None
        due = entry.due
        day = walk.used.get(due.start) if due and due.within else None
        told["words"][entry.id, "deadline"] = (due.start, day, due.within) if due and due.within else None
    told["materials"] = {
        (need.id, need.of): ((need.originals, need.copies), need.apart, set(need.items)) for need in notice.materials
    }
    told["fields"] = {need.id: set(need.items) for need in notice.fields}
    persons = {need.of for need in notice.materials if need.of} | {need.person for need in notice.fields}
    numbers = {person: notice.repeats(person) for person in persons}
    told["persons"] = {person: number for person, number in numbers.items() if number not in (None, "form")}
    told["figured"] = figured_by(notice, told["words"])
    return told


def figured_by(notice: Notice, words: Mapping[Any, Any]) -> dict[str, Answer]:
    """The answers on which the engine's figures rest, in the texts that are told."""
    texts = [note.tell for note in notice.notes] + [text for text in words.values() if isinstance(text, str)]
    entries = [notice.bundle.figures[name] for name in figures_in(*texts) if name in notice.bundle.figures]
    given = {id: notice.walk.used.get(id) for entry in entries for id in sorted(entry.questions)}
    return {id: answer for id, answer in sorted(given.items()) if answer is not None}


def same(told: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Fails with what differs. A walk that is stopped may name fewer stops than hold: it ended at the first."""
    if told["stopped"] and expected["stopped"]:
        assert told["stops"], "stopped without a stop"
        assert set(told["stops"]) <= set(expected["stops"])
        return
    keys = [key for key in {**told, **expected} if told.get(key) != expected.get(key)]
    assert not keys, "; ".join(f"{key}: told {told.get(key)}, plainly {expected.get(key)}" for key in keys)
