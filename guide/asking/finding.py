"""Finds bundles by what people type: 上户口, 开公司, a department, an item."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bundles.loading import catalogue
from bundles.model import Bundle
from guide.asking.said import SAID, SIMPLIFIED
from guide.cases.bundles import all_bundles
from guide.language.languages import say
from guide.language.pairs import own

MOST_TYPED = 60
MOST_COMMON = 6
TITLE, KEYWORD, TEXT = 3.0, 3.0, 1.0
LETTER = 2.0  # a single character that stands in a title or a keyword
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def departments() -> list[tuple[str, list[Bundle]]]:
    """Every department with the bundles in which it has an item, in the dictionary's order."""
    found: dict[str, list[Bundle]] = {}
    for bundle in all_bundles():
        ids = {variant.value for item in bundle.items for variant in item.words.get("department", ())}
        for id in ids:
            found.setdefault(id, []).append(bundle)
    return [(id, found[id]) for id in catalogue().entries.dictionaries.departments if id in found]


def by_theme(bundles: list[Bundle]) -> list[tuple[str, str, list[Bundle]]]:
    """The themes (id and name) that some of these bundles belong to, with them; those without a theme come last.

    In each what is done most comes first.
    """
    themes = {**catalogue().entries.dictionaries.themes, "": _("其他的事")}
    bundles = list(dict.fromkeys([*_by_place(bundles), *bundles]))
    groups = {id: [bundle for bundle in bundles if bundle.theme == id] for id in themes}
    return [(id, say(name), groups[id]) for id, name in themes.items() if groups[id]]


def commonest(bundles: list[Bundle]) -> list[Bundle]:
    """What is done most, the first first."""
    return _by_place(bundles)[:MOST_COMMON]


def _by_place(bundles: list[Bundle]) -> list[Bundle]:
    return sorted((bundle for bundle in bundles if bundle.common), key=lambda bundle: bundle.common)


def find(typed: str) -> list[Bundle]:
    """The bundles that share words with what was typed, the best first; all of them where nothing was typed."""
    wanted = _pairs(typed[:MOST_TYPED])
    if not wanted:
        return all_bundles()
    word = _plain(typed).strip()
    scored = [(_score(bundle, wanted) + (word in _words(bundle)), bundle) for bundle in all_bundles()]
    return [bundle for score, bundle in sorted(scored, key=lambda pair: -pair[0]) if score >= len(wanted) / 3]


def _score(bundle: Bundle, wanted: frozenset[str]) -> float:
    return sum(
        max((weight for pairs, weight in _index(bundle, get_language() or "") if pair in pairs), default=0)
        for pair in wanted
    )


def _words(bundle: Bundle) -> list[str]:
    """Whole words that stand for a bundle: whoever types just one of them means it."""
    return [*bundle.keywords, *SAID.get(bundle.id, "").split()]


@cache
def _index(bundle: Bundle, _language: str) -> list[tuple[frozenset[str], float]]:
    """What a bundle is found by, in Chinese and in the active language, each with its weight."""
    departments = bundle.dictionaries.departments
    words = [variant.value for item in bundle.items for variant in item.words.get("name", ())]
    words += [
        departments.get(variant.value, "") for item in bundle.items for variant in item.words.get("department", ())
    ]
    return [
        (_pairs_of([bundle.title, bundle.happened]), TITLE),
        (_pairs_of(_words(bundle)), KEYWORD),
        (frozenset(bundle.title + bundle.happened), LETTER),
        (frozenset("".join(bundle.keywords)), TEXT),
        (_pairs_of([bundle.summary, *words]), TEXT),
        (_pairs_of(own(say(text)) for text in (bundle.title, bundle.happened, *bundle.keywords)), TITLE),
    ]


def _plain(text: str) -> str:
    """Simplified characters of the usual width, with no blanks between them."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).translate(SIMPLIFIED).lower())


def _pairs_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(pair for text in texts for pair in _pairs(text))


def _pairs(text: str) -> frozenset[str]:
    """The neighbouring characters of a text; a single character by itself. Chinese has no spaces to split at.

    Vowel signs belong to their letter, as in Tibetan.
    """
    letters = _plain(text)
    runs = "".join(letter if _belongs(letter) else " " for letter in letters).split()
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1)}
    return frozenset(pairs | {run for run in runs if len(run) == 1})


def _belongs(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter)[0] == "M"
