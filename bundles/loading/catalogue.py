"""YAML -> model. `Catalogue` opens the folder of bundles; `BundleError` carries every fault of a file at once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from ..dictionary import Region
from ..faults import BundleError, Fault
from ..model import Bundle
from ..reading.correcting import corrected
from ..reading.trees import Mapping as Tree
from ..reading.trees import read_tree_file
from ..values import Param, Place
from .building import build
from .dictionaries import DictionaryFile, Entries, read_dictionaries
from .overlays import CHANGE, REGION, Layer, overlay, without_key

CATALOGUE = Path(__file__).parent.parent / "catalogue"
PROVINCE = "510000"
COMMON = re.compile(r"^common: *([0-9]+)", re.MULTILINE)  # whoever asks for one bundle needn't read all
__all__ = ["CATALOGUE", "PROVINCE", "Catalogue", "UnknownBundle", "UnknownRegion", "catalogue"]


class UnknownBundle(LookupError):
    """No bundle has that id; carries the id."""


class UnknownRegion(LookupError):
    """No region has that code; carries the code."""


class Catalogue:
    """A folder with dictionaries, regions and a folder per bundle. Reads each file once.

    Raises BundleError where a dictionary or `regions.yaml` is faulty.
    """

    def __init__(self, folder: Path = CATALOGUE) -> None:
        self.folder = folder
        faults: list[Fault] = []
        self.entries = read_dictionaries(
            {
                name: read_tree_file(path, faults)
                for name in DictionaryFile
                if (path := folder / f"{name}.yaml").exists()
            },
            faults,
        )
        if faults:
            raise BundleError(faults)
        self._laid_in: dict[tuple[Path, str | None], tuple[str, ...]] = {}
        self._bundles: dict[tuple[Path, tuple[str, ...]], Bundle] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The bundles' ids in alphabetical order."""
        return tuple(sorted(path.parent.name for path in self.folder.glob("*/bundle.yaml")))

    @cached_property
    def common(self) -> Mapping[str, int]:
        """Each bundle's place among what is done most, as its file says; 0 where it says none."""
        found = {id: COMMON.search(self.file(id).read_text(encoding="utf-8", errors="replace")) for id in self.ids}
        return {id: int(place[1]) if place else 0 for id, place in found.items()}

    @property
    def regions(self) -> Mapping[str, Region]:
        return self.entries.regions

    def region(self, code: str | None) -> Region:
        """The region of that code; the province for None. Raises UnknownRegion."""
        code = PROVINCE if code is None else code
        if code not in self.regions:
            raise UnknownRegion(code)
        return self.regions[code]

    def lineage(self, code: str | None) -> tuple[Region, ...]:
        """The region and those around it, the province first."""
        region = self.region(code)
        return (*self.lineage(region.parent), region) if region.parent else (region,)

    def file(self, id: str) -> Path:
        """The bundle's file. Raises UnknownBundle."""
        if id not in self.ids:
            raise UnknownBundle(id)
        return self.folder / id / "bundle.yaml"

    def bundle(self, id: str, region: str | None = None) -> Bundle:
        """The bundle as it holds in a region. Raises UnknownBundle, UnknownRegion, BundleError."""
        return self.open(self.file(id), region)

    def open(self, file: Path, region: str | None = None) -> Bundle:
        """The bundle written in `file`, with the `regions/` beside it. Raises UnknownRegion, BundleError."""
        if (file, region) not in self._laid_in:
            codes = [step.code for step in self.lineage(region)]
            self._laid_in[file, region] = tuple(code for code in codes if self._differs(file, code))
        laid = self._laid_in[file, region]
        if (file, laid) not in self._bundles:
            self._bundles[file, laid] = self._load(file, laid)
        return self._bundles[file, laid]

    def older(self, id: str, version: int) -> Bundle | None:
        """The bundle as it was in an older version, kept in `versions/<version>.yaml`; None where it isn't kept.

        Its questions stand there whole: what bundles share now is none of its business.
        """
        file = self.file(id).parent / "versions" / f"{version}.yaml"
        return self._load(file, (), replace(self.entries, questions={})) if file.exists() else None

    def city(self, code: str | None) -> str:
        """The name of the city or prefecture that a region is, or is part of; "" of the province."""
        _province, *parts = self.lineage(code)
        return parts[0].name if parts else ""

    def overlays(self, file: Path) -> tuple[str, ...]:
        """The regions in which the bundle may differ, the province first."""
        return tuple(code for code in sorted(self.regions) if code == PROVINCE or self._differs(file, code))

    def _differs(self, file: Path, code: str) -> bool:
        return bool(self.entries.params.get(code)) or _region_file(file, code).exists()

    def _load(self, file: Path, codes: tuple[str, ...], shared: Entries | None = None) -> Bundle:
        faults: list[Fault] = []
        tree = read_tree_file(file, faults)
        if not isinstance(tree, Tree):
            raise BundleError(faults or [Fault(Place(str(file), 1), "L04", file.name, "文件要写成“键: 值”。")])
        doubtful: set[str] = set()
        tree = corrected(tree, faults, doubtful)
        entries = self._with_own(tree, shared or self.entries, faults)
        bundle = self._built(self._laid(tree, file, codes, faults), entries, faults, doubtful)
        seen = set(faults)
        later = []
        for day, path in _changes(file, faults):
            found: list[Fault] = []
            tree = overlay(tree, _change(path, found), found, CHANGE)
            changed = self._built(self._laid(tree, file, codes, found), entries, found, doubtful)
            later.append(replace(changed, since=day))
            faults += [_brought_by(path, fault) for fault in found if fault not in seen]
            seen.update(found)
        if faults:
            raise BundleError(faults, replace(bundle, later=tuple(later)), doubtful)
        return replace(bundle, later=tuple(later))

    def _laid(self, tree: Tree, file: Path, codes: tuple[str, ...], faults: list[Fault]) -> Tree:
        """The tree with what the regions change."""
        for code in codes:
            if code in self.entries.params:
                tree = overlay(tree, _params_only(self.entries.params[code]), faults)
            if (path := _region_file(file, code)).exists():
                tree = overlay(tree, _layer(path, REGION, faults), faults)
        return tree

    def _built(self, tree: Tree, entries: Entries, faults: list[Fault], doubtful: set[str]) -> Bundle:
        params: dict[str, Param] = {name: Param(name, ()) for entry in self.entries.params.values() for name in entry}
        return build(tree, entries, params, faults, doubtful)

    @staticmethod
    def _with_own(tree: Tree, shared: Entries, faults: list[Fault]) -> Entries:
        """The dictionaries with those that the file carries itself laid over them."""
        own = tree.get("dictionary")
        if own is None:
            return shared
        if not isinstance(own, Tree):
            faults.append(Fault(tree.places["dictionary"], "L04", "dictionary", "这里要写成“词典名: 内容”。"))
            return shared
        faults += [
            Fault(own.places[name], "L02", name, "没有这种词典。", f"可以写：{'、'.join(DictionaryFile)}。")
            for name in own
            if name not in DictionaryFile
        ]
        trees = {name: own[name] for name in DictionaryFile if name in own}
        read = read_dictionaries(trees, faults, shared.dictionaries.lists)
        return shared.under(read)


