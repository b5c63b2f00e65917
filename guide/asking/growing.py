"""The growing list beside the questions, put together of pieces: a row an item, a line a material, a line an answer."""

from functools import partial

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as said

from bundles.model import Bundle
from bundles.results.growing import Known, known_so_far, materials_so_far
from bundles.results.notices import MaterialNeed
from bundles.results.papers import Paper
from bundles.walking.walks import Standing, Walk
from guide.cases.answers import answer_lines, figures, given
from guide.cases.case import Case
from guide.language.pieces import Voice, hole, joined, line, piece
from guide.language.wording import either, material_words, reason_words, speech
from guide.notice.rows import Telling

# What the list and, on a phone, the bar that opens it say of how many there are
COUNTS = {
    "clear": said("已经清楚 {number} 件"),
    "maybe": said("可能要办 {number} 件"),
    "papers": said("要带 {number} 份材料"),
    "out": said("不用办 {number} 件"),
    "answered": said("您的 {number} 个回答"),
}


def growing_list(case: Case, walk: Walk, voice: Voice, changeable: bool = True) -> SafeString:
    """The list as it is sent. `changeable` adds the answers, each with the way to change it, and the bar that opens
    the list on a phone.
    """
    known = known_so_far(walk)
    materials = materials_so_far(known)
    beaten = _beaten(case, walk)

    def rows(*standings: Standing) -> list[SafeString]:
        return [
            _row(walk, entry, beaten.get(entry.item.id, ()), voice)
            for standing in standings
            for entry in known
            if entry.standing == standing
        ]

    clear, out = rows("applies", "counter"), rows("not")
    still_open = sum(entry.standing == "open" for entry in known)
    answered = len(walk.asked) if changeable else 0
    numbers = {
        "clear": len(clear),
        "maybe": still_open,
        "papers": len(materials),
        "out": len(out),
        "answered": answered,
    }
    shape = (bool(clear), still_open, bool(materials), bool(out), bool(answered), changeable)
    return piece("parts/growing.html", shape, voice, lambda: _frame(*shape)).fill(
        items=joined(clear),
        notneeded=joined(out),
        materials=joined(_material(walk, papers, voice) for papers in materials),
        answers=answer_lines(case, walk, voice) if changeable else "",
        **{name: _counted(name, number, voice) for name, number in numbers.items()},
    )


def _frame(clear: bool, still_open: int, materials: bool, out: bool, answered: bool, bar: bool) -> dict[str, object]:
    named = {name: hole(name) for name in (*COUNTS, "items", "notneeded", "materials", "answers")}
    shown = {
        "has_items": clear,
        "open": still_open,
        "has_materials": materials,
        "has_out": out,
        "has_answers": answered,
    }
    return {**named, **shown, "bar": bar}


def _counted(name: str, number: int, voice: Voice) -> SafeString:
    return line("growing", (name, number), voice, lambda: str(COUNTS[name]).format(number=number))


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
