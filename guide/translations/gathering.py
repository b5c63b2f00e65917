"""Every text of the catalogue that a page may say, with the context under which gettext keeps it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bundles.dictionary import Source
from bundles.loading import CATALOGUE, Catalogue
from bundles.model import Bundle, Item, Members, Note, Question
from bundles.values import Place
from guide.language.languages import CONTEXT
from guide.translations.checks import HAN

Text = tuple[str, str, Place | None]  # context, text, where it is written


@dataclass(slots=True)
class Message:
    """A text to translate. `places` are `file:line`, `bundles` the ids of the bundles that say it."""

    context: str
    text: str
    places: list[str] = field(default_factory=list)
    bundles: list[str] = field(default_factory=list)


def catalogue_messages(books: Catalogue) -> list[Message]:
    """All texts of all bundles in all regions, today's and those of later days, then what no bundle says yet.

    An answer's context is its question's words, so that the answer can match their verb: 有 is ཡོད in one place and
    འདུག in another. All other texts share one context.
    """
    gathering = _Gathering()
    for id in books.ids:
        for region in books.overlays(books.file(id)):
            rules = books.bundle(id, region)
            for edition in (rules, *rules.later):
                gathering.add(_bundle(edition), id)
    gathering.add(_dictionaries(books), "")
    return list(gathering.found.values())


class _Gathering:
    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Message] = {}

    def add(self, texts: Iterable[Text], bundle: str) -> None:
        for context, text, place in texts:
            if HAN.search(text):  # a number or a code is the same in every language
                message = self.found.setdefault((context, text), Message(context, text))
                _put(message.places, _where(place))
                _put(message.bundles, bundle)


def _put(known: list[str], new: str) -> None:
    if new and new not in known:
        known.append(new)


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    path = Path(place.file)
    name = path.relative_to(CATALOGUE).as_posix() if path.is_relative_to(CATALOGUE) else path.name
    return f"{name}:{place.line}"


def _plain(place: Place | None, *texts: str) -> Iterator[Text]:
    return ((CONTEXT, text, place) for text in texts)


def _bundle(bundle: Bundle) -> Iterator[Text]:
    top = Place(bundle.file, 1)
    yield from _plain(top, bundle.title, bundle.happened, bundle.summary, *bundle.keywords, bundle.joint_else)
    yield from _plain(top, *(change.tell for change in bundle.changelog))
    for question in bundle.questions:
        yield from _question(question)
    yield from _tables(bundle.members)
    for computed in bundle.computed:
        yield from _plain(computed.place, computed.label, *computed.labels.values())
    for figure in bundle.figures.values():
        yield from _plain(figure.place, figure.label)
    for table in bundle.tables.values():
        yield from _plain(table.place, table.label)
    yield from _plain(top, *bundle.fact_labels.values())
    for stop in bundle.stops:
        yield from _plain(stop.place, stop.tell, stop.instead)
    yield from _notes(bundle.notes)
    for one_of in bundle.one_of:
        yield from _plain(one_of.place, one_of.tell, *(rival.label for rival in one_of.rivals))
    for item in bundle.items:
        yield from _item(item)
    yield from _plain(top, *(param.label for param in bundle.params.values()))
    yield from _used(bundle, top)
    yield from _sources(bundle.sources.values(), top)


def _question(question: Question) -> Iterator[Text]:
    place = question.place
    yield from _plain(place, question.section, question.ask, question.hint, question.why, question.unit)
    for choice in question.choices:
        yield question.ask, choice.label, choice.place or place
        yield from _plain(choice.place or place, choice.hint)
    for band in question.bands:
        yield from _plain(band.place or place, band.label)


def _tables(tables: Iterable[Members]) -> Iterator[Text]:
    """Tables of people; what they answer is gathered with the questions."""
    for table in tables:
        yield from _plain(table.place, table.ask, table.hint, table.why, table.row)
        for column in table.columns:
            yield from _question(column)


def _notes(notes: Iterable[Note]) -> Iterator[Text]:
    for note in notes:
        yield from _plain(note.place, note.tell)


def _item(item: Item) -> Iterator[Text]:
    for word, variants in item.words.items():
        if word != "department":
            for variant in variants:
                yield from _plain(variant.place or item.place, variant.value)
    for line in item.materials:
        yield from _plain(line.place or item.place, line.note)
        if line.any_of:
            yield from _plain(line.place or item.place, line.any_of.label, line.any_of.note)
    yield from _notes(item.notes)


def _used(bundle: Bundle, place: Place) -> Iterator[Text]:
    """The dictionaries' words that the bundle's own lines bring to a page."""
    shared = bundle.dictionaries
    persons: dict[str, None] = {}
    for item in bundle.items:
        for variant in item.words.get("department", ()):
            yield from _plain(item.place, shared.departments.get(variant.value, ""))
        for line in item.materials:
            entry = shared.materials.get(line.id)
            if entry:
                yield from _plain(line.place, entry.name, entry.hint)
            persons[line.of or ""] = None
        for box in item.fields:
            described = shared.fields.get(box.id)
            if described:
                yield from _plain(box.place, described.label, described.hint, *described.options)
            persons[box.person] = None
    yield from _plain(place, *(shared.persons.get(person, "") for person in persons))


def _sources(sources: Iterable[Source], place: Place) -> Iterator[Text]:
    for source in sources:
        yield from _plain(place, source.issuer, source.title)


def _dictionaries(books: Catalogue) -> Iterator[Text]:
    shared = books.entries.dictionaries
    for name, texts in (("themes", shared.themes), ("departments", shared.departments), ("persons", shared.persons)):
        yield from _plain(Place(f"{name}.yaml", 1), *texts.values())
    for material in shared.materials.values():
        yield from _plain(Place("materials.yaml", 1), material.name, material.hint)
    for entry in shared.fields.values():
        yield from _plain(Place("fields.yaml", 1), entry.label, entry.hint, *entry.options)
    yield from _plain(Place("regions.yaml", 1), *(region.name for region in books.regions.values()))
