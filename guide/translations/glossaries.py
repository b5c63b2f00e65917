"""A language's glossary, `locale/<language>/glossary.csv`, and whether translations keep to it.

Columns: `zh` the term; `bo` (the language's code) its translation; `forms` other forms it may take, with semicolons;
`match` whether it is looked for `anywhere` in a text or counts where it is the whole text (`alone`: words that mean one
thing as a label and another in a sentence); `source`, `confidence` and `note` say how far to trust it.
"""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from guide.translations.tibetan import syllables

ENDINGS = ("", "འི", "ས", "ར", "འམ", "འང", "འོ")
NOMINAL = ("པ", "བ", "པོ", "བོ")


@dataclass(frozen=True, slots=True)
class Term:
    zh: str
    translation: str
    forms: tuple[str, ...]
    anywhere: bool
    source: str
    confidence: str
    note: str

    def stands_in(self, text: str) -> bool:
        """Whether a translation has the term in one of its forms; cases and the nominal ending may differ."""
        said = syllables(text)
        return any(_within(syllables(form), said) for form in (self.translation, *self.forms))


def _within(term: list[str], said: list[str]) -> bool:
    if len(term) > 1 and term[-1] in NOMINAL:
        term = term[:-1]
    size = len(term)
    return any(
        said[start : start + size - 1] == term[:-1] and same_syllable(term[-1], said[start + size - 1])
        for start in range(len(said) - size + 1)
    )


def same_syllable(word: str, said: str) -> bool:
    """Whether a syllable is the given one, perhaps with a case ending."""
    bare = word.removesuffix("འ")
    return any(said in (word + ending, bare + ending) for ending in ENDINGS)


class Glossary:
    """The terms of a language; empty for a language without a glossary."""

    def __init__(self, terms: dict[str, Term]) -> None:
        self.terms = terms

    @cached_property
    def longest(self) -> int:
        return max((len(term.zh) for term in self.terms.values() if term.anywhere), default=0)

    def terms_in(self, text: str, answer: bool = False) -> list[Term]:
        """The terms that a Chinese text uses, each once; where terms overlap the longest counts.

        An `answer` takes the verb of its question, so words that count alone (有, 没有, 是) are free there.
        """
        whole = self.terms.get(text)
        if whole is not None and (whole.anywhere or not answer):
            return [whole]
        found: dict[str, Term] = {}
        place = 0
        while place < len(text):
            term = self._at(text, place)
            if term is not None:
                found[term.zh] = term
            place += len(term.zh) if term else 1
        return list(found.values())

    def _at(self, text: str, place: int) -> Term | None:
        for size in range(self.longest, 1, -1):
            term = self.terms.get(text[place : place + size])
            if term is not None and term.anywhere and len(term.zh) == size:
                return term
        return None

    def missing(self, text: str, translation: str, answer: bool = False) -> list[Term]:
        """The terms of a text that its translation doesn't keep to."""
        return [term for term in self.terms_in(text, answer) if not term.stands_in(translation)]


def read_glossary(path: Path, language: str) -> Glossary:
    """The glossary in a file; an empty one where there is no file."""
    if not path.exists():
        return Glossary({})
    with path.open(encoding="utf-8", newline="") as file:
        return Glossary({row["zh"]: _term(row, language) for row in csv.DictReader(file)})


def _term(row: dict[str, str], language: str) -> Term:
    forms = tuple(filter(None, row["forms"].split(";")))
    return Term(
        row["zh"], row[language], forms, row["match"] == "anywhere", row["source"], row["confidence"], row["note"]
    )
