"""The condition language: what a condition is and rests on, whether it holds, how it is said in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answered:
    """Holds when the answer to a question (a choice, a band, one ticked choice) is among `choices`."""

    question: str
    choices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Resulted:
    """Holds when a computed value is among `results`."""

    computed: str
    results: frozenset[str]


@dataclass(frozen=True, slots=True)
class FactIs:
    """Holds when the named condition is `holds`."""

    fact: str
    holds: bool


@dataclass(frozen=True, slots=True)
class HasValue:
    """Holds when the region has a value for every one of `params`; `confirmed` asks that somebody confirmed it."""

    params: tuple[str, ...]
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Unread(HasValue):
    """Stands in a faulty file for a test that can't be read: it may hold or not, as a param may be confirmed or not.

    Its one name begins with `?`, as no param's does.
    """


@dataclass(frozen=True, slots=True)
class Every:
    """Holds when all parts hold; with no part, always."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds when a part holds; with no part, never."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part doesn't."""

    part: "Condition"


Condition = Answered | Resulted | FactIs | HasValue | Every | Some | Not
ALWAYS: Condition = Every(())
NEVER: Condition = Some(())


# What a condition rests on --------------------------------------------------------------------------------------------


def parts_of(condition: Condition, facts: Mapping[str, Condition]) -> Iterator[Condition]:
    """The condition and everything in it, the given facts opened."""
    yield condition
    match condition:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from parts_of(part, facts)
        case Not(part):
            yield from parts_of(part, facts)
        case FactIs(fact) if fact in facts:
            yield from parts_of(facts[fact], facts)
        case _:
            return


# Evaluating -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What holds for one applicant: the tested values of each question and computed value, params, facts.

    A question whose gate doesn't hold has no values, so every test on it fails.
    """

    values: Mapping[str, frozenset[str]]
    valued: frozenset[str]
    confirmed: frozenset[str]
    facts: Mapping[str, Condition]


def holds(condition: Condition, told: Told) -> bool:
    """Plain evaluation, the meaning that the diagrams must share."""
    match condition:
        case Answered(name, wanted) | Resulted(name, wanted):
            return not wanted.isdisjoint(told.values.get(name, frozenset()))
        case FactIs(fact, wished):
            return holds(told.facts[fact], told) == wished
        case HasValue(params, confirmed):
            return (told.confirmed if confirmed else told.valued).issuperset(params)
        case Every(parts):
            return all(holds(part, told) for part in parts)
        case Some(parts):
            return any(holds(part, told) for part in parts)
        case Not(part):
            return not holds(part, told)


# Words ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wording:
    """How names read: `question(id)`, `value(question, id)`, `param(id)`, and the phrases that join them."""

    name: Callable[[str], str]
    value: Callable[[str, str], str]
    facts: Mapping[str, Condition]
    labels: Mapping[str, str] = field(default_factory=dict)  # what facts are called; one without is opened
    labelled: str = "“{label}”"
    also: str = "，并且"
    either: str = "；或者"
    negated: str = "不是（{condition}）"
    answered: str = "“{question}”选了{values}"
    choices: str = "或"
    valued: str = "这里有{names}"
    confirmed: str = "本地公布了{names}"
    listed: str = "、"
    always: str = "总是"
    never: str = "从不"


def say(condition: Condition, wording: Wording) -> str:
    """The condition in words, facts without a label opened, for reviewers and paper."""
    match condition:
        case Answered(name, wanted) | Resulted(name, wanted):
            values = wording.choices.join(f"“{wording.value(name, value)}”" for value in sorted(wanted))
            return wording.answered.format(question=wording.name(name), values=values)
        case FactIs(fact, wished) if fact in wording.labels:
            label = wording.labelled.format(label=wording.labels[fact])
            return label if wished else wording.negated.format(condition=label)
        case FactIs(fact, wished):
            return say(wording.facts[fact] if wished else Not(wording.facts[fact]), wording)
        case HasValue(params, confirmed):
            phrase = wording.confirmed if confirmed else wording.valued
            return phrase.format(names=wording.listed.join(map(wording.name, params)))
        case Not(part):
            return wording.negated.format(condition=say(part, wording))
        case Every(parts):
            return wording.also.join(_within(part, wording) for part in parts) if parts else wording.always
        case Some(parts):
            return wording.either.join(_within(part, wording) for part in parts) if parts else wording.never


def _within(part: Condition, wording: Wording) -> str:
    while isinstance(part, FactIs) and part.fact not in wording.labels:
        part = wording.facts[part.fact] if part.holds else Not(wording.facts[part.fact])
    text = say(part, wording)
    return f"（{text}）" if isinstance(part, Every | Some) and len(part.parts) > 1 else text


def questions_in(
    condition: Condition, facts: Mapping[str, Condition], inputs: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """The questions that a condition rests on, through facts and computed values."""
    found: set[str] = set()
    for part in parts_of(condition, facts):
        match part:
            case Answered(question):
                found.add(question)
            case Resulted(computed):
                found.update(inputs.get(computed, ()))
            case _:
                pass
    return frozenset(found)
