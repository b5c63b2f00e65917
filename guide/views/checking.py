"""At the counter, once the questions are answered: what was brought and what is missing, and who gets which part."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bundles.casecodes import CodeError
from guide.auditing import log_deed
from guide.cases import Case, read_case
from guide.counter.checks import Check, check_of, check_problem, ticked
from guide.counter.handover import Part, as_data, promised, schema, split
from guide.counter.sheets import handover_sheet, missing_sheet, receipt_sheet
from guide.counting import MARK, count, hall_of
from guide.forms import Block, blocks_of, filled
from guide.papers import handover_pdf, missing_pdf, receipt_pdf, words_now
from guide.showing import wants_both
from guide.telling import Telling
from guide.views.counter import WITHIN, desk_of
from guide.views.filing import draft_for
from guide.views.guards import clerks_only, staff_of

MOST_CODE = 600


class Checked:
    """A finished case at the counter with what was checked; `problem` says what can't be read in the address."""

    def __init__(self, request: HttpRequest, bundle: str) -> None:
        self.case: Case = read_case(bundle, request.GET, WITHIN)
        walk = None if self.case.refusals else self.case.walk
        self.finished = walk is not None and walk.status == "finished"
        self.problem = ""
        if walk is None or not self.finished:
            return
        self.telling = Telling(walk, self.case.region)
        self.check = self._read(request.GET.get("checked", "")[:MOST_CODE])
        self.by = _day(request.GET.get("by", "")) or self.check.by

    @property
    def bundle(self) -> str:
        """The id of the case's bundle."""
        return self.case.bundle.id

    def _read(self, code: str) -> Check:
        try:
            return check_of(self.telling, code)
        except CodeError as error:
            self.problem = check_problem(error)
            return Check(self.telling)

    def address(self, page: str, **more: str) -> str:
        """One of the case's pages, with what was checked."""
        return self.case.address(page, checked=self.check.code, **more)


