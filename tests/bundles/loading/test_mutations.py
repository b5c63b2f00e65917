"""Whatever an editor may write instead: it is told in words, once, and nothing falls over."""

import copy
import random
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bundles.faults import BundleError, Fault
from bundles.loading import CATALOGUE, PROVINCE, Catalogue, catalogue
from bundles.proving.cases import prove_cases
from bundles.proving.everywhere import prove_in
from bundles.reading.trees import read_tree_file
from tests.bundles.support import TODAY, dice

IDS = catalogue().ids
SMALL = [id for id in IDS if len(catalogue().bundle(id).questions) <= 15]
MOST_FAULTS = 4
Path_ = tuple[Any, ...]  # keys and numbers, outermost first
WILD = ("drop", "null", "wrapped", "mapped", "word", "number", "flag", "mistyped", "empty")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of the dictionaries alone, and a folder for each bundle."""
    made = tmp_path_factory.mktemp("catalogue")
    for path in CATALOGUE.glob("*.yaml"):
        shutil.copy(path, made)
    for id in IDS:
        shutil.copytree(CATALOGUE / id, made / id)
        shutil.rmtree(made / id / "regions", ignore_errors=True)
    return made


def plain(part: Any) -> Any:
    """A tree as YAML's own writer takes it."""
    if isinstance(part, dict):
        return {key: plain(value) for key, value in part.items()}
    if isinstance(part, list):
        return [plain(value) for value in part]
    return float(part) if isinstance(part, Decimal) else part


def paths(part: Any, at: Path_ = ()) -> Iterator[Path_]:
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in entries:
        yield (*at, key)
        yield from paths(value, (*at, key))


def at(part: Any, path: Path_) -> Any:
    for key in path:
        part = part[key]
    return part


def mistyped(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(2, len(word)))
    return (
        word[:place] + chance.choice(["", "x"]) + word[place + chance.choice([0, 1]) :] + ("" if len(word) > 2 else "x")
    )


def spoilt(tree: Any, chance: random.Random) -> tuple[str, Any]:
    """The tree with one thing written otherwise, and what."""
    result = copy.deepcopy(tree)
    path = chance.choice(list(paths(result)))
    holder, key, how = at(result, path[:-1]), path[-1], chance.choice(WILD)
    value = holder[key]
    if how == "drop":
        del holder[key]
    elif how == "mistyped" and isinstance(holder, dict):
        items = [(mistyped(name, chance) if name == key else name, one) for name, one in holder.items()]
        holder.clear()
        holder.update(items)
    else:
        holder[key] = {
            "null": None, "wrapped": [value], "mapped": {"a": value}, "word": "odd", "number": 7, "flag": True,
            "mistyped": mistyped(str(value), chance), "empty": chance.choice([[], {}, ""]),
        }[how]  # fmt: skip
    return f"{how} {path}", result


def written(folder: Path, id: str, name: str, tree: Any) -> Path:
    path = folder / id / name
    path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=200), encoding="utf-8")
    return path


def found(folder: Path, file: Path, logic: bool) -> set[Fault]:
    books = Catalogue(folder)
    if logic:
        return {fault for result in prove_in(books, file, PROVINCE, TODAY) for fault in result.faults}
    try:
        books.open(file)
    except BundleError as error:
        return set(error.faults)
    return set()


@pytest.mark.parametrize("id", IDS)
def test_one_thing_written_otherwise_draws_few_faults_and_no_exception(folder: Path, id: str) -> None:
    tree, chance = plain(read_tree_file(CATALOGUE / id / "bundle.yaml", [])), dice(f"spoilt {id}")
    for _draw in range(8 if id in SMALL else 3):
        how, other = spoilt(tree, chance)
        faults = found(folder, written(folder, id, "bundle.yaml", other), logic=id in SMALL)
        lost = len(tree["facts"]) if "('facts',)" in how else 0  # a name that is nowhere is told, once each
        assert len(faults) <= MOST_FAULTS + lost, (how, *map(str, faults))
        assert all(fault.message and fault.place.line for fault in faults)
    written(folder, id, "bundle.yaml", tree)


