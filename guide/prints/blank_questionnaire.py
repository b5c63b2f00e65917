"""The questionnaire on paper in words: marks, conditions over them and the checklist, in the active language."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby, product
from string import ascii_lowercase
from typing import TypeVar

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bundles.model import (
    ALWAYS,
    FIGURE,
    NEVER,
    Bundle,
    Computed,
    Condition,
    Deadline,
    FieldEntry,
    ParamRef,
    Region,
    Span,
    Variant,
    Word,
)
from bundles.paper.composing import paper_of
from bundles.paper.mark_words import MarkPhrases, mark_words
from bundles.paper.questionnaire import (
    Limit,
    Mark,
    NumberRange,
    PaperField,
    PaperItem,
    PaperMaterial,
    PaperNote,
    PaperQuestionnaire,
    PaperStop,
    Range,
    Step,
    TickedBox,
    Use,
)
from bundles.times import read_span
from guide.language.languages import say
from guide.language.wording import (
    band_words,
    choice_words,
    count_words,
    day_words,
    department_words,
    figure_words,
    material_entry,
    person_words,
    rules_words,
    span_words,
    waiver_words,
)
from guide.papers.contents import LONG_LINES, SQUARES, Field, Head, Option
from guide.papers.questionnaire import (
    Asked,
    BlankGroup,
    ListedItem,
    ListedMaterial,
    ListedNotes,
    PrintedBox,
    QuestionnairePaper,
    Section,
    Tick,
)

T = TypeVar("T")


def questionnaire_paper_of(rules: Bundle, region: Region, today: date, link: str, large: bool) -> QuestionnairePaper:
    """The blank questionnaire of a bundle in a region by the rules of a day; `link` is what the QR code opens."""
    return _Words(paper_of(rules, today), region).paper(link, large)


@dataclass(frozen=True)
class _Words:
    """One paper's parts in words."""

    sheet: PaperQuestionnaire
    region: Region

    @property
    def bundle(self) -> Bundle:
        return self.sheet.bundle

    @property
    def today(self) -> date:
        return self.sheet.rules.today

    def paper(self, link: str, large: bool) -> QuestionnairePaper:
        return QuestionnairePaper(
            head=self.head(link),
            title=_("问卷（没有手机、没有网也能用）"),
            intro=tuple(self.intro()),
            sections=tuple(self.sections()),
            list_title=_("清单：要办哪几件"),
            list_intro=tuple(self.list_intro()),
            facts=tuple(map(self.fact, self.sheet.boxes)),
            items=tuple(map(self.item, self.sheet.items)),
            materials_title=_("带哪些材料"),
            materials=tuple(map(self.material, self.sheet.materials)),
            notes_title=_("提醒"),
            notes=tuple(self.notes()),
            joint=tuple(self.joint()),
            form_title=_("申请表（空白）"),
            form_intro=_("只填对得上的。同一个人的同一项只写一次。"),
            groups=tuple(self.groups()),
            fact_phrase=_("如果{when}，在此打勾"),
            marks_line=_("勾了的记号写在这里，报给窗口："),
            declares=not any(self.entry(field).type == "signature" for field in self.sheet.fields),
            large=large,
        )

    def head(self, link: str) -> Head:
        made = datetime.combine(self.today, time(12), tzinfo=timezone.get_default_timezone())
        return Head(
            say(self.bundle.title), say(self.region.name), day_words(self.today), rules_words(self.bundle), "", link,
            made, translation.get_language() or "zh-hans",
        )  # fmt: skip

    def intro(self) -> Iterator[str]:
        """How to go through the questions."""
        yield _("从第 1 题起往下看，在对的方框里打勾。写着“如果……才答”的，对得上才答，对不上就跳过去。")
        yield _(
            "“3A”就是第 3 题的 A。“没勾”就是那个方框空着，那一题没有答也算。写着“到第 8 题”的，勾了就直接到那一题。"
        )
        if self.sheet.all_boxes:
            yield _("写着“在此打勾”的不是问题：前面说的对得上就勾，对不上就空着，后面要看它。")
        if any(isinstance(step.of, Computed) for step in self.sheet.steps):
            yield _("写着“窗口算”的要算日子或算钱，由窗口来勾；后面要看它的，也等窗口。")
        if any(isinstance(mark.reach, Range) for step in self.sheet.steps for mark in step.marks):
            yield _("写明的日子按 {day} 算。过了这天，日子请窗口重新算。").format(day=day_words(self.today))

    def list_intro(self) -> Iterator[str]:
        """How to read the checklist."""
        yield _("先勾要办的事，再看材料。“办第 1 件”就是第 1 件勾了“要办”或者“窗口定”。")
        if _unsure(self.sheet):
            yield _("※：还没有核实，以当地窗口为准。")

    # Conditions

    def when(self, condition: Condition) -> str:
        return mark_words(condition, self.sheet.names, _phrases())

    def if_so(self, condition: Condition, phrase: str) -> str:
        """A phrase about a condition; nothing where it always holds."""
        return "" if condition == ALWAYS else phrase.format(when=self.when(condition))

    def fact(self, box: TickedBox) -> PrintedBox:
        return PrintedBox(box.name, self.when(box.when))

    def word(self, word: Word[str]) -> str:
        """A word of the catalogue with when each of its variants counts."""
        return self.variants(word, lambda variant: self.marked(variant.value, variant.confirmed))

    def variants(self, word: Word[T], tell: Callable[[Variant[T]], str]) -> str:
        """The variants, each with when it counts, to be read from the first on."""
        said = [(tell(variant), variant.when) for variant in word]
        if len(said) == 1 and said[0][1] is None:
            return said[0][0]
        parts = [
            _("不然，{text}").format(text=text) if when is None
            else _("如果{when}，{text}").format(when=self.when(when), text=text)
            for text, when in said
        ]  # fmt: skip
        return _("；").join(parts)

    def marked(self, text: str, confirmed: bool) -> str:
        """A text of the catalogue, its figures left to the counter, with ※ where nobody has confirmed it."""
        said = say(text)
        if any(name in self.bundle.figures for name in FIGURE.findall(text)):
            said = FIGURE.sub(figure_words(None), said)
        return said if confirmed else f"{said}※"

    # Questions

    def sections(self) -> Iterator[Section]:
        """Neighbours with one heading together; a result stands where it is worked out."""
        titles: list[str] = []
        for step in self.sheet.steps:
            titles.append(titles[-1] if isinstance(step.of, Computed) and titles else _section(step))
        for title, pairs in groupby(zip(titles, self.sheet.steps, strict=True), key=lambda pair: pair[0]):
            yield Section(say(title), tuple(self.asked(step) for _title, step in pairs))

    def asked(self, step: Step) -> Asked:
        of = step.of
        if isinstance(of, Computed):
            ask, says = _("窗口算：{what}").format(what=say(of.label) or of.id), [""]
        else:
            ask, says = say(of.ask), [say(of.hint), _("可以勾几个。") if of.type == "many" else ""]
        return Asked(
            str(step.number),
            ask,
            self.if_so(step.guard, _("如果{when}，才答")),
            tuple(filter(None, says)),
            tuple(self.tick(step, mark) for mark in step.marks),
            _written(step),
            self.unit(step) if _written(step) else "",
            not isinstance(of, Computed) and of.type == "date",
            tuple(map(self.fact, step.boxes)),
            tuple(map(self.stop, step.stops)),
            tuple(self.jumps(step)) if _read_on(step) else (),
        )

    def jumps(self, step: Step) -> Iterator[str]:
        """Where to go on after what is read behind the question."""
        for mark in step.marks:
            if mark.onward:
                yield _("勾了 {mark} 的，{onward}").format(mark=mark.name, onward=self.onward(mark))

    def onward(self, mark: Mark) -> str:
        if not mark.onward:
            return ""
        if mark.onward > len(self.sheet.steps):
            return _("问题答完了，看清单")
        return _("到第 {number} 题").format(number=mark.onward)

    def tick(self, step: Step, mark: Mark) -> Tick:
        hint = say(mark.choice.hint) if mark.choice else ""
        reach = "" if _says_its_limit(mark) else _reach_words(mark, self.unit(step))
        says = [reach, self.if_so(mark.offered, _("如果{when}，才能勾")), hint]
        onward = "" if _read_on(step) else self.onward(mark)
        return Tick(mark.name, self.label(step, mark), tuple(filter(None, says)), onward)

    def unit(self, step: Step) -> str:
        return "" if isinstance(step.of, Computed) else say(step.of.unit)

    def label(self, step: Step, mark: Mark) -> str:
        """What a mark stands for."""
        of = step.of
        if isinstance(of, Computed):
            return say(of.labels.get(mark.value, mark.value))
        if mark.choice:
            return choice_words(of, mark.choice)
        return band_words(of, mark.value) if mark.band else _("都没有")

    def stop(self, stop: PaperStop) -> str:
        tell = self.marked(stop.stop.tell, stop.stop.confirmed)
        instead = self.marked(stop.stop.instead, confirmed=True)
        return _("如果{when}，到此为止：{tell}{instead}").format(when=self.when(stop.when), tell=tell, instead=instead)

    # The checklist

    def item(self, entry: PaperItem) -> ListedItem:
        words = entry.words
        name = self.word(words["name"]) if words.get("name") else entry.item.id
        department = self.variants(
            words.get("department", ()), lambda variant: department_words(self.bundle, variant.value)
        )
        says = [department, *self.facts_of(entry)]
        return ListedItem(
            str(entry.number),
            name if entry.item.confirmed else f"{name}※",
            tuple(self.standings(entry)),
            tuple(filter(None, says)),
        )

    def standings(self, entry: PaperItem) -> Iterator[tuple[str, str]]:
        """Each standing that the item may have, with when it does; the second is read where the first doesn't hold."""
        if entry.applies != NEVER:
            yield _("要办"), self.if_so(entry.applies, _("如果{when}")) or _("都要办")
        if entry.counter != NEVER:
            phrase = _("如果{when}") if entry.applies == NEVER else _("不然，如果{when}")
            always = _("都由窗口定") if entry.applies == NEVER else _("不然")
            yield _("窗口定"), self.if_so(entry.counter, phrase) or always

    def facts_of(self, entry: PaperItem) -> Iterator[str]:
        """When, where, how much, what comes of it."""
        if entry.deadline:
            yield _("最晚：{text}").format(text=self.variants(entry.deadline, self.deadline))
        lines = [
            ("days", _("多久：{text}")),
            ("fee", _("费用：{text}")),
            ("where" if "where" in entry.words else "how", _("在哪里：{text}")),
            ("result", _("拿到：{text}")),
        ]
        for name, phrase in lines:
            if entry.words.get(name) and not (name == "days" and entry.deadline):
                yield phrase.format(text=self.word(entry.words[name]))

    def deadline(self, variant: Variant[Deadline]) -> str:
        """How long there is, and from the day of which question on."""
        within = variant.value.within
        span, confirmed = (within, True) if isinstance(within, Span) else self.period(within)
        if span is None:
            return _("期限以当地窗口为准")
        number = next(step.number for step in self.sheet.steps if step.id == variant.value.start)
        text = _("从第 {number} 题的日子起 {span}以内").format(number=number, span=span_words(span))
        return text if confirmed and variant.confirmed else f"{text}※"

    def period(self, param: ParamRef) -> tuple[Span | None, bool]:
        value = self.bundle.params[param.name].on(self.today)
        return read_span(value.value), value.confirmed

    def uses(self, uses: Iterable[Use]) -> str:
        """When something is needed: for which items, and under which marks."""
        return _("；").join(map(self.use, uses))

    def use(self, use: Use) -> str:
        items = "" if len(use.items) == len(self.sheet.items) else _("、").join(map(str, use.items))
        phrases = {
            (True, True): _("都要"),
            (True, False): _("如果{when}"),
            (False, True): _("办第 {items} 件"),
            (False, False): _("办第 {items} 件，如果{when}"),
        }
        phrase = phrases[not items, use.when == ALWAYS]
        return phrase.format(items=items, when="" if use.when == ALWAYS else self.when(use.when))

    def material(self, entry: PaperMaterial) -> ListedMaterial:
        name, owner = say(material_entry(self.bundle, entry.id).name), person_words(self.bundle, entry.of)
        name = _("{person}的{material}").format(person=owner, material=name) if owner else name
        sure = all(line.confirmed for line in entry.lines)
        waivers = {line.waived_by for line in entry.lines}
        how_many = [
            _counts(entry),
            _("每人一份") if entry.of in self.bundle.repeat else "",
            waiver_words(waivers.pop()) if len(waivers) == 1 else "",
        ]
        says = [
            _("；").join(filter(None, how_many)),
            say(material_entry(self.bundle, entry.id).hint),
            *(say(note) for note in dict.fromkeys(line.note for line in entry.lines)),
        ]
        return ListedMaterial(name if sure else f"{name}※", self.uses(entry.uses), tuple(filter(None, says)))

    def notes(self) -> Iterator[ListedNotes]:
        """Notes, those that hold alike together, in the order of the first of them."""
        alike: dict[str, list[str]] = {}
        for entry in self.sheet.notes:
            if entry.when != NEVER:
                text = self.marked(entry.note.tell, entry.note.confirmed)
                alike.setdefault(self.when_told(entry), []).append(text)
        return (ListedNotes(when, tuple(texts)) for when, texts in alike.items())

    def when_told(self, entry: PaperNote) -> str:
        if entry.item is None:
            return self.if_so(entry.when, _("如果{when}")) or _("都看一看")
        phrase = _("第 {number} 件要办") if entry.when == ALWAYS else _("第 {number} 件要办，如果{when}")
        return phrase.format(number=entry.item, when="" if entry.when == ALWAYS else self.when(entry.when))

    def joint(self) -> Iterator[str]:
        """Whether all can be handled as one."""
        joined = _("这些事项可以合在一起，一次申请。")
        apart = say(self.bundle.joint_else) or _("这些事项不能全部合在一起办，请先问当地窗口哪些要分开办。")
        when = self.sheet.joint
        if when in (ALWAYS, NEVER):
            yield joined if when == ALWAYS else apart
        else:
            yield _("如果{when}，{text}").format(when=self.when(when), text=joined)
            yield _("不然，{text}").format(text=apart)

    # The form

    def groups(self) -> Iterator[BlankGroup]:
        """The fields of each person, each with the letter of when it is needed."""
        for person, fields in groupby(self.sheet.fields, key=lambda field: field.person):
            needed = list(fields)
            letters = dict(zip(dict.fromkeys(field.uses for field in needed), _letters(), strict=False))
            boxes = tuple(self.box(field, letters[field.uses] if len(letters) > 1 else "") for field in needed)
            yield BlankGroup(
                person_words(self.bundle, person),
                tuple((letter if len(letters) > 1 else "", self.uses(uses)) for uses, letter in letters.items()),
                boxes,
                _("有几位就各写一份，写不下的另附纸") if person in self.bundle.repeat else "",
            )

    def entry(self, field: PaperField) -> FieldEntry:
        return self.bundle.dictionaries.fields.get(field.id) or FieldEntry(field.id)

    def box(self, field: PaperField, letter: str) -> Field:
        entry = self.entry(field)
        return Field(
            f"{say(entry.label)} {letter}".strip(),
            wide=entry.type in ("address", "long"),
            options=tuple(Option(option, say(option)) for option in entry.options),
            squares=SQUARES.get(entry.type, 0),
            lines=LONG_LINES if entry.type == "long" else 1,
        )


