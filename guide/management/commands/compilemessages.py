"""Compiles the PO files. In place of Django's command: it needs no gettext, and knows what is reviewed."""

from typing import Any

from django.core.management.base import BaseCommand

from guide.translations.pofiles import compile_language, languages


class Command(BaseCommand):
    help = "Compiles the languages' PO files that have changed."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        for language in languages():
            path = compile_language(language)
            self.stdout.write(f"{language}: {path}")
