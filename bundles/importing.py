"""A provincial platform's guide (JSON) -> a draft bundle that stands alone, and a report of what was lost.

What means what stands in a table per platform, `platforms/<platform>.yaml`. Nothing that is imported is confirmed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from .model import Dictionaries

PLATFORMS = Path(__file__).parent / "platforms"
SOURCE = "guide"
LONGEST = 4000
Row = dict[str, Any]


class NotAGuide(ValueError):
    """The document isn't a guide of that platform; says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft bundle as plain data for bundle.yaml, and what of the guide it doesn't hold, a sentence each."""

    id: str
    bundle: Row
    losses: tuple[str, ...]

    @property
    def text(self) -> str:
        """The bundle file."""
        head = "# 由平台的办事指南导入的草稿：全部没有核实。逐条核对，改好一条就去掉它的 confirmed: false。\n"
        return head + yaml.safe_dump(self.bundle, allow_unicode=True, sort_keys=False, width=140)


@dataclass(frozen=True, slots=True)
class Platform:
    """How one platform's documents read; see platforms/hunan.yaml."""

    name: str
    root: str
    guide: Mapping[str, str]
    lists: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    values: Mapping[str, Any]
    dropped: frozenset[str]
    departments: Mapping[str, str]


def platform(name: str) -> Platform:
    """The platform of that name. Raises LookupError where there is no table for it."""
    path = PLATFORMS / f"{name}.yaml"
    if name not in platforms():
        raise LookupError(name)
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Platform(**{**table, "dropped": frozenset(table["dropped"])})


def platforms() -> tuple[str, ...]:
    """The platforms that have a table."""
    return tuple(sorted(path.stem for path in PLATFORMS.glob("*.yaml")))


def draft_of(document: object, known: Dictionaries, shape: Platform, id: str = "") -> Draft:
    """The draft bundle of one document; names that `known` has keep their ids. Raises NotAGuide."""
    return _Import(document, known, shape).draft(id)


