"""A provincial platform's guide (JSON) -> a draft bundle that stands alone, and a report of what was lost.

What means what stands in a table per platform, `platforms/<platform>.yaml`. Nothing that is imported is confirmed.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import count

import yaml

from ..dictionary import Dictionaries
from ..reading.keys import IDENTIFIER
from .platform_guides import Guide, NotAGuide, Platform, Row

SOURCE = "guide"
WIDE = 100_000  # longer than any line, so that no text is folded


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # whichever is installed
    """Words of the format stay plain; other texts get quotes, for what reads `08` or `1e5` as a number."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _written(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
    style = None if IDENTIFIER.match(words) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Dumper.add_representer(str, _written)


@dataclass(frozen=True, slots=True)
class DraftBundle:
    """A draft bundle as plain data for bundle.yaml, and what of the guide it doesn't hold, a sentence each."""

    id: str
    bundle: Row
    losses: tuple[str, ...]

    @property
    def text(self) -> str:
        """The bundle file."""
        head = "# 由平台的办事指南导入的草稿：全部没有核实。逐条核对，改好一条就去掉它的 confirmed: false。\n"
        # `_Dumper` is a safe dumper
        return head + yaml.dump(self.bundle, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDE)


def draft_of(document: object, known: Dictionaries, shape: Platform, id: str = "") -> DraftBundle:
    """The draft bundle of one document; names that `known` has keep their ids. Raises NotAGuide."""
    try:
        return _Import(Guide(document, shape), known).draft(id)
    except RecursionError:
        raise NotAGuide("一层套一层，套得太深。") from None


