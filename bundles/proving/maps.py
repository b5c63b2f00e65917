"""A bundle as a picture: which answers lead to which questions, and how many walks pass each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..conditions import questions_in
from ..model import NONE, Question
from ..walking.answers import Answer, Answers
from ..walking.compiling import TOLD_BESIDE, compile_bundle
from ..walking.diagrams import TRUE
from ..walking.editions import example
from ..walking.navigation import Navigation, State
from ..walking.walks import Walk

FINISHED, STOPPED = "finished", "stopped"


@dataclass(slots=True)
class Passage:
    """One answer to a question, as seen from a walk.

    `walks` pass it; `leads_to` says, by the next question's id (or "finished", "stopped"), how many of them go there.
    `answers` lead to the state after it, None where no simple ones do.
    """

    value: str
    walks: int = 0
    leads_to: dict[str, int] = field(default_factory=dict)
    answers: Answers | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """A question that may still be asked: in how many walks, and its answers."""

    question: Question
    walks: int
    passages: tuple[Passage, ...]


LONG = 15  # questions; more than that, in the mean over all walks, tire


@dataclass(frozen=True, slots=True)
class Lengthy:
    """The question to move or drop first where a bundle asks too many: many are asked it, and little rests on it.

    `share` of the walks ask it, `decides` so many of the things that are told. Moved behind the question `behind`, the
    furthest that others allow, it leaves `mean` questions; both None where moving it saves nothing.
    """

    question: Question
    share: float
    decides: int
    behind: Question | None = None
    mean: float | None = None


def mean_questions(walk: Walk) -> float | None:
    """The mean number of questions over all walks of the rules; None where these are too many to count."""
    return _mean(walk.navigation)


def _mean(navigation: Navigation) -> float | None:
    outlook = navigation.outlook(navigation.start)
    return outlook.questions / outlook.walks if outlook.walks and outlook.questions is not None else None


def lengthy(start: "BundleMap") -> Lengthy | None:
    """The question to move or drop, where the mean is over `LONG`; `start` is the map of the whole bundle."""
    mean, stations = mean_questions(start.walk), start.stations
    if mean is None or mean <= LONG or not stations:
        return None
    decides = {station.question.id: _decided_by(start.walk, station.question) for station in stations}
    likely = sorted(stations, key=lambda one: -one.walks / (1 + decides[one.question.id]))
    moves = [(_mean_if_moved(start.walk, station.question), station.question) for station in likely[:MOST_MOVES]]
    saving = [(after, question, behind) for (after, behind), question in moves if behind and after is not None]
    after, question, behind = min(saving, key=lambda move: move[0], default=(mean, likely[0].question, None))
    asked = {station.question.id: station.walks for station in stations}
    if after > mean - TELLING:
        question, behind = likely[0].question, None
    share = asked[question.id] / (start.walks or 1)
    return Lengthy(question, share, decides[question.id], behind, after if behind else None)


MOST_MOVES = 8  # questions that are tried elsewhere
TELLING = 0.1  # of a question: less isn't worth a move


def _decided_by(walk: Walk, question: Question) -> int:
    """How many of the things that may be told rest on a question's answer."""
    program = walk.program
    names = {question.id, *(entry.id for entry in walk.bundle.computed if question.id in entry.questions)}
    mask = sum(1 << number for number, entry in enumerate(program.variables) if entry.name in names)
    told = [node for target, node in program.targets.items() if target.kind not in (*TOLD_BESIDE, "word")]
    return sum(bool(program.diagrams.supports[node] & mask) for node in (*told, *program.wanted))


def _mean_if_moved(walk: Walk, question: Question) -> tuple[float | None, Question | None]:
    """The mean where a question is asked as late as it may be, and behind which; None where it is there already."""
    behind = _furthest(walk, question)
    return (_mean(_moved(walk, question, behind)), behind) if behind else (None, None)


def _furthest(walk: Walk, question: Question) -> Question | None:
    """The last question behind which it may be asked: none before it rests on its answer. None where it stays."""
    bundle = walk.bundle
    inputs = {entry.id: entry.questions for entry in bundle.computed}
    last = None
    for later in bundle.questions[bundle.questions.index(question) + 1 :]:
        conditions = [later.when, *(choice.when for choice in later.choices)]
        if any(question.id in questions_in(one, bundle.facts, inputs) for one in conditions if one is not None):
            break
        last = later
    return last


def _moved(walk: Walk, question: Question, behind: Question) -> Navigation:
    """The navigation of the same rules with a question asked later."""
    rest = [other for other in walk.bundle.questions if other is not question]
    rest.insert(rest.index(behind) + 1, question)
    rules = replace(walk.rules, bundle=replace(walk.bundle, questions=tuple(rest)))
    return Navigation(compile_bundle(rules))


