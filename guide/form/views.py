"""The application form: a privacy notice first, then the boxes, then the paper. Nothing typed stands in an address."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guide.cases.case import Case, read_case
from guide.cases.counter_bar import counter_bar
from guide.form.boxes import all_boxes, blocks_of, counts_in, filled
from guide.form.drafts import VISITORS, Draftbook, DraftLost, Drawer, drawer_of, new_draft, open_draft, wipe_draft
from guide.form.drawing import Drawing
from guide.form.joint import JointForm, TypedText
from guide.form.members import counts_of
from guide.form.paper import form_paper_of
from guide.form.sheet import Sheet, marks_in
from guide.form.steps import Step, parts_of, step_of
from guide.language.frames import once
from guide.language.pages import Shown, wants_both, wants_large
from guide.language.pieces import voice_for
from guide.notice.rows import Telling
from guide.papers import form_pdf, missing_glyphs, words_now
from guide.papers.files import pdf_response
from guide.staff.auditing import log_deed
from guide.web.cookies import in_kiosk
from guide.web.database import RETRY_AFTER, is_down
from guide.web.gate import dear
from guide.web.public import from_outside

PART = "part"  # of an address: whose page of the form it is


def _telling(request: HttpRequest, bundle: str, within: str) -> tuple[Case, Telling | None]:
    case = read_case(bundle, request.GET, within)
    walk = case.walk
    finished = not case.refusals and walk.status == "finished"
    return case, Telling(walk, case.region) if finished else None


def drawer_for(request: HttpRequest, within: str) -> Drawer:
    """Where this page's draft lies: a clerk's at the counter is the applicant's, never their own."""
    return drawer_of(request.user) if within and isinstance(request.user, User) else VISITORS


def draft_for(request: HttpRequest, within: str) -> Draftbook | None:
    """The draft of the form, once the visitor has agreed to one."""
    draft, _lost = _in_the_drawer(request, within)
    return draft if draft and draft.agreed else None


def _in_the_drawer(request: HttpRequest, within: str) -> tuple[Draftbook | None, bool]:
    """The draft of this page, which may hold nothing but rows of a table, and whether one was lost."""
    try:
        return open_draft(request, drawer_for(request, within)), False
    except DraftLost:
        return None, True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, bundle: str, within: str = "") -> HttpResponse:
    """The privacy notice for a visitor without a draft, the boxes for one with. `within` is "counter-" for a clerk."""
    case, telling = _telling(request, bundle, within)
    if telling is None:
        return HttpResponseRedirect(case.as_typed("ask"))
    try:
        return _opened(request, case, telling)
    except Error as error:
        if request.method == "POST" and request.POST.get("action") != "agree" and is_down(error):
            return _not_kept(request, case, telling)
        raise


def _opened(request: HttpRequest, case: Case, telling: Telling) -> HttpResponse:
    draft, lost = _in_the_drawer(request, case.within)
    if request.method == "POST":
        return _filled_in(request, case, telling, draft)
    if draft is None or not draft.agreed:
        context = _context(case, telling) | {
            "lost": lost,
            "blank": case.address("form-paper", blank="1"),
            "operator": settings.OPERATOR_NAME or _("运行这个网站的政务服务机构"),
            "contact": settings.OPERATOR_CONTACT,
        }
        response = render(request, "form/privacy.html", context)
        if lost:
            wipe_draft(request, response, drawer_for(request, case.within))
        return response
    sheet = Sheet.of(telling, draft)
    return _page(request, case, sheet, sheet.step(request.GET.get(PART, "")))


def _filled_in(request: HttpRequest, case: Case, telling: Telling, draft: Draftbook | None) -> HttpResponse:
    """Keeps what was typed, right or wrong, and goes on where nothing is wrong; else the form says what is.

    What is wrong is told by the page that the redirect leads to, so that Back never asks to send a form again.
    """
    action = request.POST.get("action", "save")
    agreed = draft is not None and draft.agreed
    fresh = draft or new_draft(drawer_for(request, case.within))
    if not agreed:
        fresh.agreed, fresh.sensitive = True, "sensitive" in request.POST
    if action == "agree" and not agreed:
        fresh.save()
        response: HttpResponse = HttpResponseRedirect(case.address("form"))
        fresh.give(response)
        return response
    if action == "agree":
        return HttpResponseRedirect(case.address("form"))
    if _of_another(request, case, draft if agreed else None):
        return render(request, "form/other-draft.html", _context(case, telling), status=409)
    fresh.renewed = not agreed
    if not agreed:
        fresh.counts = counts_in(request.POST)
    sheet = Sheet.of(telling, fresh)
    onward = sheet.take_in(request.POST.dict(), request.GET.get(PART, ""), action)
    fresh.save()
    page = case.address("form-ready") if onward is None else _address(case, onward)
    response = HttpResponseRedirect(page)
    fresh.give(response)
    return response


def _address(case: Case, step: Step) -> str:
    """A page of the form."""
    return case.address("form", **({PART: step.id} if step.id else {}))


