"""The checklist behind the blank questionnaire in words: items, materials, notes, and when each holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from bundles.conditions import ALWAYS, NEVER
from bundles.model import Count, Deadline, MaterialLine, Variant
from bundles.paper.questionnaire import PaperItem, PaperMaterial, PaperNote, PaperQuestionnaire
from bundles.times import read_span
from bundles.values import EndOf, FigureRef, ParamRef, Span
from guide.editors.rules_in_words import Sheet
from guide.language.languages import say
from guide.language.wording import (
    count_words,
    day_words,
    department_words,
    each_words,
    end_words,
    material_entry,
    person_words,
    span_words,
    together,
    waiver_words,
)  # fmt: skip
from guide.notice.phrases import NOTICE
from guide.papers.questionnaire import ListedItem, ListedMaterial, ListedNotes
from guide.prints.paper_words import PaperWords


@dataclass(frozen=True)
class ChecklistOnPaper:
    """The checklist of one questionnaire."""

    words: PaperWords

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.words.bundle)

    def list_intro(self) -> Iterator[str]:
        """How to read the checklist."""
        yield _("先勾要办的事，再看材料。“办第 1 件”就是第 1 件勾了“要办”或者“窗口定”。")
        if _unsure(self.words.sheet):
            yield _("※：还没有核实，以当地窗口为准。")

    def item(self, entry: PaperItem) -> ListedItem:
        words = entry.words
        name = self.words.word(words["name"]) if words.get("name") else entry.item.id
        department = self.words.variants(
            words.get("department", ()), lambda variant: department_words(self.words.bundle, variant.value)
        )
        says = [department, *self.sheet.rivalries(entry.item.id), *self.facts_of(entry)]
        return ListedItem(
            str(entry.number),
            name if entry.item.confirmed else f"{name}※",
            tuple(self.standings(entry)),
            tuple(filter(None, says)),
        )

    def standings(self, entry: PaperItem) -> Iterator[tuple[str, str]]:
        """Each standing that the item may have, with when it does; the second is read where the first doesn't hold."""
        if entry.applies != NEVER:
            yield _("要办"), self.words.if_so(entry.applies, _("如果{when}")) or _("都要办")
        if entry.counter != NEVER:
            phrase = _("如果{when}") if entry.applies == NEVER else _("不然，如果{when}")
            always = _("都由窗口定") if entry.applies == NEVER else _("不然")
            yield _("窗口定"), self.words.if_so(entry.counter, phrase) or always

    def facts_of(self, entry: PaperItem) -> Iterator[str]:
        """When, where, how much, what comes of it."""
        if entry.deadline:
            yield _("最晚：{text}").format(text=self.words.variants(entry.deadline, self.deadline))
        lines = [
            ("due", _("什么时候：{text}")),
            ("days", _("多久：{text}")),
            ("fee", _("费用：{text}")),
            ("where" if "where" in entry.words else "how", _("在哪里：{text}")),
            ("result", _("拿到：{text}")),
        ]
        for name, phrase in lines:
            if entry.words.get(name) and not (name == "days" and entry.deadline):
                yield phrase.format(text=self.words.word(entry.words[name]))

    def deadline(self, variant: Variant[Deadline]) -> str:
        """How long there is, and from the day of which question on."""
        deadline = variant.value
        text, confirmed = self.until(deadline)
        if not text:
            return _("期限以当地窗口为准")
        if deadline.contested:
            text = _("{said}；有异议的 {longer}").format(said=text, longer=span_words(deadline.contested))
        return text if confirmed and variant.confirmed else f"{text}※"

    def until(self, deadline: Deadline) -> tuple[str, bool]:
        """How long there is, or up to which day, and whether that is confirmed; nothing where the counter says it."""
        number = next((step.number for step in self.words.sheet.steps if step.id == deadline.start), None)
        match deadline.within:
            case date():
                return _("到 {day} 为止").format(day=day_words(deadline.within)), True
            case EndOf():
                return _("到第 {number} 题的日子的{end}").format(number=number, end=end_words(deadline.within)), True
            case FigureRef():
                return "", True
            case within:
                span, confirmed = (within, True) if isinstance(within, Span) else self.period(within)
                said = _("从第 {number} 题的日子起 {span}以内")
                return said.format(number=number, span=span_words(span)) if span else "", confirmed

    def period(self, param: ParamRef) -> tuple[Span | None, bool]:
        value = self.words.bundle.params[param.name].on(self.words.today)
        return read_span(value.value), value.confirmed

    def material(self, entry: PaperMaterial) -> ListedMaterial:
        name, owner = say(material_entry(self.words.bundle, entry.id).name), person_words(self.words.bundle, entry.of)
        name = _("{person}的{material}").format(person=owner, material=name) if owner else name
        sure = all(line.confirmed for line in entry.lines)
        waivers = {tuple(variant.value for variant in line.waived_by if variant.when is None) for line in entry.lines}
        how_many = [
            self.counts(entry),
            _("每人一份") if entry.of in self.words.bundle.repeat and not any(map(_is_each, entry.lines)) else "",
            *(map(waiver_words, waivers.pop()) if len(waivers) == 1 else ()),
        ]
        hints = (material_entry(self.words.bundle, entry.id).hint, *(line.note for line in entry.lines))
        says = [
            *self.choices(entry),
            _("；").join(filter(None, how_many)),
            *(say(text) for text in dict.fromkeys(hints) if text and self.first_said(text, entry)),
        ]
        return ListedMaterial(name if sure else f"{name}※", self.words.uses(entry.uses), tuple(filter(None, says)))

    def first_said(self, text: str, entry: PaperMaterial) -> bool:
        """Whether a hint or note stands at the first paper of its kind that says it: the next person's needn't."""
        alike = (other for other in self.words.sheet.materials if other.id == entry.id)
        own = material_entry(self.words.bundle, entry.id).hint
        return next(other is entry for other in alike if text == own or any(line.note == text for line in other.lines))

    def choices(self, entry: PaperMaterial) -> Iterator[str]:
        """With which others one of them is enough, and for which items, where it isn't so for all that ask for it."""
        asked = [(item, line) for item in self.words.sheet.items for line in item.item.materials
                 if (line.id, line.of) == (entry.id, entry.of)]  # fmt: skip
        found: dict[str, list[int]] = {}
        for item, line in asked:
            if line.any_of:
                text = _("；").join(filter(None, self.sheet.choice(line, item.item)))
                found.setdefault(text, []).append(item.number)
        for text, numbers in found.items():
            those = NOTICE["for_items"] % {"numbers": together(dict.fromkeys(numbers))}
            yield text if len(numbers) == len(asked) else _("{label}：{name}").format(label=those, name=text)

    def counts(self, entry: PaperMaterial) -> str:
        """How many originals and copies; the most that are asked, where it depends."""
        words = [(line.originals, line.copies) for line in entry.lines]
        originals, copies = ({variant.value for pair in words for variant in pair[turn]} for turn in (0, 1))
        most = count_words(self._most(originals), self._most(copies))
        return most if len(originals) == len(copies) == 1 else _("最多{count}").format(count=most)

    def _most(self, counts: Iterable[Count]) -> int | str:
        each = [count for count in counts if count.per and count.number]
        most = max(each or counts, key=lambda count: count.number)
        return each_words(self.words.bundle.question(most.per), most.number) if each else most.number

    def notes(self) -> Iterator[ListedNotes]:
        """Notes, those that hold alike together, in the order of the first of them."""
        alike: dict[str, list[str]] = {}
        for entry in self.words.sheet.notes:
            if entry.when != NEVER:
                text = self.words.told(entry.note.tell, entry.note)
                alike.setdefault(self.when_told(entry), []).append(text)
        return (ListedNotes(when, tuple(texts)) for when, texts in alike.items())

    def when_told(self, entry: PaperNote) -> str:
        if entry.item is None:
            return self.words.if_so(entry.when, _("如果{when}")) or _("都看一看")
        phrase = _("第 {number} 件要办") if entry.when == ALWAYS else _("第 {number} 件要办，如果{when}")
        return phrase.format(number=entry.item, when="" if entry.when == ALWAYS else self.words.when(entry.when))

    def joint(self) -> Iterator[str]:
        """Whether all can be handled as one."""
        joined = _("这些事项可以合在一起，一次申请。")
        apart = say(self.words.bundle.joint_else) or _("这些事项不能全部合在一起办，请先问当地窗口哪些要分开办。")
        when = self.words.sheet.joint
        if when in (ALWAYS, NEVER):
            yield joined if when == ALWAYS else apart
        else:
            yield _("如果{when}，{text}").format(when=self.words.when(when), text=joined)
            yield _("不然，{text}").format(text=apart)


def _unsure(sheet: PaperQuestionnaire) -> bool:
    """Whether anything on the checklist is marked as not confirmed."""
    said = [variant for entry in sheet.items for word in entry.words.values() for variant in word]
    lines = [line for entry in sheet.materials for line in entry.lines]
    sure = [
        *(entry.item.confirmed for entry in sheet.items),
        *(variant.confirmed for variant in said),
        *(line.confirmed for line in lines),
        *(entry.note.confirmed for entry in sheet.notes),
    ]
    return not all(sure)


def _is_each(line: MaterialLine) -> bool:
    """Whether as many are asked for each of some persons."""
    return any(variant.value.per for variant in (*line.originals, *line.copies))
