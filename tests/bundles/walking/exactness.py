"""Holds the catalogue's walks against plain evaluation, on random answers.

`python -m tests.bundles.walking.exactness --draws 100000 [bundle …] [--seed N]` prints the seed, the counts and
the time.
"""

import random
import time
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Plainly
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bundles.loading import PROVINCE, Catalogue, catalogue
from bundles.loading.overlays import CHANGE, overlay
from bundles.model import Bundle, Question
from bundles.reading.trees import Mapping, read_tree_file
from bundles.results.case_codes import ALPHABET, CodeError, decode, encode, open_code, plain
from bundles.walking.answers import Answer
from bundles.walking.diagrams import FALSE, TRUE, Diagrams
from bundles.walking.editions import earliest, edition
from bundles.walking.walks import Walk, navigation_of, walk
from tests.bundles.plain import Plain
from tests.bundles.support import TODAY, by_command, dice
from tests.bundles.telling import same, told_by

DAYS_BACK = (
    0,
    1,
    9,
    29,
    31,
    60,
    89,
    92,
    150,
    179,
    200,
    300,
    364,
    366,
    700,
    1094,
    1097,
    1500,
    2190,
    2300,
    2557,
    4000,
    5000,
    6000,
    7300,
    9000,
    14610,
    16000,
    18000,
    18263,
    19000,
    19800,
    20100,
    21000,
    21916,
    22000,
    22500,
    23000,
    23500,
    26000,
)
DAYS_AHEAD = (-1, -20, -60, -61, -200, -400)
NUMBERS = (0, 1, 2, 3, 4, 5, 19, 20, 49, 50, 51, 199, 200, 201, 299, 300, 5000)
AMOUNTS = (5000, 59.5, 60, 90, 90.01, 140, 144, 180, 30_000, 50_000, 600_000, 999_999.99, 1_000_000, 5_000_000)


@dataclass(slots=True)
class Counts:
    """What was drawn: how many answer sets, and how many different questions, choices and tellings they reached."""

    draws: int = 0
    stopped: int = 0
    walks: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    stops: set[str] = field(default_factory=set)

    def add(self, walked: Walk) -> None:
        self.draws += 1
        self.stopped += walked.status == "stopped"
        self.walks.add(str(sorted(walked.assigned.items())))
        self.questions.update(walked.asked)
        self.stops.update(stop.id for stop in walked.stops)

    def __str__(self) -> str:
        return (
            f"{self.draws} answer sets, {len(self.walks)} different walks, {self.stopped} stopped at "
            f"{len(self.stops)} stops, {len(self.questions)} questions asked"
        )


def plain_of(books: Catalogue, id: str, region: str, today: date) -> Plain:
    """The bundle's tree with the changes of its region and of those around it."""
    file = books.file(id)
    tree = read_tree_file(file, [])
    for path in sorted(file.parent.glob("changes/*.yaml")):
        if path.stem <= today.isoformat():
            tree = overlay(tree, read_tree_file(path, []), [], CHANGE)
    for step in books.lineage(region):
        if step.code in books.entries.params:
            change = Mapping(tree.place)
            change.put("params", books.entries.params[step.code], tree.place)
            tree = overlay(tree, change, [])
        if (path := file.parent / "regions" / f"{step.code}.yaml").exists():
            tree = overlay(tree, read_tree_file(path, []), [])
    plain = Plain(opened(tree, books.entries.questions), today, books.entries.items)
    plain.counts = books.entries.defaults
    return plain


def opened(tree: Mapping, shared: Plainly[str, Any]) -> dict[str, Any]:
    """The tree with its lines laid over the questions that bundles share."""
    lines = [line if isinstance(line, dict) else {"id": line} for line in tree["questions"]]
    questions = []
    for line in lines:
        question = {**shared.get(line["id"], {}), **line}
        if line["id"] in shared and "choices" in line:
            picked = [choice if isinstance(choice, dict) else {"id": choice} for choice in line["choices"]]
            usual = {choice["id"]: choice for choice in shared[line["id"]]["choices"]}
            question["choices"] = [{**usual[choice["id"]], **choice} for choice in picked]
        questions.append(question)
    return {**tree, "questions": questions}


