"""One question a page. Plain GET: the address is the state; htmx swaps the same page in place."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from bundles.model import NONE, Question
from bundles.walking.answers import Refusal
from bundles.walking.walks import Walk
from guide.asking.kept_pages import keep_page, kept_page
from guide.asking.rows import (
    choice_rows,
    date_boxes,
    picked_in,
    refusal_words,
    rules_key,
    stop_words,
    target_of,
)
from guide.cases.case import Case, read_case
from guide.kiosk.mode import in_kiosk
from guide.language.pages import Shown, as_sent, wants_both
from guide.notice.rows import Telling
from guide.translations.sounds import recordings_of


@require_safe
def ask(request: HttpRequest, bundle: str) -> HttpResponse:
    """The next question, the one to change, or the way on where the walk has ended."""
    key = _page_key(request)
    kept = kept_page(key)
    response = Shown(kept) if kept is not None else _ask(request, read_case(bundle, request.GET), key)
    patch_vary_headers(response, ("HX-Request", "Cookie"))
    return response


def _page_key(request: HttpRequest) -> tuple[object, ...]:
    """All that a question page depends on."""
    look = (request.COOKIES.get("look") == "large", in_kiosk(request), "HX-Request" in request.headers)
    return (request.get_full_path(), wants_both(request), timezone.localdate(), *look)


def _ask(request: HttpRequest, case: Case, key: tuple[object, ...]) -> HttpResponse:
    """The page made anew; kept for the next who asks for the very same address."""
    response = _answer(request, case)
    if response.status_code == HTTPStatus.OK and _is_canonical(request, case):
        keep_page(key, as_sent(request, response.content.decode()).encode())
    return response


def _is_canonical(request: HttpRequest, case: Case) -> bool:
    """Whether the address is the one that we ourselves write for these answers: what odd ones bring isn't kept."""
    change = request.GET.get("change", "")
    address = case.address("ask", change=change) if change else case.address("ask")
    return not case.refusals and request.get_full_path() == address


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
    response = render(
        request, "asking/stop.html" if walk.status == "stopped" else "asking/ask.html", _context(case, walk, [])
    )
    if submitted is not None:
        response.headers["HX-Push-Url"] = case.address("ask")
    return response


def _redirect(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that leaves the page, also where htmx asked."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address)
    response = HttpResponse()
    response.headers["HX-Redirect"] = address
    return response


def _question(request: HttpRequest, case: Case, question: str, refusals: list[Refusal], status: int) -> HttpResponse:
    """The question again with what is wrong; where the walk doesn't ask it, the page that says what can't be read."""
    walk = case.walk_without(question)
    if walk.question is None or walk.question.id != question:
        return _refused(request, case)
    return render(request, "asking/ask.html", _context(case, walk, refusals), status=status)


def _refused(request: HttpRequest, case: Case) -> HttpResponse:
    context = {"case": case, "problems": [refusal_words(case, refusal) for refusal in case.refusals]}
    return render(request, "asking/refused.html", {**context, "go_on": case.address("ask")}, status=400)


def _context(case: Case, walk: Walk, refusals: list[Refusal]) -> dict[str, Any]:
    telling = Telling(walk, case.region)
    context: dict[str, Any] = {
        "case": case,
        "bundle": case.bundle,
        "region": case.region,
        "walk": walk,
        "telling": telling,
        "changes": [(row, case.address("ask", change=row.id)) for row in telling.answers],
        "back": _back(case, walk),
        "language": translation.get_language(),
    }
    if walk.status == "stopped":
        return context | {"stops": [stop_words(telling, stop) for stop in walk.stops]}
    question = walk.question
    if question is None:
        return context
    picked = picked_in(case, question)
    return context | {
        "question": question,
        "question_part": f"asking/{question.type if question.type in ('date', 'number') else 'choices'}.html",
        "question_key": _question_key(case, question, walk.offered, picked),
        "problems": [(target_of(question, refusal), refusal_words(case, refusal)) for refusal in refusals],
        "choices": choice_rows(question, walk.offered, picked),
        "none": NONE in picked,
        "typed": "".join(case.typed.get(question.id, [])[:1]),
        "date_boxes": date_boxes(case, question),
        "recordings": recordings_of(question, walk.offered),
        "hidden": case.pairs(without=question.id),
        "number": len(walk.asked) + 1,
        "more": walk.remaining[1] - 1,
        "total": len(walk.asked) + walk.remaining[1],
    }


def _question_key(case: Case, question: Question, offered: tuple[str, ...], picked: list[str]) -> str:
    """What the question's own part depends on: the rules, what is offered, and what stands in its boxes."""
    return repr((rules_key(case), question.id, offered, picked))


def _back(case: Case, walk: Walk) -> str:
    if walk.asked:
        return case.address("ask", change=walk.asked[-1])
    return f"{reverse('start', args=[case.bundle.id])}?region={case.region.code}"
