"""Where staff begin: each finds the places that their role opens, and managers the counts."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bundles.faults import BundleError
from bundles.loading import UnknownBundle, catalogue
from guide.language.languages import say
from guide.staff.counting import SMALLEST_SHOWN, Counted, counts, hall_of, most_missing
from guide.staff.guards import managers_only, staff_of, staff_only
from guide.staff.second_factor import has_second_factor

MONTHS_BACK = 12


@staff_only
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """The places that the role of whoever logged in opens."""
    user = staff_of(request)
    return render(request, "staff/home.html", {"hall": hall_of(user), "second_factor": has_second_factor(user)})


@managers_only
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """A month's counts of the manager's hall, or of all halls: how many walks, and what was missing most.

    Ended months only, so that nobody subtracts one span of days from another to see a hidden small number.
    """
    month = _month(request.GET.get("month", ""))
    last = month.replace(day=monthrange(month.year, month.month)[1])
    hall = hall_of(staff_of(request))
    context: dict[str, Any] = {
        "hall": hall,
        "month": month,
        "months": _months(),
        "rows": [(_title(id), found) for id, found in counts(hall, month, last).items()],
        "missing": [(_material(row), row.number) for row in most_missing(hall, month, last)],
        "smallest": SMALLEST_SHOWN,
    }
    return render(request, "staff/figures.html", context)


def _months() -> list[date]:
    """The months that have ended, the last one first, each by its first day."""
    today = timezone.localdate()
    number = today.year * 12 + today.month - 1
    return [date((number - back) // 12, (number - back) % 12 + 1, 1) for back in range(1, MONTHS_BACK + 1)]


def _month(text: str) -> date:
    return next((month for month in _months() if f"{month:%Y-%m}" == text), _months()[0])


def _title(bundle: str) -> str:
    try:
        return say(catalogue().bundle(bundle).title)
    except (UnknownBundle, BundleError):
        return bundle


def _material(row: Counted) -> str:
    entry = catalogue().entries.dictionaries.materials.get(row.name)
    return say(entry.name) if entry else row.name
