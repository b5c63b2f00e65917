"""Every text of the catalogue that a page may say, with the context under which gettext keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bundles.loading import CATALOGUE, Catalogue
from bundles.results.texts import Text, editors_texts, shared_texts, texts_of
from bundles.values import Place
from guide.language.languages import CONTEXT
from guide.translations.checks import HAN


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
                gathering.add(texts_of(edition), id)
                gathering.add(editors_texts(edition), id)
    regions = (region.name for region in books.regions.values())
    gathering.add(shared_texts(books.entries.dictionaries, regions), "")
    return list(gathering.found.values())


class _Gathering:
    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Message] = {}

    def add(self, texts: Iterable[Text], bundle: str) -> None:
        for text, place, question in texts:
            if HAN.search(text):  # a number or a code is the same in every language
                context = question or CONTEXT
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
