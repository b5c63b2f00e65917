"""The blank form behind the questionnaire: every box that may be needed, each with the letter of when it is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, product
from string import ascii_lowercase

from django.utils.translation import gettext as _

from bundles.dictionary import FieldEntry
from bundles.paper.questionnaire import PaperField
from guide.language.languages import say
from guide.language.wording import person_words
from guide.papers.contents import LONG_LINES, SQUARES, Field, Option
from guide.papers.questionnaire import BlankGroup
from guide.prints.paper_words import PaperWords

LONG_LIST = 4  # options from which on a list takes a row of its own


@dataclass(frozen=True)
class BlankForm:
    """The form of one questionnaire."""

    words: PaperWords

    def groups(self) -> Iterator[BlankGroup]:
        """The fields of each person, each with the letter of when it is needed.

        A long list of options stands there once; where it comes again, as another person's kinds of papers do, there is
        a line to write on.
        """
        listed: set[tuple[Option, ...]] = set()
        for person, fields in groupby(self.words.sheet.fields, key=lambda field: field.person):
            needed = list(fields)
            letters = dict(zip(dict.fromkeys(field.uses for field in needed), _letters(), strict=False))
            boxes = [self.box(field, letters[field.uses] if len(letters) > 1 else "") for field in needed]
            boxes = [_listed_once(box, listed) for box in boxes]
            yield BlankGroup(
                person_words(self.words.bundle, person),
                tuple((letter if len(letters) > 1 else "", self.words.uses(uses)) for uses, letter in letters.items()),
                tuple(boxes),
                _("有几位就各写一份，写不下的另附纸") if person in self.words.bundle.repeat else "",
            )

    def entry(self, field: PaperField) -> FieldEntry:
        return self.words.bundle.dictionaries.fields.get(field.id) or FieldEntry(field.id)

    def box(self, field: PaperField, letter: str) -> Field:
        entry = self.entry(field)
        return Field(
            f"{say(entry.label)} {letter}".strip(),
            wide=entry.type in ("address", "long"),
            options=tuple(Option(option, say(option)) for option in entry.options),
            squares=SQUARES.get(entry.type, 0),
            lines=LONG_LINES if entry.type == "long" else 1,
        )

    @property
    def signed(self) -> bool:
        """Whether a box of its own is there to sign in."""
        return any(self.entry(field).type == "signature" for field in self.words.sheet.fields)


def _listed_once(box: Field, listed: set[tuple[Option, ...]]) -> Field:
    """The box without its options where they are many and stand there already; else they do from now on."""
    if len(box.options) < LONG_LIST or box.options not in listed:
        listed.add(box.options)
        return box
    return replace(box, options=())


def _letters() -> Iterator[str]:
    """a, b, c …, then aa, ab …"""
    yield from ascii_lowercase
    yield from map("".join, product(ascii_lowercase, repeat=2))
