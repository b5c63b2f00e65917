"""The places where an applicant goes, in words and in order: what is done at each, and what to take there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bundles.dictionary import PlaceEntry
from bundles.model import Bundle, Note
from bundles.results.notices import Due, MaterialNeed, ToldItem
from bundles.results.visits import Visit
from guide.language.wording import day_words, department_words, either, material_words, place_name, together
from guide.notice.phrases import NOTICE
from guide.notice.rows import Fact, Telling


@dataclass(frozen=True)
class VisitRow:
    """A visit in words; `earlier` and `later` say whether it waits for others before it, and they for it."""

    telling: Telling
    number: int
    visit: Visit
    earlier: bool
    later: bool

    @property
    def items(self) -> tuple[ToldItem, ...]:
        return self.visit.items

    @property
    def here(self) -> list[ToldItem]:
        """What one does here oneself; the rest follows by itself."""
        return [told for told in self.items if not follows(told, self.telling.bundle)] or list(self.items)

    @property
    def entry(self) -> PlaceEntry:
        places = self.telling.bundle.dictionaries.places
        return places.get(self.visit.place) or PlaceEntry(self.visit.place)

    @property
    def place(self) -> str:
        """What the place is called; where none is written the department whose window it is."""
        if self.visit.place:
            return place_name(self.telling.bundle, self.visit.place)
        return department_words(self.telling.bundle, self.visit.department) or str(NOTICE["window"])

    @cached_property
    def where(self) -> Fact | None:
        """Where exactly, if nothing that is done here says otherwise; None where it is said item by item."""
        words = [told.words["where"] for told in self.items if "where" in told.words]
        if len({self.telling.tell(said.value, said.until) for said in words}) != 1 or not words[0].value:
            return None  # it is unknown, or said item by item
        text = self.telling.tell(words[0].value, words[0].until)
        sure = all(self.telling.confirmed(said.value, said.confirmed) for said in words)
        return Fact("where", str(NOTICE["fact_where"]), text, sure)

    @property
    def unknown(self) -> bool:
        """Whether nobody says where the place is, and one has to go there."""
        return self.visit.trip and not any(told.words["where"].value for told in self.items if "where" in told.words)

    @property
    def urgent(self) -> Due | None:
        """The earliest last day of what is done here."""
        dues = [told.due for told in self.items if told.due and told.due.day]
        return min(dues, key=lambda due: due.day, default=None)  # type: ignore[arg-type,return-value]  # each has one

    @property
    def when(self) -> str:
        """Until which day, and how many days that are from the day of the rules; "" where no day is known."""
        day = self.urgent.day if self.urgent else None
        if day is None:
            return ""
        left = (day - self.telling.today).days
        return NOTICE["by_day" if left >= 0 else "by_day_past"].format(day=day_words(day), left=left_words(left))

    @property
    def order(self) -> str:
        """Why it stands where it does, where no day says it."""
        if self.earlier:
            return str(NOTICE["after_others"])
        return str(NOTICE["before_others"]) if self.later else ""

    @cached_property
    def papers(self) -> list[list[MaterialNeed]]:
        """What is taken here: a paper, or several of which one is enough."""
        ids = {told.id for told in self.items}
        return [needs for needs in self.telling.needs(counter=False)
                if ids.intersection(needs[0].items) and needs[0].group != "spared"]  # fmt: skip

    @property
    def paper_key(self) -> tuple[object, ...]:
        """All that `take` depends on."""
        papers = (tuple((need.id, need.of, need.group == "print") for need in needs) for needs in self.papers)
        return (self.telling.bundle, *papers)

    @property
    def take(self) -> str:
        """The papers in a line: those that one has or was given, then those to sign."""
        found = [needs for needs in self.papers if needs[0].group != "print"]
        signed = [needs for needs in self.papers if needs[0].group == "print"]
        return "；".join(together(map(self._name, group)) for group in (found, signed) if group)

    def _name(self, needs: Sequence[MaterialNeed]) -> str:
        return either([material_words(self.telling.bundle, need) for need in needs])

    @cached_property
    def notes(self) -> list[Note]:
        """What to mind of what is done here."""
        notes = [note for told in self.items for note in self.telling.notice.notes_of(told)]
        return list({note.tell: note for note in notes}.values())


def left_words(days: int) -> str:
    """How many days are left; of a day that has passed how many ago that was."""
    name = "left" if days > 0 else "left_today" if days == 0 else "left_past"
    return NOTICE[name] % {"days": abs(days)}


def visits_in_words(telling: Telling) -> list[VisitRow]:
    """The visits, numbered from 1."""
    rows = []
    visits = telling.visits
    done: set[str] = set()
    for number, visit in enumerate(visits, 1):
        ids = {told.id for told in visit.items}
        waiting = {told.id for other in visits[number:] for told in other.items if ids.intersection(told.item.after)}
        earlier = any(done.intersection(told.item.after) for told in visit.items)
        rows.append(VisitRow(telling, number, visit, earlier, bool(waiting)))
        done |= ids
    return rows


def used_words(telling: Telling, need: MaterialNeed) -> str:
    """At which visits a paper is handed in, where there are several; of what the counter decides for which item."""
    numbers = sorted({telling.visit_numbers[id] for id in need.items if id in telling.visit_numbers})
    if numbers:
        return NOTICE["for_visits"].format(numbers=together(numbers)) if len(telling.visits) > 1 else ""
    return NOTICE["for_named"].format(names=together(map(telling.names.__getitem__, need.items)))


def wishes_of(telling: Telling) -> list[tuple[ToldItem, str]]:
    """What one may have done besides and didn't choose, each with the question that offers it."""
    offering = {question.id for question in telling.bundle.questions if question.type == "many"}
    found = ((told, told.because) for told in telling.notice.with_standing("not") if told.item.wish)
    return [(told, because[0]) for told, because in found if len(because) == 1 and because[0] in offering]


def follows(told: ToldItem, bundle: Bundle) -> bool:
    """Whether an item is done by itself after another one."""
    place = told.words.get("at")
    entry = bundle.dictionaries.places.get(place.value) if place else None
    return bool(entry and entry.follows)
