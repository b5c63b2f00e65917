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

from bundles.results.case_codes import CodeError
from guide.cases.case import WITHIN, Case, read_case
from guide.counter.aside import of_a_case
from guide.counter.brought import Check, check_of, check_problem, ticked
from guide.counter.handover import Part, as_data, schema, split
from guide.counter.sheets import handover_sheet, issued_by, missing_sheet, receipt_sheet
from guide.counter.views import desk_of
from guide.form.boxes import blocks_of, filled
from guide.form.members import counts_of
from guide.form.paper import applicant_of
from guide.form.views import draft_for
from guide.language.pages import wants_both
from guide.notice.rows import Telling
from guide.papers import Issued, handover_pdf, missing_pdf, receipt_pdf, words_now
from guide.papers.files import pdf_response
from guide.staff.auditing import log_deed
from guide.staff.counting import MARK, count, hall_of
from guide.staff.guards import staff_of
from guide.web.gate import dear
from guide.web.public import from_outside
from guide.web.requests import own_links_only


class Desk:
    """A finished case at the counter with what was checked; `problem` says what can't be read in the address."""

    def __init__(self, request: HttpRequest, bundle: str) -> None:
        self.case: Case = read_case(bundle, request.GET, WITHIN)
        walk = None if self.case.refusals else self.case.walk
        self.finished = walk is not None and walk.status == "finished"
        self.problem = ""
        if walk is None or not self.finished:
            return
        self.telling = Telling(walk, self.case.region)
        self.check = self._read()
        self.by = _day(request.GET["by"]) if "by" in request.GET else self.check.by

    @property
    def bundle(self) -> str:
        """The id of the case's bundle."""
        return self.case.bundle.id

    def _read(self) -> Check:
        try:
            return check_of(self.telling, self.case.checked)
        except CodeError as error:
            self.problem = check_problem(error)
            return Check(self.telling)

    def address(self, page: str, **more: str) -> str:
        """One of the case's pages, with what was checked."""
        return self.case.address(page, checked=self.check.code, **more)


