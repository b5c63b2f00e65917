"""Home, choice of region, the look, and a bundle's start page."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from bundles.dictionary import Region
from bundles.loading import catalogue
from guide.asking.finding import MOST_TYPED, by_theme, commonest, departments, find
from guide.cases.bundles import all_bundles
from guide.cases.case import read_case, region_of
from guide.halls.rows import halls_for
from guide.language.frames import framed
from guide.language.languages import say
from guide.language.pages import BOTH, Shown
from guide.language.pairs import own
from guide.language.pieces import voice_for
from guide.language.wording import answer_words, coming_words, lineage
from guide.web.cookies import give_cookie, take_cookie
from guide.web.requests import from_elsewhere

FEW = 60  # bundles that a wide screen shows unfolded


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What happened? Search, region, the box for a case code, what is done most, and all bundles by theme.

    Where nothing is found, all are shown. The page as it is for everybody is kept.
    """
    region = region_of(request)
    if {"find", "department"}.isdisjoint(request.GET):
        key = (*all_bundles(), region)
        return Shown(framed(request, voice_for(request), "asking/home.html", key, partial(_home, request)))
    return render(request, "asking/home.html", _home(request))


def _home(request: HttpRequest) -> dict[str, object]:
    offices = dict(departments())
    office = request.GET.get("department", "")
    typed = "" if office in offices else request.GET.get("find", "").replace("\0", "").strip()
    searched = bool(typed) or office in offices
    found = offices[office] if office in offices else find(typed)
    names = catalogue().entries.dictionaries.departments
    bundles = all_bundles()
    return {
        "typed": typed[:MOST_TYPED],
        "department": say(names[office]) if office in offices else "",
        "searched": searched,
        "results": found if searched else [],
        "commonest": commonest(bundles),
        "themes": by_theme(bundles) if not (searched and found) else [],
        "number": len(bundles),
        "few": len(bundles) <= FEW,
        "departments": [(id, say(names[id]), len(bundles)) for id, bundles in offices.items()],
        "region": region_of(request),
    }


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of ours, or home."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe and wanted.startswith("/") else reverse("home")


@require_safe
def choose_region(request: HttpRequest) -> HttpResponse:
    """Province, prefecture, county: each page lists one level, or those whose names hold what was typed; the reader's
    choice stays in a cookie.
    """
    regions = catalogue().regions
    chosen = request.GET.get("code", "")
    if chosen in regions:
        response = HttpResponseRedirect(_with_region(_next(request), chosen))
        if not from_elsewhere(request):
            give_cookie(response, "region", chosen)
        return response
    within = regions.get(request.GET.get("in", ""), catalogue().region(None))
    children = [region for region in regions.values() if region.parent == within.code]
    typed = request.GET.get("find", "").strip()[:MOST_TYPED]
    context = {
        "typed": typed,
        "found": _called(typed) if typed else [],
        "within": within,
        "trail": lineage(within),
        "children": [(region, _has_children(region)) for region in children],
        "next": _next(request),
        "unknown": chosen,
        "region": region_of(request),
    }
    return render(request, "asking/region.html", context, status=404 if chosen else 200)


def _called(typed: str) -> list[Region]:
    """The regions whose names hold that text, in Chinese or the reader's language."""
    return [
        region
        for region in catalogue().regions.values()
        if region.parent and (typed in region.name or typed in own(say(region.name)))
    ]


def _with_region(address: str, code: str) -> str:
    """The address to go back to, with the region in it where it names a case."""
    path, _, query = address.partition("?")
    if "region=" not in query:
        return address
    kept = [part for part in query.split("&") if not part.startswith("region=")]
    return f"{path}?{'&'.join([urlencode({'region': code}), *kept])}"


def _has_children(region: Region) -> bool:
    return any(other.parent == region.code for other in catalogue().regions.values())


@require_safe
def change_look(request: HttpRequest) -> HttpResponse:
    """Two switches that stay: large text with high contrast, and Chinese beneath everything in another language.

    Another website's link only leads on: what stays is the reader's choice.
    """
    response = HttpResponseRedirect(_next(request))
    if from_elsewhere(request):
        return response
    for switch, cookie, value in (("large", "look", "large"), (BOTH, BOTH, "1")):
        if request.GET.get(switch) == "1":
            give_cookie(response, cookie, value)
        elif switch in request.GET:
            take_cookie(response, cookie)
    return response


@require_safe
def start(request: HttpRequest, bundle: str) -> HttpResponse:
    """What it is about, the way in, what you get, what may have to be done."""
    chosen = request.GET.get("region") or (known.code if (known := region_of(request)) else None)
    parameters = request.GET.copy()
    parameters["region"] = chosen or ""
    case = read_case(bundle, parameters)
    opened, region, walk = case.bundle, case.region, case.walk
    names = [(item.wish, say(item.usual("name")) or item.id) for item in opened.items]
    context = {
        "bundle": opened,
        "region": region,
        "region_chosen": chosen is not None,
        "items": [name for wish, name in names if not wish],
        "wishes": [name for wish, name in names if wish],
        "coming": coming_words(opened, case.rules.today),
        "most": walk.remaining[1],
        "carried": [
            (say(question.ask), answer_words(question, case.answers[question.id]))
            for question in opened.questions
            if question.id in case.answers
        ],
        "ask": case.address("ask"),
        "halls": halls_for(region, opened.id),
    }
    return render(request, "asking/start.html", context)
