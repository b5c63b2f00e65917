"""Every text that a bundle may say to an applicant: on pages, papers and forms; not what editors say to editors."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..dictionary import Dictionaries, Source
from ..model import Bundle, Item, Members, Note, Question
from ..values import Place

NAMED_ELSEWHERE = ("department", "at")  # words that are ids: a dictionary says what they are called


class Text(NamedTuple):
    """A text, and where it is written; of an answer the `question` in words, as its verb depends on it."""

    text: str
    place: Place | None
    question: str = ""


def _plain(place: Place | None, *texts: str) -> Iterator[Text]:
    return (Text(text, place) for text in texts if text)


def texts_of(bundle: Bundle) -> Iterator[Text]:
    """Every text of a bundle, and those of the dictionaries that it brings to a page."""
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
    yield from _sources((source for source in bundle.sources.values() if source.told), top)


def editors_texts(bundle: Bundle) -> Iterator[Text]:
    """What editors alone read of a bundle, but for their remarks, which stay as they are written."""
    untold = (source for source in bundle.sources.values() if not source.told)
    yield from _sources(untold, Place(bundle.file, 1))


def _question(question: Question) -> Iterator[Text]:
    place = question.place
    yield from _plain(place, question.section, question.ask, question.hint, question.why, question.unit, question.none)
    for choice in question.choices:
        yield Text(choice.label, choice.place or place, question.ask)
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
        if word not in NAMED_ELSEWHERE:
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
        yield from _plain(item.place, *_named_elsewhere(item, shared))
        for line in item.materials:
            entry = shared.materials.get(line.id)
            if entry:
                yield from _plain(line.place, entry.name, entry.hint)
            persons[line.of or ""] = None
        for box in item.fields:
            described = shared.fields.get(box.id)
            if described:
                words = shared.lists.get(described.list, ())
                yield from _plain(box.place, described.label, described.hint, *described.options, *words)
            persons[box.person] = None
    yield from _plain(place, *(shared.persons.get(person, "") for person in persons))


def _named_elsewhere(item: Item, shared: Dictionaries) -> Iterator[str]:
    """What departments and places of an item are called."""
    for variant in item.words.get("department", ()):
        yield shared.departments.get(variant.value, "")
    for variant in item.words.get("at", ()):
        if there := shared.places.get(variant.value):
            yield there.name


def _sources(sources: Iterable[Source], place: Place) -> Iterator[Text]:
    for source in sources:
        yield from _plain(place, source.issuer, source.title)


def shared_texts(shared: Dictionaries, regions: Iterable[str]) -> Iterator[Text]:
    """Every text of the dictionaries, and the regions' names."""
    yield from _plain(Place("places.yaml", 1), *(place.name for place in shared.places.values()))
    for name, texts in (("themes", shared.themes), ("departments", shared.departments), ("persons", shared.persons)):
        yield from _plain(Place(f"{name}.yaml", 1), *texts.values())
    for material in shared.materials.values():
        yield from _plain(Place("materials.yaml", 1), material.name, material.hint)
    for entry in shared.fields.values():
        yield from _plain(Place("fields.yaml", 1), entry.label, entry.hint, *entry.options)
    for words in shared.lists.values():
        yield from _plain(Place("lists.yaml", 1), *words)
    yield from _plain(Place("regions.yaml", 1), *regions)
