"""The documents name what there is, and the house keeps to its measures."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BASE = Path(__file__).parent.parent
DOCUMENTS = [
    BASE / "README.md",
    BASE / "CONTRIBUTING.md",
    BASE / "SECURITY.md",
    BASE / "bundles/README.md",
    BASE / "guide/README.md",
    *sorted(BASE.glob("docs/**/*.md")),
]
ARCHITECTURE = BASE / "docs/architecture.md"
HOUSES = ("bundles", "guide", "templates", "static")
MOST_MODULES = 14  # in a room
MOST_LINES = 450  # in a module
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(r"`([^`\n]+)`")
# Words in backticks that are files or folders of ours: paths with a slash, and names with one of these endings.
ROOTS = ("bundles", "config", "docs", "guide", "locale", "static", "templates", "tests")
ARROW = re.compile(r"^ +(\w+) --> (\w+)$", re.MULTILINE)
GROUND = ("model", "conditions", "times", "faults")
UNDRAWN = ("management", "templatetags", "migrations")
WALKED = re.compile(r"`([\w.]+)`(?: in|\s+\()\s*`([\w/]+\.py)`")  # `name` in `file`, `name` (`file`)
PATH = re.compile(rf"(?:{'|'.join(ROOTS)})/[\w.*/-]*|\w[\w./*-]*\.(?:py|typ|js|css|html|toml)")


def name_of(path: Path) -> str:
    return path.relative_to(BASE).as_posix()


def rooms() -> Iterator[Path]:
    """The folders of each house, but for what Python leaves behind."""
    for house in HOUSES:
        for folder in sorted((BASE / house).iterdir()):
            if folder.is_dir() and folder.name != "__pycache__":
                yield folder


def modules() -> list[Path]:
    """Every Python file of the rules and the site; migrations are as Django writes them."""
    files = [file for house in ("bundles", "guide") for file in (BASE / house).rglob("*.py")]
    return sorted(file for file in files if "migrations" not in file.parts)


def paths_in(text: str) -> Iterator[str]:
    """The files and folders that a document names in backticks; `<id>` and the like stand for anything."""
    for words in NAMED.findall(text):
        for word in words.split():
            pattern = re.sub(r"<\w+>", "*", word)
            if PATH.fullmatch(pattern):
                yield pattern


def exists(document: Path, pattern: str) -> bool:
    """Whether a file or folder is there, named from the document's folder or from the project's."""
    bare = pattern.rstrip("/")
    return any(next(folder.glob(bare), None) is not None for folder in (document.parent, BASE))


def node_of(module: str) -> str:
    """What a module is called in the picture of rooms; nothing for one that isn't drawn."""
    house, _, rest = module.partition(".")
    room = rest.partition(".")[0]
    if house == "bundles" and room in GROUND:
        return "ground"
    return room if (BASE / house / room).is_dir() and room not in UNDRAWN else ""


def imported_by(file: Path) -> Iterator[str]:
    """The modules of ours that a file imports, by their full names."""
    package = file.relative_to(BASE).parent.parts
    for entry in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(entry, ast.Import):
            yield from (alias.name for alias in entry.names)
        elif isinstance(entry, ast.ImportFrom):
            above = package[: len(package) + 1 - entry.level] if entry.level else ()
            base = ".".join([*above, *filter(None, [entry.module])])
            yield from (f"{base}.{alias.name}" for alias in entry.names)


def arrows() -> set[tuple[str, str]]:
    """From room to room, who imports whom."""
    found = {
        (node_of(".".join(file.relative_to(BASE).with_suffix("").parts)), node_of(module))
        for file in modules()
        for module in imported_by(file)
        if module.startswith(("bundles.", "guide."))
    }
    return {(room, other) for room, other in found if room and other and room != other}


def drawn() -> set[tuple[str, str]]:
    """The picture's arrows, and those that they make together."""
    found = set(ARROW.findall(ARCHITECTURE.read_text(encoding="utf-8")))
    while more := {(room, end) for room, middle in found for start, end in found if middle == start} - found:
        found |= more
    return found


@pytest.mark.parametrize("room", list(rooms()), ids=name_of)
def test_every_room_is_on_the_map(room: Path) -> None:
    assert f"`{name_of(room)}/`" in ARCHITECTURE.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = [link.partition("#")[0] for link in LINK.findall(document.read_text(encoding="utf-8"))]
    lost = [link for link in links if link and "://" not in link and not (document.parent / link).exists()]
    assert not lost


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    lost = [path for path in paths_in(document.read_text(encoding="utf-8")) if not exists(document, path)]
    assert not lost


def test_a_lost_file_would_be_seen() -> None:
    named = list(paths_in("`guide/gone.py`, `gone.typ`, `tests/<room>/`, `docs/decisions/`, `a=b`, `1A 3B`"))
    assert named == ["guide/gone.py", "gone.typ", "tests/*/", "docs/decisions/"]
    assert [exists(ARCHITECTURE, path) for path in named] == [False, False, True, True]


def test_every_arrow_is_in_the_picture_and_none_runs_in_a_circle() -> None:
    assert arrows() - drawn() == set()
    assert {room for room, other in drawn() if room == other} == set()


def test_the_walks_name_what_is_in_the_files() -> None:
    steps = WALKED.findall(ARCHITECTURE.read_text(encoding="utf-8"))
    assert len(steps) > 20
    lost = [(name, file) for name, file in steps
            if not re.search(rf"\b{name.rpartition('.')[2]}\b", (BASE / file).read_text(encoding="utf-8"))]  # fmt: skip
    assert not lost


def test_no_room_has_too_many_modules() -> None:
    counts: dict[str, int] = {}
    for file in modules():
        if "management" not in file.parts:
            counts[name_of(file.parent)] = counts.get(name_of(file.parent), 0) + 1
    assert {room: count for room, count in counts.items() if count > MOST_MODULES} == {}


def test_no_module_is_too_long() -> None:
    lines = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    assert {file: count for file, count in lines.items() if count > MOST_LINES} == {}