class BundleMap:
    """What may follow a walk. `walks` go on from here; None where the graph is too large to count."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.navigation: Navigation = walk.navigation
        self.walks = self.navigation.outlook(walk.state).walks
        self._passages: dict[str, dict[str, Passage]] = {}
        self._asked: dict[str, int] = {}
        self._arrivals: dict[State, int] = {walk.state: 1}
        self._answers: dict[State, dict[str, Answer]] = {walk.state: dict(walk.used)}
        self._landings: dict[State, Mapping[str, int]] = {}
        if self.walks is not None:
            self._explore()

    @property
    def stations(self) -> tuple[Station, ...]:
        """The questions that may still be asked, in their order."""
        return tuple(
            Station(question, self._asked[question.id], tuple(self._passages[question.id].values()))
            for question in self.walk.bundle.questions
            if question.id in self._asked
        )

    def _explore(self) -> None:
        """Goes through the states in the order of their next variable, so that all ways into one come before it."""
        waiting: dict[int, dict[State, None]] = {}
        self._wait(self.walk.state, waiting)
        while waiting:
            number = min(waiting)
            for state in waiting.pop(number):
                for after in self._passed(state):
                    self._wait(after, waiting)

    def _wait(self, state: State, waiting: dict[int, dict[State, None]]) -> None:
        number = self.navigation.next_variable(state)
        if number is not None:
            waiting.setdefault(number, {})[state] = None

    def _passed(self, state: State) -> Iterator[State]:
        """Counts the ways on from a state; the states after it."""
        question = self.navigation.page(state)
        arrivals = self._arrivals[state]
        if question is not None:
            self._asked[question.id] = self._asked.get(question.id, 0) + arrivals * self._walks(state)
            self._pass(state, question)
        for after, times in self.navigation.successors(state):
            self._arrivals[after] = self._arrivals.get(after, 0) + arrivals * times
            if question is None and state in self._answers:
                self._answers.setdefault(after, self._answers[state])
            yield after

    def _walks(self, state: State) -> int:
        return self.navigation.outlook(state).walks or 0

    def _pass(self, state: State, question: Question) -> None:
        passages = self._passages.setdefault(question.id, {})
        for value, picked in self._pickings(state, question):
            after = self.navigation.move(state, self.navigation.values(question, picked))
            passage = passages.setdefault(value, Passage(value))
            if state in self._answers:
                answers = {**self._answers[state], question.id: self._answer(question, picked)}
                self._answers.setdefault(after, answers)
                passage.answers = passage.answers or answers
            if question.type != "many" or value == NONE:
                self._count(passage, state, after, 1)
            else:
                self._count_ticked(passage, state, question, value)

    def _pickings(self, state: State, question: Question) -> Iterator[tuple[str, frozenset[str]]]:
        if question.type != "many":
            yield from ((id, frozenset({id})) for id in self.navigation.offered(state, question))
            return
        shown = self.navigation.shown(state, question)
        yield from ((id, frozenset({id})) for id in shown)
        if not question.least:
            yield NONE, frozenset()

    def _answer(self, question: Question, picked: frozenset[str]) -> Answer:
        if question.type in ("date", "number"):
            return example(self.walk.rules, question, next(iter(picked)))
        return picked if question.type == "many" else next(iter(picked))

    def _count(self, passage: Passage, state: State, after: State, times: int) -> None:
        ways = self._arrivals[state] * times
        for goal, walks in self._landing(after).items():
            passage.walks += ways * walks
            passage.leads_to[goal] = passage.leads_to.get(goal, 0) + ways * walks

    def _count_ticked(self, passage: Passage, state: State, question: Question, choice: str) -> None:
        """All sets of ticks that this choice is among."""
        place = next(number for number, entry in enumerate(question.choices) if entry.id == choice)
        tick = self.navigation.program.diagrams.test(self.navigation.ticks[question.id][place], frozenset({1}))
        for after, ticked, times in self.navigation.branches(state, (tick,)):
            if ticked == (TRUE,):
                self._count(passage, state, after, times)

    def _landing(self, state: State) -> Mapping[str, int]:
        """Where walks from a state are asked next: walks by question, or by how they end."""
        if state not in self._landings:
            self._landings[state] = self._landed(state)
        return self._landings[state]

    def _landed(self, state: State) -> Mapping[str, int]:
        if state.stopped:
            return {STOPPED: 1}
        if self.navigation.next_variable(state) is None:
            return {FINISHED: 1}
        question = self.navigation.page(state)
        if question is not None:
            return {question.id: self._walks(state)}
        found: dict[str, int] = {}
        for after, times in self.navigation.successors(state):
            for goal, walks in self._landing(after).items():
                found[goal] = found.get(goal, 0) + walks * times
        return found
