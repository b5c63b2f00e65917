"""What a notice says first: how much there is to do, the most urgent day, what comes first, how much to bring."""

from dataclasses import asdict, dataclass

from bundles.results.notices import MaterialNeed, Savings
from guide.language.wording import day_words, together
from guide.notice.phrases import NOTICE
from guide.notice.rows import Telling


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
    """`first` is what is done first, and `where`; `bring` counts papers to bring oneself, `sign` those printed here."""

    verdict: str
    urgent: Urgent | None
    first: str
    where: str
    where_confirmed: bool
    bring: int
    sign: int


def answer_of(telling: Telling) -> Answer:
    """The first words of a notice, in the active language."""
    first = next(iter([*telling.notice.applying, *telling.notice.with_standing("counter")]), None)
    row = telling.item(first) if first else None
    where = row.fact("where") if row else None
    papers = [needs[0] for needs in telling.needs(counter=False)]
    return Answer(
        verdict_of(len(telling.notice.applying), len(telling.notice.with_standing("counter"))),
        _urgent(telling),
        row.name if row else "",
        where.text if where else "",
        where.confirmed if where else True,
        sum(_is_brought(need) for need in papers),
        sum(need.group == "print" for need in papers),
    )


def verdict_of(number: int, more: int) -> str:
    """How much there is to do, in a sentence."""
    name = "verdict_both" if number and more else "verdict" if number else "verdict_counter" if more else "verdict_none"
    return NOTICE[name] % {"number": number, "more": more}


def left_words(days: int) -> str:
    """How many days are left; of a day that has passed how many ago that was."""
    name = "left" if days > 0 else "left_today" if days == 0 else "left_past"
    return NOTICE[name] % {"days": abs(days)}


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
    return need.group in ("own", "given")
