"""Answers -> walk: the next question, what is decided and why, how many questions may follow.

Nothing about a walk is stored: each request replays the answers from the first question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import Literal

from ..amounts import Amount
from ..computing import Figure
from ..model import NONE, Bundle, Question, Stop
from ..values import WorkedOut
from .answers import Answer, Answers, read_answers
from .compiling import Program, Reason, Target, Way, compile_bundle
from .diagrams import FALSE, TRUE
from .editions import Edition, edition
from .navigation import Navigation, State
from .working_out import figure_of, work_out

Standing = Literal["applies", "not", "open", "counter"]
_navigations: dict[object, Navigation] = {}
_compiling = Lock()


def navigation_of(rules: Edition) -> Navigation:
    """The navigation of the rules in force. Days on which the same rules hold share one, and so do all threads."""
    key = (rules.bundle, rules.valued, rules.confirmed, rules.bands)
    if key not in _navigations:
        with _compiling:
            if key not in _navigations:
                _navigations[key] = Navigation(compile_bundle(rules))
    return _navigations[key]


@dataclass(slots=True)
class _Replay:
    """A walk while it is being replayed. `forced` holds the answers of questions that can have but one."""

    state: State
    asked: list[str] = field(default_factory=list)
    used: dict[str, Answer] = field(default_factory=dict)
    forced: dict[str, Answer] = field(default_factory=dict)
    assigned: dict[int, int] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)

    def move(self, navigation: Navigation, values: Mapping[int, int]) -> None:
        self.state = navigation.move(self.state, values)
        self.assigned.update(values)


@dataclass(frozen=True)
class Walk:
    """Where some answers lead. `used` holds the answers that counted, in the order of `asked`.

    `question` is the one asked next (None at the end), `offered` its choices: all of them or, for `many`, those that
    still matter.
    """

    rules: Edition
    navigation: Navigation
    state: State
    given: Answers
    used: Answers
    asked: tuple[str, ...]
    assigned: Mapping[int, int]
    states: tuple[State, ...]
    question: Question | None
    offered: tuple[str, ...]

    @property
    def bundle(self) -> Bundle:
        return self.rules.bundle

    @property
    def program(self) -> Program:
        return self.navigation.program

    @property
    def status(self) -> Literal["asking", "finished", "stopped"]:
        if self.state.stopped:
            return "stopped"
        return "finished" if self.question is None else "asking"

    @cached_property
    def remaining(self) -> tuple[int, int]:
        """The fewest and the most questions still to answer, the one asked now included. Never grows."""
        outlook = self.navigation.outlook(self.state)
        return outlook.fewest, outlook.most

    def may_ask(self, name: str) -> bool:
        """Whether something that is still open rests on a question that isn't answered."""
        return self.navigation.asks(self.state, name)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Questions that were answered although this walk doesn't reach them, or with a choice it doesn't offer."""
        return tuple(name for name in self.given if name not in self.used)

    # What is decided

    def decided(self, target: Target) -> bool | None:
        """Whether the target holds; None while that is open."""
        return self.decided_by(self.program.way(target))

    def decided_by(self, way: Way) -> bool | None:
        """The same, by where the target is decided."""
        leaf = self._led(way)[0]
        return None if leaf > TRUE else leaf == TRUE

    def _led(self, way: Way) -> tuple[int, int]:
        """The node that the answers lead to, and the node from which they led there."""
        follow, assigned = self.program.diagrams.follow, self.assigned
        start, root = way
        leaf = follow(start, assigned)
        if leaf > TRUE and (other := follow(root, assigned)) <= TRUE and self.status != "stopped":
            return other, root
        return leaf, start

    def holds(self, kind: str, *path: str | int) -> bool:
        """Whether that target is decided and holds."""
        return self.decided(Target(kind, path)) is True  # type: ignore[arg-type]  # one of Kind by construction

    def standing(self, item: str) -> Standing:
        """What an item is to the applicant."""
        way = self.program.way
        return self.standing_by(way(Target("item", (item,))), way(Target("counter", (item,))))

    def standing_by(self, applies: Way, counter: Way) -> Standing:
        """The same, by where the two targets are decided that say it."""
        led = self._led(applies)[0]
        if led == TRUE:
            return "applies"
        to_counter = self._led(counter)[0]
        if led > TRUE or to_counter > TRUE:
            return "open"
        return "counter" if to_counter else "not"

    def because(self, *targets: Target) -> tuple[str, ...]:
        """The asked questions whose answers decided these targets, in the order asked."""
        return self.because_by(*map(self.program.way, targets))

    def because_by(self, *ways: Way) -> tuple[str, ...]:
        """The same, by where the targets are decided."""
        names: set[str] = set()
        for way in ways:
            names.update(self._asked_on_path(self._led(way)[1]))
        return tuple(name for name in self.asked if name in names)

    def reasons(self, *targets: Target) -> tuple[Reason, ...]:
        """As few answers as suffice to decide these targets: questions, with the choice where it is about one tick.

        `because` names every answer on the way; people are told only what they need to see why.
        """
        return self.reasons_by(*map(self.program.way, targets))

    def reasons_by(self, *ways: Way) -> tuple[Reason, ...]:
        """The same, by where the targets are decided."""
        return self._needed(self._led(way)[1] for way in ways)

    def _needed(self, nodes: Iterable[int]) -> tuple[Reason, ...]:
        needed, named = self.program.diagrams.needed, self.program.named
        variables = dict.fromkeys(variable for node in nodes for variable in needed(node, self.assigned))
        found = dict.fromkeys(reason for variable in variables for reason in named[variable] if reason[0] in self.used)
        return tuple(sorted(found, key=self._place_of))

    def _place_of(self, reason: Reason) -> int:
        return self.asked.index(reason[0])

    def _asked_on_path(self, node: int) -> set[str]:
        path = self.program.diagrams.path(node, self.assigned)
        return {name for variable in path for name, _tick in self.program.named[variable]}

    def answer(self, name: str) -> Answer | None:
        """What a question's answer is: as given, or the only one that it could have; None where it isn't known."""
        if name in self.used:
            return self.used[name]
        question = self.navigation.questions[name]
        follow, offers = self.program.diagrams.follow, self.program.offers[name]
        if question.type != "choice" or follow(self.program.gates[name], self.assigned) != TRUE:
            return None
        offered = [
            choice.id for choice in question.choices if follow(offers.get(choice.id, TRUE), self.assigned) != FALSE
        ]
        return offered[0] if len(offered) == 1 else None

    def figure(self, name: str) -> Figure | None:
        """The value of one of the bundle's figures; None where it can't be said."""
        entry = self.bundle.figures[name]
        answers = {question: self._worked_with(question) for question in entry.questions}
        return figure_of(self.rules, entry, answers, self.counting)

    def _worked_with(self, name: str) -> Answer | None:
        """What amounts have for an answer: of a `many` question also the only ticks that there can be."""
        question = self.navigation.questions[name]
        if name in self.used or question.type != "many":
            return self.answer(name)
        follow, offers = self.program.diagrams.follow, self.program.offers[name]
        arises = follow(self.program.gates[name], self.assigned) == TRUE
        left = [id for id in question.values if id != NONE and follow(offers.get(id, TRUE), self.assigned) != FALSE]
        return frozenset(left) if arises and len(left) <= question.least else None

    def counting(self, entry: WorkedOut) -> Amount | None:
        """Which of a figure's amounts counts; None while that is open."""
        ways = zip(entry.amounts, self.program.case_ways(entry), strict=True)
        held = (amount for amount, way in ways if self.decided_by(way))
        return next(held, None)

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The stops that the last answer made true."""
        return tuple(stop for stop in self.bundle.stops if self.state.stopped and self.holds("stop", stop.id))

    def skipped(self) -> tuple[tuple[Question, tuple[Reason, ...]], ...]:
        """The questions not asked, up to where the walk is, each with the answers because of which it doesn't arise.

        No answers: nothing that is still open depends on it.
        """
        names = [question.id for question in self.bundle.questions]
        upto = names.index(self.question.id) if self.question else len(names)
        return tuple(
            (question, self._gate_reasons(question))
            for question in self.bundle.questions[:upto]
            if question.id not in self.used
        )

    def _gate_reasons(self, question: Question) -> tuple[Reason, ...]:
        gate = self.program.gates[question.id]
        return self._needed([gate]) if self.program.diagrams.follow(gate, self.assigned) == FALSE else ()


def walk(bundle: Bundle, answers: Mapping[str, object], today: date) -> Walk:
    """Replays raw answers on `today`. Raises AnswersRefused where an answer names nothing or can't be."""
    rules = edition(bundle, today)
    return replay(rules, read_answers(rules, answers))


