"""What a notice says first: how much there is to do, the most urgent day, what comes first, how much to bring."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bundles.results.notices import MaterialNeed, Savings
from guide.language.wording import day_words, together
from guide.notice.phrases import NOTICE
from guide.notice.rows import Telling
from guide.notice.visits import VisitRow, left_words, visits_in_words

MOST_NAMED = 2  # of what is done first


@dataclass(frozen=True, slots=True)
class Urgent:
    """The earliest last day, in words with how many days are left, and of what it is."""

    day: str
    left: str
    item: str
    past: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """`verdict` is what the bundle says of this applicant, else how much there is to do, which `lead` says then.

    `first` is where one goes first and `what` is done there; without a `trip` it is done from home. `bring` counts
    papers to bring oneself, `sign` those printed here.
    """

    verdict: str
    verdict_confirmed: bool
    lead: str
    urgent: Urgent | None
    first: str
    trip: bool
    what: str
    first_confirmed: bool
    bring: int
    sign: int


def answer_of(telling: Telling, rows: Sequence[VisitRow] | None = None) -> Answer:
    """The first words of a notice, in the active language; `rows` are its visits, where they are known already."""
    visits = visits_in_words(telling) if rows is None else rows
    verdict = telling.notice.verdict
    amount = amount_words(visits, len(telling.notice.with_standing("counter")))
    papers = [needs[0] for needs in telling.needs(counter=False)]
    return Answer(
        telling.tell(verdict.tell, verdict.until) if verdict else amount,
        telling.confirmed(verdict.tell, verdict.confirmed) if verdict else True,
        amount if verdict else "",
        _urgent(telling),
        *_first(telling, visits),
        sum(_is_brought(need) for need in papers),
        sum(need.group == "print" for need in papers),
    )


def _first(telling: Telling, visits: Sequence[VisitRow]) -> tuple[str, bool, str, bool]:
    """Where one goes first, whether one has to go, what is done there, and whether somebody confirmed where."""
    if visits:
        first = visits[0]
        names = [telling.name(told) for told in first.here]
        what = (
            together(names)
            if len(names) <= MOST_NAMED
            else NOTICE["and_others"].format(names=together(names[:MOST_NAMED]), number=len(names))
        )
        return first.place, first.visit.trip, what, first.where.confirmed if first.where else True
    asked = next(iter(telling.notice.with_standing("counter")), None)
    return (telling.name(asked) if asked else "", False, "", True)


def amount_words(visits: Sequence[VisitRow], more: int) -> str:
    """How much there is to do and at how many places, in a sentence; `more` is what the counter decides."""
    number = sum(len(row.items) for row in visits)
    if not number:
        return NOTICE["verdict_counter" if more else "verdict_none"] % {"more": more}
    places = len({(row.visit.place, row.visit.department) for row in visits if row.visit.trip})
    alone = all(row.entry.follows for row in visits)
    name = "verdict" if places else "verdict_alone" if alone else "verdict_home"
    said: str = NOTICE[name] % {"number": number, "places": places}
    return NOTICE["verdict_more"].format(verdict=said, more=more) if more else said


def papers_words(answer: Answer) -> str:
    """How many papers to bring, and how many of those printed here to sign."""
    counts = (("bring_number", answer.bring), ("sign_number", answer.sign))
    said = [NOTICE[name] % {"number": number} for name, number in counts if number]
    return together(said) if said else str(NOTICE["bring_nothing"])


def saved_figures(savings: Savings) -> dict[str, int]:
    """What separate handling would ask, and what this asks, by the names that the phrase has for them."""
    pairs = asdict(savings).items()
    return {name: apart for name, (apart, _few) in pairs} | {f"few_{name}": few for name, (_apart, few) in pairs}


def _urgent(telling: Telling) -> Urgent | None:
    dues = [(told.due.day, told) for told in telling.notice.applying if told.due and told.due.day]
    if not dues:
        return None
    day, told = min(dues, key=lambda pair: pair[0])
    left = left_words((day - telling.today).days)
    confirmed = told.due is None or told.due.confirmed
    return Urgent(day_words(day), left, telling.name(told), day < telling.today, confirmed)


def _is_brought(need: MaterialNeed) -> bool:
    return need.group == "own"
