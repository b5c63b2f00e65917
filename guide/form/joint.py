"""The one form as it is checked: what was typed into its boxes, what is wrong with it, what contradicts an answer."""

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bundles.reserved import DATE_PARTS, date_parameters
from bundles.walking.written import visible
from guide.form import validation
from guide.form.boxes import (
    LIKE,
    MOST_CHARACTERS,
    SURE,
    Block,
    Box,
    Given,
    all_boxes,
    check_of,
    derived_from,
    other_half,
)
from guide.form.names import tidy_name
from guide.form.phrases import FORM
from guide.language.languages import say
from guide.language.wording import day_words

NUMERIC = {"number": "decimal", "money": "decimal", "phone": "tel", "bank-account": "numeric", "postcode": "numeric"}
WIDE = ("address", "long")
PLAIN = ("date", "choice", "number", "money")  # types of which two values that differ contradict each other
THREE_PARTS = re.compile(r"([^-]*)-([^-]*)-([^-]*)\Z")
# WCAG 1.3.5: what a browser may fill in, by what a box of the applicant's own is called beside them
TOKENS = {
    "name": "name", "phone": "tel", "address": "address-line1", "birth_date": "bday", "sex": "sex",
    "post_name": "shipping name", "post_phone": "shipping tel", "post_address": "shipping address-line1",
}  # fmt: skip


# What is sent ---------------------------------------------------------------------------------------------------------


def typed_in(sent: Mapping[str, str], boxes: Iterable[Box]) -> dict[str, str]:
    """What was sent of these boxes, by their names, with its marks; a date's three boxes as one."""
    found: dict[str, str] = {}
    for box in boxes:
        text = _day_in(sent, box.name) if box.entry.type == "date" else sent.get(box.name)
        if text is not None:
            found[box.name] = text
            if sent.get(box.name + SURE):
                found[box.name + SURE] = "1"
            if (other := sent.get(box.name + LIKE, "")) in box.entry.like:
                found[box.name + LIKE] = other
    return found


def _day_in(sent: Mapping[str, str], name: str) -> str | None:
    """A date as it was typed: whole, in one box or the first of three, or in its parts: `2026-11-` lacks a day."""
    parts = [sent.get(part) for part in date_parameters(name)]
    if parts == [None] * len(DATE_PARTS):
        return sent.get(name)
    year, *rest = ((part or "").strip() for part in parts)
    whole = "-".join([year, *rest]) if any(rest) else year
    return _tidy_day(year) or _tidy_day(whole) or whole


def _tidy_day(text: str) -> str:
    try:
        return validation.day(text)
    except ValidationError:
        return ""


def parts_of_day(text: str) -> tuple[str, str, str]:
    """A date for its three boxes; what isn't written in parts stands in the first."""
    try:
        found = THREE_PARTS.match(validation.day(text)) if text else None
    except ValidationError:
        found = THREE_PARTS.match(text)
    if found is None:
        return text, "", ""
    year, month, day = found.groups()
    return year, month.removeprefix("0"), day.removeprefix("0")


# What stands there ----------------------------------------------------------------------------------------------------


class TypedText(forms.CharField):
    """What is typed, without what nobody sees. `doubted` and `sure` say whether there is a tick box, and ticked.

    `rare` says that what stands there may be right and is worth another look, `starts` that one goes on there.
    """

    doubted = sure = rare = starts = False

    def to_python(self, value: Any) -> str:
        return super().to_python(visible(value) if isinstance(value, str) else value) or ""


