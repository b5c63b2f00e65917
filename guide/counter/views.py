"""The counter: a clerk answers for the applicant across the desk, several questions a page, with the keyboard."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bundles.dictionary import Region
from bundles.loading import catalogue
from bundles.model import NONE, Question
from bundles.results.case_codes import CodeError
from bundles.walking.walks import Walk
from guide.asking.growing import growing_list
from guide.asking.rows import ChoiceRow, choice_rows, picked_in, refusal_words, stop_words
from guide.asking.table import sheet_for
from guide.cases.bundles import bundles_in, open_bundle
from guide.cases.case import WITHIN, Case, read_case, region_of
from guide.cases.codes import code_in
from guide.cases.counter_bar import counter_bar
from guide.counter.ahead import ahead
from guide.counter.aside import ASIDE, of_a_case
from guide.counter.brought import check_of
from guide.counter.opening import MOST_BYTES, NotOpened, are_marks, open_code, open_form, open_marks
from guide.form.boxes import counts_in
from guide.form.drafts import drawer_of, new_draft, wipe_draft
from guide.language.pieces import voice_for
from guide.language.wording import answer_words
from guide.notice.rows import Telling
from guide.staff.auditing import log_deed
from guide.staff.counting import MARK, count, hall_of
from guide.staff.guards import clerks_only, staff_of
from guide.web.gate import dear
from guide.web.requests import own_links_only

MOST_TYPED = 600


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question on the dense page with what may be answered, and what was."""

    question: Question
    choices: list[ChoiceRow]
    none: bool
    typed: str
    problems: list[str]
    open: bool
    words: str  # the answer in words, where there is one


@clerks_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the next applicant wants: a code, marks, a file, or a bundle to begin with."""
    return _home(request)


def _home(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    region = _region(request)
    bundles = [(bundle.id, bundle.title) for bundle in bundles_in(region.code)]
    context = {
        "region": region,
        "bundles": bundles,
        "chosen": (request.POST if request.method == "POST" else request.GET).get("bundle", ""),
        "typed": _typed(request)[0],
        "checked": _typed(request)[1],
        "problem": problem,
        "hall": hall_of(staff_of(request)),
        "at_counter": True,
        "facing": reverse("counter-waiting"),
    }
    return render(request, "counter/home.html", context, status=status)


def _region(request: HttpRequest) -> Region:
    """Where the clerk's hall is, unless they chose another region before."""
    hall = hall_of(staff_of(request))
    return region_of(request) or catalogue().region(hall.region_id if hall else None)


@of_a_case
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """A code or marks, as typed or scanned, or a bundle alone to begin with -> the applicant's case.

    A link alone (a sheet's QR code) fills in the box: opening ends what was typed for whoever sat here before.
    """
    if request.method != "POST":
        return _home(request)
    typed, checked = _typed(request)
    id = request.POST.get("bundle", "")
    try:
        if not typed and not id:
            raise NotOpened(_("请扫码，或者写办事码、纸上的勾。"))
        if not typed or are_marks(typed):
            return _open_bundle(request, id, typed)
        code, plus, appended = code_in(typed).partition("+")
        read = open_code(code)
    except NotOpened as error:
        return _home(request, str(error), 400)
    check = appended if plus else code_in(checked)
    page = "counter-check" if check and not read.missing else "counter-ask"
    more = f"&{urlencode({'checked': check})}" if check else ""
    return _begun(request, f"{reverse(page, args=[read.bundle.id])}?{read.query}{more}", read.bundle.id, "open-code")


def _typed(request: HttpRequest) -> tuple[str, str]:
    """What stands in the boxes for a code or marks, and for a check code."""
    sent = request.POST if request.method == "POST" else request.GET
    typed, checked = (sent.get(name, "").replace("\0", "").strip()[:MOST_TYPED] for name in ("typed", "checked"))
    return typed, checked


def _open_bundle(request: HttpRequest, id: str, marks: str) -> HttpResponse:
    if not id:
        raise NotOpened(_("请选纸上是哪一件事。"))
    bundle, region = open_bundle(id, _region(request).code)
    query = open_marks(bundle, region, marks)
    return _begun(request, f"{reverse('counter-ask', args=[id])}?{query}", id, "open-marks" if marks else "begin")


def _begun(request: HttpRequest, address: str, bundle: str, deed: str) -> HttpResponse:
    """On to a case that was just opened; what was typed for whoever sat here before doesn't go along."""
    response = HttpResponseRedirect(address)
    for drawer in (drawer_of(staff_of(request)), ASIDE):
        wipe_draft(request, response, drawer)
    request.session.pop(MARK, None)
    log_deed(request, deed, bundle)
    return response


@clerks_only
@require_POST
@dear
def open_file(request: HttpRequest) -> HttpResponse:
    """The file of the applicant's form -> their case, with their boxes filled in."""
    file = request.FILES.get("file")
    try:
        if file is None or not 0 < (file.size or 0) <= MOST_BYTES:
            raise NotOpened(_("请选一个文件，最大 5 MB。"))
        opened = open_form(file.read())
    except NotOpened as error:
        return _home(request, str(error), 400)
    read = opened.read
    address = f"{reverse('counter-ask', args=[read.bundle.id])}?{read.query}"
    response = _begun(request, address, read.bundle.id, "open-file")
    draft = new_draft(drawer_of(staff_of(request)))
    draft.values, draft.sensitive = opened.values, True  # the applicant handed it over
    draft.counts = counts_in(opened.values)
    draft.save()
    draft.give(response)
    return response