class Draw:
    """Draws complete answers to a bundle in a region."""

    def __init__(self, rules: Bundle, plain: Plain, chance: random.Random) -> None:
        self.rules, self.plain, self.chance = rules, plain, chance
        self.edition = edition(rules, plain.today)
        self.program = navigation_of(self.edition).program
        self.roots = sorted(set(self.program.targets.values()) - {FALSE, TRUE})
        self.stops = [stop for stop in self.program.stops if stop > TRUE]
        self.per_band = {question.id: self._by_band(question) for question in rules.questions}

    def _by_band(self, question: Question) -> dict[str, list[Answer]]:
        """Answers to a date or number question by the band that they fall in."""
        tries: list[date | Decimal] = []
        if question.type == "date":
            ahead = DAYS_AHEAD if question.future else ()
            days = (self.plain.today - timedelta(days=number) for number in (*DAYS_BACK, *ahead))
            tries += [day for day in days if day >= earliest(self.plain.today)]
        elif question.type == "number":
            numbers = {
                question.lowest,
                question.highest,
                *map(Decimal, NUMBERS),
                *(Decimal(str(amount)) for amount in AMOUNTS),
            }
            whole = question.id in self.rules.repeat.values()
            tries += [
                number
                for number in sorted(numbers)
                if question.lowest <= number <= question.highest and not (whole and number % 1)
            ]
        found: dict[str, list[Answer]] = {}
        for answer in tries:
            found.setdefault(self.edition.band(question, answer), []).append(answer)
        return found

    def answers(self) -> dict[str, Answer]:
        """Half are drawn evenly, half so that some target, however rare, holds or fails; most so that no stop holds."""
        wishes = {question.id: self._even(question) for question in self.rules.questions}
        if self.chance.random() < 0.5:
            self._aim(wishes, self.roots, holds=self.chance.random() < 0.8)
        if self.stops and self.chance.random() < 0.7:
            for stop in self.stops:
                self._aim(wishes, [stop], holds=False)
        return self.plain.resolved(wishes)

    def _even(self, question: Question) -> Answer:
        if question.type == "many":
            share = self.chance.choice((0, 0.2, 0.5, 0.9))
            return frozenset(choice.id for choice in question.choices if self.chance.random() < share)
        if question.choices:
            return self.chance.choice(question.choices).id
        return self.chance.choice(self.chance.choice(list(self.per_band[question.id].values())))

    def _aim(self, wishes: dict[str, Answer], roots: list[int], holds: bool) -> None:
        """Makes the answers follow a random path of a random diagram to the wished end."""
        node = self.chance.choice(roots)
        while node > TRUE:
            variable = self.program.variables[self.program.diagrams.variables[node]]
            children = self.program.diagrams.children[node]
            avoided = FALSE if holds else TRUE
            value = self.chance.choice([value for value, child in enumerate(children) if child != avoided])
            if variable.kind == "tick":
                ticked = wishes[variable.name]
                assert isinstance(ticked, frozenset)
                wishes[variable.name] = ticked | {variable.tick} if value else ticked - {variable.tick}
            elif variable.kind == "question":
                id = variable.values[value]
                per_band = self.per_band[variable.name]
                wishes[variable.name] = (
                    self.chance.choice(per_band.get(id) or [wishes[variable.name]]) if per_band else id
                )
            node = children[value]


def check(draw: Draw, answers: dict[str, Answer], thorough: bool) -> Walk:
    """The walk tells what plain evaluation tells; if `thorough`, every question on it was worth asking."""
    walked = walk(draw.rules, answers, draw.plain.today)
    told = draw.plain.told(answers)
    same(told_by(walked), told)
    for id, answer in draw.plain.needed(told, answers).items():
        assert walked.used.get(id) == answer, f"{id} was needed itself"
    code = encode(walked.bundle, PROVINCE, walked.used)
    assert decode(walked.bundle, open_code(code)) == walked.used, f"{code} doesn't bring the answers back"
    if thorough:
        check_each_step(draw, walked, answers)
        check_each_mistake(plain(code))
    return walked


def check_each_mistake(code: str) -> None:
    """Every wrong character and every swap of neighbours is refused."""
    for place, letter in enumerate(code):
        wrong = [code[:place] + other + code[place + 1 :] for other in ALPHABET if other != letter]
        if letter != code[place - 1] and place:
            wrong.append(code[: place - 1] + letter + code[place - 1] + code[place + 1 :])
        for text in wrong:
            with pytest.raises(CodeError):
                open_code(text)