@pytest.mark.parametrize("id", SMALL)
@pytest.mark.parametrize("kind", ["questions", "stops", "notes", "items"])
def test_a_mistyped_key_is_that_fault_alone(folder: Path, id: str, kind: str) -> None:
    """What stands under it is still read, so nothing else is said against the bundle."""
    tree, chance = plain(read_tree_file(CATALOGUE / id / "bundle.yaml", [])), dice(f"key {id} {kind}")
    entries = [
        number for number, entry in enumerate(tree.get(kind) or []) if isinstance(entry, dict) and len(entry) > 1
    ]
    for number in chance.sample(entries, min(2, len(entries))):
        other = copy.deepcopy(tree)
        key = chance.choice([name for name in other[kind][number] if len(name) > 3])
        other[kind][number] = {
            (f"{key[:2]}x{key[2:]}" if name == key else name): value for name, value in other[kind][number].items()
        }
        faults = found(folder, written(folder, id, "bundle.yaml", other), logic=True)
        assert [(fault.code, fault.remedy) for fault in faults] == [("L02", f"是不是“{key}”？")], (number, key)
    written(folder, id, "bundle.yaml", tree)


@pytest.mark.parametrize("id", SMALL)
def test_cases_written_otherwise_draw_few_faults_and_no_exception(folder: Path, id: str) -> None:
    tree, chance = plain(read_tree_file(CATALOGUE / id / "scenarios.yaml", [])), dice(f"cases {id}")
    for _draw in range(8):
        how, other = spoilt(tree, chance)
        written(folder, id, "scenarios.yaml", other)
        faults = prove_cases(Catalogue(folder), folder / id / "bundle.yaml").faults
        assert len(faults) <= MOST_FAULTS, (how, *map(str, faults))
    written(folder, id, "scenarios.yaml", tree)


TEXTS = {
    "tab": (b"id: a\n\ttitle: b\n", "L01", 2),
    "latin": (b"id: a\ntitle: \xff\xfe\n", "L01", 2),
    "gbk": ("id: a\n\ntitle: 中\n".encode("gbk"), "L01", 3),
    "utf-16": ("id: a\ntitle: 中".encode("utf-16"), "L01", 1),
    "nothing": (b"", "L04", 1),
    "a comment": (b"# x\n", "L04", 1),
    "a zero": (b"id: \x00\n", "L01", 1),
    "deep": (b"[" * 100_000, "L04", 1),
    "deep in lines": (b"".join(b" " * level + b"a:\n" for level in range(3000)), "L04", 41),
    "itself": (b"a: &a [*a]", "L04", 1),
    "anchors in anchors": (
        b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 35)), "L04", 1,
    ),
    "two documents": (b"a: 1\n---\nb: 2\n", "L01", 2),
    "an unknown anchor": (b"a: *x", "L01", 1),
    "a colon": (b"id: a\ntell: x: y\n", "L01", 2),
    "an open quote": (b"id: a\ntell: \"abc\nb: c\n", "L01", 2),
    "an open bracket": (b"a: [b, c\nd: e\n", "L01", 2),
    "a bad escape": (b"a: \"\\q\"", "L01", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_that_is_no_yaml_draws_one_fault_in_chinese(folder: Path, name: str) -> None:
    content, code, line = TEXTS[name]
    file = folder / "land-preexam" / "odd.yaml"
    file.write_bytes(content)
    (fault,) = found(folder, file, logic=True)
    assert (fault.code, fault.place.line) == (code, line)
    assert "打不开" not in fault.message
    assert not any(word.isascii() and word.isalpha() and len(word) > 5 for word in fault.message.split())


@pytest.mark.parametrize("how", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")])
def test_a_mark_at_the_start_and_other_line_ends_are_taken(folder: Path, how: Any) -> None:
    file = folder / "land-preexam" / "ends.yaml"
    file.write_bytes(how((CATALOGUE / "land-preexam" / "bundle.yaml").read_bytes()))
    assert not found(folder, file, logic=False)


def test_only_what_cannot_be_opened_is_called_so(folder: Path) -> None:
    (fault,) = found(folder, folder / "land-preexam" / "nowhere.yaml", logic=True)
    assert "打不开" in fault.message


def test_the_other_bundles_are_read_beside_a_broken_one(folder: Path) -> None:
    file = folder / "land-preexam" / "bundle.yaml"
    kept = file.read_bytes()
    file.write_bytes(b"\xff")
    books = Catalogue(folder)
    with pytest.raises(BundleError):
        books.bundle("land-preexam")
    assert books.bundle("river-outfall").items
    file.write_bytes(kept)
