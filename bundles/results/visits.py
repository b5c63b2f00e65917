"""From which place to which an applicant goes: as few visits as can be, each after what it waits for."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as Plainly
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from ..dictionary import PlaceEntry
from ..walking.compiling import Program
from .notices import Notice, ToldItem


@dataclass(frozen=True, slots=True)
class Visit:
    """What is done at one place at one time; `place` is an id of the places, "" for the window of a `department`.

    `items` are in the order in which they are done; those that follow by themselves stand with what they wait for.
    """

    place: str
    department: str
    items: tuple[ToldItem, ...]
    trip: bool


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be done at a place, after these others; `rank` says how urgent it is, the least first."""

    place: str
    after: frozenset[str]
    rank: tuple[date, int]


def visits_of(notice: Notice) -> tuple[Visit, ...]:
    """The visits for the items that apply."""
    told = {entry.id: entry for entry in notice.applying}
    waits = {id: set(before & told.keys()) for id, before in _all_before(notice.walk.program).items() if id in told}
    places = notice.bundle.dictionaries.places
    where = {id: _place(entry) for id, entry in told.items()}
    follows = [id for id, place in where.items() if _entry(places, place).follows]
    errands = {id: Errand(where[id], frozenset(waits[id].difference(follows)), rank)
               for id, rank in _ranks(told, waits).items() if id not in follows}  # fmt: skip
    rounds = [list(done) for done in in_rounds(errands)]
    for id in follows:
        _put_along(id, waits[id], rounds)
    return tuple(_visit(places, where, [told[id] for id in told if id in done]) for done in rounds)


def in_rounds(errands: Mapping[str, Errand]) -> tuple[tuple[str, ...], ...]:
    """The errands by visits: the fewest, of these the most urgent first.

    A place where all that is left can be done is never visited too early; only where there is none is it worth
    comparing what it costs to come back.
    """

    @cache
    def rest(done: frozenset[str]) -> tuple[tuple[str, ...], ...]:
        left = [id for id in errands if id not in done]
        if not left:
            return ()
        found = {place: _doable(errands, place, done) for place in dict.fromkeys(errands[id].place for id in left)}
        whole = [ids for place, ids in found.items() if all(id in ids for id in left if errands[id].place == place)]
        if whole:
            first = min(whole, key=urgency)
            return (first, *rest(done.union(first)))
        ways = ((ids, *rest(done.union(ids))) for ids in found.values() if ids)
        return min(ways, key=lambda way: (len(way), [urgency(ids) for ids in way]))

    def urgency(ids: Sequence[str]) -> tuple[date, int]:
        return min(errands[id].rank for id in ids)

    left = list(rest(frozenset()))
    rounds: list[tuple[str, ...]] = []
    while left:  # the same rounds, the most urgent of those that wait for nothing first
        done = {id for ids in rounds for id in ids}
        ready = (ids for ids in left if all(errands[id].after <= done.union(ids) for id in ids))
        rounds.append(min(ready, key=urgency))
        left.remove(rounds[-1])
    return tuple(rounds)


def _doable(errands: Mapping[str, Errand], place: str, done: Plainly[str]) -> tuple[str, ...]:
    """What can be done at a place in one visit, one thing after the other."""
    found: list[str] = []
    known = set(done)
    while fresh := [id for id, errand in errands.items()
                    if errand.place == place and id not in known and errand.after <= known]:  # fmt: skip
        found += fresh
        known.update(fresh)
    return tuple(found)


@lru_cache(maxsize=512)
def _all_before(program: Program) -> Mapping[str, frozenset[str]]:
    """Of each item all that it waits for, also what its predecessors wait for."""
    direct = {item.id: item.after for item in program.bundle.items}

    def before(id: str) -> frozenset[str]:
        return frozenset(direct[id]).union(*map(before, direct[id]))

    return {id: before(id) for id in direct}


def _ranks(told: Mapping[str, ToldItem], waits: Mapping[str, Plainly[str]]) -> dict[str, tuple[date, int]]:
    """How urgent each item is: by its last day, or that of something that waits for it; else by its turn."""
    dues = {id: entry.due.day if entry.due and entry.due.day else date.max for id, entry in told.items()}
    return {
        id: (min([dues[id], *(dues[other] for other in told if id in waits[other])]), turn)
        for turn, id in enumerate(told)
    }


def _put_along(id: str, waits: Plainly[str], rounds: list[list[str]]) -> None:
    """What follows by itself stands at the last visit that it waits for; at the first where it waits for nothing."""
    last = next((done for done in reversed(rounds) if not waits.isdisjoint(done)), None)
    if last is not None:
        last.append(id)
    elif rounds:
        rounds[0].append(id)
    else:
        rounds.append([id])


def _place(entry: ToldItem) -> str:
    """The place of an item by its id; where none is written the window of its department, behind a colon."""
    if "at" in entry.words:
        return entry.words["at"].value
    return f":{entry.words['department'].value}" if "department" in entry.words else ":"


def _entry(places: Mapping[str, PlaceEntry], place: str) -> PlaceEntry:
    return places.get(place) or PlaceEntry(place)


def _visit(places: Mapping[str, PlaceEntry], where: Mapping[str, str], items: list[ToldItem]) -> Visit:
    own = next((where[entry.id] for entry in items if not _entry(places, where[entry.id]).follows), where[items[0].id])
    place, _colon, department = own.partition(":")
    return Visit(place, department, tuple(items), _entry(places, own).trip)


__all__ = ["Errand", "Visit", "in_rounds", "visits_of"]
