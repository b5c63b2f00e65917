"""What a bundle tells, read off its YAML tree with nothing compiled: the other opinion that the engine is held against.

Shares only the reading of YAML with the engine: conditions, gates, offers, bands, months, merging are done here anew,
as the design describes them and as slowly as one likes.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from bundles.computing import FUNCTIONS, Raw
from bundles.times import read_span
from bundles.values import Span
from bundles.walking.answers import Answer
from tests.bundles.days import later
from tests.bundles.plain_amounts import Value, amount, names_in
from tests.bundles.plain_members import with_results
from tests.bundles.plain_papers import Papers, opened
from tests.bundles.telling import WORDS, spelled

Answers = Mapping[str, Answer]


class Plain:
    """A bundle's tree on a day. `items` are the dictionary's entries for items."""

    def __init__(self, tree: Mapping[str, Any], today: date, items: Mapping[str, Any] | None = None) -> None:
        self.tree, self.today = with_results(tree), today
        self.questions: dict[str, Any] = {question["id"]: question for question in self.tree["questions"]}
        groups = tree.get("groups", {})
        self.items = [self.item_of(entry if isinstance(entry, Mapping) else {"id": entry}, groups)
                      for entry in tree["items"]]  # fmt: skip
        self.usual = items or {}
        self.last: Answers = {}
        self.seen: dict[str, set[str]] = {}
        self.facts: dict[str, bool] = {}

    def item_of(self, entry: Mapping[str, Any], groups: Mapping[str, Any]) -> dict[str, Any]:
        """An item with its named groups opened."""
        lines = {key: list(opened(entry.get(key, []), groups, key)) for key in ("materials", "fields")}
        return {**entry, **lines}

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
        kinds = ("up_to", "under", "before", "year", "months", "within_next")
        kind = next((kind for kind in kinds if kind in band), None)
        if kind is None:
            return True
        limit = band[kind]
        if isinstance(answer, date) and kind in kinds[3:]:
            return self.in_window(kind, limit, answer)
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

    def in_window(self, kind: str, limit: Any, answer: date) -> bool:
        if kind == "year":
            return answer.year == self.today.year + int(limit.removeprefix("this").replace(" ", "") or 0)
        if kind == "months":
            return answer.month in (limit if isinstance(limit, list) else [limit])
        return answer <= later(self.today, limit)

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

    def test(self, name: str, value: Any, answers: Answers) -> bool:  # noqa: C901  # a kind of test each
        wanted = value if isinstance(value, list) else [value]
        match name:
            case "any":
                return any(self.holds(part, answers) for part in value)
            case "all":
                return all(self.holds(part, answers) for part in value)
            case "not":
                return not self.holds(value, answers)
            case "confirmed":
                return all(self.param(name)[1] for name in wanted)
            case "param":
                return all(self.param(name)[0] is not None for name in wanted)
        if name in ("item", "applies") and name not in self.questions:
            enough = ("applies",) if name == "applies" else ("applies", "counter")
            return any(self.standing(item, answers) in enough for item in self.items if item["id"] in wanted)
        if name in self.tree.get("facts", {}):
            return self.fact(name, answers) is value
        if name in self.tree.get("computed", {}):
            return self.computed(name, answers) in wanted
        return not self.values(name, answers).isdisjoint(wanted)

    def fact(self, name: str, answers: Answers) -> bool:
        if answers is not self.last or len(answers) < len(self.questions):
            return self.holds(self.fact_of(name), answers)
        if name not in self.facts:
            self.facts[name] = self.holds(self.fact_of(name), answers)
        return self.facts[name]

    def fact_of(self, name: str) -> Mapping[str, Any]:
        """A fact's condition, with or without a label."""
        fact: Mapping[str, Any] = self.tree["facts"][name]
        condition: Mapping[str, Any] = fact.get("when", fact)
        return condition

    def computed(self, name: str, answers: Answers) -> str:
        entry = self.tree["computed"][name]
        if "by" not in entry:
            return self.banded(entry, self.case_value(entry, answers))
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

    # Amounts

    def banded(self, entry: Mapping[str, Any], value: Value) -> str:
        if not isinstance(value, Fraction):
            return "unknown"
        for band in entry["bands"]:
            kind = next((kind for kind in ("up_to", "under") if kind in band), None)
            limit = band.get(kind) if kind else None
            if isinstance(limit, str):
                limit = self.param(limit[1:])[0]
            if kind is None or (limit is not None and _is_within(value, kind, Fraction(str(limit)))):
                return str(band["id"])
        return "unknown"

    def case_of(self, entry: Mapping[str, Any], answers: Answers) -> str | None:
        """The amount of the first case that holds."""
        if "of" in entry:
            return str(entry["of"])
        return next((str(case["of"]) for case in entry["cases"] if self.holds(case.get("when"), answers)), None)

    def case_value(self, entry: Mapping[str, Any], answers: Answers) -> Value:
        case = self.case_of(entry, answers)
        return None if case is None else amount(case, self.today, lambda name: self.known(name, answers))

    def known(self, name: str, answers: Answers) -> Value:
        if name.startswith("$"):
            value = self.param(name[1:])[0]
            is_day = isinstance(value, str) and "-" in value
            return None if value is None else date.fromisoformat(value) if is_day else Fraction(str(value))
        if name in self.tree.get("tables", {}):
            return self.cell(name, answers)
        if name in self.tree.get("figures", {}):
            return self.case_value(self.tree["figures"][name], answers)
        counted = name.startswith("ticked ")
        answer = self.given(name.removeprefix("ticked "), answers)
        if counted:
            return Fraction(len(answer)) if isinstance(answer, frozenset) else None
        return Fraction(answer) if isinstance(answer, Decimal) else answer if isinstance(answer, date) else None

    def given(self, id: str, answers: Answers) -> Answer | None:
        """An answer as far as the question arises and what was chosen is offered."""
        answer = answers.get(id) if self.arises(id, answers) else None
        if not self.choices(id) or answer is None:
            return answer
        offered = frozenset(self.offered(id, answers))
        return answer & offered if isinstance(answer, frozenset) else answer if answer in offered else None

    def cell(self, name: str, answers: Answers) -> Value:
        table = self.tree["tables"][name]
        states = [state for state in table.get("states", [table])
                  if "from" not in state or date.fromisoformat(state["from"]) <= self.today]  # fmt: skip
        found = max(states, key=lambda state: str(state.get("from", "")))["cells"] if states else {}
        for id in table["by"] if isinstance(table["by"], list) else [table["by"]]:
            answer = self.given(id, answers)
            bands = self.questions[id].get("bands")
            if isinstance(answer, Decimal) and not bands:
                key: Any = str(int(answer))
            else:
                key = self.band(self.questions[id], answer) if isinstance(answer, date | Decimal) else answer
            found = found.get(key) if isinstance(found, Mapping) else None
        return None if found is None else Fraction(str(found))

    def rests(self, entry: Mapping[str, Any], answers: Answers) -> set[str]:
        """The questions whose answers the case that counts works with."""
        case = self.case_of(entry, answers)
        found: set[str] = set()
        if case is None or not self.can_be_known(case) or not self.all_arise(case, answers):
            return found
        for name in names_in(case):
            if name in self.tree.get("tables", {}):
                by = self.tree["tables"][name]["by"]
                found |= set(by) if isinstance(by, list) else {by}
            elif name in self.tree.get("figures", {}):
                found |= self.rests(self.tree["figures"][name], answers)
            elif not name.startswith("$"):
                found.add(name)
        return found

    def all_arise(self, case: str, answers: Answers) -> bool:
        """Whether every question that an amount takes arises."""
        for name in names_in(case):
            if name in self.tree.get("tables", {}):
                by = self.tree["tables"][name]["by"]
                asked = by if isinstance(by, list) else [by]
            elif name in self.tree.get("figures", {}):
                nested = self.case_of(self.tree["figures"][name], answers)
                if nested is None or not self.can_be_known(nested) or not self.all_arise(nested, answers):
                    return False
                continue
            else:
                asked = [] if name.startswith("$") else [name]
            if not all(self.arises(id, answers) for id in asked):
                return False
        return True

    def can_be_known(self, case: str) -> bool:
        """Whether every param and table that an amount takes has a value."""
        names = names_in(case)
        figures, tables = self.tree.get("figures", {}), self.tree.get("tables", {})
        return (
            all(self.param(name[1:])[0] is not None for name in names if name.startswith("$"))
            and all(self.filled(tables[name]) for name in names if name in tables)
            and all(
                any(self.can_be_known(str(nested["of"])) for nested in figures[name].get("cases", [figures[name]]))
                for name in names
                if name in figures
            )
        )

    def filled(self, table: Mapping[str, Any]) -> bool:
        cells = [state["cells"] for state in table.get("states", [table])]
        return any(value is not None for state in cells for value in state.values())

    def all_inputs(self, entry: Mapping[str, Any]) -> set[str]:
        """Every question that an amount may rest on, in whatever case."""
        found: set[str] = set()
        for case in entry.get("cases", [entry]):
            found |= self.named(case.get("when"))
            for name in names_in(str(case["of"])):
                if name in self.tree.get("tables", {}):
                    by = self.tree["tables"][name]["by"]
                    found |= set(by) if isinstance(by, list) else {by}
                elif name in self.tree.get("figures", {}):
                    found |= self.all_inputs(self.tree["figures"][name])
                elif not name.startswith("$"):
                    found.add(name)
        return found

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
                found |= self.named(self.fact_of(name))
            elif name in self.tree.get("computed", {}):
                entry = self.tree["computed"][name]
                found |= set(entry["of"]) if "by" in entry else self.all_inputs(entry)
            elif name in ("item", "applies"):
                found |= {inner for item in self.items for key in ("when", "may_when")
                          for inner in self.named(item.get(key))}  # fmt: skip
            elif name not in ("param", "confirmed"):
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
        verdicts = (note["id"] for note in self.tree.get("verdict", []) if self.holds(note.get("when"), answers))
        told["notes"] += islice(verdicts, 1)
        told["joint"] = self.holds(self.tree.get("joint"), answers)
        for item in self.items:
            self.tell_item(item, answers, told)
        told["notes"].sort()
        doing = {item["id"]: item["materials"] for item in self.items if told["standing"][item["id"]] != "not"}
        certain = {id: (told["standing"][id] == "applies", lines) for id, lines in doing.items()}
        told["materials"] = self.papers(answers).told(certain)
        told["counted"] = {
            id: answers[id] for lines in doing.values() for id in self.papers(answers).persons_of(lines)
            if self.arises(id, answers)
        }  # fmt: skip
        told["persons"] = self.persons(told, answers)
        figured = self.figured(told, answers)
        told["figured"] = {id: answers[id] for id in sorted(figured) if self.open_to_choice(id, answers)}
        told["amounts"] = {
            name: spelled(self.case_value(entry, answers))
            for name, entry in self.tree.get("figures", {}).items()
            if "by" not in entry and name in self.shown(told)
        }
        return told

    def standing(self, item: Mapping[str, Any], answers: Answers) -> str:
        """Where an item stands: not where something wins over it, at the counter where something may."""
        standing = self.standing_alone(item, answers)
        for rival in self.winners(item["id"]):
            if isinstance(rival, Mapping) and "held" in rival:
                standing = "not" if self.holds(rival["held"], answers) else standing
                continue
            name = rival["item"] if isinstance(rival, Mapping) else rival
            others = [self.standing(other, answers) for other in self.items if other["id"] == name]
            if "applies" in others:
                standing = "not"
            elif "counter" in others and standing == "applies":
                standing = "counter"
        return standing

    def standing_alone(self, item: Mapping[str, Any], answers: Answers) -> str:
        if self.holds(item.get("when"), answers) and not ("may_when" in item and "when" not in item):
            return "applies"
        return "counter" if "may_when" in item and self.holds(item["may_when"], answers) else "not"

    def winners(self, id: str) -> list[Any]:
        """What stands before an item where only one can be had, and what excludes it."""
        found: list[Any] = [other["id"] for other in self.items if id in other.get("excludes", [])]
        for one_of in self.tree.get("one_of", {}).values():
            names = [rival.get("item") if isinstance(rival, Mapping) else rival for rival in one_of["of"]]
            found += one_of["of"][: names.index(id)] if id in names else []
        return found

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
        for line in item.get("fields", []):
            entry = line if isinstance(line, Mapping) else {"id": line}
            if self.holds(entry.get("when"), answers):
                needed_for = told["fields"].setdefault(entry["id"], set())
                needed_for.add(id)

    def papers(self, answers: Answers) -> Papers:
        return Papers(
            lambda when: self.holds(when, answers),
            lambda id: self.given(id, answers),
            self.counts,
            lambda word, name: self.variant(word, name, answers),
        )

    counts: Mapping[str, Any] = {}

    def variant(self, word: Any, name: str, answers: Answers) -> Any:
        """The first of varying words whose condition holds; lists of plain texts are joined."""
        if isinstance(word, list) and not any(isinstance(entry, Mapping) for entry in word):
            return "；".join(map(str, word))
        for entry in word if isinstance(word, list) else [] if word is None else [word]:
            if not isinstance(entry, Mapping):
                return _known(entry)
            if self.holds(entry.get("when"), answers):
                value = entry.get("value", entry.get(name))
                if name == "days" and "within" in entry:
                    return _promised(entry["within"])
                return "；".join(map(str, value)) if isinstance(value, list) else _known(value)
        return None

    def deadline(self, item: Mapping[str, Any], answers: Answers) -> tuple[str, date | None, Span | date] | None:
        """From which question and day (None where it isn't asked) it runs, and how long; None where there is none."""
        word = item.get("deadline")
        for entry in word if isinstance(word, list) else [] if word is None else [word]:
            if self.holds(entry.get("when"), answers):
                start = entry.get("from", "")
                given = answers.get(start) if start and self.arises(start, answers) else None
                day = given if isinstance(given, date) else None
                until = self.until(entry, day, answers)
                return (start, day, until) if until is not None else None
        return None

    def until(self, entry: Mapping[str, Any], day: date | None, answers: Answers) -> Span | date | None:
        """How long a deadline runs, or the day with which it ends."""
        if "by" in entry:
            return _end(str(entry["by"]), day)
        within = entry["within"]
        if within.startswith("$"):
            within = self.param(within[1:])[0]
        elif within.startswith("{"):
            figure = self.tree["figures"][within[1:-1]]
            value = self.case_value(figure, answers)
            within = f"{value} {figure['unit']}" if isinstance(value, Fraction) else None
        return None if within is None else read_span(within)

    def persons(self, told: Mapping[str, Any], answers: Answers) -> dict[str, Answer]:
        """The number of each repeated person whose fields or materials are told."""
        seen = {field.partition(".")[0] for field in told["fields"]} | {of for _, of, _ in told["materials"]}
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
        return {**days, **persons, **told["figured"], **told["counted"]}

    def shown(self, told: Mapping[str, Any]) -> set[str]:
        """The figures in the texts that are told."""
        own = [*self.tree.get("verdict", []), *self.tree.get("notes", [])]
        notes = [*own, *(note for item in self.items for note in item.get("notes", []))]
        texts = [note["tell"] for note in notes if note["id"] in told["notes"]]
        texts += [value for value in told["words"].values() if isinstance(value, str)]
        return {name for text in texts for name in re.findall("{([a-z0-9_-]+)}", text)}

    def lengths(self, told: Mapping[str, Any], answers: Answers) -> set[str]:
        """The figures that deadlines run by."""
        found = set()
        for item in self.items:
            if (item["id"], "deadline") in told["words"]:
                word = item.get("deadline") or []
                entries = word if isinstance(word, list) else [word]
                held: Any = next((entry for entry in entries if self.holds(entry.get("when"), answers)), {})
                found |= set(re.findall("{([a-z0-9_-]+)}", str(held.get("within", ""))))
        return found

    def figured(self, told: Mapping[str, Any], answers: Answers) -> set[str]:
        """The questions on which the figures in the texts told rest."""
        named = self.shown(told) | self.lengths(told, answers)
        found: set[str] = set()
        for name, entry in self.tree.get("figures", {}).items():
            if name in named:
                found |= {id for id in entry["of"] if id[0] != "$"} if "by" in entry else self.rests(entry, answers)
        return found

    def worked_with(self, told: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
        """What the figures told work with, also where there is only one answer to give, and by which case.

        Two cases may come to the same by chance: which one counts is worth asking all the same.
        """
        if told["stopped"]:
            return {}
        figured: dict[str, Any] = {id: self.given(id, answers) for id in sorted(self.figured(told, answers))}
        waiting = list(self.shown(told) | self.lengths(told, answers))
        while waiting:
            entry = self.tree.get("figures", {}).get(name := waiting.pop(), {"by": ""})
            if "by" not in entry and f"case of {name}" not in figured:
                case = figured[f"case of {name}"] = self.case_of(entry, answers)
                waiting += names_in(case) if case else ()
        return figured

    def open_to_choice(self, id: str, answers: Answers) -> bool:
        question = self.questions[id]
        least = question.get("least", 0) if question.get("type") == "many" else 1
        return self.arises(id, answers) and not (self.choices(id) and len(self.offered(id, answers)) <= least)


def _row(row: Any) -> dict[str, Any]:
    return row if isinstance(row, dict) else {"value": row}


def _is_within(value: Fraction, kind: str, limit: Fraction) -> bool:
    return value <= limit if kind == "up_to" else value < limit


def _end(by: str, day: date | None) -> date | None:
    if not by.startswith("end of"):
        return date.fromisoformat(by)
    unit, _plus, number = by.removeprefix("end of ").partition(" + ")
    if day is None:
        return None
    if unit == "year":
        return date(day.year + int(number or 0), 12, 31)
    return later(day.replace(day=1), f"{int(number or 0) + 1} months") - timedelta(days=1)


def _known(value: Any) -> Any:
    return "" if value == "unknown" else value


def _promised(within: str) -> str:
    number, unit = within.split(" ", 1)
    words = {"working day": "个工作日", "day": "天", "month": "个月", "year": "年"}
    return "当场办好" if number == "0" else f"{number} {words[unit.removesuffix('s')]}"