@clerks_only
@require_POST
def next_applicant(request: HttpRequest) -> HttpResponse:
    """The applicant has gone: nothing of theirs stays, and the counter is ready for the next."""
    request.session.pop(MARK, None)
    log_deed(request, "next")
    response = HttpResponseRedirect(reverse("counter"))
    for drawer in (drawer_of(staff_of(request)), ASIDE):
        wipe_draft(request, response, drawer)
    return response


# The questions ------------------------------------------------------------------------------------------------------


@of_a_case
@own_links_only("counter")
@require_safe
def ask(request: HttpRequest, bundle: str) -> HttpResponse:
    """Every question so far with its answer, those that follow for certain, and what is clear already."""
    case = _with_check(read_case(bundle, tidied(request.GET), WITHIN))
    walk = case.walk
    _count(request, case, walk)
    return render(request, "counter/ask.html", _context(request, case, walk), status=400 if case.refusals else 200)


def _with_check(case: Case) -> Case:
    """The case with its check code, as long as that is the code of these answers."""
    if case.checked and case.walk.status == "finished":
        with suppress(CodeError):
            check_of(Telling(case.walk, case.region), case.checked)
            return case
    return replace(case, checked="")


def tidied(parameters: QueryDict) -> QueryDict:
    """Dates as they are written, typed `20261110`; boxes left empty as not answered."""
    tidy = parameters.copy()
    for name, values in parameters.lists():
        kept = [_dated(value.strip()) for value in values if value.strip()]
        if kept:
            tidy.setlist(name, kept)
        else:
            del tidy[name]
    return tidy


def _dated(value: str) -> str:
    whole = len(value) == 8 and value.isascii() and value.isdecimal() and value[:2] in ("18", "19", "20")
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if whole else value


def _count(request: HttpRequest, case: Case, walk: Walk) -> None:
    """Counts each thing once an applicant: a page may be loaded again."""
    known = request.session.get(MARK, [])
    kinds = ["begun", *(kind for kind in ("finished", "stopped") if walk.status == kind)]
    fresh = [kind for kind in kinds if f"{case.bundle.id} {kind}" not in known]
    for kind in fresh:
        count(staff_of(request), case.bundle.id, kind)
    if fresh:
        request.session[MARK] = [*known, *(f"{case.bundle.id} {kind}" for kind in fresh)]


def _context(request: HttpRequest, case: Case, walk: Walk) -> dict[str, Any]:
    telling = Telling(walk, case.region)
    rows = [_row(case, case.walk_without(name), name in walk.used) for name in walk.asked]
    if walk.status == "asking":
        rows += [_row(case, one, answered=False) for one in ahead(walk)]
    shown = {row.question.id for row in rows}
    return desk_of(request, case) | {
        "walk": walk,
        "unfinished": walk.status != "finished",
        "notice_paper": f"{reverse('notice-paper', args=[case.bundle.id])}?{case.query}",
        "telling": telling,
        "rows": rows,
        "hidden": [
            *((name, value) for name, value in case.pairs() if name not in shown),
            *([("checked", case.checked)] if case.checked else []),
        ],
        "problems": [refusal_words(case, refusal) for refusal in case.refusals if refusal.question not in shown],
        "stops": [stop_words(telling, stop) for stop in walk.stops],
        "undo": case.address("ask") if not walk.asked else _without_last(case, walk),
        "growing": growing_list(case, walk, voice_for(request), changeable=False),
        "tables": _tables(case, [row.question for row in rows]),
    }


def _tables(case: Case, questions: list[Question]) -> list[tuple[str, str]]:
    """The tables that answer some of these questions: what each asks, and its address."""
    sheets = [sheet for sheet in (sheet_for(case, question) for question in questions) if sheet]
    return list({sheet.table.id: (sheet.table.ask, sheet.case.address("table")) for sheet in sheets}.values())


def desk_of(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What every counter page of a case needs."""
    hall = hall_of(staff_of(request))
    return {"case": case, "bundle": case.bundle, "region": case.region, "hall": hall, **counter_bar(case)}


def _without_last(case: Case, walk: Walk) -> str:
    last = walk.asked[-1]
    return f"{reverse('counter-ask', args=[case.bundle.id])}?{urlencode(case.pairs(without=last))}"


def _row(case: Case, walk: Walk, answered: bool) -> QuestionRow:
    question = walk.question
    if question is None:
        raise ValueError("a walk without the answer to a question that it asks stands at that question")
    picked = picked_in(case, question)
    problems = [refusal_words(case, refusal) for refusal in case.refusals if refusal.question == question.id]
    answer = case.answers.get(question.id)
    return QuestionRow(
        question,
        choice_rows(question, walk.offered, picked),
        NONE in picked,
        "".join(picked[:1]),
        problems,
        not answered,
        answer_words(question, answer) if answered and answer is not None else "",
    )


# The second window --------------------------------------------------------------------------------------------------
