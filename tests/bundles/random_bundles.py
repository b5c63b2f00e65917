"""Random small bundles with everything a bundle may have, gone through by all answers to see what must hold of each.

`python -m tests.bundles.random_bundles SEED [COUNT]` does it for one seed, or for some.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from bundles.computing import FIGURES, FUNCTIONS, Raw
from bundles.loading import Catalogue
from bundles.model import Bundle
from bundles.proving.shares import Commonness, spared_share
from bundles.walking.answers import Answer
from bundles.walking.diagrams import FALSE
from bundles.walking.navigation import Navigation
from bundles.walking.walks import Walk, navigation_of, walk
from tests.bundles.plain import Plain
from tests.bundles.plain_members import with_results
from tests.bundles.support import EMPTY, TODAY, dice, write
from tests.bundles.telling import same, told_by

MOST_ANSWERS = 800
DAYS = (date(2026, 11, 10), date(2026, 8, 1), date(2020, 1, 1), date(2020, 5, 5), date(2019, 3, 3))
NUMBERS = {"b0": Decimal(0), "b1": Decimal(9)}
PARAMS = {
    "known": {"value": 2},
    "doubtful": {"value": "60 days", "confirmed": False},
    "empty": {"value": None},
    "missing": {"value": None},
    "coming": [{"from": "2026-01-01", "value": "1 month"}, {"from": "2027-01-01", "value": "1 year"}],
}

Asked = tuple[tuple[str, Answer], ...]


def odd_or_even(today: date, inputs: Mapping[str, Raw]) -> str:
    """A computed value that any change of an input may change."""
    spelled = ",".join(str(sorted(value) if isinstance(value, frozenset) else value) for value in inputs.values())
    return ("odd", "even", "other")[sum(map(ord, spelled)) % 3]


def sum_of(today: date, inputs: Mapping[str, Raw]) -> int:
    """A figure that every input counts for."""
    return sum(map(ord, f"{today}{inputs}"))


# Writing a bundle


class Author:
    """Writes one random bundle."""

    def __init__(self, chance: random.Random, functions: bool = True) -> None:
        self.chance = chance
        self.functions = functions
        self.testable: dict[str, list[str]] = {}
        self.facts: dict[str, Any] = {}
        self.figure = ""
        self.leaves: list[str] = []
        self.length = False
        self.numbers: list[str] = []
        self.items: list[str] = []
        self.groups = False

    def maybe(self, probability: float) -> bool:
        return self.chance.random() < probability

    def bundle(self) -> dict[str, Any]:
        lines = [self.line_of(f"q{number}") for number in range(self.chance.randint(2, 5))]
        tree: dict[str, Any] = {"id": "small", "title": "随意", "params": PARAMS, "questions": lines}
        questions = with_results(tree)["questions"]
        if self.functions and self.maybe(0.3):
            inputs = self.chance.sample(list(self.testable), self.chance.randint(1, min(2, len(self.testable))))
            tree["computed"] = {"parity": {"by": "odd_or_even", "of": inputs, "gives": ["odd", "even", "other"]}}
            self.testable["parity"] = ["odd", "even", "other"]
        single = [question["id"] for question in questions if question["type"] != "many"]
        if self.functions and single and self.maybe(0.3):
            inputs = self.chance.sample(single, self.chance.randint(1, min(2, len(single))))
            tree["figures"] = {"sum": {"by": "sum_of", "of": [*inputs, "$known"]}}
            self.figure = "{sum}"
        tree["facts"] = self.some_facts()
        if self.maybe(0.6):
            tree |= self.amounts(questions, tree)
        return tree | self.told_of(questions)

    def told_of(self, questions: list[dict[str, Any]]) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        dates = [question["id"] for question in questions if question["type"] == "date"]
        numbers = [question["id"] for question in questions if question["type"] == "number"]
        self.numbers = numbers
        if self.maybe(0.4):
            tree["groups"] = {"papers": self.group()}
            self.groups = True
        tree["items"] = [self.item(f"i{number}", dates) for number in range(self.chance.randint(1, 3))]
        tree |= self.rivals(tree["items"])
        if self.maybe(0.5):
            tree["stops"] = [self.told(f"s{number}", 1) for number in range(self.chance.randint(1, 2))]
        if self.maybe(0.5):
            tree["notes"] = [self.told("n0", 2) | {"tell": f"n0{self.figure}"}]
        if self.maybe(0.3):
            tree["joint"] = self.condition(2)
        if numbers and self.maybe(0.4):
            tree["repeat"] = {"child": self.chance.choice(numbers)}
        return tree

    def group(self) -> dict[str, Any]:
        group: dict[str, Any] = {"materials": [self.material()], "fields": [self.line("child.birth")]}
        if self.maybe(0.6):
            self.add_condition(group)
        return group

    def rivals(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """Of some items only one can be had, in the order in which they are written or the other way round."""
        ids = [item["id"] for item in items]
        held = {"held": self.condition(1), "label": "已经有的"}
        self.items = list(ids)
        if len(ids) < 2 or self.maybe(0.5):
            return {}
        if self.maybe(0.5):
            ids.reverse()
        if self.maybe(0.3):
            items[0 if ids[0] == "i0" else -1]["excludes"] = [ids[-1]]
        rivals: list[Any] = [{"item": id} if self.maybe(0.2) else id for id in ids]
        if self.maybe(0.4):
            rivals.insert(self.chance.randint(0, len(ids)), held)
        return {"one_of": {"only": {"of": rivals, "tell": "只能享受一样"}}}

    def some_facts(self) -> dict[str, Any]:
        for number in range(self.chance.randint(0, 2)):
            fact = self.condition(1)
            self.facts[f"f{number}"] = {"label": f"叫{number}", "when": fact} if self.maybe(0.3) else fact
        return dict(self.facts)

    def amounts(self, questions: list[dict[str, Any]], tree: dict[str, Any]) -> dict[str, Any]:
        """A table, figures by cases of which one uses another, a computed value by bands."""
        kinds = {question["id"]: question["type"] for question in questions}
        self.leaves = [f"ticked({id})" for id, kind in kinds.items() if kind == "many"]
        self.leaves += [id if kind == "number" else f"months_begun({id}, today)"
                        for id, kind in kinds.items() if kind in ("number", "date")]  # fmt: skip
        self.leaves += ["$known", "$missing", "3.5"]
        found: dict[str, Any] = {"figures": {**tree.get("figures", {})}}
        keyed = [question for question in questions if question["type"] != "many"]
        if keyed:
            by = self.chance.choice(keyed)
            cells = {value: self.chance.choice([1, 2.5, 4]) for value in self.testable[by["id"]] if self.maybe(0.8)}
            found["tables"] = {"rate": {"by": by["id"], "cells": cells}}
            self.leaves.append("rate")
        found["figures"]["one"] = self.figure_by_cases() | {"unit": self.chance.choice(["days", "months"])}
        self.leaves.append("one")
        found["figures"]["two"] = self.figure_by_cases()
        self.figure += self.chance.choice(["{one}", "{two}", "{one}和{two}"])
        self.length = self.maybe(0.5)
        asked = [leaf for leaf in self.leaves if leaf.startswith(("q", "ticked", "months"))]
        if asked and self.maybe(0.5):
            bands = [{"id": "low", "up_to": self.chance.choice([3, "$known", "$missing"])}, {"id": "rest"}]
            amount = f"{self.amount(2)} + {self.chance.choice(asked)}"
            entry = self.cases(lambda: amount, self.condition_without("parity"))
            found["computed"] = {**tree.get("computed", {}), "banded": {**entry, "bands": bands}}
            self.testable["banded"] = ["low", "rest", "unknown"]
        return found

    def condition_without(self, name: str) -> dict[str, Any] | None:
        """A condition that doesn't test that, directly at least."""
        kept, self.testable = self.testable, {id: values for id, values in self.testable.items() if id != name}
        facts, self.facts = self.facts, {}
        condition = self.condition(1) if self.testable else None
        self.testable, self.facts = kept, facts
        return condition

    def figure_by_cases(self) -> dict[str, Any]:
        """One that is a whole number from zero on."""
        return self.cases(lambda: f"max(0, round_up({self.amount(2)}))", self.condition(1) if self.testable else None)

    def cases(self, amount: Callable[[], str], when: dict[str, Any] | None) -> dict[str, Any]:
        if when is None or self.maybe(0.4):
            return {"of": amount()}
        last = [{"of": amount()}] if self.maybe(0.8) else []
        return {"cases": [{"when": when, "of": amount()}, *last]}

    def amount(self, depth: int) -> str:
        if depth == 0 or self.maybe(0.3):
            return self.chance.choice(self.leaves)
        if self.maybe(0.3):
            by = self.chance.choice(["min", "max"])
            return f"{by}({self.amount(depth - 1)}, {self.amount(depth - 1)})"
        sign = self.chance.choice(["+", "-", "*"])
        if self.maybe(0.2):
            return f"({self.amount(depth - 1)}) / 7"
        return f"({self.amount(depth - 1)} {sign} {self.amount(depth - 1)})"

    def line_of(self, id: str) -> dict[str, Any]:
        return self.table(id) if self.maybe(0.08) else self.question(id)

    def table(self, id: str) -> dict[str, Any]:
        """A table of people, of which one or two results are asked."""
        bands = [{"id": "b0", "under": 5}, {"id": "b1"}]
        ways: list[dict[str, Any]] = [
            {"count": "all"}, {"count": {"c0": "v0"}}, {"any": {"not": {"c1": "b1"}}}, {"sum": "c1"},
            {"sum": "c1", "where": {"c0": "v1"}}, {"least": "c1"}, {"greatest": "c1"},
        ]  # fmt: skip
        table: dict[str, Any] = {"id": id, "type": "members", "ask": f"{id}？"}
        if self.maybe(0.3):
            self.add_condition(table)
        table["columns"] = [
            {"id": "c0", "label": "c0", "choices": [{"id": "v0", "label": "v0"}, {"id": "v1", "label": "v1"}]},
            {"id": "c1", "label": "c1", "type": "number", "highest": 20, "bands": bands},
        ]
        table["results"] = []
        for number, way in enumerate(self.chance.sample(ways, self.chance.randint(1, 2))):
            result: dict[str, Any] = {"id": f"{id}r{number}", "ask": f"{id}r{number}？", **way}
            if self.maybe(0.3):
                self.add_condition(result)
            result |= {} if "any" in way else {"bands": bands}
            self.testable[result["id"]] = ["yes", "no"] if "any" in way else ["b0", "b1"]
            table["results"].append(result)
        return table

    def question(self, id: str) -> dict[str, Any]:
        kind = self.chance.choice(["choice", "choice", "yesno", "many", "date", "number"])
        question: dict[str, Any] = {"id": id, "ask": f"{id}？", "type": kind}
        if self.maybe(0.3):
            self.add_condition(question)
        if kind in ("choice", "many"):
            choices = [self.choice(f"c{place}") for place in range(self.chance.randint(1 + (kind == "choice"), 3))]
            question["choices"] = choices
            self.testable[id] = [choice["id"] for choice in choices] + (["none"] if kind == "many" else [])
            if kind == "many" and self.maybe(0.4):
                question["least"] = 1
        elif kind == "yesno":
            self.testable[id] = ["yes", "no"]
        else:
            question["bands"] = self.date_bands() if kind == "date" else [{"id": "b0", "under": 5}, {"id": "b1"}]
            question |= {"highest": 20} if kind == "number" else {}
            self.testable[id] = [band["id"] for band in question["bands"]]
        return question

    def date_bands(self) -> list[dict[str, Any]]:
        if self.maybe(0.3):
            window: dict[str, Any] = self.chance.choice([{"year": "this"}, {"year": "this - 6"}, {"months": [8, 1]}])
            return [{"id": "b0", **window}, {"id": "b1", "up_to": "6 months"}, {"id": "b2"}]
        first = self.chance.choice(["1 month", "$doubtful", "$coming", "$empty"])
        return [{"id": "b0", "up_to": first}, {"id": "b1", "under": "6 months"}, {"id": "b2"}]

    def choice(self, id: str) -> dict[str, Any]:
        choice = {"id": id, "label": id}
        if self.maybe(0.25):
            self.add_condition(choice)
        return choice

    def add_condition(self, entry: dict[str, Any], key: str = "when", depth: int = 1) -> None:
        if self.testable:
            entry[key] = self.condition(depth)

    def told(self, id: str, depth: int) -> dict[str, Any]:
        return {"id": id, "tell": id, "when": self.condition(depth)}

    def condition(self, depth: int) -> dict[str, Any]:
        kind = self.chance.random()
        if depth == 0 or kind < 0.45:
            id = self.chance.choice(list(self.testable))
            values = self.chance.sample(self.testable[id], self.chance.randint(1, max(1, len(self.testable[id]) - 1)))
            return {id: values if len(values) > 1 else values[0]}
        if kind < 0.5:
            kind_of_test = self.chance.choice(["param", "confirmed"])
            return {kind_of_test: self.chance.choice([["known"], "doubtful", "coming", "empty"])}
        if kind < 0.53 and self.items:
            return {self.chance.choice(["item", "applies"]): self.chance.choice(self.items)}
        if kind < 0.6 and self.facts:
            return {self.chance.choice(list(self.facts)): self.maybe(0.5)}
        if kind < 0.7:
            return {"not": self.condition(depth - 1)}
        return {self.chance.choice(["any", "all"]): [self.condition(depth - 1) for _ in range(2)]}

    def item(self, id: str, dates: list[str]) -> dict[str, Any]:
        item: dict[str, Any] = {"id": id}
        if self.maybe(0.8):
            item["when"] = self.condition(2)
        if self.maybe(0.3):
            item["may_when"] = self.condition(2)
        if dates and self.maybe(0.4):
            item["deadline"] = self.deadline(self.chance.choice(dates))
        if self.maybe(0.4):
            item["fee"] = [{"value": f"一{self.figure}", "when": self.condition(1)}, {"value": "二"}]
        item["materials"] = [self.paper() for _ in range(self.chance.randint(0, 2))]
        item["fields"] = [self.line(self.chance.choice(["child.name", "child.sex"])) for _ in range(self.maybe(0.4))]
        if self.groups and self.maybe(0.6):
            item["materials"].append(self.of_group())
            item["fields"].append(self.of_group())
        item["notes"] = [self.told(f"{id}n", 1) for _ in range(self.maybe(0.3))]
        return item

    def deadline(self, start: str) -> Any:
        within = self.chance.choice(["1 month", "30 working days", "$coming", "$empty", "{one}"])
        if within == "{one}" and not self.length:
            within = "3 months"
        plain = {"within": within, "from": start}
        if self.maybe(0.3):
            by = self.chance.choice(
                ["end of year", "end of year + 1", "end of month", "end of month + 2", "2026-12-31"]
            )
            plain = {"by": by} if by[0] == "2" else {"by": by, "from": start}
        return [plain | {"when": self.condition(1)}, {"within": "9 days", "from": start}] if self.maybe(0.4) else plain

    def of_group(self) -> dict[str, Any]:
        use: dict[str, Any] = {"group": "papers"}
        if self.maybe(0.3):
            self.add_condition(use)
        return use

    def paper(self) -> dict[str, Any]:
        """A paper, or some of which one is enough."""
        if self.maybe(0.7):
            material = self.material()
            if self.numbers and self.maybe(0.3):
                material["copies"] = {"count": 2, "per": self.chance.choice(self.numbers)}
            return material
        papers = [self.material() | {"id": id} for id in self.chance.sample(["card", "photo", "lease"], 2)]
        choice: dict[str, Any] = {"any_of": papers, "label": "任一样"}
        if self.maybe(0.4):
            self.add_condition(choice)
        return choice

    def material(self) -> dict[str, Any]:
        material = self.line(self.chance.choice(["card", "photo"]))
        if self.maybe(0.4):
            material["of"] = "child"
        if self.maybe(0.3):
            material["copies"] = [{"value": 2, "when": self.condition(1)}, {"value": 1}]
        if self.maybe(0.2):
            material["originals"] = 3
        if self.maybe(0.3):
            waiver = {"by": "data-check", "when": self.condition(1)}
            material["waived_by"] = self.chance.choice(["made-here", [waiver], [waiver, {"value": "commitment"}]])
        return material

    def line(self, id: str) -> dict[str, Any]:
        line = {"id": id}
        if self.maybe(0.6):
            self.add_condition(line)
        return line