def _not_kept(request: HttpRequest, case: Case, telling: Telling) -> HttpResponse:
    """The same page with all that was typed: there is no database to keep it in, and to send it again costs nothing."""
    lost = new_draft(drawer_for(request, case.within))
    lost.sensitive, lost.counts = "sensitive" in request.POST, counts_in(request.POST)
    sheet = Sheet.of(telling, lost)
    typed = sheet.typed(request.POST.dict())
    lost.values |= typed
    sheet = Sheet.of(telling, lost)
    step = sheet.step(request.GET.get(PART, "")) if PART in request.GET else step_of(sheet.steps, typed)
    more = {"draft": request.POST.get("draft", ""), "unkept": True, "blank": case.address("form-paper", blank="1")}
    response = _page(request, case, sheet, step, more)
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _of_another(request: HttpRequest, case: Case, draft: Draftbook | None) -> bool:
    """Whether the page was made for another draft than is open now.

    A visitor whose draft has expired types on into a new one; at the counter the page may be the last applicant's.
    """
    posted = request.POST.get("draft")
    if posted is None:
        return False
    return draft.tag != posted if draft else bool(case.within)


def _context(case: Case, telling: Telling) -> dict[str, Any]:
    return {
        "case": case,
        "bundle": case.bundle,
        "region": case.region,
        "telling": telling,
        "notice": case.address("ask" if case.within else "notice"),
        "form_page": case.address("form"),
        "boxes_count": sum(not need.counter for need in telling.notice.fields),
        "wipe": reverse("counter-next" if case.within else "wipe"),
        **counter_bar(case),
    }


def _page(
    request: HttpRequest, case: Case, sheet: Sheet, step: Step, more: Mapping[str, Any] = MappingProxyType({})
) -> HttpResponse:
    """A page of the form, with what stands in its boxes and what is wrong with it."""
    voice, draft = voice_for(request), sheet.draft
    boxes = sheet.form(step)
    boxes.start_in(draft.box)
    said = sheet.contradictions(boxes)
    contradictions = {name: (text, case.address("ask", change=sheet.question(name))) for name, text in said.items()}
    own = frozenset() if case.within or in_kiosk(request) else sheet.applicants
    drawing = Drawing(sheet, boxes, step, contradictions, own, voice)
    number = sheet.steps.index(step)
    parts = parts_of(sheet.steps, step, sheet.values, sheet.telling)
    context = _context(case, sheet.telling) | {
        "problems": _problems(boxes, said), "step": step, "parts": parts, "number": number + 1,
        "steps": len(sheet.steps), "full": sum(part.full for part in parts), "all": sum(part.all for part in parts),
        "before": sheet.steps[number - 1] if number else None,
        "after": sheet.steps[number + 1] if number + 1 < len(sheet.steps) else None,
        "here_again": _address(case, step), "sensitive": draft.sensitive, "draft": draft.tag, "lost": draft.renewed,
    }  # fmt: skip
    return Shown(once(request, voice, "form/form.html", {**context, **more}, boxes=drawing.drawn()))


def _problems(boxes: JointForm, contradictions: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong, each with the box that it is about."""
    titles = {box.name: block.title for block in boxes.blocks for box in block.boxes}
    wrong = [(name, text) for name, errors in boxes.errors.items() if name in boxes.fields for text in errors]
    others = [(name, text) for name, text in contradictions.items() if name not in boxes.errors]
    return [
        (
            f"id_{name}",
            _("{person}的{label}：{problem}").format(person=titles[name], label=boxes.fields[name].label, problem=text),
        )
        for name, text in (*wrong, *others)
    ]


@never_cache
@require_safe
def ready(request: HttpRequest, bundle: str, within: str = "") -> HttpResponse:
    """The form is filled in: look it over, print it, wipe it."""
    case, telling = _telling(request, bundle, within)
    if telling is None:
        return HttpResponseRedirect(case.as_typed("ask"))
    draft = draft_for(request, within)
    if draft is None:
        return HttpResponseRedirect(case.address("form"))
    sheet = Sheet.of(telling, draft)
    blocks, values = sheet.blocks, sheet.values
    boxes = [box for box in all_boxes(blocks) if not box.signature]
    checked = JointForm(blocks, draft.sensitive, values | marks_in(draft.values))
    wrong = [*checked.errors, *checked.contradictions(sheet.givens)]
    context = _context(case, telling) | {
        "rows": [
            (block.title, [(box.entry.label, values[box.name]) for box in block.boxes if not box.signature])
            for block in blocks
        ],
        "full": sum(bool(values[box.name]) for box in boxes),
        "all": len(boxes),
        "wrong": len(wrong),
        "mend": _address(case, step_of(sheet.steps, wrong)),
        "rare": [field.label for field in checked.fields.values() if isinstance(field, TypedText) and field.rare],
        "strange": sorted({glyph for value in values.values() for glyph in missing_glyphs(value)}),
        "paper": case.address("form-paper"),
    }
    return render(request, "form/ready.html", context)


@never_cache
@require_safe
@dear
def form_paper(request: HttpRequest, bundle: str, within: str = "") -> HttpResponse:
    """The form on paper: with what was typed, or blank to write in."""
    case, telling = _telling(request, bundle, within)
    if telling is None:
        return HttpResponseRedirect(case.as_typed("ask"))
    if within:
        log_deed(request, "print-form", bundle)
    blank = "blank" in request.GET
    try:
        draft = draft_for(request, within)
    except Error:
        if not blank:
            raise
        draft = None
    blocks = blocks_of(telling, counts_of(telling.walk, draft))
    link = from_outside(request, reverse("code", args=[telling.code]))
    values = filled(telling, blocks, None if blank else draft)
    paper = form_paper_of(telling, blocks, values, link, wants_large(request))
    return pdf_response(form_pdf(paper, words_now(), wants_both(request)), f"{bundle}-form")


@never_cache
@require_POST
def wipe(request: HttpRequest) -> HttpResponse:
    """Deletes all that was typed."""
    response = render(request, "form/wiped.html")
    wipe_draft(request, response)
    return response
