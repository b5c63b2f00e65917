"""What a finished walk gives: the notice as a page, on paper, as calendar, and as data."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bundles.loading import catalogue
from bundles.reserved import OWN_PARAMETERS
from bundles.results.outcomes import outcome
from bundles.walking.answers import AnswersRefused
from bundles.walking.walks import walk as walk_through
from guide.cases.bundles import open_bundle
from guide.cases.case import Case, read_case
from guide.halls.rows import halls_for
from guide.language.pages import Shown, wants_both, wants_large
from guide.language.wording import speech_for_data
from guide.notice.calendar import deadlines_calendar
from guide.notice.page import notice_page
from guide.notice.paper import notice_paper_of
from guide.notice.rows import Telling
from guide.papers import list_pdf, notice_pdf, notice_picture, words_now
from guide.papers.files import pdf_response
from guide.web.gate import dear
from guide.web.public import from_outside


def _finished(bundle: str, request: HttpRequest) -> tuple[Case, Telling | None]:
    """The case, and its telling where the walk is finished."""
    case = read_case(bundle, request.GET)
    if case.refusals:
        return case, None
    walk = case.walk
    return case, Telling(walk, case.region) if walk.status == "finished" else None


@require_safe
def notice(request: HttpRequest, bundle: str) -> HttpResponse:
    case, telling = _finished(bundle, request)
    if telling is None:
        return HttpResponseRedirect(case.as_typed("ask") if case.refusals else case.address("ask"))
    return Shown(notice_page(request, case, telling))


def once_finished(view: Callable[[HttpRequest, Telling, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a finished walk's telling and the address that its case code opens; else back to the questions."""

    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, bundle: str) -> HttpResponse:
        case, telling = _finished(bundle, request)
        if telling is None:
            return HttpResponseRedirect(case.as_typed("ask"))
        return view(request, telling, from_outside(request, reverse("code", args=[telling.code])))

    return opened


@once_finished
@dear
def notice_paper(request: HttpRequest, telling: Telling, link: str) -> HttpResponse:
    halls = halls_for(telling.region, telling.bundle.id)
    paper = notice_paper_of(telling, link, wants_large(request), halls)
    return pdf_response(notice_pdf(paper, words_now(), wants_both(request)), f"{telling.bundle.id}-notice")


@once_finished
@dear
def notice_image(request: HttpRequest, telling: Telling, link: str) -> HttpResponse:
    """The first page of the notice as a picture to keep or send on."""
    halls = halls_for(telling.region, telling.bundle.id)
    picture = notice_picture(notice_paper_of(telling, link, halls=halls), words_now(), wants_both(request))
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="{telling.bundle.id}.png"'
    return response


@once_finished
@dear
def list_paper(request: HttpRequest, telling: Telling, link: str) -> HttpResponse:
    """The materials alone on one page."""
    paper = notice_paper_of(telling, link, large=True)
    return pdf_response(list_pdf(paper, words_now(), wants_both(request)), f"{telling.bundle.id}-list")


@once_finished
def calendar(_request: HttpRequest, telling: Telling, link: str) -> HttpResponse:
    file = deadlines_calendar(telling, link, halls_for(telling.region, telling.bundle.id))
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{telling.bundle.id}.ics"'
    return response


@require_safe
def api_walk(request: HttpRequest, bundle: str) -> JsonResponse:
    """The walk as data, in the shape of the `walk` command. Answers are parameters, `region` may be one.

    Parameters that are no question's are among those that are ignored.
    """
    opened, region = open_bundle(bundle, request.GET.get("region") or None)
    questions = {question.id for question in opened.questions}
    given = {name: values for name, values in request.GET.lists() if name not in OWN_PARAMETERS}
    raw: dict[str, Any] = {name: values for name, values in given.items() if name in questions}
    try:
        walked = walk_through(opened, raw, timezone.localdate())
    except AnswersRefused as refused:
        problems = [{"question": problem.question, "code": problem.code, "tell": problem.say()}
                    for problem in refused.refusals]  # fmt: skip
        return JsonResponse({"error": str(refused), "refusals": problems}, status=400)
    data = outcome(walked, region.code, speech_for_data(), catalogue().city(region.code))
    return JsonResponse(data | {"ignored": [*data["ignored"], *(name for name in given if name not in questions)]})
