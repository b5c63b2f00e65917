"""What is written in a bundle and used nowhere: facts, sources, params, tables, figures."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..faults import Fault
from ..loading.trees import Mapping as Tree
from ..loading.trees import Sequence as List
from ..loading.trees import read_tree_file
from ..model import FIGURE, Place


def written_beside(file: Path) -> tuple[Tree, ...]:
    """All that is written of a bundle: its file, and those of its regions and days."""
    paths = [file, *sorted(file.parent.glob("regions/*.yaml")), *sorted(file.parent.glob("changes/*.yaml"))]
    return tuple(tree for path in paths if isinstance(tree := read_tree_file(path, []), Tree))


def names_under(trees: Sequence[Tree], key: str) -> dict[str, Place]:
    """The names that stand under a key of these files, and where each stands first."""
    found: dict[str, Place] = {}
    for tree in trees:
        entries = tree.get(key)
        if isinstance(entries, Tree):
            found = {**entries.places, **found}
    return found


def unused(trees: Sequence[Tree]) -> Iterator[Fault]:
    """A remark for each fact, source, param, table and figure of a bundle's files that none of them uses.

    What stands in the dictionaries, for all bundles, isn't asked for.
    """
    used = _Used()
    for tree in trees:
        used.look(tree, top=True)
    for key, what, names in (
        ("facts", "事实", used.keys),
        ("params", "参数", used.params),
        ("sources", "出处", used.sources),
        ("tables", "表格", used.words),
        ("figures", "数字", used.words),
    ):
        for name, place in names_under(trees, key).items():
            if name not in names:
                yield Fault(place, "R02", name, f"{what} {name} 写了，没有地方用到。", "用上它，或删掉它。")


NAMED = ("facts", "params", "sources", "tables", "figures")  # what stands here is what is looked for
PARAM = re.compile(r"\$([a-z][a-z0-9_-]*)")
WORD = re.compile(r"[a-z][a-z0-9_-]*")


class _Used:
    """The names that are used in trees: as a key (a fact in a condition), as `$name` or under `param`, as a source.

    `words` are those of amounts, and what stands in braces.
    """

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.params: set[str] = set()
        self.sources: set[str] = set()
        self.words: set[str] = set()

    def look(self, raw: Any, top: bool = False) -> None:
        match raw:
            case Tree():
                for key, value in raw.items():
                    self.see(key, value)
                    named = top and key in NAMED and isinstance(value, Tree)
                    self.look(list(value.values()) if named else value)
            case list():
                for value in raw:
                    self.look(value)
            case str():
                self.params.update(PARAM.findall(raw))
                self.words.update(FIGURE.findall(raw))

    def see(self, key: str, value: Any) -> None:
        self.keys.add(key)
        words = {str(word) for word in (value if isinstance(value, List) else [value])}
        if key in ("source", "listed_in"):
            self.sources |= words
        elif key in ("param", "confirmed"):
            self.params |= words
        elif key == "of":
            self.words.update(name for word in words for name in WORD.findall(word))
