"""Counts of what happens at the counter, which hold no person; small ones are hidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from guide.models import Hall, Post, Tally

SMALLEST_SHOWN = 5  # of fewer one might guess who they were
MARK = "counted"  # in the clerk's session: what was counted for the applicant at the desk


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened; `number` is None where it is hidden."""

    name: str
    number: int | None


def hall_of(user: User) -> Hall | None:
    """The hall in which a member of staff works."""
    post = Post.objects.filter(user=user).select_related("hall__region").first()
    return post.hall if post else None


def count(user: User, bundle: str, kind: str, materials: Iterable[str] = ("",)) -> None:
    """One more of a kind (see models.staff.KINDS), today, in the clerk's hall; nothing for a clerk without one."""
    hall, today = hall_of(user), timezone.localdate()
    if hall is None:
        return
    for material in materials:
        row, _made = Tally.objects.get_or_create(hall=hall, day=today, bundle=bundle, kind=kind, material=material)
        Tally.objects.filter(pk=row.pk).update(number=F("number") + 1)


def counts(hall: Hall | None, first: date, last: date) -> dict[str, dict[str, Counted]]:
    """By bundle and kind, from the first to the last day; all halls together without one."""
    rows = _rows(hall, first, last).filter(material="").values("bundle", "kind").annotate(sum=Sum("number"))
    table: dict[str, dict[str, Counted]] = {}
    for row in rows.order_by("bundle"):
        table.setdefault(row["bundle"], {})[row["kind"]] = Counted(row["kind"], _shown(row["sum"]))
    return table


def most_missing(hall: Hall | None, first: date, last: date, most: int = 20) -> list[Counted]:
    """The materials that were missing most, by id; those too few to show are left out."""
    rows = _rows(hall, first, last).filter(kind="missing").values("material").annotate(sum=Sum("number"))
    shown = rows.filter(sum__gte=SMALLEST_SHOWN).order_by("-sum", "material")
    return [Counted(row["material"], row["sum"]) for row in shown[:most]]


def _rows(hall: Hall | None, first: date, last: date) -> QuerySet[Tally]:
    rows = Tally.objects.filter(day__range=(first, last))
    return rows if hall is None else rows.filter(hall=hall)


def _shown(number: int) -> int | None:
    return number if number >= SMALLEST_SHOWN else None