def _layer(path: Path, layer: Layer, faults: list[Fault]) -> Tree | None:
    """What a file lays over the bundle; None where nothing can be read."""
    tree = read_tree_file(path, faults)
    if tree is None or isinstance(tree, Tree):
        return tree
    faults.append(Fault(Place(str(path), 1), "L04", path.stem, f"{layer.name}要写成“键: 值”。"))
    return None


def _changes(file: Path, faults: list[Fault]) -> list[tuple[date, Path]]:
    """The files with what changes on a day, the first day first."""
    changes = []
    for path in file.parent.glob("changes/*"):
        if path.suffix.lower() not in (".yaml", ".yml"):
            continue
        if day := _day_of(path):
            changes.append((day, path))
        else:
            remedy = "改成 changes/2027-01-01.yaml 这样。"
            faults.append(Fault(Place(str(path), 1), "L04", path.stem, f"文件名 {path.name} 不是日期。", remedy))
    return sorted(changes)


def _day_of(path: Path) -> date | None:
    """The day that the file's name says; None where it is written in another way, so that no day has two files."""
    try:
        day = date.fromisoformat(path.stem)
    except ValueError:
        return None
    return day if path.name == f"{day}.yaml" else None


def _change(path: Path, faults: list[Fault]) -> Tree | None:
    """What changes on a day. Questions stay as they are: case codes count on them, so they need a new version."""
    tree = _layer(path, CHANGE, faults)
    if tree is None or "questions" not in tree:
        return tree
    remedy = "改问题要升版本：manage.py startversion。"
    faults.append(Fault(tree.places["questions"], "L02", path.stem, "按日期生效的改动里不能改问题。", remedy))
    return without_key(tree, "questions")


def _brought_by(path: Path, fault: Fault) -> Fault:
    """A fault that is there only since a change; where it shows in another file, it names the change."""
    if fault.place.file == str(path):
        return fault
    return replace(fault, message=f"照 changes/{path.name} 改了以后：{fault.message}")


def _params_only(params: Tree) -> Tree:
    change = Tree(params.place)
    change.put("params", params, params.place)
    return change


def _region_file(file: Path, code: str) -> Path:
    return file.parent / "regions" / f"{code}.yaml"


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the program, opened once."""
    return Catalogue()
