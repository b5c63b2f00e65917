"""What holds over all walks of a bundle, and what doesn't."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..conditions import ALWAYS, Answered, Condition, Resulted, parts_of
from ..faults import ANY_QUESTION, Fault, gathered
from ..model import NONE, Bundle, Choice, FieldLine, Item, MaterialLine, Question, Variant
from ..tested import values_tested
from ..values import UNKNOWN, Band, Computed, ParamRef, Place
from ..walking.compiling import Program, Target
from ..walking.diagrams import FALSE, TRUE
from ..walking.editions import Edition, edition
from ..walking.navigation import Navigation
from ..walking.walks import navigation_of
from .assuming import MOST_PARAMS, considered, every_assumption, params_of
from .references import among, undescribed
from .shares import offered_in, spared_share
from .voices import misclocked, misvoiced, unofficial


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a bundle in a region; walks, mean and spared are None where the graph is too large to count.

    `spared` is the share of walks in which a question that arises isn't asked, because its answer no longer matters.
    `since` is the day on which these rules begin, None for those that are written in the bundle itself; `day` the day
    for which all this was found. `looked` are the things that were looked at, each with its condition, and which codes
    it drew; `about` says of which of them a fault is.
    """

    bundle: str
    version: int
    region: str
    walks: int | None
    states: int
    shortest: int
    mean: float | None
    longest: int
    faults: tuple[Fault, ...]
    too_large: bool = False
    spared: float | None = None
    since: date | None = None
    questions: int = 0
    day: date | None = None
    looked: Mapping[Hashable, frozenset[str]] = field(default_factory=dict)
    about: Mapping[Fault, Hashable] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return not self.faults


def prove(
    bundle: Bundle,
    region: str,
    today: date,
    others: Mapping[str, int] | None = None,
    doubtful: frozenset[str] = frozenset(),
) -> Report:
    """Counts the walks of a bundle's rules in force and looks for everything that `prove` must refuse.

    `others` are the bundles of its catalogue, each with its place among what is done most; without them it may name
    what no dictionary holds, as a single file may.
    `doubtful` are the questions that a faulty part of its file may be about: that they don't matter can't be told.
    """
    rules = edition(bundle, today)
    bundle = rules.bundle
    navigation = navigation_of(rules)
    outlook = navigation.outlook(navigation.start)
    mean = outlook.questions / outlook.walks if outlook.walks and outlook.questions is not None else None
    proof = _Proof(bundle, rules, doubtful)
    found = [*proof.faults(), *(among(bundle, others) if others is not None else ())]
    return Report(
        bundle.id, bundle.version, region, outlook.walks, navigation.states, outlook.fewest, mean, outlook.most,
        gathered(found), navigation.too_large, spared_share(navigation, outlook.walks), bundle.since,
        len(bundle.questions), today, {thing: frozenset(codes) for thing, codes in proof.looked.items()}, proof.about,
    )  # fmt: skip


Look = tuple[tuple[Hashable, ...], Iterable[Fault]]  # a thing with its condition at the end, and its faults


