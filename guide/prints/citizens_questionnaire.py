"""The questionnaire for citizens in words: whole sentences, no marks; in the active language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from bundles.conditions import ALWAYS, NEVER, Answered, Condition, Every, Not, Some
from bundles.dictionary import Region
from bundles.model import Bundle, Question
from bundles.paper.citizens import LEAVES, CitizensPaper, Need, NeededPaper, citizens_paper_of, is_plain, leaves_at
from bundles.paper.questionnaire import Mark, PaperItem, PaperMaterial, PaperStop, Range, Step
from guide.language.languages import say
from guide.language.pairs import chinese
from guide.language.wording import (
    choice_words,
    count_words,
    day_words,
    department_words,
    either,
    material_entry,
    person_words,
    place_name,
    rules_words,
    together,
)
from guide.papers.files import dated_head
from guide.papers.questionnaire import CitizensQuestionnaire, PlainAsked, PlainItem, PlainMaterials, PlainTick, in_rows
from guide.prints.paper_checklist import ChecklistOnPaper
from guide.prints.paper_questions import QuestionsOnPaper
from guide.prints.paper_words import PaperWords


def citizens_questionnaire_of(
    rules: Bundle, region: Region, today: date, link: str, large: bool
) -> CitizensQuestionnaire | None:
    """The paper of a bundle in a region by the rules of a day, where there is one; `link` is what the QR code opens."""
    paper = citizens_paper_of(rules, today)
    if paper is None or paper.unsaid:
        return None
    words = _Sentences(paper.sheet)
    asked, told = _Questions(words), _Told(paper, words)
    items, materials = tuple(map(told.item, paper.sheet.items)), tuple(told.materials())
    names = [*(item.name for item in items), *(name for group in materials for name, _many in group.listed)]
    return CitizensQuestionnaire(
        head=dated_head(say(rules.title), region, today, rules_words(words.bundle), link),
        title=_("纸上的问卷"),
        intro=tuple(_intro(words)),
        asked=tuple(map(asked.plain, paper.sheet.steps)),
        items_title=_("看您勾的，要办这几件"),
        items=items,
        joint=told.joint(),
        materials=materials,
        form=_("没写几份的，带一份原件。申请表到窗口要，或者扫上面的码，填好打印出来。"),
        marked=any("※" in name for name in names),
        large=large,
    )


def _intro(words: PaperWords) -> Iterator[str]:
    yield _("从第 1 题起往下看，在对的方框里打勾。写着“如果……才答”的，对不上就跳过去。")
    yield _("勾到“请到窗口”的，就答到这里，带上这张纸去窗口。")
    if any(isinstance(mark.reach, Range) for step in words.sheet.steps for mark in step.marks):
        yield _("写明的日子按 {day} 算。过了这天，日子请窗口重新算。").format(day=day_words(words.today))


class _Sentences(PaperWords):
    """Conditions as sentences: 第 3 题勾了“还没有办”."""

    def when(self, condition: Condition) -> str:
        match condition:
            case Answered():
                return _("第 {number} 题勾了{choices}").format(**self._named(condition, either))
            case Not(Answered() as test):
                return _("第 {number} 题没勾{choices}").format(**self._named(test, together))
            case Every(parts):
                return _("，并且").join(map(self.when, parts))
            case Some(parts):
                return _("；或者").join(map(self.when, parts))
            case _:
                raise TypeError(condition)

    def _named(self, test: Answered, joined: Callable[[list[str]], str]) -> dict[str, object]:
        step = next(step for step in self.sheet.steps if step.id == test.question)
        marks = [mark for mark in step.marks if mark.value in test.choices]
        labels = [_("“{choice}”").format(choice=QuestionsOnPaper(self).label(step, mark)) for mark in marks]
        return {"number": step.number, "choices": joined(labels)}


class _Questions(QuestionsOnPaper):
    """The questions, without a mark at any box."""

    def plain(self, step: Step) -> PlainAsked:
        asked = self.asked(replace(step, stops=tuple(stop for stop in step.stops if not leaves_at(stop, step))))
        ticks = [PlainTick(tick.label, () if _is_number(step) else tick.says, tick.onward) for tick in asked.ticks]
        written = not step.marks or self.starts_a_deadline(step)
        if isinstance(step.of, Question) and any(leaves_at(stop, step) for stop in step.stops):
            ticks.append(self.other(step.of))
        return PlainAsked(
            asked.number,
            asked.ask,
            asked.guard,
            tuple(hint for hint in asked.says if not _speaks_of_boxes(hint, step)),
            in_rows(ticks),
            asked.written if written else "",
            asked.unit if written else "",
            asked.day,
            (*asked.after, *asked.jumps),
        )

    def starts_a_deadline(self, step: Step) -> bool:
        return any(variant.value.start == step.id for entry in self.words.sheet.items for variant in entry.deadline)

    def onward(self, mark: Mark) -> str:
        """Where to go on; the next question needn't be said."""
        own = next(step.number for step in self.words.sheet.steps if mark in step.marks)
        return super().onward(mark) if mark.onward and mark.onward > own + 1 else ""

    def stop(self, stop: PaperStop) -> str:
        """What ends it here; of what leads to the counter that alone."""
        if not stop.stop.id.startswith(LEAVES):
            return super().stop(stop)
        return _("如果{when}，请到窗口，不用往下答").format(when=self.words.when(stop.when))

    def jumps(self, step: Step) -> Iterator[str]:
        for mark in step.marks:
            if self.onward(mark):
                label = _("“{choice}”").format(choice=self.label(step, mark))
                yield _("勾了 {mark} 的，{onward}").format(mark=label, onward=self.onward(mark))

    def other(self, question: Question) -> PlainTick:
        """The box of whoever finds no other. Where several may be ticked it names all that belong there: else
        somebody would tick that nothing applies.
        """
        left = [choice_words(question, choice) for choice in question.choices if choice.id in question.uncommon]
        label = _("别的情况，或者说不准")
        if question.type == "many":
            label = _("有别的：{choices}；或者说不准").format(choices=together(left))
        return PlainTick(label, then=_("请到窗口"))


