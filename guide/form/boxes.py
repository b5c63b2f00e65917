"""The one form: only the boxes that the applying items need, each once, grouped by person."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from bundles.dictionary import FieldEntry
from bundles.results.notices import FieldNeed
from bundles.results.outcomes import written
from bundles.walking.written import visible
from guide.form import validation
from guide.form.drafts import Draftbook
from guide.form.members import filled_from_rows
from guide.form.names import tidy_name
from guide.form.phrases import FORM
from guide.language.languages import say
from guide.notice.rows import Telling

MOST_CHARACTERS = 2000
MOST_PERSONS = 50
RESIDENT_ID = "居民身份证"
NUMBER, KIND = "id_number", "id_type"  # a paper's number and what paper it is go together: `mother.id_type`
SURE = "!"  # after the name of a box: what stands in it is so, although it looks wrong
NUMERIC = {"number": "decimal", "money": "decimal", "phone": "tel", "bank-account": "numeric", "postcode": "numeric"}
WIDE = ("address", "long")


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form. `name` is the field's id, with `~2` for the second of a repeated person."""

    name: str
    need: FieldNeed
    entry: FieldEntry
    turn: int

    @property
    def signature(self) -> bool:
        """Signatures are written by hand on paper only."""
        return self.entry.type == "signature"


@dataclass(frozen=True, slots=True)
class Block:
    """The boxes of one person or body, the `turn`th of several, from 1.

    `more` says that the visitor may ask for another after this one, `fewer` that they may take this one out. `same` is
    the other person that this one is: what stands in their boxes fills the empty ones here.
    """

    person: str
    title: str
    boxes: list[Box]
    turn: int = 1
    same: str = ""
    hint: str = ""
    more: bool = False
    fewer: bool = False


def counts_in(names: Iterable[str]) -> dict[str, int]:
    """How many of each repeated person the boxes of these names are for: `child.name~2` is the second child's."""
    counts: dict[str, int] = {}
    for name in names:
        base, tilde, turn = name.partition("~")
        if tilde and turn.isdecimal():
            person = base.partition(".")[0]
            counts[person] = max(counts.get(person, 1), min(int(turn[:3]), MOST_PERSONS))
    return counts


def blocks_of(telling: Telling, counts: dict[str, int]) -> list[Block]:
    """The form's groups in the dictionary's order; a repeated person has a group each."""
    groups: dict[str, list[FieldNeed]] = {}
    for need in telling.notice.fields:
        groups.setdefault(need.person, []).append(need)
    return [block for person, needs in groups.items() for block in _blocks(telling, person, needs, counts)]


def _blocks(telling: Telling, person: str, needs: list[FieldNeed], counts: dict[str, int]) -> Iterator[Block]:
    repeats = telling.notice.repeats(person)
    by_form = repeats == "form"
    number = counts.get(person, 1) if by_form else repeats if isinstance(repeats, int) else 1
    number = min(max(number, 1), MOST_PERSONS)
    name = telling.person(person)
    for turn in range(1, number + 1):
        title = name if number == 1 else FORM["turn"].format(person=name, turn=turn)
        boxes = [_box(telling, need, turn) for need in needs]
        other = telling.notice.same.get(person, "")
        hint = FORM["same"].format(other=telling.person(other)) if other else ""
        more = by_form and turn == number < MOST_PERSONS
        yield Block(person, title, boxes, turn, other, hint, more, fewer=by_form and number > 1)


def _box(telling: Telling, need: FieldNeed, turn: int) -> Box:
    entry = telling.bundle.dictionaries.fields.get(need.id) or FieldEntry(need.id)
    return Box(need.id if turn == 1 else f"{need.id}~{turn}", need, entry, turn)


def all_boxes(blocks: list[Block]) -> list[Box]:
    return [box for block in blocks for box in block.boxes]


def take_out(blocks: list[Block], out: Block, values: dict[str, str]) -> None:
    """Forgets what was typed of one of several persons; those after them move up."""
    group = [block for block in blocks if block.person == out.person][out.turn - 1 :]
    for here, after in zip_longest(group, group[1:]):
        for box, next_box in zip_longest(here.boxes, after.boxes if after else ()):
            for mark in ("", SURE):
                values.pop(box.name + mark, None)
                if next_box and next_box.name + mark in values:
                    values[box.name + mark] = values[next_box.name + mark]


def filled(telling: Telling, blocks: list[Block], draft: Draftbook | None) -> dict[str, str]:
    """What stands in each box: what was typed, else what a row, an answer or another box gives."""
    typed = draft.values if draft else {}
    told = filled_from_rows(telling, draft) | typed
    values: dict[str, str] = {}
    for box in all_boxes(blocks):
        given = written(box.need.value, box.need.question, telling.city)
        values[box.name] = told.get(box.name, "" if given is None else str(given))
    derive(blocks, values, typed)
    return values


def derive(blocks: list[Block], values: dict[str, str], typed: Mapping[str, str]) -> None:
    """Fills empty boxes from the ones they derive from; chains of derivations too. What is wrong isn't copied.

    `typed` has the marks of what the visitor is sure of.
    """
    boxes = [(box, block.same) for block in blocks for box in block.boxes if box.entry.derived or block.same]
    for _round in range(len(boxes)):
        before = dict(values)
        for box, same in boxes:
            if not values.get(box.name):
                values[box.name] = _derived(box, values, typed) or (_as_other(box, same, values, typed) if same else "")
        if values == before:
            return