def _letters() -> Iterator[str]:
    """a, b, c …, then aa, ab …"""
    yield from ascii_lowercase
    yield from map("".join, product(ascii_lowercase, repeat=2))


def _phrases() -> MarkPhrases:
    return MarkPhrases(
        also=_("，并且"),
        either=_("；或者"),
        any_of=_("或"),
        listed=_("、"),
        unticked=_("{marks}没勾"),
        all_unticked=_("{marks}都没勾"),
        together=_("（{condition}）"),
    )


def _read_on(step: Step) -> bool:
    """Whether something behind the question is read before any jump."""
    return bool(step.boxes or step.stops)


def _section(step: Step) -> str:
    return "" if isinstance(step.of, Computed) else step.of.section


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


def _written(step: Step) -> str:
    """What to write beside the ticks, or instead of them."""
    if isinstance(step.of, Computed) or not (step.written or not step.marks):
        return ""
    return _("写下日子：") if step.of.type == "date" else _("写下数字：")


def _says_its_limit(mark: Mark) -> bool:
    """Whether the label of a band of numbers names the number at its end."""
    if not isinstance(mark.reach, NumberRange) or mark.band is None:
        return False
    end = mark.reach.highest or mark.reach.lowest
    return end is None or f"{end.number:f}" in mark.band.label


