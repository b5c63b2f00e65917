"""The window across the desk: what the applicant sees while a clerk answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.asking.rows import choice_rows, stop_words
from guide.cases.case import WITHIN, read_case
from guide.counter.aside import of_a_case
from guide.notice.rows import Telling
from guide.staff.guards import clerks_only
from guide.translations.sounds import recordings_of


@clerks_only
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The second window before anybody is served."""
    return render(request, "counter/facing.html", {"facing_window": True, "at": "waiting"})


@of_a_case
@require_safe
def facing(request: HttpRequest, bundle: str) -> HttpResponse:
    """What the applicant sees: the question in big type, or what to bring."""
    case = read_case(bundle, request.GET, WITHIN)
    walk = case.walk
    telling = Telling(walk, case.region)
    context = {
        "facing_window": True,
        "bundle": case.bundle,
        "region": case.region,
        "telling": telling,
        "at": walk.status,
    }
    if walk.status == "stopped":
        context["stops"] = [stop_words(telling, stop) for stop in walk.stops]
    if walk.question is not None:
        question = walk.question
        context |= {
            "question": question,
            "choices": choice_rows(question, walk.offered, []),
            "recordings": recordings_of(question, walk.offered),
        }
    return render(request, "counter/facing.html", context)