def _as_other(box: Box, other: str, values: dict[str, str], typed: Mapping[str, str]) -> str:
    """What stands in the box of the same name of the other person."""
    return _copied(box, f"{other}.{box.need.id.partition('.')[2]}", values, typed)


def _copied(box: Box, source: str, values: dict[str, str], typed: Mapping[str, str]) -> str:
    """What stands in the source, where it is right; of a paper's number and kind both or none."""
    mine, theirs = _other_half(box.name), _other_half(source)
    apart = mine and theirs and values.get(mine) and values[mine] != values.get(theirs)
    right = source + SURE in typed or _is_right(box, values.get(source, ""), values.get(theirs, ""))
    return values.get(source, "") if right and not apart else ""


def _is_right(box: Box, text: str, kind: str) -> bool:
    check = _check_of(box, kind)
    try:
        return not text or check is None or bool(check(text))
    except ValidationError:
        return False


def _check_of(box: Box, kind: str) -> Callable[[str], str] | None:
    """How what is typed in a box is checked; `kind` is what paper a number is of, as the box beside it says."""
    if box.entry.type == "id-number" and kind and kind != RESIDENT_ID:
        return validation.other_document
    return validation.CHECKS.get(box.entry.type)


def _other_half(name: str) -> str:
    """The box for what paper it is of which this box takes the number, and back; "" for other boxes."""
    if NUMBER in name:
        return name.replace(NUMBER, KIND)
    return name.replace(KIND, NUMBER) if KIND in name else ""


def _derived(box: Box, values: dict[str, str], typed: Mapping[str, str]) -> str:
    derivation = box.entry.derived
    if derivation is None:
        return ""
    field = _turned(derivation.field, box, values)
    if derivation.take == "same":
        return _copied(box, field, values, typed)
    try:
        number = validation.id_number(values.get(field, ""))
        day = validation.day(values.get(_turned(derivation.on, box, values), "")) if derivation.on else ""
    except ValidationError:
        return ""
    match derivation.take:
        case "birth_date":
            return validation.birth_date_of(number).isoformat()
        case "sex":
            return validation.sex_of(number)
        case _:
            return validation.age_of(number, date.fromisoformat(day) if day else timezone.localdate())


def _turned(field: str, box: Box, values: dict[str, str]) -> str:
    """The box of a field that belongs to this one: of the same turn, where that person is repeated too."""
    turned = f"{field}~{box.turn}"
    return turned if turned in values else field


def sure_marks(draft: Draftbook) -> dict[str, str]:
    """What the visitor has ticked to be so."""
    return {name: value for name, value in draft.values.items() if name.endswith(SURE)}


class TypedText(forms.CharField):
    """What is typed, without what nobody sees. `doubted` and `sure` say whether there is a tick box, and ticked.

    `rare` says that what stands there may be right and is worth another look.
    """

    doubted = sure = rare = False

    def to_python(self, value: Any) -> str:
        return super().to_python(visible(value) if isinstance(value, str) else value) or ""


class JointForm(forms.Form):
    """The form for some boxes. Every box may stay blank; what stands in one is checked.

    Without `sensitive`, boxes that the law calls sensitive are left for the pen.
    """

    def __init__(self, blocks: list[Block], sensitive: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocks = blocks
        self.boxes = {
            box.name: box for box in all_boxes(blocks) if not box.signature and (sensitive or not box.entry.sensitive)
        }
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
        odd = isinstance(field, TypedText) and (field.doubted or field.rare)
        return odd or name in self.errors or "autofocus" in field.widget.attrs

    def clean(self) -> dict[str, Any]:
        for name, box in self.boxes.items():
            text = self.cleaned_data.get(name)
            if text:
                self._check(name, box, text)
        self._compare_derived()
        return self.cleaned_data

    def _check(self, name: str, box: Box, text: str) -> None:
        check = _check_of(box, self.data.get(_other_half(name), ""))
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
        if field.sure or tidy in (tidy_name(self.data.get(ticked, "")) for ticked in self.sure):
            self.cleaned_data[name] = tidy
        else:
            self.add_error(name, error)
        field.doubted = True

    @property
    def sure(self) -> list[str]:
        """The boxes whose odd names are so."""
        return [name for name, field in self.fields.items() if isinstance(field, TypedText) and field.sure]

    def _compare_derived(self) -> None:
        """A birth date or sex that disagrees with the ID number is pointed out."""
        good = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        for name, box in self.boxes.items():
            derivation = box.entry.derived
            if derivation is None or derivation.take == "same" or not good.get(name):
                continue
            expected = _derived(box, good, {})
            if expected and expected != good[name]:
                message = FORM["wrong_derived"].format(value=expected)
                self.add_error(name, message)


def form_field(box: Box) -> TypedText:
    """The field of a form for a box."""
    entry = box.entry
    attributes = {"autocomplete": "off"}
    if entry.type in NUMERIC:
        attributes["inputmode"] = NUMERIC[entry.type]
    if entry.type in WIDE:
        attributes["class"] = "wide"
    widget: forms.Widget = forms.TextInput(attributes)
    if entry.type == "long":
        widget = forms.Textarea({**attributes, "rows": 3})
    if entry.type == "choice":
        widget = forms.Select(choices=[("", str(FORM["choose"])), *((option, say(option)) for option in entry.options)])
    hint = say(entry.hint)
    if box.entry.optional:
        hint = " ".join(filter(None, [hint, str(FORM["optional"])]))
    limit = entry.max or MOST_CHARACTERS
    messages = {"max_length": _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个。")}
    return TypedText(
        label=say(entry.label), help_text=hint, required=False, widget=widget, max_length=limit, error_messages=messages
    )
