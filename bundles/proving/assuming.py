"""The rules as they would be elsewhere and later: with other params known or confirmed, once a day of a band has come.

What depends on a param isn't called unreachable because one region has no value yet; nor what a band makes wait for a
day to come.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from ..conditions import HasValue, parts_of
from ..model import Bundle, Question
from ..tested import conditions_of
from ..values import Band, CalendarMonths, CalendarYear, ParamRef
from ..walking.editions import Edition, edition

MOST_PARAMS = 6  # of so many, every set is looked at that may be confirmed together


def considered(rules: Edition) -> tuple[Edition, ...]:
    """The rules in force, and as they would be with every param confirmed, with none, and with all unconfirmed."""
    sometime = _bands_sometime(rules)
    params = params_of(rules.bundle)
    if not rules.bundle.params and not params and sometime == dict(rules.bands):
        return (rules,)
    everything = params | frozenset(rules.bundle.params)
    known = _with(rules, everything, sometime)
    return (rules, known, _with(rules, frozenset(), sometime), replace(known, confirmed=frozenset()))


def every_assumption(rules: Edition) -> Iterator[Edition]:
    """The rules with every set of params that may be confirmed together; none where these are too many to look at."""
    params = sorted(params_of(rules.bundle))
    if len(params) <= MOST_PARAMS:
        sometime = _bands_sometime(rules)
        for size in range(1, len(params)):
            others = frozenset(rules.bundle.params) - frozenset(params)
            yield from (_with(rules, others | {*chosen}, sometime) for chosen in combinations(params, size))


def params_of(bundle: Bundle) -> frozenset[str]:
    """The params on which conditions or bands rest."""
    tested = {
        name
        for condition in conditions_of(bundle)
        for part in parts_of(condition, {})
        if isinstance(part, HasValue)
        for name in part.params
    }
    limits = (band.limit for question in bundle.questions for band in question.bands)
    return frozenset(tested | {limit.name for limit in limits if isinstance(limit, ParamRef)})


def _with(rules: Edition, params: frozenset[str], sometime: dict[str, tuple[str, ...]]) -> Edition:
    bands = tuple(
        (question.id, _bands(question, params, sometime[question.id]))
        for question in rules.bundle.questions
        if question.bands
    )
    return replace(rules, valued=params, confirmed=params, bands=bands)


def _bands(question: Question, params: frozenset[str], sometime: tuple[str, ...]) -> tuple[str, ...]:
    """The bands that answers may fall in; a band that a param limits is there exactly with its param."""
    refs = {band.id: _ref(band) for band in question.bands}
    if not any(refs.values()):
        return sometime
    return tuple(id for id, ref in refs.items() if ref is None or ref in params)


def _ref(band: Band) -> str | None:
    return band.limit.name if isinstance(band.limit, ParamRef) else None


def _bands_sometime(rules: Edition) -> dict[str, tuple[str, ...]]:
    """Per date or number question the bands that answers fall in today, or once a day has come that a band names."""
    found = dict(rules.bands)
    for question in rules.bundle.questions:
        if any(isinstance(band.limit, CalendarYear | CalendarMonths) for band in question.bands):
            found[question.id] = tuple(band.id for band in question.bands)
    limits = [band.limit for question in rules.bundle.questions for band in question.bands]
    for day in sorted({limit for limit in limits if isinstance(limit, date) and limit > rules.today}):
        for id, bands in edition(rules.bundle, day).bands:
            found[id] = (*found[id], *(band for band in bands if band not in found[id]))
    order = {question.id: question.values for question in rules.bundle.questions}
    return {id: tuple(sorted(bands, key=order[id].index)) for id, bands in found.items()}