class _Import:
    def __init__(self, document: object, known: Dictionaries, shape: Platform) -> None:
        self.shape, self.known = shape, known
        data = document.get(shape.root) if isinstance(document, Mapping) else None
        if not isinstance(data, Mapping):
            raise NotAGuide(f"没有 {shape.root}，不是{shape.name}的文件。")
        self.data = data
        self.losses: list[str] = []
        self.used: set[str] = set()
        self.materials: dict[str, Row] = {}
        self.situations: dict[str, str] = {}

    # Reading the document

    def value(self, path: str) -> Any:
        """What stands at a path such as `basicInfo.areaName`; None where nothing does."""
        self.used.add(path)
        found: Any = self.data
        for key in path.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def said(self, name: str) -> str:
        return self.text(self.value(self.shape.guide[name]))

    def text(self, raw: object) -> str:
        """Plain text; nothing for what the platform writes where there is nothing. A whole float loses its point."""
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        words = "" if raw is None or isinstance(raw, Mapping | list) else re.sub(r"\s+", " ", str(raw)).strip()
        return "" if words in self.shape.values["nothing"] else words[:LONGEST]

    def number(self, raw: object, where: str) -> int | None:
        """A whole number, however it is written; None and a loss where it isn't one."""
        words = self.text(raw)
        if not words:
            return None
        try:
            number = Decimal(words)
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or number != number.to_integral_value() or not 0 <= number < 10_000:
            self.losses.append(f"{where} 不是数目：{words}")
            return None
        return int(number)

    def rows(self, name: str) -> Iterator[tuple[str, Row]]:
        """The rows of a list in their order, each as our names with their values, and where it stands."""
        table = self.shape.lists[name]
        at = table["at"]
        self.used.add(at)
        listed = self.data.get(at)
        if listed not in (None, "", []) and not isinstance(listed, list):
            self.losses.append(f"{at} 不是列表：{str(listed)[:60]}")
        for number, raw in enumerate(listed if isinstance(listed, list) else []):
            where = f"{at}[{number}]"
            if isinstance(raw, Mapping):
                yield where, {key: self.first(raw, keys) for key, keys in table.items() if key != "at"}
                self.unknown_keys(where, raw, table)
            elif raw not in (None, ""):
                self.losses.append(f"{where} 看不懂：{str(raw)[:60]}")

    def first(self, raw: Mapping[str, Any], keys: str | list[str]) -> Any:
        """The first of some keys that holds anything."""
        values = [raw.get(key) for key in ([keys] if isinstance(keys, str) else keys)]
        return next((value for value in values if isinstance(value, list) or self.text(value)), None)

    def unknown_keys(self, where: str, raw: Mapping[str, Any], table: Mapping[str, Any]) -> None:
        names = {name for keys in table.values() for name in ([keys] if isinstance(keys, str) else keys)}
        for key, value in raw.items():
            if key not in names | self.shape.dropped and value not in (None, "", [], {}):
                self.losses.append(f"{where}.{key} 没有地方放：{str(value)[:60]}")

    # Writing the draft

    def draft(self, id: str) -> Draft:
        title = self.said("title")
        if not title:
            raise NotAGuide(f"没有名称（{self.shape.guide['title']}）。")
        code = self.said("code")
        id = id or _id(f"draft-{code}" if code else "draft")
        lines = [self.material(where, row) for where, row in self.in_order("materials")]
        items = [self.item(number, where, row) for number, (where, row) in enumerate(self.rows("items"), 1)]
        if not items:
            self.losses.append("没有事项：先用整件事当一项。")
            items = [("item-1", {"name": title, "department": self.department(self.said("lead"), "牵头部门")})]
        self.losses.append("平台没有说哪份材料属于哪个事项：都放在第一项，请分开。")
        bundle: Row = {
            "id": id,
            "title": title,
            "lead": self.department(self.said("lead"), "牵头部门"),
            "version": 1,
            "sources": {
                SOURCE: {"title": f"{self.shape.name}：{title} {self.said('area')} {code}".strip(), "seen": True}
            },
            "questions": self.questions(),
            "notes": list(self.notes()),
            "items": [{"id": item, "confirmed": False} for item, _entry in items],
            **self.visits(),
        }
        bundle["items"][0]["materials"] = lines
        new = {key: entry for key, entry in self.materials.items() if key not in self.known.materials}
        bundle["dictionary"] = {"items": dict(items), "materials": new, "departments": self.departments()}
        self.unread()
        return Draft(id, {key: value for key, value in bundle.items() if value not in ([], "")}, tuple(self.losses))

    def in_order(self, name: str) -> list[tuple[str, Row]]:
        """Rows by the order that they carry, else as listed."""

        def place(pair: tuple[str, Row]) -> float:
            try:
                return float(self.text(pair[1].get("order")) or "inf")
            except ValueError:
                return float("inf")

        return sorted(self.rows(name), key=place)

    def item(self, number: int, where: str, row: Row) -> tuple[str, Row]:
        name = self.text(row["name"])
        if not name:
            self.losses.append(f"{where} 没有名称。")
        entry: Row = {"name": name or f"第 {number} 项", "department": self.department(self.said("lead"), "牵头部门")}
        if (days := self.number(row["days"], f"{where} 的时限")) is not None:
            entry["days"] = {"value": f"{days} 个工作日", "confirmed": False}
        if result := self.text(row["result"]):
            entry["result"] = result
        charged = self.said("charged")
        if charged in ("0", "1"):
            entry["fee"] = {"value": "收费，标准没有导入" if charged == "1" else "不收费", "confirmed": False}
        return f"item-{number}", entry

    def material(self, where: str, row: Row) -> Row:
        name = self.text(row["name"])
        if not name:
            self.losses.append(f"{where} 没有名称。")
        id = self.material_id(name or f"第 {len(self.materials) + 1} 份材料", row)
        line: Row = {"id": id, "source": SOURCE, "confirmed": False}
        copies = self.number(row["originals"], f"{where} 的份数")
        if copies is not None:
            line["originals"] = 0 if self.meant("form", row, where) == "electronic" else copies
        if waiver := self.meant("spared", row, where):
            line["waived_by"] = waiver
        notes = [self.text(row[key]) for key in ("remark", "spared_words")]
        if basis := self.text(row["basis"]):
            notes.append(f"依据：{basis}")
        if any(notes):
            line["note"] = "；".join(filter(None, notes))
        situation = self.text(row["situation"])
        if self.meant("need", row, where) == "sometimes" and not situation:
            self.losses.append(f"{where} 只在有的情形下要（{name}），没有说是哪种情形：当作都要。")
        if situation:
            line["when"] = {"situations": self.situation(situation)}
        return line

    def meant(self, name: str, row: Row, where: str) -> str:
        """What a coded value means; a loss where the table doesn't say."""
        words = self.text(row[name])
        meanings: Mapping[str, str] = self.shape.values[name]
        if words and words not in meanings:
            self.losses.append(f"{where} 的 {self.shape.lists['materials'][name]}={words} 不知道是什么意思。")
        return meanings.get(words, "")

    def material_id(self, name: str, row: Row) -> str:
        """The id under which a dictionary knows the material, else a new one."""
        for id, known in self.known.materials.items():
            if known.name == name:
                self.materials.setdefault(id, {})
                return id
        for id, known_before in self.materials.items():
            if known_before.get("name") == name:
                self.losses.append(f"材料“{name}”出现了不止一次：合成一份，请核对份数和情形。")
                return id
        id = f"material-{len(self.materials) + 1}"
        entry: Row = {"name": name}
        if origin := self.text(row["origin_words"]):
            entry["hint"] = f"来源：{origin}"
        if self.has_blank(row["files"]):
            entry["blank"] = True
        self.materials[id] = entry
        return id

    def has_blank(self, files: object) -> bool:
        kind, name = self.shape.files["kind"], self.shape.files["name"]
        listed = [entry for entry in files if isinstance(entry, Mapping)] if isinstance(files, list) else []
        for entry in listed:
            if self.text(entry.get(name)):
                self.losses.append(f"附件没有导入：{self.text(entry.get(name))}")
        return any(self.text(entry.get(kind)) in self.shape.values["blank"] for entry in listed)

    def situation(self, words: str) -> str:
        """The choice for a situation told in prose; the same prose is the same choice."""
        return self.situations.setdefault(words, f"situation-{len(self.situations) + 1}")

    def questions(self) -> list[Row]:
        """One question with every situation that some material is asked for in."""
        if not self.situations:
            return []
        choices = [{"id": id, "label": words} for words, id in self.situations.items()]
        why = "情形不同，材料不同。"
        return [{"id": "situations", "type": "many", "ask": "下面哪些是您的情形？", "why": why, "choices": choices}]

    def notes(self) -> Iterator[Row]:
        """Conditions, places, questions and phones: prose that an editor has to turn into rules."""
        texts = [("condition", f"联办条件：{self.text(row['tell'])}") for _, row in self.in_order("conditions")]
        for _where, row in self.rows("places"):
            parts = [self.text(row[key]) for key in ("name", "address", "hours")]
            texts.append(("place", f"办理地点：{'，'.join(dict.fromkeys(filter(None, parts)))}"))
        for _where, row in self.rows("questions"):
            texts.append(("question", f"问：{self.text(row['ask'])} 答：{self.text(row['answer'])}"))
        labels = {
            "phone": "咨询电话：",
            "complaints": "投诉电话：",
            "in_person": "要到现场的原因：",
            "course": "办理流程：",
        }
        texts += [
            (name.replace("_", "-"), label + self.said(name)) for name, label in labels.items() if self.said(name)
        ]
        texts += list(self.figures())
        for number, (name, tell) in enumerate(texts, 1):
            yield {"id": f"{name}-{number}", "tell": tell, "source": SOURCE, "confirmed": False}

    def figures(self) -> Iterator[tuple[str, str]]:
        kinds = {"days": "时限（工作日）", "materials": "材料（份）", "steps": "环节"}
        for name, label in kinds.items():
            before, after = self.said(f"{name}_before"), self.said(f"{name}_after")
            if before or after:
                yield "figures", f"{label}：以前 {before or '不详'}，现在 {after or '不详'}。"

    def visits(self) -> Row:
        found = {}
        for key in ("before", "after"):
            path = self.shape.guide[f"visits_{key}"]
            if (number := self.number(self.value(path), path)) is not None:
                found[key] = {"visits": number, "source": SOURCE, "confirmed": False}
        return found

    def department(self, name: str, where: str) -> str:
        """The id of a department by what its name holds; a new one, with a loss, where none is known."""
        found = next((id for words, id in self.shape.departments.items() if words in name), None)
        if found is None or (self.known.departments and found not in self.known.departments):
            self.lost_once(f"{where}“{name}”在部门词典里没有：记作 department-1，请改成真正的部门。")
            return "department-1"
        return found

    def departments(self) -> dict[str, Row]:
        """The department that no dictionary has; reports which others take part, since no item says whose it is."""
        others = self.said("departments")
        if others:
            self.losses.append(f"平台没有说哪个事项归哪个部门：都记作牵头部门。参加的还有 {others}。")
        lead = self.said("lead") or "没有写的部门"
        return {"department-1": {"name": lead}} if any("department-1" in loss for loss in self.losses) else {}

    def lost_once(self, loss: str) -> None:
        if loss not in self.losses:
            self.losses.append(loss)

    def unread(self) -> None:
        """Reports whatever the table has no place for."""
        for name in ("charges", "intermediaries"):
            table = self.shape.lists[name]["at"]
            if self.value(table) not in (None, "", []):
                self.losses.append(f"{table} 没有导入：{str(self.value(table))[:120]}")
        for name in ("days", "intermediary"):
            if self.said(name) not in ("", "0"):
                self.losses.append(f"{self.shape.guide[name]} 没有地方放：{self.said(name)}")
        for path, value in _leaves(self.data):
            known = any(path == used or path.startswith(f"{used}.") for used in self.used)
            if not known and path.split(".")[-1] not in self.shape.dropped and value not in (None, "", [], {}):
                self.losses.append(f"{path} 没有地方放：{str(value)[:60]}")


def _leaves(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of nested mappings with its path; lists stay whole."""
    for key, value in data.items():
        path = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}.")
        else:
            yield path, value


def _id(words: str) -> str:
    """An id that the format allows."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


__all__ = ["Draft", "NotAGuide", "Platform", "draft_of", "platform", "platforms"]