def once_finished(view: Callable[[HttpRequest, Desk], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """A clerk's view of a case whose questions are answered to the end and whose check code can be read.

    Otherwise back to the questions, or to the check, which says what is wrong with the code.
    """

    @of_a_case
    @own_links_only("counter")
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, bundle: str) -> HttpResponse:
        told = Desk(request, bundle)
        if not told.finished:
            return HttpResponseRedirect(told.case.address("ask"))
        if told.problem and view is not _check:
            return HttpResponseRedirect(told.case.address("check"))
        return view(request, told)

    return opened


def _day(text: str) -> date | None:
    """A day from today on; None for anything else."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day >= timezone.localdate() else None


def _check(request: HttpRequest, told: Desk) -> HttpResponse:
    """Ticks what was brought; what is missing stands beside it, with the sheet to print."""
    if "tick" in request.GET:
        fresh = ticked(told.telling, request.GET, told.check)
        day = _day(request.GET.get("by", ""))
        # The date that stood there because of a deadline isn't a choice of the clerk's: it moves with what is missing.
        same = request.GET.get("by", "") == request.GET.get("by_before", "")
        more = {} if same else {"by": day.isoformat() if day else ""}
        return HttpResponseRedirect(told.case.address("check", checked=fresh.code, **more))
    by = told.by.isoformat() if told.by else ""
    context = desk_of(request, told.case) | {
        "check": told.check,
        "counter": [(row, row.id in told.check.taken) for row in told.telling.counter],
        "unconfirmed": sum(not line.row.confirmed for line in told.check.lines),
        "done": bool(told.case.checked) and not told.problem,
        "problem": told.problem,
        "hidden": [*told.case.pairs(), ("checked", "" if told.problem else told.case.checked), ("by_before", by)],
        "by": by,
        "missing_paper": told.address("missing", by=by),
        "handover": told.address("handover"),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "counter/check.html", context, status=400 if told.problem else 200)


check = once_finished(_check)


@once_finished
@dear
def missing(request: HttpRequest, told: Desk) -> HttpResponse:
    """The one-time notice of what is missing (补正一次性告知), two copies (行政许可法 第32条)."""
    if told.problem or not told.check.missing:
        return HttpResponseRedirect(told.address("check"))
    log_deed(request, "print-missing", told.bundle)
    _count_missing(request, told)
    link = from_outside(request, f"{reverse('counter-open')}?{urlencode({'typed': _both_codes(told)})}")
    _divided, values = _parts(request, told)
    sheet = missing_sheet(told.telling, told.check, told.by, _issued(request, told, values), link)
    return pdf_response(missing_pdf(sheet, words_now(), wants_both(request)), f"{told.bundle}-missing")


def _issued(request: HttpRequest, told: Desk, values: dict[str, str]) -> Issued:
    """Who applies, as the form says, and where and by whom they are served."""
    clerk = staff_of(request)
    return issued_by(told.check, applicant_of(told.telling, values), hall_of(clerk), clerk.get_full_name())


def _both_codes(told: Desk) -> str:
    return f"{told.telling.code}+{told.check.code}"


def _count_missing(request: HttpRequest, told: Desk) -> None:
    known = request.session.get(MARK, [])
    bundle = told.bundle
    missing = [line.id for found in told.check.missing for line in found.lines]
    fresh = [id for id in missing if f"{bundle} missing {id}" not in known]
    if fresh:
        count(staff_of(request), bundle, "missing", dict.fromkeys(fresh))
        request.session[MARK] = [*known, *(f"{bundle} missing {id}" for id in fresh)]


# Hand-over ------------------------------------------------------------------------------------------------------------


def _parts(request: HttpRequest, told: Desk) -> tuple[list[Part], dict[str, str]]:
    """Each department's part, and what stands in each box."""
    draft = draft_for(request, WITHIN)
    blocks = blocks_of(told.telling, counts_of(told.telling.walk, draft))
    return split(told.telling, blocks, told.check), filled(told.telling, blocks, draft)


def _promised(request: HttpRequest) -> date | None:
    """The day that the clerk promises. No source says how long a whole case takes, so nothing is proposed."""
    return _day(request.GET.get("promised", ""))


@once_finished
def handover(request: HttpRequest, told: Desk) -> HttpResponse:
    """Who gets what: the departments with their items, boxes and materials; the sheets, the data, the receipt."""
    parts, values = _parts(request, told)
    day = _promised(request)
    promise = {"promised": day.isoformat() if day else ""}
    data = told.address("handover-data")
    context = desk_of(request, told.case) | {
        "check": told.check,
        "parts": [
            (
                part,
                [(title, box, values.get(box.name, "")) for title, box in part.boxes if not box.signature],
                f"{data}&{urlencode({'department': part.department})}",
            )
            for part in parts
        ],
        "hidden": [*told.case.pairs(), ("checked", told.check.code)],
        "promised": promise["promised"],
        "empty": not any(values.values()),
        "sheets": told.address("handover-paper"),
        "data": data,
        "receipt": told.address("receipt", **promise),
        "back": told.address("check"),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "counter/handover.html", context)


@once_finished
@dear
def handover_paper(request: HttpRequest, told: Desk) -> HttpResponse:
    """A sheet for each department."""
    log_deed(request, "print-hand-over", told.bundle)
    parts, values = _parts(request, told)
    sheet = handover_sheet(told.telling, told.check, parts, values)
    return pdf_response(handover_pdf(sheet, words_now(), wants_both(request)), f"{told.bundle}-handover")


@once_finished
def handover_data(request: HttpRequest, told: Desk) -> HttpResponse:
    """The same as data; `department` asks for one alone."""
    log_deed(request, "export-hand-over", told.bundle)
    parts, values = _parts(request, told)
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
@dear
def receipt(request: HttpRequest, told: Desk) -> HttpResponse:
    """The applicant's receipt: what was taken in, what is still to come, by when it is done, and where to ask."""
    log_deed(request, "print-receipt", told.bundle)
    parts, values = _parts(request, told)
    link = from_outside(request, reverse("code", args=[told.telling.code]))
    issued = _issued(request, told, values)
    sheet = receipt_sheet(told.telling, told.check, parts, _promised(request), issued, link)
    return pdf_response(receipt_pdf(sheet, words_now(), wants_both(request)), f"{told.bundle}-receipt")
