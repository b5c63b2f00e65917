"""Writes every text of the site and the catalogue into the languages' PO files; translations stay."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from guide.translations.pofiles import path_of, read_entries, write_entries
from guide.translations.sources import wanted


class Command(BaseCommand):
    help = (
        "Brings the PO files in step with code, templates and bundles. Texts that are gone go with their translation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--locale", "-l", nargs="*", help="languages, such as bo; all of them without it")

    def handle(self, **options: Any) -> None:
        others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        messages = wanted()
        for language in options["locale"] or others:
            path = path_of(language)
            known = read_entries(path) if path.exists() else {}
            for key, entry in messages.items():
                before = known.get(key)
                entry.translation = before.translation if before else ""
                entry.review = before.review if before else None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(write_entries(messages.values(), language))
            new = sum(key not in known for key in messages)
            gone = sum(key not in messages for key in known)
            empty = sum(not entry.translation for entry in messages.values())
            self.stdout.write(
                f"{language}: {len(messages)} texts, {new} new, {gone} gone, {empty} not translated, in {path}"
            )
