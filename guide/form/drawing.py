"""The boxes of the form as they are sent: kept while they are blank; what stands in one is put in and never kept."""

from functools import partial
from html import escape

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guide.form.boxes import Block, Box, JointForm, form_field
from guide.language.pieces import Voice, hole, joined, part, piece, rendered

BOX = "crispy/field.html"


def drawn(form: JointForm, voice: Voice) -> SafeString:
    """Every person with their boxes, and the buttons for one more and one fewer."""
    groups = ((block, [box for box in block.boxes if box.name in form.boxes]) for block in form.blocks)
    return joined(_person(form, block, boxes, voice) for block, boxes in groups if boxes)


def _person(form: JointForm, block: Block, boxes: list[Box], voice: Voice) -> SafeString:
    legend = _("{person}（{hint}）").format(person=block.title, hint=block.hint) if block.hint else block.title
    context = {
        "legend": legend, "title": block.title, "person": block.person, "turn": block.turn,
        "more": block.more, "fewer": block.fewer,
    }  # fmt: skip
    return part("form/person.html", voice, context, boxes=joined(_box(form, box, voice) for box in boxes))


def _box(form: JointForm, box: Box, voice: Voice) -> SafeString:
    if form.speaks_of(box.name):
        return rendered(BOX, voice, {"field": form[box.name]})
    value = form.value(box.name)
    blank = piece(BOX, (box.entry, box.name, bool(value)), voice, partial(_blank, box, bool(value)))
    if value and box.entry.type == "choice":
        option = f'<option value="{escape(value)}"'
        return SafeString(blank.fill().replace(f"{option}>", f"{option} selected>", 1))
    return blank.fill(value=value)


def _blank(box: Box, filled: bool) -> dict[str, object]:
    """A box without a form; of those to choose from, none is chosen where one will be."""
    form = forms.Form(initial={box.name: hole("value") if filled else ""})
    form.fields[box.name] = form_field(box)
    return {"field": form[box.name]}