def once_finished(view: Callable[[HttpRequest, Checked], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """A clerk's view of a case whose questions are answered to the end; back to the questions where they aren't."""

    @clerks_only
    @require_safe
    @wraps(view)
    def checked(request: HttpRequest, bundle: str) -> HttpResponse:
        told = Checked(request, bundle)
        return view(request, told) if told.finished else HttpResponseRedirect(told.case.address("ask"))

    return checked


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


@once_finished
def check(request: HttpRequest, told: Checked) -> HttpResponse:
    """Ticks what was brought; what is missing stands beside it, with the sheet to print."""
    if "tick" in request.GET:
        fresh = ticked(told.telling, request.GET.dict())
        by = _day(request.GET.get("by", ""))
        more = {"by": by.isoformat()} if by else {}
        return HttpResponseRedirect(told.case.address("check", checked=fresh.code, **more))
    context = desk_of(told.case, told.check.code) | {
        "check": told.check,
        "done": "checked" in request.GET and not told.problem,
        "problem": told.problem,
        "hidden": told.case.pairs(),
        "by": told.by.isoformat() if told.by else "",
        "missing_paper": told.address("missing", **({"by": told.by.isoformat()} if told.by else {})),
        "handover": told.address("handover"),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "counter/check.html", context, status=400 if told.problem else 200)


@once_finished
def missing(request: HttpRequest, told: Checked) -> HttpResponse:
    """The one-time notice of what is missing (补正一次性告知), two copies (行政许可法 第32条)."""
    if told.problem or not told.check.missing:
        return HttpResponseRedirect(told.address("check"))
    log_deed(request, "print-missing", told.bundle)
    _count_missing(request, told)
    link = request.build_absolute_uri(f"{reverse('counter-open')}?{urlencode({'typed': _both_codes(told)})}")
    sheet = missing_sheet(told.telling, told.check, told.by, hall_of(staff_of(request)), link)
    return _pdf(missing_pdf(sheet, words_now(), wants_both(request)), f"{told.bundle}-missing.pdf")


def _both_codes(told: Checked) -> str:
    return f"{told.telling.code}+{told.check.code}"


def _count_missing(request: HttpRequest, told: Checked) -> None:
    known = request.session.get(MARK, [])
    bundle = told.bundle
    fresh = [line.id for line in told.check.missing if f"{bundle} missing {line.id}" not in known]
    if fresh:
        count(staff_of(request), bundle, "missing", dict.fromkeys(fresh))
        request.session[MARK] = [*known, *(f"{bundle} missing {id}" for id in fresh)]


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


# Hand-over ------------------------------------------------------------------------------------------------------------


def _parts(request: HttpRequest, told: Checked) -> tuple[list[Part], list[Block], dict[str, str]]:
    draft, _lost = draft_for(request, WITHIN)
    blocks = blocks_of(told.telling, draft.counts if draft else {})
    values = filled(told.telling, blocks, draft)
    return split(told.telling, blocks, told.check, request.GET.getlist("also")), blocks, values


@once_finished
def handover(request: HttpRequest, told: Checked) -> HttpResponse:
    """Who gets what: the departments with their items, boxes and materials; the sheets, the data, the receipt."""
    parts, _blocks, values = _parts(request, told)
    also = request.GET.getlist("also")
    day = _day(request.GET.get("promised", "")) or promised(told.telling)
    kept = [("checked", told.check.code), *(("also", id) for id in also)]
    more = urlencode([*kept, *([("promised", day.isoformat())] if day else [])])
    context = desk_of(told.case, told.check.code) | {
        "check": told.check,
        "parts": [
            (part, [(title, box, values.get(box.name, "")) for title, box in part.boxes if not box.signature])
            for part in parts
        ],
        "counter": [(row, row.id in also) for row in told.telling.counter],
        "hidden": [*told.case.pairs(), ("checked", told.check.code)],
        "promised": day.isoformat() if day else "",
        "empty": not any(values.values()),
        "sheets": f"{told.case.address('handover-paper')}&{more}",
        "data": f"{told.case.address('handover-data')}&{more}",
        "receipt": f"{told.case.address('receipt')}&{more}",
        "back": told.address("check"),
    }
    return render(request, "counter/handover.html", context)


@once_finished
def handover_paper(request: HttpRequest, told: Checked) -> HttpResponse:
    """A sheet for each department."""
    log_deed(request, "print-hand-over", told.bundle)
    parts, _blocks, values = _parts(request, told)
    sheet = handover_sheet(told.telling, parts, values, _link(request, told))
    return _pdf(handover_pdf(sheet, words_now(), wants_both(request)), f"{told.bundle}-handover.pdf")


def _link(request: HttpRequest, told: Checked) -> str:
    return request.build_absolute_uri(reverse("code", args=[told.telling.code]))


@once_finished
def handover_data(request: HttpRequest, told: Checked) -> HttpResponse:
    """The same as data; `department` asks for one alone."""
    log_deed(request, "export-hand-over", told.bundle)
    parts, _blocks, values = _parts(request, told)
    wanted = request.GET.get("department")
    hall = hall_of(staff_of(request))
    chosen = [part for part in parts if wanted in (None, part.department)]
    data = as_data(told.telling, told.check, chosen, values, hall.name if hall else "")
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="{told.bundle}-handover.json"'
    return response


@require_safe
def handover_schema(_request: HttpRequest) -> JsonResponse:
    """The JSON Schema of the hand-over data, for whoever reads it."""
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})


@once_finished
def receipt(request: HttpRequest, told: Checked) -> HttpResponse:
    """The applicant's receipt: what was taken in, what is still to come, by when it is done, and where to ask."""
    log_deed(request, "print-receipt", told.bundle)
    parts, _blocks, _values = _parts(request, told)
    day = _day(request.GET.get("promised", "")) or promised(told.telling)
    sheet = receipt_sheet(told.telling, told.check, parts, day, hall_of(staff_of(request)), _link(request, told))
    return _pdf(receipt_pdf(sheet, words_now(), wants_both(request)), f"{told.bundle}-receipt.pdf")
