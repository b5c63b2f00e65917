"""A bundle's rules as a reviewer reads them: every condition in words, every scenario with what comes of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bundles.amounts import Asked, Leaf, Looked, Named, Ticked, Valued
from bundles.conditions import Condition, Wording
from bundles.conditions import say as condition_words
from bundles.dictionary import FieldEntry, Source
from bundles.facts import Fact
from bundles.model import (
    NONE,
    Bundle,
    Choice,
    Count,
    Deadline,
    FieldLine,
    Item,
    MaterialLine,
    Note,
    OneOf,
    Question,
    Stop,
    Variant,
    Word,
)
from bundles.reading.syntax import applies_fact, told_fact
from bundles.times import read_span
from bundles.values import FIGURE, Computed, EndOf, FigureEntry, Span
from guide.editors.rule_lines import ItemSheet, QuestionSheet, Reaching, RuleLine
from guide.language.amounts import cases_in_words, cells_in_words
from guide.language.languages import say
from guide.language.wording import (
    band_words,
    choice_words,
    count_words,
    day_words,
    department_words,
    each_words,
    either,
    end_words,
    material_entry,
    none_words,
    person_words,
    place_name,
    span_words,
    waiver_words,
)


class Sheet:
    """All rules of a bundle in words; with the cases that reach them, where these are given (by kind and id)."""

    def __init__(self, bundle: Bundle, reaching: Mapping[str, Mapping[str, Reaching]] | None = None) -> None:
        self.bundle = bundle
        self.reaching = reaching
        self.questions_by_id = {question.id: question for question in bundle.questions}
        self.computed_by_id = {computed.id: computed for computed in bundle.computed}
        self.wording = Wording(
            name=self._name,
            value=self.value_name,
            facts=bundle.facts,
            labels={**{id: say(label) for id, label in bundle.fact_labels.items()}, **dict(self._facts_of_items())},
            labelled=_("“{label}”"),
            also=_("，并且"),
            either=_("；或者"),
            negated=_("不是（{condition}）"),
            answered=_("“{question}”选了{values}"),
            choices=_("或"),
            valued=_("这里有{names}"),
            confirmed=_("本地公布了{names}"),
            listed=_("、"),
            always=_("总是"),
            never=_("从不"),
        )

    def _facts_of_items(self) -> Iterator[tuple[str, str]]:
        """What conditions call it that an item is told, or applies."""
        for item in (item for item in self.bundle.items if told_fact(item.id) in self.bundle.facts):
            yield told_fact(item.id), _("办理“{item}”").format(item=self.item_name(item.id))
            yield applies_fact(item.id), _("{item}适用").format(item=self.item_name(item.id))

    def _name(self, id: str) -> str:
        if id in self.questions_by_id:
            return say(self.questions_by_id[id].ask)
        if id in self.computed_by_id and self.computed_by_id[id].label:
            return say(self.computed_by_id[id].label)
        figure, table, param = self.bundle.figures.get(id), self.bundle.tables.get(id), self.bundle.params.get(id)
        label = next((entry.label for entry in (figure, table, param) if entry and entry.label), "")
        return say(label) or id

    def value_name(self, id: str, value: str) -> str:
        """What an answer to a question is called: a choice, a band, none of them; a computed result by itself."""
        question = self.questions_by_id.get(id)
        if question is None:
            return say(self.computed_by_id[id].labels.get(value, "")) or value
        if value == NONE:
            return none_words(question)
        choice = next((choice for choice in question.choices if choice.id == value), None)
        return choice_words(question, choice) if choice else band_words(question, value)

    def words(self, condition: Condition | None) -> str:
        """A condition in words; nothing for one that always holds."""
        return "" if condition is None else condition_words(condition, self.wording)

    def text(self, text: str) -> str:
        """A text of the catalogue, what is worked out in it by its name."""

        def name(found: re.Match[str]) -> str:
            entry = self.bundle.figures.get(found[1])
            return f"〔{say(entry.label) or entry.id}〕" if entry else found[0]

        return FIGURE.sub(name, say(text))

    @property
    def figures(self) -> list[RuleLine]:
        """What is worked out of answers, by which function, and what conditions test of it."""
        computed = [self._worked_out(entry, None, True) for entry in self.bundle.computed]
        return computed + [
            self._worked_out(entry, entry.source, entry.confirmed) for entry in self.bundle.figures.values()
        ]

    def _worked_out(self, entry: Computed | FigureEntry, source: str | None, confirmed: bool) -> RuleLine:
        used = _("用到：{questions}").format(questions=_("、").join(map(self._name, entry.questions)))
        how = cases_in_words(entry.cases, self._leaf, self.words) if entry.cases else (entry.by,)
        more = (*how, used) if entry.questions else how
        return RuleLine(
            entry.id,
            say(entry.label) or entry.id,
            "",
            more,
            self._source(source),
            confirmed,
            remark=entry.remark,
            until=entry.until if isinstance(entry, FigureEntry) else None,
        )

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Asked(name) | Ticked(name) | Valued(name) | Looked(name) | Named(name):
                return self._name(name)
            case _:
                raise TypeError(leaf)

    @property
    def facts(self) -> list[RuleLine]:
        """What the conditions call by a label."""
        told = {id: self.bundle.facts[id] for id in self.bundle.fact_labels}
        return [RuleLine(id, self.wording.labels[id], self.words(condition)) for id, condition in told.items()]

    @property
    def tables(self) -> list[RuleLine]:
        """The tables that amounts look into, each value in words."""
        today = timezone.localdate()
        return [
            RuleLine(
                table.id, say(table.label) or table.id, "",
                cells_in_words(self.bundle, table, today),
                **self._standing(table.on(today)),
            )
            for table in self.bundle.tables.values()
        ]  # fmt: skip

    def _source(self, id: str | None) -> Source | None:
        return self.bundle.sources.get(id) if id else None

    @property
    def questions(self) -> list[QuestionSheet]:
        return [QuestionSheet(self._question(question), self._choices(question)) for question in self.bundle.questions]

    def _question(self, question: Question) -> RuleLine:
        table = next((table for table in self.bundle.members if question.id in table.questions), None)
        counted = _("由表格“{table}”算出").format(table=say(table.ask)) if table else ""
        more = tuple(filter(None, [say(question.hint), say(question.why), counted]))
        return RuleLine(question.id, say(question.ask), self.words(question.when), more, remark=question.remark)

    def _choices(self, question: Question) -> list[RuleLine]:
        if question.bands:
            return [RuleLine(band.id, band_words(question, band.id)) for band in question.bands]
        return [self._choice(question, choice) for choice in question.choices]

    def _choice(self, question: Question, choice: Choice) -> RuleLine:
        more = (say(choice.hint),) if choice.hint else ()
        return RuleLine(choice.id, choice_words(question, choice), self.words(choice.when), more)

    @property
    def stops(self) -> list[RuleLine]:
        return [self._stop(stop) for stop in self.bundle.stops]

    def _stop(self, stop: Stop) -> RuleLine:
        return RuleLine(
            stop.id, self.text(stop.tell), self.words(stop.when), (self.text(stop.instead),),
            cases=self._cases("stop", stop.id), **self._standing(stop),
        )  # fmt: skip

    def _standing(self, fact: Fact) -> dict[str, Any]:
        """What is known of a fact, as a line shows it."""
        return {
            "source": self._source(fact.source),
            "confirmed": fact.confirmed,
            "remark": fact.remark,
            "until": fact.until,
        }

    def _cases(self, kind: str, name: str) -> Reaching | None:
        return None if self.reaching is None else self.reaching[kind].get(name, Reaching())

    @property
    def notes(self) -> list[RuleLine]:
        return self._notes(self.bundle.notes)

    def _notes(self, notes: Iterable[Note], item: str = "") -> list[RuleLine]:
        return [
            RuleLine(
                note.id, self.text(note.tell), self.words(note.when),
                cases=self._cases("note", f"{item} {note.id}".strip()), **self._standing(note),
            )
            for note in notes
        ]  # fmt: skip

    @property
    def joint(self) -> str:
        return self.words(self.bundle.joint)

    @property
    def params(self) -> list[RuleLine]:
        """What a region may set, with every value and the day from which it counts."""
        return [
            RuleLine(
                param.id,
                say(param.label) or param.id,
                "",
                tuple(
                    _("{day}起：{value}").format(day=day_words(value.start), value=self.param_value(value.value))
                    if value.start
                    else self.param_value(value.value)
                    for value in param.values
                ),
                self._source(param.values[-1].source) if param.values else None,
                all(value.confirmed for value in param.values),
                remark=_("；").join(filter(None, (value.remark for value in param.values))),
                until=param.values[-1].until if param.values else None,
            )
            for param in self.bundle.params.values()
        ]

    @staticmethod
    def param_value(value: object) -> str:
        """A param's value, or that there is none."""
        span = read_span(value)
        return _("没有查到") if value is None else span_words(span) if span else str(value)

    @property
    def one_of(self) -> list[RuleLine]:
        """The items of which only one can be had, and what the applicant may have already, the first of which wins."""
        return [self._one_of(one_of) for one_of in self.bundle.one_of]

    def _one_of(self, one_of: OneOf) -> RuleLine:
        names = [self.item_name(rival.item) if rival.item else say(rival.label) for rival in one_of.rivals]
        text = _("{names}，只能办一样；{name}优先。").format(names=_("、").join(names), name=names[0]) if names else ""
        held = [(rival.label, rival.held) for rival in one_of.rivals if rival.held is not None]
        order = _("前面的优先：{names}").format(names=_("、").join(names))
        more = [_("{label}：{name}").format(label=say(label), name=self.words(when)) for label, when in held]
        return RuleLine(
            one_of.id,
            self.text(one_of.tell) or text,
            "",
            (order, *more),
            **self._standing(one_of),
        )

    def rivalries(self, item: str) -> list[str]:
        """What is said beside an item of which only one can be had with others."""
        groups = zip(self.bundle.one_of, self.one_of, strict=True)
        return [line.text for one_of, line in groups if item in (rival.item for rival in one_of.rivals)]

    @property
    def items(self) -> list[ItemSheet]:
        return [self._item(item) for item in self.bundle.items]

    def _item(self, item: Item) -> ItemSheet:
        return ItemSheet(
            RuleLine(
                item.id,
                self.item_name(item.id),
                self.words(item.as_written.when),
                tuple(department_words(self.bundle, one.value) for one in item.words.get("department", ())),
                cases=self._cases("item", item.id),
                **self._standing(item),
            ),
            self.words(item.as_written.may_when),
            [self.item_name(id) for id in item.after],
            [*self._words(item), *self._deadlines(item.deadline)],
            [self._material(line, item) for line in item.materials],
            [how_many for line in item.materials for how_many in self._how_many(line)],
            [self._field(line) for line in item.fields],
            self._notes(item.notes, item.id),
        )

    def _word(self, name: str, value: str) -> str:
        return place_name(self.bundle, value) if name == "at" else self.text(value)

    def item_name(self, id: str) -> str:
        """An item's usual name."""
        item = next(item for item in self.bundle.items if item.id == id)
        return say(item.usual("name")) or id

    def _words(self, item: Item) -> list[RuleLine]:
        labels = {
            "at": _("归到哪一处办"), "result": _("办成后得到"), "where": _("在哪里办"), "how": _("怎么办"),
            "fee": _("费用"), "due": _("什么时候办"), "days": _("多久办好"), "legal_days": _("法律规定多久办好"),
            "basis": _("依据"),
        }  # fmt: skip

        return [
            self._variant(name, label, self._word(name, variant.value), variant)
            for name, label in labels.items()
            for variant in item.words.get(name, ())
        ]

    def _deadlines(self, word: Word[Deadline]) -> list[RuleLine]:
        return [self._variant("deadline", _("期限"), self.deadline(variant.value), variant) for variant in word]

    def deadline(self, deadline: Deadline) -> str:
        """A period, and from which answer it runs."""
        start, within = self._name(deadline.start), deadline.within
        if isinstance(within, date):
            return _("到 {day} 为止").format(day=day_words(within))
        if isinstance(within, EndOf):
            return _("到“{start}”的{end}为止").format(start=start, end=end_words(within))
        words = span_words(within) if isinstance(within, Span) else self._name(within.name)
        said = _("从“{start}”起 {within}").format(start=start, within=words)
        if deadline.contested:
            return _("{said}；有异议的 {longer}").format(said=said, longer=span_words(deadline.contested))
        return said

    def _variant(self, word: str, label: str, text: str, variant: Variant[object]) -> RuleLine:
        return RuleLine(label, text, self.words(variant.when), word=word, **self._standing(variant))

    def _material(self, line: MaterialLine, item: Item) -> RuleLine:
        more = [*self.choice(line, item), *self._numbers(line), *map(self._waiver, line.waived_by), say(line.note)]
        return RuleLine(
            line.id, material_name(self.bundle, line.id, line.of), self.words(line.written_when),
            tuple(filter(None, more)), group=line.group, **self._standing(line),
        )  # fmt: skip

    def choice(self, line: MaterialLine, item: Item) -> Iterable[str]:
        """With which other papers of the item it is one of which one is enough, and what is said of all of them."""
        if line.any_of is None:
            return ()
        names = [material_name(self.bundle, *paper) for paper in alternatives(item, line)]
        choice = _("任选一样：{names}").format(names=either(names))
        label = say(line.any_of.label)
        return (_("{label}：{name}").format(label=label, name=choice) if label else choice, say(line.any_of.note))

    def _how_many(self, line: MaterialLine) -> Iterator[RuleLine]:
        """Each number, and each thing that replaces a material, with its own source."""
        name = material_name(self.bundle, line.id, line.of)
        said = [(count_words(variant.value.number, 0), variant) for variant in line.originals]
        said += [(count_words(0, variant.value.number), variant) for variant in line.copies]
        for text, variant in (*said, *((waiver_words(variant.value), variant) for variant in line.waived_by)):
            words = _("{label}：{name}").format(label=name, name=text)
            yield RuleLine(line.id, words, self.words(variant.when), **self._standing(variant))

    def _numbers(self, line: MaterialLine) -> Iterable[str]:
        """How many originals and copies: in each way that its words say, and for each of whom."""
        counts = [(one.value, other.value) for one in line.originals for other in line.copies]
        said = [count_words(self._number(one), self._number(other)) for one, other in counts]
        pers = dict.fromkeys(count.per for pair in counts for count in pair if count.per)
        return (*dict.fromkeys(said), *(_("按“{question}”的数").format(question=self._name(per)) for per in pers))

    def _number(self, count: Count) -> int | str:
        return each_words(self.questions_by_id[count.per], count.number) if count.per else count.number

    def _waiver(self, variant: Variant[str]) -> str:
        waiver, when = waiver_words(variant.value), self.words(variant.when)
        said = _("{said}，条件是{when}").format(said=waiver, when=when) if when else waiver
        return said if variant.confirmed else _("{note}（以当地窗口为准）").format(note=said)

    def _field(self, line: FieldLine) -> RuleLine:
        return RuleLine(line.id, field_name(self.bundle, line.id), self.words(line.when), group=line.group)


def alternatives(item: Item, line: MaterialLine) -> list[tuple[str, str | None]]:
    """The papers of an item of which one is enough: those that stand with this one, or this one alone."""
    together = [other for other in item.materials if other.any_of == line.any_of] if line.any_of else [line]
    return list(dict.fromkeys((other.id, other.of) for other in together))


def material_name(bundle: Bundle, id: str, owner: str | None) -> str:
    """A material with whose it is."""
    name, person = say(material_entry(bundle, id).name), person_words(bundle, owner)
    return _("{person}的{material}").format(person=person, material=name) if person else name


def field_name(bundle: Bundle, id: str) -> str:
    """A box of the form with whose it is."""
    entry = bundle.dictionaries.fields.get(id) or FieldEntry(id)
    return _("{person}：{field}").format(person=person_words(bundle, id.partition(".")[0]), field=say(entry.label))
