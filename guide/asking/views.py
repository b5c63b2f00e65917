"""One question a page. Plain GET: the address is the state; htmx swaps the same page in place."""

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bundles.model import Question
from bundles.walking.answers import Refusal
from bundles.walking.walks import Walk
from guide.asking.page import back_from, question_page
from guide.asking.rows import refusal_words, stop_words
from guide.asking.table import as_kept, by_table, filled_in, sheet_for, table_page
from guide.cases.case import Case, read_case
from guide.form.members import draft_with_rows, keep_rows, rows_behind
from guide.form.views import drawer_for
from guide.language.pages import Shown
from guide.language.pieces import voice_for
from guide.notice.rows import Telling


@require_safe
def ask(request: HttpRequest, bundle: str) -> HttpResponse:
    """The next question, the one to change, or the way on where the walk has ended."""
    response = _answer(request, read_case(bundle, request.GET))
    patch_vary_headers(response, ("HX-Request", "Cookie"))
    return response


def _answer(request: HttpRequest, case: Case) -> HttpResponse:
    questions = {question.id for question in case.bundle.questions}
    submitted = name if (name := request.GET.get("q")) in questions else None
    if submitted is not None and _still_open(case, submitted):
        refusals = [refusal for refusal in case.refusals if refusal.question == submitted]
        return _question(request, case, submitted, refusals or [Refusal("nothing", submitted)], 200)
    if case.refusals:
        return _question(request, case, case.refusals[0].question, case.refusals, 400)
    return _go_on(request, case, submitted)


def _still_open(case: Case, submitted: str) -> bool:
    """Whether the submitted question has no answer that counts, although the walk asks it."""
    if submitted in case.answers:
        return False
    asks = case.walk_without(submitted).question
    return asks is not None and asks.id == submitted


def _go_on(request: HttpRequest, case: Case, submitted: str | None) -> HttpResponse:
    change = request.GET.get("change")
    walk = case.walk_without(change) if change else case.walk
    if change and (walk.question is None or walk.question.id != change):
        return HttpResponseRedirect(case.address("ask"))
    if walk.status == "finished":
        return _redirect(request, case.address("notice"))
    if submitted is not None and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(case.address("ask"))
    response = _page(request, case, walk, [])
    if submitted is not None:
        response.headers["HX-Push-Url"] = case.address("ask")
    return response


def _page(request: HttpRequest, case: Case, walk: Walk, refusals: list[Refusal], status: int = 200) -> HttpResponse:
    if walk.question is not None:
        return _question_or_table(request, case, walk, walk.question, refusals, status)
    telling = Telling(walk, case.region)
    context = {
        "case": case,
        "bundle": case.bundle,
        "region": case.region,
        "stops": [stop_words(telling, stop) for stop in walk.stops],
        "changes": [(row, case.address("ask", change=row.id)) for row in telling.answers],
        "back": back_from(case, walk),
    }
    return render(request, "asking/stop.html", context)


def _question_or_table(
    request: HttpRequest, case: Case, walk: Walk, question: Question, refusals: list[Refusal], status: int
) -> HttpResponse:
    """The table that answers the question, unless a result of it was given otherwise; else the question itself."""
    sheet = sheet_for(case, question)
    if sheet is None:
        return Shown(question_page(request, case, walk, question, refusals), status=status)
    draft = draft_with_rows(request, drawer_for(request, case.within))
    first = walk.used.keys().isdisjoint(sheet.table.questions)
    if not refusals and (first or rows_behind(case.walk, sheet.table, draft)):
        return table_page(request, sheet, as_kept(sheet, draft))
    link = by_table(sheet, voice_for(request))
    return Shown(question_page(request, case, walk, question, refusals, link), status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, bundle: str, within: str = "") -> HttpResponse:
    """The table that the walk has come to -> its results, in the address of the next question; its rows in none.

    A citizen's has no page of its own: it stands where the question would. `within` is "counter-" for a clerk.
    """
    case = read_case(bundle, request.GET, within)
    sheet = None if case.refusals else sheet_for(case, case.walk.question)
    if sheet is None:
        return HttpResponseRedirect(case.as_typed("ask"))
    drawer = drawer_for(request, within)
    if request.method != "POST" and within:
        return table_page(request, sheet, as_kept(sheet, draft_with_rows(request, drawer)))
    if request.method != "POST":
        return HttpResponseRedirect(case.address("ask"))
    filled = filled_in(sheet, request.POST)
    draft = keep_rows(request, drawer, case, sheet.table, filled.typed, filled.box)
    if filled.done:
        response = _redirect(request, sheet.answered(filled.rows).address("ask"), HTTPStatus.SEE_OTHER)
    elif draft is None or request.headers.get("HX-Request"):
        response = table_page(request, sheet, replace(filled, kept=draft is not None))
    else:  # so that Back never asks to send rows again
        response = _redirect(request, case.address("table" if within else "ask"), HTTPStatus.SEE_OTHER)
    if draft is not None:
        draft.give(response)
    return response


def _redirect(request: HttpRequest, address: str, status: int = HTTPStatus.FOUND) -> HttpResponse:
    """A redirect that leaves the page, also where htmx asked."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address, status=status)
    response = HttpResponse()
    response.headers["HX-Redirect"] = address
    return response


def _question(request: HttpRequest, case: Case, question: str, refusals: list[Refusal], status: int) -> HttpResponse:
    """The question again with what is wrong; where the walk doesn't ask it, the page that says what can't be read."""
    walk = case.walk_without(question)
    if walk.question is None or walk.question.id != question:
        return _refused(request, case)
    return _page(request, case, walk, refusals, status)


def _refused(request: HttpRequest, case: Case) -> HttpResponse:
    context = {"case": case, "problems": [refusal_words(case, refusal) for refusal in case.refusals]}
    return render(request, "asking/refused.html", {**context, "go_on": case.address("ask")}, status=400)
