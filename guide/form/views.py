"""The application form: a privacy notice first, then the boxes, then the paper. Nothing typed stands in an address."""

from http import HTTPStatus
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
from guide.form.boxes import (
    SURE,
    Block,
    JointForm,
    TypedText,
    all_boxes,
    blocks_of,
    counts_in,
    derive,
    filled,
    sure_marks,
    take_out,
)
from guide.form.drafts import VISITORS, Draftbook, DraftLost, Drawer, drawer_of, new_draft, open_draft, wipe_draft
from guide.form.drawing import drawn
from guide.form.members import counts_of
from guide.form.paper import form_paper_of
from guide.language.frames import once
from guide.language.pages import Shown, wants_both, wants_large
from guide.language.pieces import voice_for
from guide.notice.rows import Telling
from guide.papers import form_pdf, missing_glyphs, words_now
from guide.papers.files import pdf_response
from guide.staff.auditing import log_deed
from guide.web.database import RETRY_AFTER, is_down
from guide.web.gate import dear
from guide.web.public import from_outside


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
    blocks = blocks_of(telling, counts_of(telling.walk, draft))
    values = filled(telling, blocks, draft) | sure_marks(draft)
    # Nothing is wrong yet with what nobody has typed
    boxes = JointForm(blocks, draft.sensitive, values if draft.values else None, initial=values)
    if draft.box in boxes.fields:
        boxes.fields[draft.box].widget.attrs["autofocus"] = True
    more = {"sensitive": draft.sensitive, "draft": draft.tag, "lost": draft.renewed}
    return _page(request, case, telling, boxes, more)


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
    blocks = blocks_of(telling, counts_of(telling.walk, fresh))
    boxes = JointForm(blocks, fresh.sensitive, request.POST)
    valid = boxes.is_valid()
    _keep(boxes, fresh, blocks)
    changed = _change_count(telling, fresh, action, blocks)
    fresh.save()
    goes_on = valid and not changed and not fresh.renewed
    response = HttpResponseRedirect(case.address("form-ready" if goes_on else "form"))
    fresh.give(response)
    return response


def _not_kept(request: HttpRequest, case: Case, telling: Telling) -> HttpResponse:
    """The same page with all that was typed: there is no database to keep it in, and to send it again costs nothing."""
    sensitive = "sensitive" in request.POST
    boxes = JointForm(blocks_of(telling, counts_in(request.POST)), sensitive, request.POST)
    more = {
        "sensitive": sensitive,
        "draft": request.POST.get("draft", ""),
        "unkept": True,
        "blank": case.address("form-paper", blank="1"),
    }
    response = _page(request, case, telling, boxes, more)
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


def _keep(boxes: JointForm, draft: Draftbook, blocks: list[Block]) -> None:
    """Puts what was typed into the draft: tidied where it is right, as typed where it isn't."""
    for name in boxes.boxes:
        typed = boxes.cleaned_data.get(name) if name not in boxes.errors else boxes.data.get(name, "")
        draft.values[name] = str(typed or "")[:20_000]
        draft.values.pop(name + SURE, None)
    draft.values.update(dict.fromkeys((name + SURE for name in boxes.sure), "1"))
    derive(blocks, draft.values, draft.values)


def _change_count(telling: Telling, draft: Draftbook, action: str, blocks: list[Block]) -> bool:
    """One person more, or this one out (`fewer:board~2`), where the visitor asked for it and the form decides."""
    draft.box = ""
    verb, _colon, who = action.partition(":")
    person, _tilde, turn = who.partition("~")
    group = [block for block in blocks if block.person == person]
    if verb == "more" and any(block.more for block in group):
        draft.counts[person] = here = len(group) + 1
    elif verb == "fewer" and (out := next((block for block in group if block.fewer and turn == str(block.turn)), None)):
        take_out(blocks, out, draft.values)
        draft.counts[person] = len(group) - 1
        here = min(out.turn, len(group) - 1)
    else:
        return False
    now = blocks_of(telling, counts_of(telling.walk, draft))
    boxes = JointForm(now, draft.sensitive).boxes.values()
    draft.box = next((box.name for box in boxes if box.need.person == person and box.turn == here), "")
    return True


def _context(case: Case, telling: Telling) -> dict[str, Any]:
    return {
        "case": case,
        "bundle": case.bundle,
        "region": case.region,
        "telling": telling,
        "notice": case.address("ask" if case.within else "notice"),
        "form_page": case.address("form"),
        "boxes_count": telling.savings.fields[1],
        "wipe": reverse("counter-next" if case.within else "wipe"),
        **counter_bar(case),
    }


def _page(request: HttpRequest, case: Case, telling: Telling, boxes: JointForm, more: dict[str, Any]) -> HttpResponse:
    voice = voice_for(request)
    context = _context(case, telling) | {"problems": _problems(boxes)} | more
    return Shown(once(request, voice, "form/form.html", context, boxes=drawn(boxes, voice)))


def _problems(boxes: JointForm) -> list[tuple[str, str]]:
    """What is wrong, each with the box that it is about."""
    labels = {name: field.label for name, field in boxes.fields.items()}
    titles = {box.name: block.title for block in boxes.blocks for box in block.boxes}
    return [
        (f"id_{name}", _("{person}的{label}：{problem}").format(person=titles[name], label=labels[name], problem=text))
        for name, errors in boxes.errors.items()
        if name in labels
        for text in errors
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
    blocks = blocks_of(telling, counts_of(telling.walk, draft))
    values = filled(telling, blocks, draft)
    boxes = [box for box in all_boxes(blocks) if not box.signature]
    checked = JointForm(blocks, draft.sensitive, values | sure_marks(draft))
    context = _context(case, telling) | {
        "rows": [
            (block.title, [(box.entry.label, values[box.name]) for box in block.boxes if not box.signature])
            for block in blocks
        ],
        "full": sum(bool(values[box.name]) for box in boxes),
        "all": len(boxes),
        "wrong": len(checked.errors),
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
