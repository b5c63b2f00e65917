"""Writes what reviewers said into the PO files, so that it counts on every page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from guide.translations.pofiles import languages, path_of
from guide.translations.verdicts import publish


class Command(BaseCommand):
    help = "Writes the verdicts of the review desk into the PO files and compiles them. Restart the workers afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", help="such as bo; all of them without it")

    def handle(self, **options: Any) -> None:
        for language in options["languages"] or languages():
            self.stdout.write(f"{language}: {publish(language)} 条，写进 {path_of(language)}")
