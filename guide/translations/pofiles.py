"""A language's translations in `locale/<language>/LC_MESSAGES/django.po`: read, written, compiled for gettext."""

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Line
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.conf import settings
from django.utils import translation

from guide.language.languages import CONTEXT
from guide.language.pairs import pair
from guide.translations.reviews import Review, as_comment, digest, from_comment

Key = tuple[str, str]  # context, text
MADE_FROM = "made from "
PLURALS = "nplurals=1; plural=0;"
# What anybody may send: some three times what there is
MOST_BYTES = 8 * 1024 * 1024
MOST_ENTRIES = 30_000
MOST_LETTERS = 5_000  # of a text or its translation
MOST_SAID = 200
_CHARSET = re.compile(rb"charset=([A-Za-z0-9_.-]{1,20})")
_NUMBER_OF_PLURALS = re.compile(rb"nplurals\s*=\s*([0-9]+)", re.IGNORECASE)
# What the parser makes of files that are none
PARSER_FAULTS = (PoFileError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


class NotReadable(ValueError):
    """A file that isn't a PO file; says why."""


@dataclass(slots=True)
class Entry:
    """One message. `translation` is empty until somebody writes one; without a `review` it is a draft.

    `files` say it; `bundles` are the ids of those in which a catalogue's text is told.
    `made_from` is the digest of the translation that an exported file was made from.
    """

    context: str
    text: str
    translation: str = ""
    review: Review | None = None
    fuzzy: bool = False
    files: list[str] = field(default_factory=list)
    bundles: list[str] = field(default_factory=list)
    made_from: str = ""

    @property
    def key(self) -> Key:
        return self.context, self.text

    @property
    def answers(self) -> bool:
        """Whether it is an answer: then its context is the question."""
        return self.context not in ("", CONTEXT)

    @property
    def chinese(self) -> str:
        """The text in Chinese. Ours are Chinese; Django's are English, with Django's own Chinese."""
        if "django" not in self.files:
            return self.text
        with translation.override(settings.LANGUAGE_CODE):
            return translation.gettext(self.text)

    @property
    def id(self) -> str:
        """The message's name in addresses and in the names of recordings."""
        return digest(self.context, self.text)


def path_of(language: str) -> Path:
    """The language's PO file."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read_entries(source: Path | BinaryIO) -> dict[Key, Entry]:
    """The entries of a PO file, in its order. Raises NotReadable."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return read_entries(file)
    content = source.read(MOST_BYTES + 1)
    content = _in_utf8(content)
    _bounded(content)
    try:
        catalog = read_po(BytesIO(content), ignore_obsolete=True, abort_invalid=True)
        lines = [_entry(line) for line in catalog if line.id]
    except PARSER_FAULTS as error:
        raise NotReadable(str(error)[:MOST_SAID]) from error
    entries = {entry.key: entry for entry in lines}
    for entry in entries.values():
        if max(map(len, (entry.context, entry.text, entry.translation))) > MOST_LETTERS:
            raise NotReadable(f"{entry.text[:20]}…: > {MOST_LETTERS}")
    return entries


def _in_utf8(content: bytes) -> bytes:
    """The file in UTF-8 with plain line ends, whatever an editor made of it; as it is where nobody can tell."""
    named = _CHARSET.search(content)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", named[1].decode() if named else "", "gb18030"):
        try:
            text = content.decode(encoding or "ascii")
        except (UnicodeError, LookupError):
            continue
        plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
        return _CHARSET.sub(b"charset=UTF-8", plain, count=1)
    return content


def _bounded(content: bytes) -> None:
    """Raises NotReadable for a file that would take too much time or memory, before anything parses it."""
    if len(content) > MOST_BYTES:
        raise NotReadable(f"> {MOST_BYTES} bytes")
    if content.count(b"msgid") > MOST_ENTRIES:
        raise NotReadable(f"> {MOST_ENTRIES} msgid")
    if any(len(number) > 1 for number in _NUMBER_OF_PLURALS.findall(content)):
        raise NotReadable("nplurals")


def _entry(line: Line) -> Entry:
    text, translation = _single(line.id), _single(line.string)
    context = line.context or ""
    reviews = (from_comment(comment, context, text, translation) for comment in line.user_comments)
    review = next(filter(None, reviews), None) if translation else None
    bundles = [id for comment in line.auto_comments for id in comment.removesuffix(",").split(", ")]
    made_from = next((comment[len(MADE_FROM) :] for comment in line.user_comments if comment.startswith(MADE_FROM)), "")
    files = [file for file, _line in line.locations]
    return Entry(context, text, translation, review, line.fuzzy, files, bundles, made_from)


def _single(text: str | list[str] | tuple[str, ...] | None) -> str:
    """Our texts have no plural forms, as Chinese has none; of a file that has some the first counts."""
    return text if isinstance(text, str) else next(iter(text or ()), "")


def write_entries(entries: Iterable[Entry], language: str, remember: bool = False) -> bytes:
    """The entries as a PO file, a line for each text; the places are names of files, so that lines may move.

    With `remember` each entry says what its translation is now, so that one can tell later whether it has changed.
    """
    catalog = Catalog(project="yicigaozhi", fuzzy=False)
    catalog.mime_headers = [
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", PLURALS),
    ]
    catalog.header_comment = "# Texts of the guide. How translations are made and reviewed: README.md two folders up."
    for entry in entries:
        catalog.add(
            entry.text,
            entry.translation,
            locations=[(file, 0) for file in entry.files],
            context=entry.context or None,
            auto_comments=[", ".join(entry.bundles)] if entry.bundles else [],
            user_comments=list(_comments(entry, remember)),
            flags=["fuzzy"] if entry.fuzzy else [],
        )
    written = BytesIO()
    write_po(written, catalog, width=0, include_lineno=False, omit_header=False)
    return written.getvalue()


def _comments(entry: Entry, remember: bool) -> Iterator[str]:
    if entry.review is not None and entry.translation:
        yield as_comment(entry.review, entry.context, entry.text, entry.translation)
    if remember:
        yield MADE_FROM + digest(entry.translation)


def compiled(entries: list[Entry]) -> bytes:
    """The entries as an MO file. What isn't translated is left out, so that its Chinese is said."""
    catalog = Catalog(fuzzy=False)
    catalog.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", "nplurals=1; plural=0;")]
    for entry in entries:
        if entry.translation and not entry.fuzzy:
            both = pair(entry.translation, entry.chinese, entry.review is not None)
            catalog.add(entry.text, both, context=entry.context or None)
    written = BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def compile_language(language: str) -> Path:
    """Compiles the language's PO file, if that is newer than what was compiled before; the MO file."""
    source = path_of(language)
    target = source.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
        draft = target.with_suffix(f".{os.getpid()}")  # several processes may start at once
        draft.write_bytes(compiled(list(read_entries(source).values())))
        draft.replace(target)
    return target


def languages() -> list[str]:
    """The languages that have a PO file."""
    return [code for code, _name in settings.LANGUAGES if path_of(code).exists()]