class JointForm(forms.Form):
    """The form for some boxes. Every box may stay blank; what stands in one is checked.

    Without `sensitive`, boxes that the law calls sensitive are left for the pen. With `only`, it has only boxes of
    these names, and what stands in the others is known from the data all the same.
    """

    def __init__(
        self, blocks: list[Block], sensitive: bool, *args: Any, only: Container[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.blocks = blocks
        self.boxes = {box.name: box for box in to_type(blocks, sensitive) if only is None or box.name in only}
        given = self.data if self.is_bound else self.initial
        for name, box in self.boxes.items():
            field = self.fields[name] = form_field(box)
            field.doubted = field.sure = box.entry.type == "name" and bool(given.get(name + SURE))
            field.rare = box.entry.type == "credit-code" and validation.is_rare_credit_code(str(given.get(name) or ""))

    def value(self, name: str) -> str:
        """What stands in a box."""
        return (self.data if self.is_bound else self.initial).get(name) or ""

    def speaks_of(self, name: str) -> bool:
        """Whether a box isn't as it is for everybody: something is wrong or odd in it, or one goes on there."""
        field = self.fields[name]
        odd = isinstance(field, TypedText) and (field.doubted or field.rare or field.starts)
        return odd or name in self.errors

    def start_in(self, name: str) -> None:
        """One goes on in that box, where it is here."""
        field = self.fields.get(name)
        if isinstance(field, TypedText):
            field.starts = True

    def draw(self, name: str, autofill: str) -> forms.BoundField:
        """A box with what is to be said about it."""
        field = self.fields[name]
        starts = isinstance(field, TypedText) and field.starts
        widget = widget_of(self.boxes[name], autofill, self.value(name), starts=starts)
        widget.attrs.update(field.widget_attrs(widget))
        field.widget = widget
        return self[name]

    def clean(self) -> dict[str, Any]:
        for name, box in self.boxes.items():
            text = self.cleaned_data.get(name)
            if text:
                self._check(name, box, text)
        self._compare_derived()
        return self.cleaned_data

    def _check(self, name: str, box: Box, text: str) -> None:
        check = check_of(box, self.data.get(other_half(name), ""))
        if check is None:
            return
        try:
            self.cleaned_data[name] = check(text)
        except ValidationError as error:
            self._doubt(name, box, text, error)

    def _doubt(self, name: str, box: Box, text: str, error: ValidationError) -> None:
        """Refuses what was typed; a name only until somebody says, of this box or another, that it is printed so."""
        field = self.fields[name]
        if not isinstance(field, TypedText) or box.entry.type != "name":
            self.add_error(name, error)
            return
        tidy = tidy_name(text)
        if field.sure or tidy in (tidy_name(self.data.get(ticked, "")) for ticked in self._sure_anywhere):
            self.cleaned_data[name] = tidy
        else:
            self.add_error(name, error)
        field.doubted = True

    @property
    def _sure_anywhere(self) -> list[str]:
        elsewhere = (mark.removesuffix(SURE) for mark, ticked in self.data.items() if mark.endswith(SURE) and ticked)
        return [*self.sure, *(name for name in elsewhere if name not in self.fields)]

    @property
    def sure(self) -> list[str]:
        """The boxes whose odd names are so."""
        return [name for name, field in self.fields.items() if isinstance(field, TypedText) and field.sure]

    def _compare_derived(self) -> None:
        """A birth date or sex that disagrees with the ID number is pointed out."""
        good = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        known = {name: value for name, value in self.data.items() if name not in self.fields} | good
        for name, box in self.boxes.items():
            derivation = box.entry.derived
            if derivation is None or derivation.take == "same" or not good.get(name):
                continue
            expected = derived_from(box, known, {})
            if expected and expected != good[name]:
                message = FORM["wrong_derived"].format(value=expected)
                self.add_error(name, message)

    def contradictions(self, givens: Mapping[str, Given]) -> dict[str, str]:
        """The boxes in which another day, number or choice stands than was answered, each with the answer."""
        found = {}
        for name, box in self.boxes.items():
            text, given = self._right(name), givens.get(name)
            if text and given and given.source == "answer" and box.entry.type in PLAIN and text != given.text:
                found[name] = given.text
        return found

    def _right(self, name: str) -> str:
        """What stands in a box, where it is right."""
        if not self.is_bound:
            return ""
        return "" if name in self.errors else str(self.cleaned_data.get(name) or "")


def to_type(blocks: list[Block], sensitive: bool) -> list[Box]:
    """The boxes that may be filled in on the screen."""
    return [box for box in all_boxes(blocks) if not box.signature and (sensitive or not box.entry.sensitive)]


def form_field(box: Box, widget: forms.Widget | None = None) -> TypedText:
    """The field of a form for a box; without a widget it is only checked."""
    entry = box.entry
    hint = say(entry.hint)
    if box.entry.optional:
        hint = " ".join(filter(None, [hint, str(FORM["optional"])]))
    limit = entry.max or MOST_CHARACTERS
    messages = {"max_length": _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个。")}
    return TypedText(
        label=say(entry.label), help_text=hint, required=False, widget=widget, max_length=limit, error_messages=messages
    )


def widget_of(box: Box, autofill: str = "off", value: str = "", *, starts: bool = False) -> forms.Widget:
    """How a box is drawn; what stands in it already can be chosen, whether or not it is on the list."""
    entry = box.entry
    attributes: dict[str, Any] = {"autocomplete": autofill} | ({"autofocus": True} if starts else {})
    if words := options_of(box):
        more = [(value, value)] if value and value not in words else []
        choices = [("", str(FORM["choose"])), *((word, say(word)) for word in words), *more]
        return forms.Select(attributes, choices)
    if entry.type in NUMERIC:
        attributes["inputmode"] = NUMERIC[entry.type]
    if entry.type in WIDE:
        attributes["class"] = "wide"
    return forms.Textarea({**attributes, "rows": 3}) if entry.type == "long" else forms.TextInput(attributes)


def options_of(box: Box) -> tuple[str, ...]:
    """What can be chosen in a box; nothing where one writes."""
    return box.words or (box.entry.options if box.entry.type == "choice" else ())


def shown_as(box: Box, value: str) -> str:
    """What stands in a box as a reader sees it: dates and words of lists in their language."""
    if box.entry.type == "date":
        try:
            return day_words(validation.day_of(value))
        except ValidationError:
            return value
    return say(value) if options_of(box) else value


# What is kept ---------------------------------------------------------------------------------------------------------


def keep(boxes: JointForm, kept: dict[str, str], follows: Container[str], news: Container[str]) -> None:
    """Puts what was typed into the kept values: tidied where it is right, as typed where it isn't.

    What `follows` from an answer or another box isn't kept, so that it changes where that does. `news` are the boxes in
    which something else stands than the page was sent with.
    """
    for name in boxes.boxes:
        typed = boxes.cleaned_data.get(name) if name not in boxes.errors else boxes.data.get(name, "")
        kept.pop(name + SURE, None)
        if _keep_tick(boxes, kept, name, is_new=name in news):
            continue
        if name in follows:
            kept.pop(name, None)
        else:
            kept[name] = str(typed or "")[:20_000]
    kept.update(dict.fromkeys((name + SURE for name in boxes.sure), "1"))


def _keep_tick(boxes: JointForm, kept: dict[str, str], name: str, is_new: bool) -> bool:
    """Whether a box says from now on what another does, or has just ceased to; what is newly typed there wins."""
    mark = name + LIKE
    was, now = kept.pop(mark, ""), boxes.data.get(mark, "")
    if is_new:
        return False
    if now:
        kept[mark] = now
    if now or was:
        kept.pop(name, None)
    return bool(now or was)
