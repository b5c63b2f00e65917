"""Holds every translation to the glossary, the numbers, the places to fill in, and to spelling."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bundles.loading import catalogue
from guide.translations.checks import alike, faults, shared
from guide.translations.glossaries import same_syllable
from guide.translations.pofiles import languages, path_of, read_entries
from guide.translations.sources import wanted
from guide.translations.tibetan import misspelt, syllables
from guide.translations.verdicts import glossary_of


class Command(BaseCommand):
    help = "Prints what can be found wrong with the translations. Exit code 1 where there is any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", help="such as bo; all of them without it")

    def handle(self, **options: Any) -> None:
        number = 0
        for language in options["languages"] or languages():
            for line in all_faults(language):
                number += 1
                self.stdout.write(line)
        if number:
            raise CommandError(f"{number} 处要改。")
        self.stdout.write("没有毛病。")


def all_faults(language: str) -> Iterator[str]:
    """Every fault of a language's PO file, in words, with the text it is about."""
    entries, messages = read_entries(path_of(language)), wanted()
    yield from (f"{key[1]}: PO 文件里没有。请运行 makemessages。" for key in messages if key not in entries)
    yield from (f"{key[1]}: 已经没有地方用。请运行 makemessages。" for key in entries if key not in messages)
    glossary = glossary_of(language)
    yield from shared(glossary, _synonyms(language))
    yield from alike(entries.values(), _documents())
    unknown = _misspelt(language, entries.values())
    for entry in entries.values():
        if entry.fuzzy:
            yield f"{entry.text}: 标着 fuzzy，要有人看过再去掉"
        for fault in faults(entry, glossary, language):
            yield f"{entry.text}\n    {entry.translation}\n    {fault}"
        for syllable in unknown & set(syllables(entry.translation)):
            yield f"{entry.text}\n    {entry.translation}\n    hunspell 不认识 {syllable}"


def _documents() -> set[str]:
    """What the documents of all bundles are called."""
    bundles = map(catalogue().bundle, catalogue().ids)
    return {entry.name for bundle in bundles for entry in bundle.dictionaries.materials.values()}


def _synonyms(language: str) -> list[set[str]]:
    """Terms of the glossary that may share a word, `synonyms.txt` beside it."""
    file = path_of(language).parent.parent / "synonyms.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [set(line.split()) for line in lines if not line.startswith("#")]


def _misspelt(language: str, entries: Any) -> set[str]:
    """What the dictionary doesn't know, but for `syllables.txt` beside the glossary: how Chinese names are written."""
    if language != "bo":
        return set()
    names = (path_of(language).parent.parent / "syllables.txt").read_text(encoding="utf-8").split()
    found = misspelt(entry.translation for entry in entries)
    return {syllable for syllable in found if not any(same_syllable(name, syllable) for name in names)}
