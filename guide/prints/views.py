"""What anybody may print for a hall: the page that lists it, the blank questionnaire, posters, the booklet."""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bundles.dictionary import Region
from bundles.facts import in_force
from bundles.loading import catalogue
from bundles.model import Bundle
from guide.asking.finding import by_theme
from guide.cases.bundles import all_bundles, bundles_in, open_bundle
from guide.cases.case import region_of
from guide.halls.rows import halls_in
from guide.language.languages import say
from guide.language.pages import wants_both, wants_large
from guide.models import Hall
from guide.papers import booklet_pdf, poster_pdf, words_now
from guide.papers.files import pdf_response
from guide.papers.questionnaire import citizens_pdf, questionnaire_pdf
from guide.prints.blank_questionnaire import questionnaire_paper_of
from guide.prints.citizens_questionnaire import citizens_questionnaire_of
from guide.prints.posters_and_booklet import booklet_of, head_of, poster_of
from guide.staff.guards import to_log_in
from guide.web.gate import dear
from guide.web.public import from_outside

SIZES = ("a4", "a3")
FOR_ANYBODY = 4  # bundles
DIGITS = 10
MOST_TYPED = 60
MOST_PAPERS = 24  # half a megabyte each; in Tibetan one takes seconds to make


@require_safe
def prints(request: HttpRequest) -> HttpResponse:
    """Everything that can be printed for a region, bundle by bundle, or for the bundles found by what was typed."""
    region = region_of(request) or catalogue().region(None)
    typed = request.GET.get("find", "").replace("\0", "").strip()[:MOST_TYPED]
    opened = [bundle for bundle in bundles_in(region.code) if _is_called(bundle, typed)]
    context = {
        "region": region,
        "typed": typed,
        "rows": [(say(bundle.title), _papers(bundle, region)) for bundle in opened],
        "booklet": f"{reverse('booklet')}?region={region.code}",
        "halls": [(hall.name, f"{reverse('booklet')}?hall={hall.pk}") for hall in halls_in(region)],
    }
    return render(request, "prints/prints.html", context)


def _is_called(bundle: Bundle, typed: str) -> bool:
    """Whether a name of the bundle, or a word that stands for it, holds what was typed, in either language."""
    names = (bundle.title, bundle.happened, *bundle.keywords)
    return any(typed in name or typed in say(name) for name in names)


def _papers(bundle: Bundle, region: Region) -> list[tuple[str, str]]:
    """What there is of a bundle: names and addresses."""
    offered = [
        *(
            [(_("给办事人的纸问卷"), "citizens-paper", "")]
            if in_force(bundle, timezone.localdate()).marks_common
            else []
        ),
        (_("给工作人员的纸问卷"), "paper", ""),
        (_("海报 A4"), "poster", "&size=A4"),
        (_("海报 A3"), "poster", "&size=A3"),
        (_("手册里的这一件"), "booklet", f"&bundle={bundle.id}"),
        (_("断网也能用的网页"), "offline", ""),
    ]
    return [(label, _address(page, bundle.id, region, more)) for label, page, more in offered]


def _address(page: str, bundle: str, region: Region, more: str) -> str:
    path = reverse(page) if page == "booklet" else reverse(page, args=[bundle])
    return f"{path}?region={region.code}{more}"


@require_safe
@dear
def booklet(request: HttpRequest) -> HttpResponse:
    """The bundles named by `bundle`, those that a `hall` handles, or all of them, in the region.

    A whole booklet is seconds of work, in two languages half a minute, so one logs in for more than a few bundles.
    """
    hall = _hall(request)
    ids = request.GET.getlist("bundle") or [bundle.id for bundle in _as_at_home() if _handles(hall, bundle.id)]
    if len(set(ids)) > FOR_ANYBODY and not request.user.is_authenticated:
        return to_log_in(request, request.get_full_path())
    region = hall.region_id if hall else _region(request)
    bundles = [_today(open_bundle(id, region)) for id in dict.fromkeys(ids)]
    if not bundles:
        raise Http404(_("没有可以印的事。"))
    place = bundles[0][1]
    links = [_start(request, bundle, place) for bundle, _place in bundles]
    head = head_of(place, timezone.localdate(), from_outside(request, reverse("home")))
    paper = booklet_of([bundle for bundle, _place in bundles], place, links, head, wants_large(request))
    return pdf_response(booklet_pdf(paper, words_now(), wants_both(request)), "booklet")


