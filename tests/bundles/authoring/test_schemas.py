"""The schemas for editors agree with the reader: what one takes the other takes, and both know the same keys."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bundles.authoring import FAULTY
from bundles.authoring import schemas as schemas_module
from bundles.authoring.schemas import bundle_schema, dictionaries, dictionary_schema
from bundles.faults import BundleError
from bundles.loading import CATALOGUE, Catalogue
from bundles.loading.entries import Reader
from bundles.loading.trees import read_tree_file
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


def test_the_reader_and_the_schema_know_the_same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table of keys by which the catalogue is read is the key set of some entry of the schema."""
    read: set[frozenset[str]] = set()
    entry = Reader.entry

    def spy(self: Reader, raw: Any, place: Any, keys: Mapping[str, Any], required: tuple[str, ...] = ()) -> Any:
        read.add(frozenset(keys))
        return entry(self, raw, place, keys, required)

    monkeypatch.setattr(Reader, "entry", spy)
    books = Catalogue()
    for id in books.ids:
        try:
            books.bundle(id)
        except BundleError as error:
            pytest.fail(str(error))
    known = set(_key_sets({**bundle_schema(), "more": dictionaries()}))
    assert len(read) > 15
    assert not [sorted(keys) for keys in read - known]


def _key_sets(schema: Any) -> list[frozenset[str]]:
    if isinstance(schema, list):
        return [keys for part in schema for keys in _key_sets(part)]
    if not isinstance(schema, dict):
        return []
    own = [frozenset(schema["properties"])] if schema.get("additionalProperties") is False else []
    return own + [keys for part in schema.values() for keys in _key_sets(part)]


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
