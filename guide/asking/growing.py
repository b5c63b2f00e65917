"""The growing list beside the questions, put together of pieces: a row an item, a line a material, a line an answer."""

from functools import partial

from django.utils.safestring import SafeString

from bundles.model import Bundle
from bundles.results.growing import Known, known_so_far, materials_so_far
from bundles.results.notices import MaterialNeed
from bundles.walking.walks import Walk
from guide.cases.answers import answer_lines, figures, given
from guide.cases.case import Case
from guide.language.pieces import Voice, hole, joined, piece
from guide.language.wording import material_words, reason_words, speech

ORDER = ("applies", "counter", "not")


def growing_list(case: Case, walk: Walk, voice: Voice, changeable: bool = True) -> SafeString:
    """The list as it is sent. `changeable` adds the answers, each with the way to change it."""
    known = known_so_far(walk)
    materials = materials_so_far(known)
    rows = [_row(walk, entry, voice) for standing in ORDER for entry in known if entry.standing == standing]
    still_open = sum(entry.standing == "open" for entry in known)
    answers = answer_lines(case, walk, voice) if changeable else ""
    shape = (bool(rows), still_open, len(materials), bool(answers))
    frame = piece("parts/growing.html", shape, voice, lambda: _frame(*shape))
    return frame.fill(
        items=joined(rows),
        materials=joined(_material(walk, *material, voice) for material in materials),
        answers=answers,
    )


def _frame(items: bool, still_open: int, materials: int, answers: bool) -> dict[str, object]:
    return {
        "items": hole("items") if items else "",
        "open": still_open,
        "number": materials,
        "materials": hole("materials"),
        "answers": hole("answers") if answers else "",
    }


def _row(walk: Walk, entry: Known, voice: Voice) -> SafeString:
    """By its standing, its name, and the answers that are the reason, each to the letter."""
    told = (entry.name, figures(walk, entry.name), given(walk, entry.reasons))
    key = (walk.bundle, entry.item.id, entry.standing, *told)

    def context() -> dict[str, object]:
        reasons = reason_words(walk.bundle, entry.reasons, walk.used)
        name = speech().tell(entry.name, walk)
        return {"id": entry.item.id, "standing": entry.standing, "name": name, "reasons": reasons}

    return piece("parts/growing-row.html", key, voice, context).fill()


def _material(walk: Walk, id: str, of: str | None, voice: Voice) -> SafeString:
    key = (walk.bundle, id, of)
    return piece("parts/growing-material.html", key, voice, partial(_material_context, *key)).fill()


def _material_context(bundle: Bundle, id: str, of: str | None) -> dict[str, object]:
    return {"name": material_words(bundle, MaterialNeed(id, of))}
