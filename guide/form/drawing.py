"""A page of the form as it is sent: its boxes are kept while they are blank; what stands in one is never kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bundles.reserved import date_parameters
from guide.form.boxes import LIKE, Block, Box, Given
from guide.form.joint import TOKENS, JointForm, form_field, options_of, parts_of_day, shown_as, widget_of
from guide.form.sheet import Sheet
from guide.form.steps import Group, Step, grouped
from guide.language.languages import say
from guide.language.pieces import Piece, Voice, hole, joined, part, piece, rendered, sent

BOX, DAY = "crispy/field.html", "form/day.html"
DAY_SIZES = (4, 2, 2)  # letters


@dataclass(frozen=True)
class Drawing:
    """What a page of the form is drawn from. `own` are the persons whom a browser may know: the applicant on their own
    device; `contradictions` says of boxes what was answered otherwise, and where that answer is changed.
    """

    sheet: Sheet
    form: JointForm
    step: Step
    contradictions: Mapping[str, tuple[str, str]]
    own: frozenset[str]
    voice: Voice

    def drawn(self) -> SafeString:
        """Every person of the page with their boxes, and the buttons for one more and one fewer."""
        return joined(self._person(block) for block in self.step.blocks)

    def _person(self, block: Block) -> SafeString:
        alone = len(self.step.blocks) == 1
        legend = _("{person}（{hint}）").format(person=block.title, hint=block.hint) if block.hint else block.title
        context = {
            "legend": legend, "title": block.title, "person": block.person, "turn": block.turn,
            "more": block.more, "fewer": block.fewer, "alone": alone, "hint": block.hint,
        }  # fmt: skip
        boxes = [box for box in block.boxes if box.name in self.form.boxes]
        known = [box for box in boxes if self._is_known(box)]
        groups = grouped([box for box in boxes if box not in known])
        return part(
            "form/person.html",
            self.voice,
            context,
            known=self._known(known),
            boxes=joined(self._group(group, first=not number) for number, group in enumerate(groups)),
        )

    # What is known already

    def _is_known(self, box: Box) -> bool:
        """Whether a box holds what it would hold by itself, and nothing is to be said about it."""
        given = self.sheet.givens.get(box.name)
        settled = given is not None and given.text == self.sheet.values.get(box.name)
        return settled and not self.form.speaks_of(box.name) and box.name not in self.contradictions

    def _known(self, boxes: list[Box]) -> SafeString:
        if not boxes:
            return SafeString("")
        rows = joined(self._known_row(box) for box in boxes)
        return part("form/known.html", self.voice, {"number": len(boxes)}, rows=rows)

    def _known_row(self, box: Box) -> SafeString:
        context = {"label": say(box.entry.label), "source": self._source(box, self.sheet.givens[box.name])}
        shown = sent(shown_as(box, self.sheet.values[box.name]), self.voice)
        return part("form/known-row.html", self.voice, context, shown=shown, box=self._box(box))

    def _source(self, box: Box, given: Given) -> str:
        match given.source:
            case "answer":
                return _("从您的回答来")
            case "row":
                return _("从您填的表格来")
            case "number":
                return _("从证件号来")
            case _:
                return self._as(box, given.other)

    def _as(self, box: Box, other: str) -> str:
        """Which box or person a box says the same as, in words."""
        person = other.partition(".")[0]
        if person == box.need.person:
            return _("和{label}一样").format(label=say(self.sheet.boxes[other].entry.label))
        return _("和{person}一样").format(person=self.sheet.telling.person(person))

    # What is asked

    @cached_property
    def _items(self) -> dict[str, str]:
        """What the items are called that ask for boxes."""
        return {
            told.id: self.sheet.telling.name(told)
            for told in self.sheet.telling.notice.with_standing("applies", "counter")
        }

    def _group(self, group: Group, first: bool) -> SafeString:
        boxes = joined(self._box(box) for box in group.boxes)
        if first and not group.items and group.kind == "asked":
            return SafeString(f'<div class="boxes">{boxes}</div>')
        full = sum(bool(self.sheet.values.get(box.name)) for box in group.boxes)
        context = {
            "title": self._title(group), "number": len(group.boxes), "full": full,
            "open": (first and group.kind == "asked") or any(self._says(box) for box in group.boxes),
        }  # fmt: skip
        return part("form/group.html", self.voice, context, boxes=boxes)

    def _title(self, group: Group) -> str:
        if group.kind == "blank":
            return _("可以空着的")
        if group.kind == "number":
            return _("填了证件号就有的")
        title = _("{item}要的").format(item="、".join(self._items[item] for item in group.items))
        several = _("{title}（{turn}/{turns}）").format(title=title, turn=group.turn, turns=group.turns)
        return several if group.turns > 1 else title

    def _says(self, box: Box) -> bool:
        return self.form.speaks_of(box.name) or box.name in self.contradictions

    def _box(self, box: Box) -> SafeString:
        autofill = TOKENS.get(box.own, "off") if box.need.person in self.own and box.turn == 1 else "off"
        ticks = self._ticks(box)
        value = self.form.value(box.name)
        contradiction, change = self.contradictions.get(box.name, ("", ""))
        context: dict[str, object] = {"ticks": ticks, "contradiction": contradiction, "change": change}
        if box.entry.type == "date":
            return self._day(box, autofill, value, context)
        listed = not value or not options_of(box) or value in options_of(box)
        if self._says(box) or not listed:
            return rendered(BOX, self.voice, {"field": self.form.draw(box.name, autofill), **context})
        key = (box.entry, box.words, box.name, bool(value), autofill, ticks)
        blank = piece(BOX, key, self.voice, partial(_blank, box, autofill, bool(value), ticks))
        if value and options_of(box):
            option = f'<option value="{escape(value)}"'
            return SafeString(blank.fill().replace(f"{option}>", f"{option} selected>", 1))
        return blank.fill(value=value)

    def _day(self, box: Box, autofill: str, value: str, context: dict[str, object]) -> SafeString:
        """A date in its three boxes."""
        field = self.form.fields[box.name]
        here = tuple(self.form.errors.get(box.name, ()))
        starts = getattr(field, "starts", False)
        tokens = ("off",) * 3 if autofill == "off" else (f"{autofill}-year", f"{autofill}-month", f"{autofill}-day")
        names = zip(("year", "month", "day"), date_parameters(box.name), DAY_SIZES, tokens, strict=True)
        context |= {
            "name": box.name, "label": field.label, "hint": field.help_text, "errors": here, "starts": starts,
            "parts": tuple((part, name, size, autofill, hole(part)) for part, name, size, autofill in names),
        }  # fmt: skip
        year, month, day = parts_of_day(value)
        filling = {"year": year, "month": month, "day": day}
        if self._says(box):
            return Piece(rendered(DAY, self.voice, context)).fill(**filling)
        return piece(DAY, tuple(context.items()), self.voice, lambda: context).fill(**filling)

    def _ticks(self, box: Box) -> tuple[tuple[str, str, bool], ...]:
        """What a box may hold the same as: the other box, its words, whether that is ticked."""
        ticked = str(self.form.data.get(box.name + LIKE) or self.form.initial.get(box.name + LIKE) or "")
        there = [other for other in box.entry.like if other in self.sheet.boxes and other != box.name]
        return tuple((other, self._same_words(box, other), other == ticked) for other in there)

    def _same_words(self, box: Box, other: str) -> str:
        if box.own.endswith("name") and other.endswith(".name"):
            return _("就是{person}").format(person=self.sheet.telling.person(other.partition(".")[0]))
        return self._as(box, other)


def _blank(box: Box, autofill: str, filled: bool, ticks: tuple[tuple[str, str, bool], ...]) -> dict[str, object]:
    """A box without a form; of those to choose from, none is chosen where one will be."""
    form = forms.Form(initial={box.name: hole("value") if filled else ""})
    form.fields[box.name] = form_field(box, widget_of(box, autofill))
    return {"field": form[box.name], "ticks": ticks}
