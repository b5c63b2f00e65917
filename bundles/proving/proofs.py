"""What holds over all walks of a bundle, and what doesn't."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ..conditions import Answered, Condition, FactIs, Resulted, parts_of
from ..faults import Fault
from ..model import (
    Band,
    Bundle,
    Choice,
    Deadline,
    FieldLine,
    Item,
    MaterialLine,
    Note,
    ParamRef,
    Place,
    Question,
    Variant,
)
from ..walking.compiling import Program, Target
from ..walking.diagrams import FALSE, TRUE
from ..walking.editions import Edition, edition
from ..walking.navigation import Navigation, State
from ..walking.walks import navigation_of
from .references import unknown_names
from .sparing import spared_share


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a bundle in a region; walks, mean and spared are None where the graph is too large to count.

    `spared` is the share of walks in which a question that arises isn't asked, because its answer no longer matters.
    `since` is the day on which these rules begin, None for those that are written in the bundle itself; `day` the day
    for which all this was found.
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

    @property
    def passed(self) -> bool:
        return not self.faults


def prove(bundle: Bundle, region: str, today: date, others: Collection[str] | None = None) -> Report:
    """Counts the walks of a bundle's rules in force and looks for everything that `prove` must refuse.

    `others` are the bundles of its catalogue; without them it may name what no dictionary holds, as a single file may.
    """
    rules = edition(bundle, today)
    bundle = rules.bundle
    navigation = navigation_of(rules)
    outlook = navigation.outlook(navigation.start)
    mean = outlook.questions / outlook.walks if outlook.walks and outlook.questions is not None else None
    found = [*_Proof(bundle, rules).faults(), *(unknown_names(bundle, others) if others is not None else ())]
    faults = sorted(set(found), key=lambda fault: (fault.place, fault.code, fault.id))
    return Report(
        bundle.id, bundle.version, region, outlook.walks, navigation.states, outlook.fewest, mean, outlook.most,
        tuple(faults), navigation.too_large, spared_share(navigation, outlook.walks), bundle.since,
        len(bundle.questions), today,
    )  # fmt: skip


def _considered(rules: Edition) -> tuple[Edition, ...]:
    """The rules in force, and as they would be with every param confirmed and with none.

    What depends on a param isn't called unreachable because one region has no value yet.
    """
    bundle = rules.bundle
    if not bundle.params:
        return (rules,)
    reached = dict(rules.bands)
    with_params = {
        question.id: {band.id for band in question.bands if isinstance(band.limit, ParamRef)}
        for question in bundle.questions
        if question.bands
    }
    everything = tuple(
        (question.id, question.values if with_params[question.id] else reached[question.id])
        for question in bundle.questions
        if question.bands
    )
    bare = tuple((id, tuple(band for band in bands if band not in with_params[id])) for id, bands in everything)
    names = frozenset(bundle.params)
    return (
        rules,
        replace(rules, valued=names, confirmed=names, bands=everything),
        replace(rules, valued=frozenset(), confirmed=frozenset(), bands=bare),
    )


_Conditional = MaterialLine | FieldLine | Note | Variant[Deadline]


class _Proof:
    def __init__(self, bundle: Bundle, rules: Edition) -> None:
        self.bundle = bundle
        self.rules = rules
        self.navigations = [navigation_of(considered) for considered in _considered(rules)]
        self.programs = [navigation.program for navigation in self.navigations]
        self.seen = self._offered_anywhere()

    def place(self, place: Place | None) -> Place:
        return place or Place(self.bundle.file, 1)

    def faults(self) -> Iterator[Fault]:
        yield from self.targets()
        for question in self.bundle.questions:
            yield from self.question(question)
        yield from self.untold_results()
        yield from self.stops()
        for item in self.bundle.items:
            yield from self.deadlines(item)
            yield from self.unknown(item)
            yield from self.without_value(item)

    # Targets

    def targets(self) -> Iterator[Fault]:
        for stop in self.bundle.stops:
            yield from self.reach(Target("stop", (stop.id,)), stop.id, stop.place, "停止", stop.when, None)
        for item in self.bundle.items:
            yield from self.item_targets(item)
        for note in self.bundle.notes:
            yield from self.reach(Target("note", (note.id,)), note.id, note.place, "提示", note.when, None)
        if self.bundle.joint is not None:
            yield from self.reach(Target("joint", ()), "joint", None, "联办条件", self.bundle.joint, None)

    def item_targets(self, item: Item) -> Iterator[Fault]:
        applies, counter = Target("item", (item.id,)), Target("counter", (item.id,))
        if item.when is not None or item.may_when is None:
            yield from self.reach(applies, item.id, item.place, "事项", item.when, None)
        if item.may_when is not None:
            yield from self.reach(counter, item.id, item.place, "事项（由窗口决定）", item.may_when, None)
        if self.never(applies) and self.never(counter):
            return
        yield from self.lines(item)
        for note in item.notes:
            target = Target("note", (item.id, note.id))
            yield from self.reach(target, note.id, note.place, f"事项 {item.id} 的提示", note.when, item)
        for name, entries in item.words.items():
            yield from self.words((item.id, name), entries, item.id, item)
        yield from self.words((item.id, "deadline"), item.deadline, item.id, item)

    def lines(self, item: Item) -> Iterator[Fault]:
        for number, line in enumerate(item.materials):
            target = Target("material", (item.id, number))
            yield from self.reach(target, line.id, line.place, f"事项 {item.id} 的材料", line.when, item)
            for word, name in ((line.originals, "originals"), (line.copies, "copies")):
                yield from self.words((item.id, number, name), word, line.id, item)
        for number, field in enumerate(item.fields):
            target = Target("field", (item.id, number))
            yield from self.reach(target, field.id, field.place, f"事项 {item.id} 的填报项", field.when, item)

    def words(
        self, path: tuple[str | int, ...], word: Sequence[Variant[object]], id: str, item: Item
    ) -> Iterator[Fault]:
        for number, variant in enumerate(word):
            target, place = Target("word", (*path, number)), self.place(variant.place or item.place)
            if target not in self.programs[0].targets:
                continue
            if self.never(target):
                message = f"{path[-1]} 的第 {number + 1} 种写法没有回答能用到。"
                yield Fault(place, "P01", id, message, "改条件，或删掉这一种。")
            elif variant.when is not None and all(self.always(program, target, item) for program in self.programs):
                message = f"{path[-1]} 的第 {number + 1} 种写法写了条件，但所有回答都满足它。"
                yield Fault(place, "P02", id, message, "去掉 when，或改条件。")

    def reach(
        self, target: Target, id: str, place: Place | None, what: str, when: Condition | None, owner: Item | None
    ) -> Iterator[Fault]:
        """A target must be reached by some answers, and, where it has a condition, not by all."""
        if self.never(target):
            message = f"没有任何回答能到达{what} {id}，{self.why_never(target)}"
            yield Fault(self.place(place), "P01", id, message, "改条件，或删掉它。")
        elif when is not None and all(self.always(program, target, owner) for program in self.programs):
            message = f"{what} {id} 写了条件，但所有回答都满足它。"
            yield Fault(self.place(place), "P02", id, message, "去掉 when，或改条件。")

    def never(self, target: Target) -> bool:
        return all(program.roots[target] == FALSE for program in self.programs)

    def why_never(self, target: Target) -> str:
        stopped = any(program.targets[target] != FALSE for program in self.programs)
        if stopped:
            return "因为满足它的回答都会先停止。"
        also = "，或者这时事项本来就适用" if target.kind == "counter" else ""
        return f"因为条件自相矛盾{also}。"

    def always(self, program: Program, target: Target, owner: Item | None) -> bool:
        diagrams = program.diagrams
        if target.kind == "stop":
            return program.roots[target] == TRUE
        if owner is None:
            going_on = TRUE
            for stop in program.stops:
                going_on = diagrams.both(going_on, diagrams.negate(stop))
            return program.roots[target] == going_on
        applies = program.roots[Target("item", (owner.id,))]
        counter = program.roots[Target("counter", (owner.id,))]
        whole = applies if target.kind == "note" else diagrams.either(applies, counter)
        return program.roots[target] == whole

    # Questions

    def _offered_anywhere(self) -> dict[str, set[str]] | None:
        """Per question, the choices that some walk offers when it asks it; None where the graph is too large."""
        seen: dict[str, set[str]] = {}
        for navigation in self.navigations:
            navigation.outlook(navigation.start)
            if navigation.too_large:
                return None
            for state in _reachable(navigation):
                question = navigation.page(state)
                if question is not None:
                    seen.setdefault(question.id, set()).update(navigation.shown(state, question))
        return seen

    def question(self, question: Question) -> Iterator[Fault]:
        place = self.place(question.place)
        if question.type == "choice" and len(question.choices) == 1:
            yield Fault(place, "P11", question.id, "只有一个选项，不会问出来。", "加选项，或删掉这个问题。")
        elif not self.matters(question):
            message = f"没有一条路会问 {question.id}：没有条件真正取决于它。"
            yield Fault(place, "P03", question.id, message, "写一个用到它的条件，或删掉它。")
        elif self.seen is not None:
            yield from self.choices(question, self.seen[question.id])
        tested = self.tested(question.id)
        loose = [id for id in (value for value in question.values if value != "none") if id not in tested]
        if question.type == "choice" and len(loose) > 1 and question.id not in self.bundle.fills.values():
            message = f"没有条件提到选项 {'、'.join(loose)}，选哪个都一样。"
            yield Fault(place, "P05", question.id, message, "合成一个选项，或写出各自的条件。")

    def matters(self, question: Question) -> bool:
        if self.seen is not None:
            return question.id in self.seen
        return any(
            navigation.start.active >> number & 1
            for navigation in self.navigations
            for number, variable in enumerate(navigation.program.variables)
            if variable.name == question.id
        )

    def choices(self, question: Question, seen: set[str]) -> Iterator[Fault]:
        tested = self.tested(question.id)
        entries: tuple[Choice | Band, ...] = (*question.choices, *question.bands)
        for entry in entries:
            if entry.id in seen:
                continue
            place = self.place(entry.place)
            if entry.id in tested:
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
        """The tested values by question or computed value; each fact is opened once."""
        found: dict[str, set[str]] = {}
        closed = dict(self.bundle.facts)
        waiting = list(_conditions(self.bundle))
        while waiting:
            for part in parts_of(waiting.pop(), {}):
                match part:
                    case Answered(name, values) | Resulted(name, values):
                        found.setdefault(name, set()).update(values)
                    case FactIs(fact) if fact in closed:
                        waiting.append(closed.pop(fact))
                    case _:
                        pass
        return found

    def untold_results(self) -> Iterator[Fault]:
        for computed in self.bundle.computed:
            loose = [result for result in computed.gives if result not in self.tested(computed.id)]
            if len(loose) > 1:
                message = f"没有条件提到结果 {'、'.join(loose)}。"
                yield Fault(self.place(computed.place), "P05", computed.id, message, "合成一个结果，或写出各自的条件。")

    # Stops, deadlines, dictionaries

    def stops(self) -> Iterator[Fault]:
        first: dict[tuple[int, ...], str] = {}
        for stop in self.bundle.stops:
            nodes = tuple(program.targets[Target("stop", (stop.id,))] for program in self.programs)
            if nodes in first and any(node != FALSE for node in nodes):
                message = f"停止 {stop.id} 和 {first[nodes]} 的条件意思相同。"
                yield Fault(self.place(stop.place), "P07", stop.id, message, "合成一个，或改条件。")
            first.setdefault(nodes, stop.id)

    def deadlines(self, item: Item) -> Iterator[Fault]:
        for number, variant in enumerate(item.deadline):
            for program in self.programs if variant.value.start else ():
                missing = self._without_date(program, item, number, variant.value.start)
                if missing is not None:
                    message = f"期限从 {variant.value.start} 起算，但这样回答时不问它：{missing}。"
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

    def unknown(self, item: Item) -> Iterator[Fault]:
        dictionaries = self.bundle.dictionaries
        for line in item.materials:
            if line.id not in dictionaries.materials:
                yield Fault(self.place(line.place), "P09", line.id, "材料词典里没有它。", "在 materials.yaml 里补上。")
        for field in item.fields:
            if field.id not in dictionaries.fields:
                yield Fault(self.place(field.place), "P09", field.id, "填报项词典里没有它。", "在 fields.yaml 里补上。")

    def without_value(self, item: Item) -> Iterator[Fault]:
        if item.when is None or item.may_when is not None:
            return
        questions = {question.id: question for question in self.bundle.questions}
        for part in parts_of(item.when, self.bundle.facts):
            if isinstance(part, Answered):
                for band in questions[part.question].bands:
                    if isinstance(band.limit, ParamRef) and band.limit.name not in self.rules.valued:
                        message = f"条件取决于 {part.question}，而参数 {band.limit.name} 在这里没有值。"
                        yield Fault(self.place(item.place), "P10", item.id, message, "写 may_when，让窗口来决定。")


def _reachable(navigation: Navigation) -> Iterator[State]:
    seen = {navigation.start}
    queue = [navigation.start]
    while queue:
        state = queue.pop()
        yield state
        for after, _ in navigation.successors(state):
            if after not in seen:
                seen.add(after)
                queue.append(after)


def _conditions(bundle: Bundle) -> Iterator[Condition]:
    """Every condition written in a bundle."""
    found: list[Condition | None] = [bundle.joint, *bundle.facts.values()]
    for question in bundle.questions:
        found += [question.when, *(choice.when for choice in question.choices)]
    found += [stop.when for stop in bundle.stops] + [note.when for note in bundle.notes]
    found += [same.when for same in bundle.same]
    for item in bundle.items:
        found += [item.when, item.may_when]
        conditional: tuple[_Conditional, ...] = (*item.materials, *item.fields, *item.notes, *item.deadline)
        found += [entry.when for entry in conditional]
        found += [variant.when for word in item.words.values() for variant in word]
        for line in item.materials:
            found += [variant.when for variant in (*line.originals, *line.copies)]
    return (condition for condition in found if condition is not None)