def _reach_words(mark: Mark, unit: str) -> str:
    """What a band reaches from and to."""
    match mark.reach:
        case Range(None, date() as last):
            return _("{day}或更早").format(day=day_words(last))
        case Range(date() as first, None):
            return _("{day}或更晚").format(day=day_words(first))
        case Range(date() as first, date() as last):
            return _("{first}到{last}").format(first=day_words(first), last=day_words(last))
        case NumberRange(lowest, highest):
            return _("，").join(filter(None, [_end(lowest, unit, lower=True), _end(highest, unit, lower=False)]))
        case _:
            return ""


def _end(limit: Limit | None, unit: str, lower: bool) -> str:
    if limit is None:
        return ""
    phrases = {
        (True, True): _("至少{limit}"), (True, False): _("超过{limit}"),
        (False, True): _("不超过{limit}"), (False, False): _("不到{limit}"),
    }  # fmt: skip
    return phrases[lower, limit.included].format(limit=f"{limit.number:f} {unit}".strip())


def _counts(entry: PaperMaterial) -> str:
    """How many originals and copies; the most that are asked, where it depends."""
    asked = {(original.value, copy.value)
             for line in entry.lines for original in line.originals for copy in line.copies}  # fmt: skip
    most = count_words(max(pair[0] for pair in asked), max(pair[1] for pair in asked))
    return most if len(asked) == 1 else _("最多{count}").format(count=most)
