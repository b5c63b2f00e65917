"""What a bundle of the catalogue names must be described there: departments, persons, other bundles."""

from collections.abc import Collection, Iterator

from ..faults import Fault
from ..model import Bundle, Note, Stop
from ..reading.trees import nearest
from ..values import Place


def unknown_names(bundle: Bundle, others: Collection[str]) -> Iterator[Fault]:
    """A fault for each name that no dictionary holds; `others` are the catalogue's bundles."""
    dictionaries = bundle.dictionaries
    kinds: list[tuple[Iterator[tuple[str | None, Place | None]], Collection[str], str]] = [
        (_departments(bundle), dictionaries.departments, "departments.yaml 里没有它。"),
        (_persons(bundle), dictionaries.persons, "persons.yaml 里没有它。"),
        (iter([(bundle.theme, None)]), dictionaries.themes, "themes.yaml 里没有它。"),
        (((told.next, told.place) for told in _told(bundle)), others, "没有这件事。"),
    ]
    for names, known, message in kinds:
        for name, place in names:
            if name and name not in known:
                yield Fault(place or Place(bundle.file, 1), "P12", name, message, nearest(name, known))


def _departments(bundle: Bundle) -> Iterator[tuple[str | None, Place | None]]:
    yield bundle.lead, None
    for item in bundle.items:
        for variant in item.words.get("department", ()):
            yield variant.value, variant.place or item.place


def _persons(bundle: Bundle) -> Iterator[tuple[str | None, Place | None]]:
    for item in bundle.items:
        yield from ((line.of, line.place) for line in item.materials)
        described = (field for field in item.fields if field.id in bundle.dictionaries.fields)  # the rest is P09
        yield from ((field.person, field.place) for field in described)


def _told(bundle: Bundle) -> Iterator[Stop | Note]:
    yield from bundle.stops
    yield from bundle.notes
    for item in bundle.items:
        yield from item.notes
