"""The schemas for editors agree with the reader: what one takes the other takes."""

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bundles.authoring import FAULTY
from bundles.authoring import schemas as schemas_module
from bundles.authoring.schemas import bundle_schema, dictionaries, dictionary_schema
from bundles.loading import CATALOGUE
from bundles.reading import keys
from bundles.reading.keys import Keys
from bundles.reading.trees import read_tree_file
from guide.management.commands.schema import schemas

BUNDLES = sorted(CATALOGUE.glob("*/bundle.yaml"))


def plain(raw: Any) -> Any:
    """A tree as JSON has it: numbers as numbers."""
    return json.loads(json.dumps(raw, default=float))


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.parent.name)
def test_every_bundle_fits_the_schema(path: Any) -> None:
    faults = sorted(Draft202012Validator(bundle_schema()).iter_errors(plain(read_tree_file(path, []))), key=str)
    assert not faults, "\n".join(f"{fault.json_path}: {fault.message[:200]}" for fault in faults[:5])


@pytest.mark.parametrize("name", dictionaries())
def test_every_dictionary_fits_its_schema(name: str) -> None:
    path = CATALOGUE / f"{name}.yaml"
    tree = plain(read_tree_file(path, []))
    faults = list(Draft202012Validator(dictionary_schema(name)).iter_errors(tree))
    assert not faults, "\n".join(f"{fault.json_path}: {fault.message[:200]}" for fault in faults[:5])


@pytest.mark.parametrize("code", ["L02", "L04", "L06"])
def test_slips_of_form_are_marked(code: str) -> None:
    tree = plain(read_tree_file(FAULTY / f"{code}.yaml", []))
    assert list(Draft202012Validator(bundle_schema()).iter_errors(tree))


@pytest.mark.parametrize(
    "schema", [bundle_schema(), *map(dictionary_schema, dictionaries())], ids=lambda it: it["title"]
)
def test_what_a_schema_refers_to_is_defined(schema: Any) -> None:
    assert set(re.findall(r"#/\$defs/(\w+)", json.dumps(schema))) <= set(schema["$defs"])


@pytest.mark.parametrize("table", [name for name, table in vars(keys).items() if isinstance(table, Keys)])
def test_a_table_needs_only_keys_that_it_has(table: str) -> None:
    entry: Keys = getattr(keys, table)
    assert set(entry.required) <= set(entry.kinds)


def test_the_schema_files_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    for known in ("FUNCTIONS", "FIGURES"):  # random bundles bring functions of their own into the same process
        ours = {name: made for name, made in getattr(schemas_module, known).items() if "tests." not in made.__module__}
        monkeypatch.setattr(schemas_module, known, ours)
    for name, text in schemas().items():
        path = CATALOGUE / f"{name}.schema.json"
        assert path.read_text(encoding="utf-8") == text, "run: python manage.py schema"


def test_every_file_names_its_schema() -> None:
    for path in BUNDLES:
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../bundle.schema.json\n"), (
            path
        )
    for name in dictionaries():
        first = (CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema={name}.schema.json"
    assert yaml.safe_load((CATALOGUE / "bundle.schema.json").read_text(encoding="utf-8"))["title"] == "bundle.yaml"
