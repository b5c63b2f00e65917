"""For those who write and review bundles: the map, the rules in words, the scenarios, what faults look like."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bundles.authoring import FAULTY
from bundles.authoring.schemas import bundle_schema
from bundles.faults import CODES
from bundles.loading import catalogue
from guide.cases.case import Case, read_case
from guide.editors.map import picture
from guide.editors.rules_in_words import Sheet
from guide.editors.scenarios import checked_scenarios
from guide.language.languages import say
from guide.language.wording import answer_words


def _context(case: Case) -> dict[str, object]:
    return {"case": case, "bundle": case.bundle, "region": case.region, "pages": _pages(case)}


def _pages(case: Case) -> list[tuple[str, str]]:
    """The editors' pages about the bundle."""
    names = {"map": _("地图"), "rules": _("全部规则"), "scenarios": _("情形表")}
    region = f"?region={case.region.code}"
    return [(label, reverse(name, args=[case.bundle.id]) + region) for name, label in names.items()]


@require_safe
def bundle_map(request: HttpRequest, bundle: str) -> HttpResponse:
    """The bundle as a picture, from the start or from a walk that has begun."""
    case = read_case(bundle, request.GET)
    if case.refusals:
        return HttpResponseRedirect(case.address("map"))
    used = case.walk.used
    without = {id: {name: answer for name, answer in used.items() if name != id} for id in used}
    path = [(case.bundle.question(id), case.with_answers(without[id]).address("map")) for id in case.walk.asked]
    context = _context(case) | {
        "walk": case.walk,
        "map": picture(case),
        "path": [(say(question.ask), answer_words(question, used[question.id]), address) for question, address in path],
        "ask": case.address("ask"),
        "whole": f"{reverse('map', args=[bundle])}?region={case.region.code}",
    }
    return render(request, "editors/map.html", context)


@require_safe
def rules(request: HttpRequest, bundle: str) -> HttpResponse:
    """Every condition in words."""
    case = read_case(bundle, request.GET)
    return render(request, "editors/rules.html", _context(case) | {"sheet": Sheet(case.bundle)})


@require_safe
def scenarios(request: HttpRequest, bundle: str) -> HttpResponse:
    """Each scenario with what it expects and what comes of it."""
    case = read_case(bundle, request.GET)
    checked = checked_scenarios(catalogue(), bundle, translation.get_language() or "")
    context = _context(case) | {"scenarios": checked, "failed": sum(not entry.passed for entry in checked)}
    return render(request, "editors/scenarios.html", context)


@require_safe
def faults(request: HttpRequest) -> HttpResponse:
    """Every code that `prove` may print, with a small bundle that has this fault."""
    rows = [
        (code, _(meaning), (FAULTY / f"{code}.yaml").read_text(encoding="utf-8")) for code, meaning in CODES.items()
    ]
    return render(request, "editors/faults.html", {"rows": rows})


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of bundle.yaml, for editors."""
    return JsonResponse(bundle_schema(), json_dumps_params={"ensure_ascii": False})
