"""The growing list beside the questions, put together of pieces: a row an item, a line a material, a line an answer."""

from functools import partial

from django.utils.safestring import SafeString

from bundles.model import Bundle
from bundles.results.growing import Known, known_so_far, materials_so_far
from bundles.results.notices import MaterialNeed
from bundles.results.papers import Paper
from bundles.walking.walks import Walk
from guide.cases.answers import answer_lines, figures, given
from guide.cases.case import Case
from guide.language.pieces import Voice, hole, joined, piece
from guide.language.wording import either, material_words, reason_words, speech
from guide.notice.rows import Telling

ORDER = ("applies", "counter", "not")


def growing_list(case: Case, walk: Walk, voice: Voice, changeable: bool = True) -> SafeString:
    """The list as it is sent. `changeable` adds the answers, each with the way to change it."""
    known = known_so_far(walk)
    materials = materials_so_far(known)
    beaten = _beaten(case, walk)
    rows = [
        _row(walk, entry, beaten.get(entry.item.id, ()), voice)
        for standing in ORDER
        for entry in known
        if entry.standing == standing
    ]
    still_open = sum(entry.standing == "open" for entry in known)
    answers = answer_lines(case, walk, voice) if changeable else ""
    shape = (bool(rows), still_open, len(materials), bool(answers))
    frame = piece("parts/growing.html", shape, voice, lambda: _frame(*shape))
    return frame.fill(
        items=joined(rows),
        materials=joined(_material(walk, papers, voice) for papers in materials),
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


def _beaten(case: Case, walk: Walk) -> dict[str, tuple[str, ...]]:
    """The items that are out because only one of several can be had, each with what it can't be had besides."""
    if not walk.bundle.one_of:
        return {}
    telling = Telling(walk, case.region)
    return {told.id: tuple(telling.beaten(told)) for told in telling.notice.with_standing("not")}


def _row(walk: Walk, entry: Known, beaten: tuple[str, ...], voice: Voice) -> SafeString:
    """By its standing, its name, and the answers that are the reason, each to the letter; or what it can't be had
    besides.
    """
    told = (entry.name, figures(walk, entry.name), given(walk, entry.reasons))
    key = (walk.bundle, entry.item.id, entry.standing, *told, beaten)

    def context() -> dict[str, object]:
        reasons = beaten or reason_words(walk.bundle, entry.reasons, walk.used)
        name = speech().tell(entry.name, walk)
        return {"id": entry.item.id, "standing": entry.standing, "name": name, "reasons": reasons}

    return piece("parts/growing-row.html", key, voice, context).fill()


def _material(walk: Walk, papers: tuple[Paper, ...], voice: Voice) -> SafeString:
    key = (walk.bundle, papers)
    return piece("parts/growing-material.html", key, voice, partial(_material_context, *key)).fill()


def _material_context(bundle: Bundle, papers: tuple[Paper, ...]) -> dict[str, object]:
    return {"name": either([material_words(bundle, MaterialNeed(*paper)) for paper in papers])}
