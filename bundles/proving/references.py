"""What a bundle names must be described: materials and fields, in the catalogue also departments, persons, bundles."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..faults import Fault
from ..model import Bundle, Note, Stop
from ..reading.trees import meant, nearest
from ..values import Place


def undescribed(bundle: Bundle) -> Iterator[Fault]:
    """A fault for each material and field that no dictionary describes."""
    materials, fields = bundle.dictionaries.materials, bundle.dictionaries.fields
    for item in bundle.items:
        for line in item.materials:
            if line.id not in materials:
                remedy = _missing(line.id, "materials", materials)
                yield Fault(line.place or Place(bundle.file, 1), "P09", line.id, "材料词典里没有它。", remedy)
        for box in item.fields:
            if box.id not in fields:
                remedy = _missing(box.id, "fields", fields)
                yield Fault(box.place or Place(bundle.file, 1), "P09", box.id, "填报项词典里没有它。", remedy)


def _missing(id: str, name: str, known: Iterable[str]) -> str:
    """What to do about what a dictionary doesn't have: another word may be meant."""
    close = meant(id, known)
    return f"{close}或在 {name}.yaml 里补上。" if close else f"在 {name}.yaml 里补上。"


def among(bundle: Bundle, others: Mapping[str, int]) -> Iterator[Fault]:
    """What doesn't go with the rest of the catalogue: `others` are its bundles with their places among what is done
    most, this one too.
    """
    yield from _unknown_names(bundle, others)
    same = [id for id, place in others.items() if place == bundle.common and id != bundle.id]
    if bundle.common and same:
        message = f"common: {bundle.common} 也写在 {'、'.join(same)} 里。"
        yield Fault(Place(bundle.file, 1), "P19", bundle.id, message, "一个位置只写给一件事，改成别的数，或去掉。")


def _unknown_names(bundle: Bundle, others: Collection[str]) -> Iterator[Fault]:
    """A fault for each name that no dictionary holds."""
    dictionaries = bundle.dictionaries
    kinds: list[tuple[Iterator[tuple[str | None, Place | None]], Collection[str], str]] = [
        (_departments(bundle), dictionaries.departments, "departments.yaml 里没有它。"),
        (_places(bundle), dictionaries.places, "places.yaml 里没有它。"),
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


def _places(bundle: Bundle) -> Iterator[tuple[str | None, Place | None]]:
    for item in bundle.items:
        yield from ((variant.value, variant.place or item.place) for variant in item.words.get("at", ()))


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
