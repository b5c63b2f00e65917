"""What can be found wrong with a translation without understanding it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from guide.language.languages import CONTEXT
from guide.translations import tibetan
from guide.translations.glossaries import Glossary
from guide.translations.particles import slips_of_particles
from guide.translations.pofiles import Entry

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z0-9_-]*\}|</?[a-z][^>]*>")
MARKS = "，；：。、 或"  # texts that begin or end with one of these join others
HAN = re.compile("[\u3400-\u9fff]")  # texts without are marks that join others
NUMBER = re.compile(r"[0-9]+")


def breaks(text: str, translation: str) -> Iterator[str]:
    """What would break a page or tell something else: places to fill in, and numbers. In words."""
    if not translation.strip() and HAN.search(text):
        yield "还没有译文"
        return
    for mark in _unequal(PLACEHOLDER, text, translation):
        yield f"{mark} 要照原样写，和原文一样多"
    for number in _unequal(NUMBER, PLACEHOLDER.sub(" ", text), PLACEHOLDER.sub(" ", translation)):
        yield f"数字 {number} 和原文不一样多"


def doubts(entry: Entry, translation: str, glossary: Glossary, language: str) -> Iterator[str]:
    """What looks wrong in a translation, and a reviewer may know better: terms, spelling, particles. In words."""
    text = entry.chinese
    for term in glossary.missing(text, translation, entry.answers):
        yield f"词汇表：{term.zh} 译作 {term.translation}"
    if HAN.search(text):
        yield from _loose_ends(text, translation)
        if language == "bo":
            yield from tibetan.slips(translation)
            yield from slips_of_particles(translation)


def faults(entry: Entry, glossary: Glossary, language: str) -> Iterator[str]:
    """Everything that can be found wrong with a message's translation."""
    yield from breaks(entry.chinese, entry.translation)
    if entry.translation.strip():
        yield from doubts(entry, entry.translation, glossary, language)


def alike(entries: Iterable[Entry], names: Iterable[str]) -> Iterator[str]:
    """Things of unlike names in Chinese, such as documents, that have one and the same name in the translation."""
    wanted = set(names)
    said: dict[str, set[str]] = {}
    for entry in entries:
        if entry.context == CONTEXT and entry.text in wanted:
            said.setdefault(entry.translation.strip(" \u0f0b\u0f0d"), set()).add(entry.text)
    for name, texts in said.items():
        if len(texts) > 1:
            yield f"{'、'.join(sorted(texts))}: 译名一样，分不清：{name}"


def shared(glossary: Glossary, synonyms: Iterable[set[str]]) -> Iterator[str]:
    """Terms of the glossary that share a word and don't mean the same, as `synonyms` say it."""
    groups = list(synonyms)
    said: dict[str, set[str]] = {}
    for term in glossary.terms.values():
        said.setdefault(term.translation.strip(" \u0f0b\u0f0d"), set()).add(term.zh)
    for word, terms in said.items():
        if len(terms) > 1 and not any(terms <= group for group in groups):
            yield f"{'、'.join(sorted(terms))}: 词汇表里是一个词：{word}"


def _loose_ends(text: str, translation: str) -> Iterator[str]:
    """Blanks at the ends. What joins others may begin or end with one, as the Chinese does with a mark."""
    if translation[:1].isspace() and text[:1] not in MARKS:
        yield "开头有多余的空格"
    if translation[-1:].isspace() and not {text[:1], text[-1:]} & set(MARKS):
        yield "结尾有多余的空格"


def _unequal(pattern: re.Pattern[str], text: str, translation: str) -> list[str]:
    wanted, found = Counter(pattern.findall(text)), Counter(pattern.findall(translation))
    return sorted((wanted - found) | (found - wanted))