class _Import:
    """Writes the draft of a guide."""

    def __init__(self, guide: Guide, known: Dictionaries) -> None:
        self.guide, self.known = guide, known
        self.ids: dict[str, str] = {}
        for id, entry in known.materials.items():
            self.ids.setdefault(entry.name, id)
        self.met: set[str] = set()
        self.materials: dict[str, Row] = {}
        self.departments: dict[str, Row] = {}
        self.situations: dict[str, str] = {}

    def draft(self, id: str) -> DraftBundle:
        guide, shape = self.guide, self.guide.shape
        title, code = guide.said("title"), guide.said("code")
        if not title:
            raise NotAGuide(f"没有名称（{shape.guide['title']}）。")
        id = id or _id(f"draft-{code}")
        lead = self.department(guide.said("lead"))
        lines = [self.material(number, *pair) for number, pair in enumerate(guide.in_order("materials"), 1)]
        items = self.items(title, lead)
        source = {"title": f"{shape.name}：{title} {guide.said('area')} {code}".strip(), "seen": True, "told": False}
        bundle: Row = {
            "id": id,
            "title": title,
            "lead": lead,
            "version": 1,
            "sources": {SOURCE: source},
            "questions": self.questions(),
            "notes": list(self.notes()),
            "items": [{"id": item, "confirmed": False} for item in items],
            **self.visits(),
            "dictionary": {"items": items, "materials": self.materials, "departments": self.departments},
        }
        bundle["items"][0]["materials"] = lines
        self.untold()
        guide.unread()
        return DraftBundle(id, bundle, tuple(guide.losses))

    def untold(self) -> None:
        """Tells what a bundle needs and the platform never says."""
        self.guide.lose("平台没有说哪份材料属于哪个事项：都放在第一项，请分开。")
        self.guide.lose(
            "平台没有说帮谁办（serves）、放在哪一组（theme）、发生了什么事（happened）、一句话介绍（summary）、"
            "人们会打的字（keywords）：要编辑自己写。"
        )
        if others := self.guide.said("departments"):
            self.guide.lose(f"平台没有说哪个事项归哪个部门：都记作牵头部门。参加的还有 {others}。")

    # Items

    def items(self, title: str, lead: str) -> dict[str, Row]:
        """The entries of the items' dictionary; the whole matter as one where the guide lists none."""
        rows = list(self.guide.rows("items"))
        if not rows:
            self.guide.lose("没有事项：先用整件事当一项。")
            return {"item-1": {"name": title, "department": lead}}
        fee = self.guide.meant("charged", self.guide.said("charged"), self.guide.shape.guide["charged"])
        return {f"item-{number}": self.item(number, *pair, lead, fee) for number, pair in enumerate(rows, 1)}

    def item(self, number: int, where: str, row: Row, lead: str, fee: str) -> Row:
        entry: Row = {"name": self.named(row, where, f"第 {number} 项"), "department": lead}
        if (days := self.guide.number(row["days"], f"{where} 的时限")) is not None:
            entry["days"] = {"value": f"{days} 个工作日", "confirmed": False}
        if row["result"]:
            entry["result"] = row["result"]
        if fee:
            entry["fee"] = {"value": fee, "confirmed": False}
        return entry

    def named(self, row: Row, where: str, otherwise: str) -> str:
        if not row["name"]:
            self.guide.lose(f"{where} 没有名称：写作“{otherwise}”。")
        return row["name"] or otherwise

    def department(self, name: str) -> str:
        """The id of a department by what its name holds; a new one, with a loss, where none is known."""
        known = self.known.departments
        found = next((id for words, id in self.guide.shape.departments.items() if words in name), None)
        if found is not None and (not known or found in known):
            return found
        id = _fresh("department", 1, known)
        self.guide.lose(f"牵头部门“{name}”在部门词典里没有：记作 {id}，请改成真正的部门。")
        self.departments[id] = {"name": name or "没有写的部门"}
        return id

    # Materials

    def material(self, number: int, where: str, row: Row) -> Row:
        """The line of a material; its entry goes into the dictionary."""
        id = self.material_id(self.named(row, where, f"第 {number} 份材料"))
        self.describe(id, row, where)
        line: Row = {"id": id, "source": SOURCE, "confirmed": False}
        if (originals := self.originals(row, where)) is not None:
            line["originals"] = originals
        if waiver := self.coded("spared", row, where):
            line["waived_by"] = waiver
        if note := self.material_note(row, where):
            line["note"] = note
        if self.coded("need", row, where) == "sometimes":
            line |= self.only_sometimes(row["situation"], f"{where}（{row['name']}）")
        return line

    def coded(self, name: str, row: Row, where: str) -> str:
        """What a material's coded value means."""
        return self.guide.meant(name, row[name], f"{where} 的 {self.guide.shape.lists['materials'][name]}")

    def material_id(self, name: str) -> str:
        """The id under which a dictionary knows the material, else a new one."""
        id = self.ids.get(name)
        if id is None:
            id = self.ids[name] = _fresh("material", len(self.met) + 1, self.known.materials, self.materials)
            self.materials[id] = {"name": name}
        elif id in self.met:
            self.guide.lose(f"材料“{name}”出现了不止一次：合成一份，请核对份数和情形。")
        self.met.add(id)
        return id

    def describe(self, id: str, row: Row, where: str) -> None:
        """Writes into a new entry where the material comes from and that it has a blank form; known ones stay."""
        blank = self.guide.has_blank(row["files"], where)
        origin = row["origin_words"] or self.coded("origin", row, where)
        entry = self.materials.get(id)
        if entry is None:
            if origin:
                self.guide.lose(f"{where} 的来源没有导入，词典里已经有这份材料：{origin}")
            if blank and not self.known.materials[id].blank:
                self.guide.lose(f"{where} 附有空白表，词典里的 {id} 没有记。")
            return
        if origin and entry.setdefault("hint", f"来源：{origin}") != f"来源：{origin}":
            self.guide.lose(f"{where} 的来源和前面的不一样，没有导入：{origin}")
        if blank:
            entry["blank"] = True

    def originals(self, row: Row, where: str) -> int | None:
        """How many on paper: none of what is handed in electronically."""
        copies = self.guide.number(row["originals"], f"{where} 的份数")
        if self.coded("form", row, where) != "electronic" or copies is None:
            return copies
        if copies:
            self.guide.lose(f"{where} 只收电子的，没有导入纸质份数 {copies}。")
        return 0

    def material_note(self, row: Row, where: str) -> str:
        """Remarks in prose. How to fill in a material that everybody needs is one, too."""
        parts = [row["remark"], row["spared_words"], row["basis"] and f"依据：{row['basis']}"]
        if row["situation"] and self.coded("need", row, where) != "sometimes":
            key = self.guide.shape.lists["materials"]["situation"]
            self.guide.lose(f"{where} 的 {key} 写进了备注，因为没有说只在有的情形下要这份材料：{row['situation']}")
            parts.insert(0, row["situation"])
        return "；".join(filter(None, parts))

    def only_sometimes(self, situation: str, where: str) -> Row:
        """The condition of a material for some situation; the same prose is the same choice."""
        if not situation:
            self.guide.lose(f"{where} 只在有的情形下要，没有说是哪种情形：当作都要。")
            return {}
        return {"when": {"situations": self.situations.setdefault(situation, f"situation-{len(self.situations) + 1}")}}

    # The rest

    def questions(self) -> list[Row]:
        """One question with every situation that some material is asked for in."""
        if not self.situations:
            return []
        choices = [{"id": id, "label": words} for words, id in self.situations.items()]
        why = "情形不同，材料不同。"
        return [{"id": "situations", "type": "many", "ask": "下面哪些是您的情形？", "why": why, "choices": choices}]

    def notes(self) -> Iterator[Row]:
        """Conditions, places, questions and phones: prose that an editor has to turn into rules."""
        told = [*self.listed_notes(), *self.single_notes(), *self.figures()]
        for number, (name, tell) in enumerate(told, 1):
            yield {"id": f"{name}-{number}", "tell": tell, "source": SOURCE, "confirmed": False}

    def listed_notes(self) -> Iterator[tuple[str, str]]:
        for _where, row in self.guide.in_order("conditions"):
            if row["tell"]:
                yield "condition", f"联办条件：{row['tell']}"
        for _where, row in self.guide.rows("places"):
            if parts := [row[key] for key in ("name", "address", "hours") if row[key]]:
                yield "place", f"办理地点：{'，'.join(dict.fromkeys(parts))}"
        for _where, row in self.guide.rows("questions"):
            if row["ask"] or row["answer"]:
                yield "question", f"问：{row['ask'] or '（没有写）'} 答：{row['answer'] or '（没有写）'}"

    def single_notes(self) -> Iterator[tuple[str, str]]:
        labels = {
            "phone": "咨询电话：",
            "complaints": "投诉电话：",
            "in_person": "要到现场的原因：",
            "course": "办理流程：",
        }
        for name, label in labels.items():
            if words := self.guide.said(name):
                yield name.replace("_", "-"), label + words

    def figures(self) -> Iterator[tuple[str, str]]:
        kinds = {"days": "时限（工作日）", "materials": "材料（份）", "steps": "环节"}
        for name, label in kinds.items():
            before, after = self.guide.said(f"{name}_before"), self.guide.said(f"{name}_after")
            if before or after:
                yield "figures", f"{label}：以前 {before or '不详'}，现在 {after or '不详'}。"

    def visits(self) -> Row:
        found = {}
        for key in ("before", "after"):
            name = f"visits_{key}"
            if (number := self.guide.number(self.guide.said(name), self.guide.shape.guide[name])) is not None:
                found[key] = {"visits": number, "source": SOURCE, "confirmed": False}
        return found


def _id(words: str) -> str:
    """An id that the format allows, short enough for a folder's name."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower())[:80].strip("-")


def _fresh(kind: str, number: int, *taken: Container[str]) -> str:
    """An id such as `material-3`, or the next one that isn't taken."""
    return next(id for n in count(number) if not any((id := f"{kind}-{n}") in ids for ids in taken))


__all__ = ["DraftBundle", "draft_of"]