def check_each_step(draw: Draw, walked: Walk, answers: dict[str, Answer]) -> None:
    """Two answers to every question lead to different diagrams; what remains only shrinks; order doesn't matter."""
    remaining = [walked.navigation.outlook(state) for state in (*walked.states, walked.state)]
    for number, (id, state) in enumerate(zip(walked.asked, walked.states, strict=True)):
        before, after = remaining[number], remaining[number + 1]
        assert before.fewest - 1 <= after.fewest <= after.most <= before.most - 1
        question = walked.navigation.questions[id]
        earlier = {variable: value for variable, value in walked.assigned.items() if variable < draw.program.first[id]}
        outcomes = {leads_to(draw, earlier, question, picked) for picked in pickings(walked, state, question)}
        assert len(outcomes) > 1 or value_counts(draw, earlier, question), f"{id} was asked in vain"
    shuffled = draw.chance.sample(list(answers.items()), len(answers))
    again = walk(draw.rules, dict(shuffled), draw.plain.today)
    assert (again.asked, again.used) == (walked.asked, walked.used)


def pickings(walked: Walk, state: Any, question: Question) -> Iterable[frozenset[str]]:
    shown = walked.navigation.shown(state, question)
    if question.type != "many":
        return (frozenset({id}) for id in shown)
    none = () if question.least else (frozenset[str](),)
    return (*none, *(frozenset({id}) for id in shown), frozenset(shown))


def leads_to(draw: Draw, earlier: dict[int, int], question: Question, picked: frozenset[str]) -> tuple[int, ...]:
    """Where the answer leads every diagram; equal nodes mean the same, different ones don't."""
    values = earlier | navigation_of(draw.edition).values(question, picked)
    return tuple(draw.program.diagrams.follow(node, values) for node in dict.fromkeys(draw.program.roots.values()))


def value_counts(draw: Draw, earlier: dict[int, int], question: Question) -> bool:
    """Whether the answer itself may still be needed, so that no diagram tells: by a deadline, a number of persons, a
    figure, or a computed value that an open diagram tests.
    """
    program = draw.program
    wanted = (program.diagrams.follow(node, earlier) for node in program.wanted)
    if any(program.diagrams.variables[node] == program.first[question.id] for node in wanted):
        return True
    resting = {program.first[entry.id] for entry in draw.rules.computed if question.id in entry.questions}
    open_nodes = {program.diagrams.follow(node, earlier) for node in program.roots.values()} - {FALSE, TRUE}
    return bool(resting) and not resting.isdisjoint(tested(program.diagrams, open_nodes))


def tested(diagrams: Diagrams, nodes: Iterable[int]) -> set[int]:
    """Every variable that these diagrams test."""
    seen: set[int] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node > TRUE and node not in seen:
            seen.add(node)
            waiting += diagrams.children[node]
    return {diagrams.variables[node] for node in seen}


def run(id: str, draws: int, seed: int, books: Catalogue | None = None, thorough_every: int = 40) -> Counts:
    """Checks random answers to one bundle over its regions and some days. Fails with the seed and the answers."""
    books = books or catalogue()
    chance = dice(f"{seed} {id}")
    settings = list(_settings(books, id, chance))
    counts = Counts()
    for number in range(draws):
        draw = settings[number % len(settings)]
        answers = draw.answers()
        try:
            counts.add(check(draw, answers, thorough=number % thorough_every == 0))
        except AssertionError as error:
            raise AssertionError(f"{id}, seed {seed}, {draw.plain.today}, {answers}: {error}") from error
    return counts


def _settings(books: Catalogue, id: str, chance: random.Random) -> Iterator[Draw]:
    for region in books.overlays(books.file(id)):
        for today in (TODAY, date(2028, 2, 29)):
            yield Draw(books.bundle(id, region), plain_of(books, id, region, today), chance)


def _timed(id: str, draws: int, seed: int) -> str:
    started = time.perf_counter()
    counts = run(id, draws, seed)
    return f"{id}: {counts}, all as plain evaluation says; {time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    by_command(__doc__, "answer sets per bundle", 10_000, _timed)
