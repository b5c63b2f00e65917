"""For those who write and review bundles: the map, the rules in words, the scenarios, what faults look like."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bundles.authoring import example
from bundles.authoring.schemas import bundle_schema
from bundles.faults import MEANINGS, BundleError, Fault
from bundles.loading import catalogue
from guide.cases.case import Case, open_bundle, read_case
from guide.editors.differences import differences as differing
from guide.editors.differences import read_other
from guide.editors.map import picture
from guide.editors.rule_lines import Reaching
from guide.editors.rules_in_words import Sheet
from guide.editors.scenarios import PlayedScenario, checked_scenarios, reaching
from guide.editors.unconfirmed import unconfirmed as to_confirm
from guide.language.languages import say
from guide.language.wording import answer_words

PARTS = ("questions", "stops", "params", "facts", "tables", "figures", "one_of", "items", "notes")  # of a `Sheet`


def _context(case: Case, here: str) -> dict[str, object]:
    """What every page about a bundle needs; `here` is the page's name."""
    return {"case": case, "bundle": case.bundle, "region": case.region, "pages": _pages(case, here)}


def _pages(case: Case, here: str) -> list[tuple[str, str, bool]]:
    """The editors' pages about the bundle: name, address, and whether it is this one."""
    names = {
        "map": _("地图"), "rules": _("全部规则"), "scenarios": _("情形表"), "differences": _("换一天，换一地"),
        "unconfirmed": _("还没核实的"),
    }  # fmt: skip
    region = f"?region={case.region.code}"
    return [(label, reverse(name, args=[case.bundle.id]) + region, name == here) for name, label in names.items()]


def _typed(request: HttpRequest) -> str:
    """What a long page is to be looked through for."""
    return request.GET.get("find", "").strip()[:60]


def _holds(entry: object, typed: str) -> bool:
    """Whether a row of frozen data says that somewhere."""
    return typed.casefold() in repr(entry).casefold()


@require_safe
def bundle_map(request: HttpRequest, bundle: str) -> HttpResponse:
    """The bundle as a picture, from the start or from a walk that has begun."""
    case = read_case(bundle, request.GET)
    if case.refusals:
        return HttpResponseRedirect(case.address("map"))
    used = case.walk.used
    without = {id: {name: answer for name, answer in used.items() if name != id} for id in used}
    path = [(case.bundle.question(id), case.with_answers(without[id]).address("map")) for id in case.walk.asked]
    context = _context(case, "map") | {
        "walk": case.walk,
        "map": picture(case),
        "path": [(say(question.ask), answer_words(question, used[question.id]), address) for question, address in path],
        "ask": case.address("ask"),
        "whole": f"{reverse('map', args=[bundle])}?region={case.region.code}",
    }
    return render(request, "editors/map.html", context)


@require_safe
def rules(request: HttpRequest, bundle: str) -> HttpResponse:
    """Every condition in words, or what holds what was typed."""
    case = read_case(bundle, request.GET)
    typed = _typed(request)
    whole = Sheet(case.bundle, _reaching(bundle))
    sheet = {name: [entry for entry in getattr(whole, name) if _holds(entry, typed)] for name in PARTS}
    context = _context(case, "rules") | {
        "sheet": sheet | {"joint": "" if typed else whole.joint},
        "typed": typed,
        "found": sum(map(len, sheet.values())),
    }
    return render(request, "editors/rules.html", context)


def _reaching(bundle: str) -> dict[str, dict[str, Reaching]] | None:
    """Which cases reach what; None where the cases can't be read."""
    try:
        return reaching(catalogue(), bundle)
    except BundleError:
        return None


@require_safe
def differences(request: HttpRequest, bundle: str) -> HttpResponse:
    """What the rules of another day or another region say otherwise."""
    case = read_case(bundle, request.GET)
    today = timezone.localdate()
    other = read_other(request.GET, case.region, today)
    there = open_bundle(bundle, other.region.code)[0]
    books = catalogue()
    overlaid = [books.region(code) for code in books.overlays(books.file(bundle))]
    context = _context(case, "differences") | {
        "other": other,
        "regions": list(dict.fromkeys([*overlaid, case.region, other.region])),
        "coming": there.changes_after(today),
        "same": (other.region, other.day) == (case.region, today),
        "differences": differing((case.bundle, today), (there.on(other.day), other.day)),
    }
    return render(request, "editors/differences.html", context)


@require_safe
def unconfirmed(request: HttpRequest, bundle: str) -> HttpResponse:
    """What nobody has confirmed yet, by source."""
    case = read_case(bundle, request.GET)
    rows = to_confirm(Sheet(case.bundle))
    return render(request, "editors/unconfirmed.html", _context(case, "unconfirmed") | {"rows": rows})


@require_safe
def scenarios(request: HttpRequest, bundle: str) -> HttpResponse:
    """Each scenario with what it expects and what comes of it, or those that hold what was typed."""
    case = read_case(bundle, request.GET)
    checked: list[PlayedScenario] = []
    faults: tuple[Fault, ...] = ()
    try:
        checked = checked_scenarios(catalogue(), bundle, translation.get_language() or "")
    except BundleError as error:
        faults = error.faults
    failed = sum(not entry.passed for entry in checked)
    typed = _typed(request)
    context = _context(case, "scenarios") | {
        "scenarios": [entry for entry in checked if _holds(entry, typed)],
        "number": len(checked),
        "failed": failed,
        "faults": list(map(str, faults)),
        "typed": typed,
    }
    return render(request, "editors/scenarios.html", context)


@require_safe
def faults(request: HttpRequest) -> HttpResponse:
    """Every code that `prove` may print, with a small bundle that has this fault, or draws this remark."""
    rows = [(code, _(meaning), example(code)) for code, meaning in MEANINGS.items()]
    return render(request, "editors/faults.html", {"rows": rows})


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of bundle.yaml, for editors."""
    return JsonResponse(bundle_schema(), json_dumps_params={"ensure_ascii": False})
