"""`schema`: writes the JSON Schemas beside the catalogue's files, for editors."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from bundles.authoring.schemas import bundle_schema, dictionaries, dictionary_schema, scenarios_schema
from bundles.loading import catalogue


class Command(BaseCommand):
    help = "把 JSON Schema 写到 bundles/catalogue/*.schema.json，编辑器据此补全和查错。"
    requires_system_checks = ()  # the rules need no site

    def handle(self, *args: Any, **options: Any) -> None:
        for name, schema in schemas().items():
            path = catalogue().folder / f"{name}.schema.json"
            path.write_text(schema, encoding="utf-8")
            self.stdout.write(str(path))


def schemas() -> dict[str, str]:
    """The text of each schema file by its name without `.schema.json`."""
    found = {"bundle": bundle_schema(), "scenarios": scenarios_schema()} | {
        name: dictionary_schema(name) for name in dictionaries()
    }
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in found.items()}
