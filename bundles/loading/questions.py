"""Reads questions with their choices and bands."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from ..model import NONE, Choice, Question
from ..reading.entries import Reader
from ..reading.keys import BAND, CHOICE, QUESTION
from ..reading.trees import Mapping as Tree
from ..reading.trees import nearest
from ..times import limit_of, read_span
from ..values import Band, BandKind, CalendarMonths, CalendarYear, Param, ParamRef, Place, Span

LARGEST = 1_000_000_000
KINDS: tuple[BandKind, ...] = get_args(BandKind)
THIS_YEAR = re.compile(r"this(?: ?([+-]) ?([0-9]{1,2}))?\Z")
UNREAD = ParamRef("?limit")  # stands for a limit that can't be read
UNTOLD = ("L03", "L04", "L06")  # after these faults nobody knows what a question is to be like
YES_NO = (Choice("yes", "是"), Choice("no", "否"))


class QuestionReader:
    """Teaches a reader a bundle's questions; `shared` are the ids of those whose words stand in the dictionary."""

    def __init__(self, reader: Reader, params: Mapping[str, Param], shared: Collection[str], open_params: bool) -> None:
        self.reader = reader
        self.params = params
        self.shared = shared
        self.open_params = open_params
        reader.learn(
            question=self._question, choice=self._choice, band=self._band, limit=self._limit,
            limit_day=self._limit_day, limit_year=self._limit_year, limit_month=self._limit_month,
        )  # fmt: skip

    def _question(self, raw: Any, place: Place) -> Question:
        if isinstance(raw, str):
            return self._not_shared(raw, place)
        owner = self.reader.owner = str(raw.get("id", "question")) if isinstance(raw, Tree) else "question"
        known = len(self.reader.faults)
        parsed = self.reader.read(raw, place, QUESTION)
        for key in ("source", "confirmed"):
            parsed.pop(key, None)
        question = Question(**{"id": owner, "ask": "", **parsed, "shared": owner in self.shared, "place": place})
        if question.type == "yesno" and not question.choices:
            question = replace(question, choices=YES_NO)
        if not (isinstance(raw, Tree) and raw.faulty) and not any(
            fault.code in UNTOLD for fault in self.reader.faults[known:]
        ):
            self.check(question, place)
        if len(self.reader.faults) > known:
            self.reader.doubtful.add(question.id)
        return question

    def _not_shared(self, id: str, place: Place) -> Question:
        remedy = nearest(id, self.shared) or "写成 {id: …, ask: …}。"
        self.reader.fault("L13", place, f"questions.yaml 里没有 {id}。", remedy, id=id)
        self.reader.doubtful.add(id)
        return Question(id, "", place=place)

    def _choice(self, raw: Any, place: Place) -> Choice:
        parsed = self.reader.read(raw, place, CHOICE)
        id = parsed.get("id", "")
        official, common = parsed.get("official"), parsed.get("common", False)
        return Choice(id, parsed.get("label", id), parsed.get("hint", ""), parsed.get("when"), place, official, common)

    def _band(self, raw: Any, place: Place) -> Band:
        parsed = self.reader.read(raw, place, BAND)
        kinds = [kind for kind in KINDS if kind in parsed]
        if len(kinds) > 1:
            self.reader.fault("L12", place, f"一段只能有一个界限，这里写了 {'、'.join(kinds)}。", "留一个。")
        kind = kinds[0] if kinds else None
        limit: Any = parsed[kind] if kind else None
        if kind == "months":
            limit = CalendarMonths(frozenset(limit))
        return Band(parsed.get("id", ""), kind, limit, parsed.get("label", ""), place, parsed.get("common", False))

    # Limits

    def _limit(self, raw: Any, place: Place) -> Span | Decimal | ParamRef:
        if isinstance(raw, str) and raw.startswith("$"):
            return ParamRef(raw[1:])
        span = read_span(raw)
        if span is not None and span.unit != "working days":
            return span
        if isinstance(raw, str):
            self.reader.fault("L12", place, f"{raw} 不是界限。", "写成 90 days、1 month、300 或 $参数。")
            return UNREAD
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            self.reader.number(raw, place)
            return UNREAD
        number = Decimal(raw)
        if abs(number) > LARGEST:
            self.reader.fault("L12", place, f"界限 {raw} 太大。", "不能超过十亿。")
            return UNREAD
        return number

    def _limit_day(self, raw: Any, place: Place) -> date | ParamRef:
        if isinstance(raw, str) and raw.startswith("$"):
            return ParamRef(raw[1:])
        known = len(self.reader.faults)
        day = self.reader.day(raw, place)
        return day if len(self.reader.faults) == known else UNREAD

    def _limit_year(self, raw: Any, place: Place) -> CalendarYear:
        found = THIS_YEAR.match(str(raw))
        if found is None:
            self.reader.fault(
                "L12", place, f"{raw} 不是年份。", "写成 this、this - 1 或 this + 1；固定的年份用 before。"
            )
            return CalendarYear(0)
        return CalendarYear(int(found[1] + found[2]) if found[1] else 0)

    def _limit_month(self, raw: Any, place: Place) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= 12:
            self.reader.fault("L12", place, f"{raw} 不是月份。", "写 1 到 12，几个月写成 [3, 4, 5]。")
            return 1
        return raw

    # Checks of one question

    def check(self, question: Question, place: Place) -> None:
        """That its answers, range and bands go with its type."""
        self._check_answers(question, place)
        self._check_range(question)
        self._check_bands(question)

    def _check_answers(self, question: Question, place: Place) -> None:
        """That there is something to answer with, and that it goes with the question's type."""
        ids = {choice.id for choice in question.choices}
        if question.type not in ("date", "number"):
            self._check_choices(question, place)
        elif ids:
            self.reader.fault("L02", place, "date 和 number 没有选项。", "把 choices 换成 bands。")
        if question.common and question.type != "many":
            self.reader.fault("L02", place, "整题的 common 只给 many 用。", "写到常见的选项或分段里。")
        if question.type == "yesno" and ids != {"yes", "no"}:
            self.reader.fault("L06", place, "是非题的选项只能是 yes 和 no。", "或改成 type: choice。")
        if question.type == "many" and NONE in ids:
            self.reader.fault("L06", place, "多选题里 none 是保留的词。", "“都没有”由程序加上，去掉这个选项。")
        if question.least > 1 or (question.least and question.type != "many"):
            self.reader.fault("L04", place, "least 只能写 1，而且只用于多选题。")
        if question.none and (question.type != "many" or question.least):
            self.reader.fault("L02", place, "没有“都不选”可选，none 用不上。", "去掉 none，或改成 type: many。")

    def _check_choices(self, question: Question, place: Place) -> None:
        if not question.choices:
            self.reader.fault("L03", place, "这种问题要有选项。", "补上 choices。")
        if question.bands:
            self.reader.fault("L02", place, "只有 date 和 number 可以分段。", "去掉 bands，或改 type。")

    def _check_range(self, question: Question) -> None:
        if question.lowest > question.highest or max(-question.lowest, question.highest) > LARGEST:
            place = question.place or Place("", 1)
            self.reader.fault("L12", place, "lowest 要不大于 highest，两个都不能超过十亿。", "核对这两个数。")

    def _check_bands(self, question: Question) -> None:
        for number, band in enumerate(question.bands, 1):
            self._check_band(question, band, last=number == len(question.bands))
        if len({band.kind == "before" for band in question.bands if band.kind in ("up_to", "under", "before")}) > 1:
            place = question.place or Place("", 1)
            self.reader.fault("L12", place, "一个问题的分段要么都是时间长度，要么都是日期。")

    def _check_band(self, question: Question, band: Band, last: bool) -> None:
        at = band.place or Place("", 1)
        if (band.kind is None) != last:
            remedy = "给最后一段去掉界限。" if last else f"给它写 {'、'.join(KINDS)} 中的一个。"
            self.reader.fault("L12", at, "只有最后一段没有界限，而且必须没有。", remedy, id=band.id)
        elif isinstance(band.limit, ParamRef):
            self._check_param_limit(question, band, band.limit, at)
        elif band.kind and not _fits(question.type, band.kind, band.limit):
            remedy = "日期用时间长度或 before，数值用数字。"
            self.reader.fault("L12", at, "界限和问题的种类不合。", remedy, id=band.id)

    def _check_param_limit(self, question: Question, band: Band, ref: ParamRef, at: Place) -> None:
        if ref.name not in self.params:
            self.reader.doubtful.add(question.id)
        if ref == UNREAD or (ref.name not in self.params and self.open_params):
            return
        if ref.name not in self.params:
            self.reader.fault("L08", at, f"没有参数 {ref.name}。", nearest(ref.name, self.params), id=band.id)
            return
        for value in self.params[ref.name].values:
            if value.value is not None and not _fits(question.type, band.kind, limit_of(value.value, band.kind)):
                message = f"参数 {ref.name} 的值 {value.value} 不能当这里的界限。"
                self.reader.fault("L12", at, message, id=band.id)


def _fits(question_type: str, kind: str | None, limit: object) -> bool:
    if question_type == "number":
        return kind in ("up_to", "under") and isinstance(limit, Decimal)
    if kind == "before":
        return isinstance(limit, date)
    if kind in ("year", "months"):
        return isinstance(limit, CalendarYear | CalendarMonths)
    return isinstance(limit, Span) and limit.unit != "working days"