def replay(rules: Edition, answers: Answers) -> Walk:
    """Replays usable answers from the first question on."""
    navigation = navigation_of(rules)
    run = _Replay(navigation.start)
    question, offered = _advance(navigation, rules, answers, run)
    return Walk(
        rules, navigation, run.state, answers, run.used, tuple(run.asked), run.assigned, tuple(run.states), question,
        offered,
    )  # fmt: skip


def _advance(
    navigation: Navigation, rules: Edition, answers: Answers, run: _Replay
) -> tuple[Question | None, tuple[str, ...]]:
    """Goes on while there are answers; returns the question to ask and its choices."""
    while (number := navigation.next_variable(run.state)) is not None:
        variable = navigation.program.variables[number]
        if variable.kind == "computed":
            result = work_out(rules, variable.name, {**run.used, **run.forced})
            run.move(navigation, {number: variable.values.index(result)})
            continue
        question = navigation.questions[variable.name]
        picked = navigation.forced(run.state, question)
        if picked is not None:
            if question.type == "many":
                run.forced[question.id] = picked
            elif picked:
                run.forced[question.id] = next(iter(picked))
        else:
            offered = _still_offered(navigation, question, navigation.offered(run.state, question), run.assigned)
            picked = _picked(rules, question, offered, answers.get(question.id))
            if picked is None:
                return question, navigation.shown(run.state, question)
            run.states.append(run.state)
            run.asked.append(question.id)
            run.used[question.id] = picked if question.type == "many" else answers[question.id]
        run.move(navigation, navigation.values(question, picked))
    return None, ()


def _still_offered(
    navigation: Navigation, question: Question, offered: tuple[str, ...], assigned: Mapping[int, int]
) -> tuple[str, ...]:
    """Without the ticks whose offer is decided against; navigation forgets an offer once its tick doesn't matter."""
    offers, follow = navigation.program.offers[question.id], navigation.program.diagrams.follow
    if not offers:
        return offered
    return tuple(id for id in offered if follow(offers.get(id, TRUE), assigned) != FALSE)


def _picked(
    rules: Edition, question: Question, offered: tuple[str, ...], answer: Answer | None
) -> frozenset[str] | None:
    """The values that an answer names; None where it counts as unanswered, as a choice that isn't offered does."""
    match answer:
        case None:
            return None
        case frozenset():
            picked = answer & set(offered)
            return None if (answer or question.least) and not picked else picked
        case date() | Decimal():
            return frozenset({rules.band(question, answer)})
        case _:
            return frozenset({answer}) if answer in offered else None