def _as_at_home() -> list[Bundle]:
    """All bundles, theme by theme as on the home page."""
    return [bundle for _id, _name, bundles in by_theme(all_bundles()) for bundle in bundles]


def _hall(request: HttpRequest) -> Hall | None:
    number = request.GET.get("hall", "")
    return Hall.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < DIGITS else None


def _handles(hall: Hall | None, bundle: str) -> bool:
    windows = list(hall.windows.all()) if hall else []
    return not windows or any(window.handles(bundle) for window in windows)


@require_safe
@dear
def poster(request: HttpRequest, bundle: str) -> HttpResponse:
    """A bundle's poster on `size` A4 or A3."""
    opened, region = _today(open_bundle(bundle, _region(request)))
    size = request.GET.get("size", "A4").lower()
    if size not in SIZES:
        raise Http404(_("海报只有 A4 和 A3 两种。"))
    head = head_of(region, timezone.localdate(), _start(request, opened, region), opened)
    return pdf_response(poster_pdf(poster_of(opened, region, head, size), words_now(), wants_both(request)), bundle)


def _region(request: HttpRequest) -> str | None:
    """The region's code: of the address, else the one chosen before."""
    chosen = region_of(request)
    return request.GET.get("region") or (chosen.code if chosen else None)


def _today(opened: tuple[Bundle, Region]) -> tuple[Bundle, Region]:
    bundle, region = opened
    return in_force(bundle, timezone.localdate()), region


def _start(request: HttpRequest, bundle: Bundle, region: Region) -> str:
    """The full address of the bundle's start page."""
    return from_outside(request, f"{reverse('start', args=[bundle.id])}?region={region.code}")


@require_safe
@dear
def questionnaire_paper(request: HttpRequest, bundle: str) -> HttpResponse:
    """The questionnaire as PDF: `?region=`, else the region chosen before; `?large=1` and `?both=1` as everywhere."""
    opened, region = open_bundle(bundle, _region(request))
    language = translation.get_language() or settings.LANGUAGE_CODE
    link = _start(request, opened, region)
    rest = (link, language, wants_large(request), wants_both(request))
    return pdf_response(_questionnaire(opened, region, timezone.localdate(), *rest), f"{bundle}-paper")


@require_safe
@dear
def citizens_paper(request: HttpRequest, bundle: str) -> HttpResponse:
    """The questionnaire for citizens as PDF, where the bundle has one; the address as of the exact one."""
    opened, region = open_bundle(bundle, _region(request))
    language = translation.get_language() or settings.LANGUAGE_CODE
    link = _start(request, opened, region)
    rest = (link, language, wants_large(request), wants_both(request))
    pdf = _citizens(opened, region, timezone.localdate(), *rest)
    if pdf is None:
        raise Http404(_("这件事没有给办事人的纸问卷。"))
    return pdf_response(pdf, f"{bundle}-paper-plain")


@lru_cache(MOST_PAPERS)
def _citizens(
    bundle: Bundle, region: Region, today: date, link: str, language: str, large: bool, both: bool
) -> bytes | None:
    """As `_questionnaire`."""
    paper = citizens_questionnaire_of(bundle, region, today, link, large)
    return citizens_pdf(paper, words_now(), both) if paper else None


@lru_cache(MOST_PAPERS)
def _questionnaire(
    bundle: Bundle, region: Region, today: date, link: str, language: str, large: bool, both: bool
) -> bytes:
    """The same for everybody, so one that was made is kept. `language` is the active one."""
    return questionnaire_pdf(questionnaire_paper_of(bundle, region, today, link, large), words_now(), both)