class _Proof:
    """`looked`: each thing looked at, with its condition, and its codes; `about`: of which thing a fault is."""

    def __init__(self, bundle: Bundle, rules: Edition, doubtful: frozenset[str]) -> None:
        self.bundle = bundle
        self.rules = rules
        self.doubtful = doubtful
        self.navigations = [navigation_of(assumed) for assumed in considered(rules)]
        self.programs = [navigation.program for navigation in self.navigations]
        self.looked: dict[Hashable, set[str]] = {}
        self.of_groups: dict[Hashable, list[list[Fault]]] = {}
        self.about: dict[Fault, Hashable] = {}

    @cached_property
    def further(self) -> list[Navigation]:
        """What is looked at too before anything is refused: the rules under every other assumption."""
        return [navigation_of(assumed) for assumed in every_assumption(self.rules)]

    @cached_property
    def can_tell(self) -> bool:
        """Whether tests that can't be read are few enough to look at all that they may come to."""
        unread = [name for name in params_of(self.bundle) if name.startswith("?")]
        return not unread or len(params_of(self.bundle)) <= MOST_PARAMS

    def look(self, thing: Hashable, faults: Iterable[Fault]) -> Iterator[Fault]:
        """The faults of a thing, remembered as such."""
        codes = self.looked.setdefault(thing, set())
        for fault in faults:
            codes.add(fault.code)
            self.about[fault] = thing
            yield fault

    def place(self, place: Place | None) -> Place:
        return place or Place(self.bundle.file, 1)

    def faults(self) -> Iterator[Fault]:
        yield from undescribed(self.bundle)
        yield from misvoiced(self.bundle)
        yield from misclocked(self.bundle)
        yield from unofficial(self.bundle)
        stops = list(self.stop_targets())
        yield from stops
        if any(fault.code == "P02" for fault in stops):
            return  # everybody is stopped: whatever else there is to say follows from it
        yield from self.targets()
        for question in self.bundle.questions:
            yield from self.question(question)
        yield from self.untold_results()
        yield from self.stops()
        for item in self.bundle.items:
            yield from self.deadlines(item)
            yield from self.without_value(item)

    # Targets

    def stop_targets(self) -> Iterator[Fault]:
        for stop in self.bundle.stops:
            yield from self.reach(Target("stop", (stop.id,)), stop.id, stop.place, "停止", stop.when, None)

    def targets(self) -> Iterator[Fault]:
        for item in self.bundle.items:
            yield from self.item_targets(item)
        yield from self.in_every_use()
        for note in self.bundle.notes:
            yield from self.reach(Target("note", (note.id,)), note.id, note.place, "提示", note.when, None)
        if self.bundle.joint is not None:
            yield from self.reach(Target("joint", ()), "joint", None, "联办条件", self.bundle.joint, None)

    def item_targets(self, item: Item) -> Iterator[Fault]:
        applies, counter = Target("item", (item.id,)), Target("counter", (item.id,))
        own = item.as_written
        if own.when is not None or own.may_when is None:
            yield from self.reach(applies, item.id, item.place, "事项", own.when, None)
        if own.may_when is not None and not (own.when is not None and self.always(applies, None)):
            yield from self.reach(counter, item.id, item.place, "事项（由窗口决定）", own.may_when, None)
        if self.never(applies) and self.never(counter):
            return
        yield from self.lines(item)
        for note in item.notes if not self.never(applies) else ():
            target = Target("note", (item.id, note.id))
            yield from self.reach(target, note.id, note.place, f"事项 {item.id} 的提示", note.when, item)
        for name, entries in item.words.items():
            yield from self.words((item.id, name), entries, item.id, item)
        yield from self.words((item.id, "deadline"), item.deadline, item.id, item)

    def lines(self, item: Item) -> Iterator[Fault]:
        for number, line in enumerate(item.materials):
            target = Target("material", (item.id, number))
            looks = [self.looked_at(target, line.id, line.place, f"事项 {item.id} 的材料", line.written_when, item)]
            words = (("originals", line.originals), ("copies", line.copies), ("waived_by", line.waived_by))
            for name, word in words:
                looks += self.words_looked_at((item.id, number, name), word, line.id, item)
            yield from self.unless_grouped(line, looks)
        for number, box in enumerate(item.fields):
            target = Target("field", (item.id, number))
            found = self.looked_at(target, box.id, box.place, f"事项 {item.id} 的填报项", box.when, item)
            yield from self.unless_grouped(box, [found])

    def unless_grouped(self, line: MaterialLine | FieldLine, looks: list[Look]) -> Iterator[Fault]:
        """The faults of a line; of one that stands in a named group they count where every item that asks has them."""
        for thing, faults in looks:
            if line.group:
                self.of_groups.setdefault(thing[:-1], []).append(list(faults))
            else:
                yield from self.look(thing, faults)

    def in_every_use(self) -> Iterator[Fault]:
        """What is idle in a named group whichever item asks for it."""
        for thing, uses in self.of_groups.items():
            codes = frozenset.intersection(*(frozenset(fault.code for fault in found) for found in uses))
            yield from self.look(thing, [fault for fault in uses[0] if fault.code in codes])

    def words(
        self, path: tuple[str | int, ...], word: Sequence[Variant[object]], id: str, item: Item
    ) -> Iterator[Fault]:
        for thing, faults in self.words_looked_at(path, word, id, item):
            yield from self.look(thing, faults)

    def words_looked_at(
        self, path: tuple[str | int, ...], word: Sequence[Variant[object]], id: str, item: Item
    ) -> Iterator[Look]:
        for number, variant in enumerate(word):
            target, place = Target("word", (*path, number)), self.place(variant.place or item.place)
            if target in self.programs[0].targets:
                named = f"{path[-1]} 的第 {number + 1} 种写法"
                faults = self.word(target, variant, place, named, id, item)
                yield (target.kind, named, place, variant.when), faults

    def word(
        self, target: Target, variant: Variant[object], place: Place, named: str, id: str, item: Item
    ) -> Iterator[Fault]:
        if self.never(target):
            if not self.tests_nothing(variant.when):
                yield Fault(place, "P01", id, f"{named}没有回答能用到。", "改条件，或删掉这一种。")
        elif variant.when is not None and self.always(target, item):
            yield Fault(place, "P02", id, f"{named}写了条件，但所有回答都满足它。", "去掉 when，或改条件。")

    def reach(
        self, target: Target, id: str, place: Place | None, what: str, when: Condition | None, owner: Item | None
    ) -> Iterator[Fault]:
        """A target must be reached by some answers, and, where it has a condition, not by all."""
        return self.look(*self.looked_at(target, id, place, what, when, owner))

    def looked_at(
        self, target: Target, id: str, place: Place | None, what: str, when: Condition | None, owner: Item | None
    ) -> Look:
        return (target.kind, id, place, when), self._reach(target, id, place, what, when, owner)

    def _reach(
        self, target: Target, id: str, place: Place | None, what: str, when: Condition | None, owner: Item | None
    ) -> Iterator[Fault]:
        if self.never(target):
            if not self.tests_nothing(when):
                message = f"没有任何回答能到达{what} {id}，{self.why_never(target)}"
                yield Fault(self.place(place), "P01", id, message, self.always_known(when) or "改条件，或删掉它。")
        elif when is not None and self.always(target, owner):
            message = f"{what} {id} 写了条件，但所有回答都满足它。"
            yield Fault(self.place(place), "P02", id, message, "去掉 when，或改条件。")

    def never(self, target: Target) -> bool:
        """Whether no answers reach a target, whatever params are confirmed."""
        return (
            self.can_tell
            and all(program.roots[target] == FALSE for program in self.programs)
            and all(navigation.program.roots[target] == FALSE for navigation in self.further)
        )

    def why_never(self, target: Target) -> str:
        stopped = any(program.targets[target] != FALSE for program in self.programs)
        if stopped:
            return "因为满足它的回答都会先停止。"
        alone = Target("alone", target.path)
        if any(program.targets.get(alone, FALSE) != FALSE for program in self.programs):
            return "因为这时总有优先的一样，或者条件自相矛盾。"
        also = "，或者这时事项本来就适用" if target.kind == "counter" else ""
        return f"因为条件自相矛盾{also}。"

    def always_known(self, condition: Condition | None) -> str:
        """What to say of a condition that waits for an amount to be unknown which never is."""
        parts = parts_of(condition or ALWAYS, self.bundle.facts)
        waited = {part.computed for part in parts if isinstance(part, Resulted) and UNKNOWN in part.results}
        known = [entry.id for entry in self.bundle.computed if entry.id in waited and UNKNOWN not in entry.gives]
        return f"{'、'.join(known)} 总能算出来，没有 unknown：删掉这一条。" if known else ""

    def tests_nothing(self, condition: Condition | None) -> bool:
        """Whether a condition rests on answers that nobody can give: the fault is there, not here."""
        if condition is None or self.seen is None:
            return False
        tested = (part for part in parts_of(condition, self.bundle.facts) if isinstance(part, Answered))
        return any(
            all(program.gates[part.question] == FALSE for program in self.programs)
            or (part.question in self.seen and not part.choices & {*self.seen[part.question], NONE})
            for part in tested
        )

    def always(self, target: Target, owner: Item | None) -> bool:
        """Whether a target's condition holds for all answers, also for those that lead to a stop."""
        programs = [*self.programs, *(navigation.program for navigation in self.further)] if self.can_tell else []
        return bool(programs) and all(self._always(program, target, owner) for program in programs)

    @staticmethod
    def _always(program: Program, target: Target, owner: Item | None) -> bool:
        if owner is None:
            return program.targets[target] == TRUE
        applies = program.targets[Target("item", (owner.id,))]
        counter = program.targets[Target("counter", (owner.id,))]
        whole = applies if target.kind == "note" else program.diagrams.either(applies, counter)
        return program.targets[target] == whole

    # Questions

    @cached_property
    def seen(self) -> dict[str, set[str]] | None:
        """Per question, the choices that some walk offers when it asks it; None where the graph is too large."""
        return offered_in(self.navigations)

    @cached_property
    def seen_further(self) -> dict[str, set[str]]:
        return offered_in(self.further) or {}

    def question(self, question: Question) -> Iterator[Fault]:
        yield from self.look((question.id, question.place, question.when), self._question(question))
        entries: tuple[Choice | Band, ...] = (*question.choices, *question.bands)
        if self.seen and question.id in self.seen and not self.is_doubtful(question):
            for entry in entries:
                yield from self.look((question.id, entry.id, entry.place), self.choice(question, entry))

    def _question(self, question: Question) -> Iterator[Fault]:
        place = self.place(question.place)
        if self.is_doubtful(question):
            return
        if question.type == "choice" and len(question.choices) == 1:
            yield Fault(place, "P11", question.id, "只有一个选项，不会问出来。", "加选项，或删掉这个问题。")
            return
        if not self.matters(question):
            message = f"没有一条路会问 {question.id}：没有条件真正取决于它。"
            yield Fault(place, "P03", question.id, message, "写一个用到它的条件，或删掉它。")
            return
        tested = self.tested(question.id)
        loose = [id for id in (value for value in question.values if value != "none") if id not in tested]
        if question.type == "choice" and len(loose) > 1 and question.id not in self.bundle.fills.values():
            message = f"没有条件提到选项 {'、'.join(loose)}，选哪个都一样。"
            yield Fault(place, "P05", question.id, message, "合成一个选项，或写出各自的条件。")

    def is_doubtful(self, question: Question) -> bool:
        """Whether a faulty part may be about a question: what can't be read may be what it matters for."""
        return not self.can_tell or not self.doubtful.isdisjoint((question.id, ANY_QUESTION))

    def matters(self, question: Question) -> bool:
        if self.seen is not None:
            return question.id in self.seen or question.id in self.seen_further
        return any(
            navigation.start.active >> number & 1
            for navigation in (*self.navigations, *self.further)
            for number, variable in enumerate(navigation.program.variables)
            if variable.name == question.id
        )

    def choice(self, question: Question, entry: Choice | Band) -> Iterator[Fault]:
        if entry.id in (self.seen or {})[question.id] or entry.id in self.seen_further.get(question.id, ()):
            return
        place = self.place(entry.place)
        if entry.id in self.tested(question.id):
            message = f"条件接受 {question.id}: {entry.id}，但没有人能选到它。"
            yield Fault(place, "P06", entry.id, message, "改它的 when 或分段，或删掉它。")
        else:
            message = f"{question.id} 的选项 {entry.id} 从来不影响结果。"
            yield Fault(place, "P04", entry.id, message, "写一个用到它的条件，或删掉它。")

    def tested(self, name: str) -> set[str]:
        """The values of a question or computed value that some condition names."""
        return self.all_tested.get(name, set())

    @cached_property
    def all_tested(self) -> dict[str, set[str]]:
        return values_tested(self.bundle)

    def may_stay_unknown(self, computed: Computed) -> bool:
        """Whether an amount, read as it is written, has the result UNKNOWN beside its bands."""
        bands = [band.id for band in computed.bands]
        return bool(bands) and UNKNOWN in computed.gives and UNKNOWN not in bands and not self.doubtful

    def untold_results(self) -> Iterator[Fault]:
        for computed in self.bundle.computed:
            tested = self.tested(computed.id)
            if self.may_stay_unknown(computed) and tested and UNKNOWN not in tested:
                message = f"{computed.label or computed.id} 可能算不出来，没有条件提到 unknown。"
                remedy = f"写 may_when: {{{computed.id}: unknown}}，让窗口来决定。"
                yield Fault(self.place(computed.place), "P13", computed.id, message, remedy)
            loose = [result for result in computed.gives if result not in tested and result != UNKNOWN]
            if len(loose) > 1 and not self.doubtful:
                message = f"没有条件提到结果 {'、'.join(loose)}。"
                open_too = "算不出来的（unknown）怎么办，也要写条件。" if computed.cases and UNKNOWN in loose else ""
                remedy = open_too or "合成一个结果，或写出各自的条件。"
                yield Fault(self.place(computed.place), "P05", computed.id, message, remedy)

    # Stops, deadlines, dictionaries

    def stops(self) -> Iterator[Fault]:
        first: dict[tuple[int, ...], str] = {}
        for stop in self.bundle.stops:
            nodes = tuple(program.targets[Target("stop", (stop.id,))] for program in self.programs)
            if nodes in first and not self.doubtful and any(node != FALSE for node in nodes):
                message = f"停止 {stop.id} 和 {first[nodes]} 的条件意思相同。"
                yield Fault(self.place(stop.place), "P07", stop.id, message, "合成一个，或改条件。")
            first.setdefault(nodes, stop.id)

    def deadlines(self, item: Item) -> Iterator[Fault]:
        for number, variant in enumerate(item.deadline):
            start = variant.value.start
            for program in self.programs if start and start not in self.doubtful else ():
                missing = self._without_date(program, item, number, start)
                if missing is not None:
                    message = f"期限从 {start} 起算，但这样回答时不问它：{missing}。"
                    yield Fault(self.place(variant.place), "P08", item.id, message, "放宽那个问题的 when。")
                    break

    def _without_date(self, program: Program, item: Item, number: int, start: str) -> str | None:
        """Answers with which the deadline counts but its date isn't asked, in words; None where there are none."""
        d = program.diagrams
        word = Target("word", (item.id, "deadline", number))
        if word in program.roots:
            counts = program.roots[word]
        else:
            applies, counter = Target("item", (item.id,)), Target("counter", (item.id,))
            counts = d.either(program.roots[applies], program.roots[counter])
        found = d.witness(d.both(counts, d.negate(program.gates[start])), lambda leaf: leaf == TRUE)
        if found is None:
            return None
        words = [self._word(program, variable, value) for variable, value in found.items()]
        return "，".join(words) or "任何回答"

    def _word(self, program: Program, number: int, value: int) -> str:
        variable = program.variables[number]
        if variable.kind == "tick":
            return f"{variable.name}{'=' if value else '≠'}{variable.tick}"
        return f"{variable.name}={variable.values[value]}"

    def without_value(self, item: Item) -> Iterator[Fault]:
        item = item.as_written
        if item.when is None or item.may_when is not None:
            return
        questions = {question.id: question for question in self.bundle.questions}
        for part in parts_of(item.when, self.bundle.facts):
            if isinstance(part, Answered):
                for band in questions[part.question].bands:
                    if isinstance(band.limit, ParamRef) and band.limit.name not in self.rules.valued:
                        message = f"条件取决于 {part.question}，而参数 {band.limit.name} 在这里没有值。"
                        yield Fault(self.place(item.place), "P10", item.id, message, "写 may_when，让窗口来决定。")
