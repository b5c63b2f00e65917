"""What is written in a bundle and used nowhere, what its tables leave out region by region, what goes out of date."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from ..facts import facts_of
from ..faults import Fault
from ..model import Bundle
from ..reading.trees import Mapping as Tree
from ..reading.trees import Sequence as List
from ..reading.trees import read_tree_file
from ..times import add
from ..values import FIGURE, Place, Span, Table
from ..walking.diagrams import bits
from ..walking.editions import Edition, edition
from ..walking.members import columns_for
from ..walking.walks import navigation_of
from .assuming import considered, params_of


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


def never_shown(bundle: Bundle) -> Iterator[Fault]:
    """A remark for each column of a table of people that none of its results needs."""
    for table in bundle.members:
        shown = columns_for(table, table.questions)
        for column in table.columns:
            if column not in shown:
                place = column.place or Place(bundle.file, 1)
                message = f"表 {table.id} 的列 {column.id} 没有结果用到，谁也看不到它。"
                yield Fault(place, "R02", column.id, message, "写一个用到它的结果，或删掉它。")


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


# Tables ---------------------------------------------------------------------------------------------------------------

MOST_LISTED = 12  # cells that a remark names


def holes(bundles: Mapping[str, Bundle], today: date) -> Iterator[Fault]:
    """A remark for the cells that a table lacks on `today`, with the regions in which it does. `bundles` by region."""
    found: dict[tuple[Place, str], dict[str, list[str]]] = {}
    for region, bundle in bundles.items():
        for table in bundle.tables.values():
            for cell in _missing(bundle, table, today):
                key = (table.place or Place(bundle.file, 1), table.id)
                found.setdefault(key, {}).setdefault(cell, []).append(region)
    for (place, name), cells in found.items():
        listed = "、".join(
            f"{cell}（{_regions(regions, bundles)}）" for cell, regions in list(cells.items())[:MOST_LISTED]
        )
        more = f"等 {len(cells)} 格" if len(cells) > MOST_LISTED else ""
        message = f"表格 {name} 没有：{listed}{more}。"
        yield Fault(place, "R03", name, message, "有值就补上；没有的由窗口来定。")


def _missing(bundle: Bundle, table: Table, today: date) -> Iterator[str]:
    questions = [bundle.question(name) for name in table.by]
    values = table.on(today).values
    for path in product(*(question.values for question in questions)):
        if path not in values:
            yield " / ".join(path)


def _regions(regions: Sequence[str], bundles: Mapping[str, Bundle]) -> str:
    return "全省" if len(regions) == len(bundles) else "、".join(regions)


# Questions ------------------------------------------------------------------------------------------------------------


def never_asked(bundles: Mapping[str, Bundle], today: date) -> Iterator[Fault]:
    """What no region's params let anybody ask, although some would: P14 where some region has a value that nobody has
    confirmed, R04 where none has one yet. `bundles` by region.
    """
    editions = [edition(bundle, today) for bundle in bundles.values()]
    if not editions or not params_of(editions[0].bundle):
        return
    asked = {name for rules in editions for name in _may_ask(rules)}
    with_values = {name for rules in editions for name in _may_ask(replace(rules, confirmed=rules.valued))} - asked
    sometime = {name for rules in considered(editions[0]) for name in _may_ask(rules)} - asked
    params = "、".join(sorted(params_of(editions[0].bundle)))
    for question in editions[0].bundle.questions:
        place = question.place or Place(editions[0].bundle.file, 1)
        message = f"没有一个地区会问 {question.id}：参数（{params}）"
        if question.id in with_values:
            remedy = "不必核实也该问的，条件写 param，不写 confirmed。"
            yield Fault(place, "P14", question.id, f"{message}有值，可没有核实过。", remedy)
        elif question.id in sometime:
            yield Fault(place, "R04", question.id, f"{message}还没有值。", "查到了就补上值。")


def _may_ask(rules: Edition) -> frozenset[str]:
    """The questions that some walk asks, as far as conditions tell."""
    navigation = navigation_of(rules)
    variables, active = navigation.program.variables, navigation.start.active
    return frozenset(variables[number].name for number in bits(active))


# Ends -----------------------------------------------------------------------------------------------------------------

AHEAD = Span(3, "months")


def ending(bundles: Mapping[str, Bundle], today: date) -> Iterator[Fault]:
    """A remark for each fact that was said until a day before `today`, or up to three months ahead."""
    found: dict[tuple[Place, date], None] = {}
    for bundle in bundles.values():
        for rules in (bundle, *bundle.later):
            for fact in facts_of(rules):
                if fact.until is not None and fact.until <= add(today, AHEAD):
                    found[getattr(fact, "place", None) or Place(bundle.file, 1), fact.until] = None
    for place, until in found:
        said = "已经过了" if until < today else "快到了"
        message = f"这里说到 {until} 为止，{said}。"
        yield Fault(place, "R05", until.isoformat(), message, "找后来的规定，换上新的，或者写明还照旧。")
