"""PO -> MO: what gettext reads at run time. Each message becomes a pair of its translation and its Chinese."""

import os
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import settings

from guide.language.pairs import pair
from guide.translations.pofiles import Entry, path_of, read_entries


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