# Going through all answers


def all_wishes(plain: Plain) -> list[tuple[Answer, ...]]:
    """Every combination of answers, whether offered or not: one day or number per band, every set of ticks."""
    per_question = [list(_wishes(plain, id, question)) for id, question in plain.questions.items()]
    return list(product(*per_question))


def _wishes(plain: Plain, id: str, question: Mapping[str, Any]) -> Iterator[Answer]:
    ids = [choice["id"] for choice in plain.choices(id)]
    match question["type"]:
        case "many":
            subsets = chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))
            yield from (frozenset(subset) for subset in subsets)
        case "date":
            yield from _one_per_band(plain, question, DAYS)
        case "number":
            least = Decimal(str(question.get("lowest", 0)))
            yield from (max(number, least) for number in NUMBERS.values())
        case _:
            yield from ids


def _one_per_band(plain: Plain, question: Mapping[str, Any], days: Any) -> Iterator[date]:
    seen = set()
    for day in days:
        if (band := plain.band(question, day)) not in seen:
            seen.add(band)
            yield day


class Check:
    """One random bundle, gone through completely."""

    def __init__(self, tree: dict[str, Any], rules: Bundle) -> None:
        self.plain, self.rules = Plain(tree, TODAY), rules
        self.at: dict[Asked, Walk] = {}
        self.ends: dict[Asked, int] = {}
        self.below: dict[Asked, set[Asked]] = {}
        self.justified: set[Asked] = set()
        self.worked: dict[tuple[Answer, ...], dict[str, Any]] = {}

    def everything(self) -> int:
        """Checks the bundle; the number of walks, 0 where there are too many answers to try."""
        wishes = all_wishes(self.plain)
        if len(wishes) > MOST_ANSWERS:
            return 0
        names = list(self.plain.questions)
        complete = {wish: self.plain.resolved(dict(zip(names, wish, strict=True))) for wish in wishes}
        told = {wish: self.plain.told(answers) for wish, answers in complete.items()}
        self.worked = {wish: self.plain.worked_with(told[wish], answers) for wish, answers in complete.items()}
        for wish, answers in complete.items():
            self.follow(answers, told[wish])
        for wish, answers in complete.items():
            self.justify(wish, answers, complete, told)
        self.counts()
        return len(self.ends)

    def follow(self, answers: dict[str, Answer], told: dict[str, Any]) -> None:
        """One question after the other, and all at once: both tell what plain evaluation tells."""
        path: Asked = ()
        while (question := self.walk_at(path).question) is not None:
            offered = self.walk_at(path).offered
            answer = answers[question.id]
            if isinstance(answer, frozenset):
                answer &= set(offered)
            elif question.choices:
                assert answer in offered, f"{question.id}: {answer} isn't offered"
                assert len(offered) > 1, f"{question.id} has one choice"
            path = (*path, (question.id, answer))
        at_end = self.walk_at(path)
        if at_end.status == "stopped":  # where every answer stops, ticks that aren't shown tell only of which stop
            told = self.plain.told({**answers, **dict(path)})
        same(told_by(at_end), told)
        for steps in range(len(path) + 1):
            self.below.setdefault(path[:steps], set()).add(path)
            may_ask = self.walk_at(path[:steps]).may_ask
            assert all(may_ask(id) == (place >= steps) for place, (id, _) in enumerate(path)), (
                "nobody foresaw a question"
            )
        self.needs(at_end, told, answers)
        self.at_once(answers, at_end)

    def walk_at(self, path: Asked) -> Walk:
        if path not in self.at:
            self.at[path] = walk(self.rules, dict(path), TODAY)
            assert self.at[path].asked == tuple(id for id, _ in path)
        return self.at[path]

    def needs(self, at_end: Walk, told: dict[str, Any], answers: dict[str, Answer]) -> None:
        for id, answer in self.plain.needed(told, answers).items():
            assert at_end.used.get(id) == answer, f"{id} was needed itself"

    def at_once(self, answers: dict[str, Answer], stepwise: Walk) -> None:
        """Answers off the walk are ignored, in whatever order they come; a change taken back changes nothing."""
        backwards = dict(reversed(answers.items()))
        whole = walk(self.rules, backwards, TODAY)
        assert whole.asked == stepwise.asked
        if whole.status == "stopped":
            assert stepwise.status == "stopped"
        else:
            same(told_by(whole), told_by(stepwise))
        nothing = {id for id, answer in answers.items() if not answer and self.plain.questions[id].get("least")}
        assert set(whole.ignored) == set(answers) - set(whole.asked) - nothing
        only = walk(self.rules, {id: answers[id] for id in whole.asked}, TODAY)
        assert (only.asked, only.ignored) == (whole.asked, ())
        same(told_by(only), told_by(whole))

    def justify(self, wish: tuple[Answer, ...], answers: dict[str, Answer], complete: Any, told: Any) -> None:
        """Notes which questions on the way this one wish justifies: another answer there tells something else.

        What the offer of a choice rests on is asked before, even where that choice tells nothing of its own.
        """
        names = list(self.plain.questions)
        asked = walk(self.rules, answers, TODAY).asked
        needed = self.plain.needed(told[wish], answers).keys() | self.plain.rested_on(asked)
        for path in self.prefixes(answers):
            question = self.walk_at(path).question
            assert question is not None
            if path in self.justified:
                continue
            place = names.index(question.id)
            others = [
                other for other in complete if other[:place] == wish[:place] and other[place + 1 :] == wish[place + 1 :]
            ]
            if question.id in needed or any(
                told[other] != told[wish] or self.worked[other] != self.worked[wish] for other in others
            ):
                self.justified.add(path)

    def prefixes(self, answers: dict[str, Answer]) -> Iterator[Asked]:
        path: Asked = ()
        while (question := self.walk_at(path).question) is not None:
            yield path
            answer = answers[question.id]
            path = (
                *path,
                (question.id, answer & set(self.walk_at(path).offered) if isinstance(answer, frozenset) else answer),
            )

    def counts(self) -> None:
        """The outlook at each step is what going through all answers finds, and every question asked is worth asking.

        Of a computed value any listed result is foreseen. So where there is one, the outlook may be too wide, though
        never too narrow, and a question may be asked for a result that the function doesn't give.
        """
        self.ends = {path: len(path) for path in self.below[()]}
        exact = "computed" not in self.plain.tree
        for path, ends in self.below.items():
            lengths = [len(end) - len(path) for end in ends]
            here = self.walk_at(path)
            fewest, most = here.remaining
            assert fewest <= min(lengths), path
            assert max(lengths) <= most, path
            assert not exact or here.remaining == (min(lengths), max(lengths)), path
            if path:
                before = self.walk_at(path[:-1]).remaining
                assert most <= before[1] - 1
                assert fewest >= before[0] - 1
            if here.question is not None and exact:
                assert path in self.justified, f"{here.question.id} is asked in vain after {path}"
        navigation = navigation_of(self.walk_at(()).rules)
        outlook = navigation.outlook(navigation.start)
        found, foreseen = (len(self.ends), sum(self.ends.values())), (outlook.walks, outlook.questions)
        assert not exact or foreseen == found, f"walks and questions foreseen {foreseen}, found {found}"
        spared = sum(self.spares(self.walk_at(path)) for path in self.ends) / len(self.ends)
        assert not exact or spared_share(navigation, outlook.walks) == pytest.approx(spared)
        if exact:
            self.counts_shares(navigation)

    def counts_shares(self, navigation: Navigation) -> None:
        """How many finished walks have each thing to do or to bring is what going through all of them finds."""
        common, program = Commonness(navigation), navigation.program
        finished = [end for path in self.ends if (end := self.walk_at(path)).status == "finished"]
        assert common.walks == len(finished)
        for target, node in program.targets.items():
            if finished and target.kind in ("item", "material"):
                held = sum(program.diagrams.follow(node, end.assigned) != FALSE for end in finished)
                assert common.share([node]) == pytest.approx(held / len(finished)), target

    def spares(self, at_end: Walk) -> bool:
        """Whether the walk skipped a question although its gate held; after a stop none counts as skipped."""
        program, follow = at_end.program, at_end.program.diagrams.follow
        reached = max(at_end.assigned, default=-1) if at_end.status == "stopped" else len(program.variables)
        return any(
            program.first[name] not in at_end.assigned
            and program.first[name] < reached
            and follow(gate, at_end.assigned) != FALSE
            for name, gate in program.gates.items()
        )


def written(seed: int, functions: bool = True) -> tuple[dict[str, Any], Bundle, str]:
    """The bundle of a seed: as a tree, loaded, and its text. `functions` are those that only this module knows."""
    FUNCTIONS.setdefault("odd_or_even", odd_or_even)
    FIGURES.setdefault("sum_of", sum_of)
    tree = Author(dice(seed), functions).bundle()
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=None)
    with TemporaryDirectory() as folder:
        write(Path(folder), text, EMPTY)
        return tree, Catalogue(Path(folder)).bundle("small"), text


def check(seed: int) -> int:
    """Checks the bundle of a seed; the number of its walks. Fails with the seed and the bundle's text."""
    tree, rules, text = written(seed)
    try:
        return Check(tree, rules).everything()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}\n{text}") from error


if __name__ == "__main__":
    first, count = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.perf_counter()
    walks = [check(seed) for seed in range(first, first + count)]
    took = time.perf_counter() - started
    sys.stdout.write(f"{sum(map(bool, walks))} bundles, {sum(walks)} walks, {took:.1f} s\n")