def _is_number(step: Step) -> bool:
    """Whether it asks for a number, whose ranges have names that say them."""
    return isinstance(step.of, Question) and step.of.type == "number"


def _speaks_of_boxes(hint: str, step: Step) -> bool:
    """Whether a hint says what to choose or write, which may not be here: 请选最后两项."""
    return bool(isinstance(step.of, Question) and step.of.uncommon and set(chinese(hint)) & set("选填"))


@dataclass(frozen=True)
class _Told:
    """What the ticks come to: what to do, what to bring."""

    paper: CitizensPaper
    words: _Sentences

    @cached_property
    def checklist(self) -> ChecklistOnPaper:
        return ChecklistOnPaper(self.words)

    def item(self, entry: PaperItem) -> PlainItem:
        names = [say(variant.value) for variant in entry.words.get("name", ())]
        name = either(names or [say(entry.item.usual("name"))])
        return PlainItem(
            str(entry.number),
            name if entry.item.confirmed else f"{name}※",
            self.when(self.paper.items[entry.item.id], _("都要办"), _("要不要办，请问窗口")),
            tuple(self.facts_of(entry)),
        )

    def when(self, need: Need, always: str, ask: str) -> str:
        """When something is needed; what to ask where the counter knows it."""
        if need.when == ALWAYS:
            return always if need.sure else ask
        when = self.words.if_so(need.when, _("如果{when}"))
        return when if need.sure else _("{label}：{name}").format(label=when, name=ask)

    def facts_of(self, entry: PaperItem) -> Iterator[str]:
        """Where to go, and until when."""
        yield _("在哪里：{text}").format(text=self.place(entry) or _("请问窗口"))
        if entry.item.deadline:
            told = [self.checklist.until(variant.value)[0] for variant in entry.deadline]
            text = self.words.variants(entry.deadline, self.checklist.deadline) if told and all(told) else ""
            yield _("最晚：{text}").format(text=text or _("请问窗口"))

    def place(self, entry: PaperItem) -> str:
        """The place, or the department whose window it is; "" where that can't be told plainly."""
        bundle = self.words.bundle
        if "at" in entry.item.words:
            return self.words.variants(entry.words["at"], lambda variant: place_name(bundle, variant.value))
        return self.words.variants(
            entry.words.get("department", ()), lambda variant: department_words(bundle, variant.value)
        )

    def materials(self) -> Iterator[PlainMaterials]:
        """What is needed alike together, what all need first."""
        alike: dict[Need, list[tuple[str, str]]] = {}
        for entry in self.paper.papers:
            alike.setdefault(entry.need, []).append(self.material(entry))
        for need in sorted(alike, key=lambda need: (not need.sure, need.when != ALWAYS)):
            yield PlainMaterials(self.when(need, _("都要带"), _("要不要带，请问窗口")), tuple(alike[need]))

    def material(self, entry: NeededPaper) -> tuple[str, str]:
        """What it is called, and how many, where that is the same for all of which one is enough."""
        many = {self.how_many(one) for one in entry.of}
        return either([self.name(one) for one in entry.of]), many.pop() if len(many) == 1 else ""

    def name(self, entry: PaperMaterial) -> str:
        name, owner = say(material_entry(self.words.bundle, entry.id).name), person_words(self.words.bundle, entry.of)
        name = _("{person}的{material}").format(person=owner, material=name) if owner else name
        return name if all(line.confirmed for line in entry.lines) else f"{name}※"

    def how_many(self, entry: PaperMaterial) -> str:
        """How many, where it isn't one original."""
        return "" if self.checklist.counts(entry) == count_words(1, 0) else self.checklist.counts(entry)

    def joint(self) -> str:
        """That all can be handled as one, where a sentence says when."""
        when = self.paper.sheet.joint
        if when == NEVER or not is_plain(when):
            return ""
        joined = _("这些事项可以合在一起，一次申请。")
        return joined if when == ALWAYS else _("如果{when}，{text}").format(when=self.words.when(when), text=joined)
