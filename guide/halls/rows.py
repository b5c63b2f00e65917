"""Which halls serve an applicant, and what pages and papers say of them."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as said

from bundles.dictionary import Region
from bundles.loading import catalogue
from guide.halls.hours import WEEKDAYS_SAID, doors, week_of, write_week
from guide.language.wording import day_words
from guide.models import Hall, Window

HALLS_UNKNOWN = said("大厅的信息现在查不到。在哪里办、几点开门，去之前请打 12345 问一下。")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HallRow:
    """A hall in words. `doors` says whether it is open now; papers, which are read later, leave that out."""

    id: int
    name: str
    address: str
    way: str
    phone: str
    hours: tuple[str, ...]
    doors: str
    helps: tuple[str, ...]  # languages spoken, step-free way in, low counter
    windows: tuple[str, ...]
    sample: bool


def halls_for(region: Region, bundle: str, now: datetime | None = None) -> list[HallRow] | None:
    """The halls that handle a bundle in a region; those of the region above where it has none, never the province's.

    `now` is local time; the present moment without it. None where nobody knows, as the database doesn't serve: all
    else of a page or paper needs none.
    """
    try:
        return _found(region, bundle, now or timezone.localtime())
    except Error as error:
        logger.error("halls can't be looked up: %s", type(error).__name__)
        return None


def halls_in(region: Region) -> list[Hall]:
    """The halls of a region alone; none where the database doesn't serve."""
    try:
        return list(Hall.objects.filter(region=region.code))
    except Error as error:
        logger.error("halls can't be looked up: %s", type(error).__name__)
        return []


def _found(region: Region, bundle: str, moment: datetime) -> list[HallRow]:
    place: Region | None = region
    while place is not None:
        here = Hall.objects.filter(region=place.code)
        halls = here.select_related("region").prefetch_related("windows", "hours", "days_off")
        rows = [_row(hall, windows, moment) for hall in halls if (windows := _windows(hall, bundle)) is not None]
        if rows:
            return rows
        above = catalogue().regions.get(place.parent or "")
        place = above if above and above.parent else None
    return []


def _windows(hall: Hall, bundle: str) -> list[Window] | None:
    """The windows that handle the bundle; None where the hall has windows, but none for it."""
    windows = list(hall.windows.all())
    found = [window for window in windows if window.handles(bundle)]
    return found if found or not windows else None


def _row(hall: Hall, windows: list[Window], moment: datetime) -> HallRow:
    return HallRow(
        hall.pk,
        hall.name,
        hall.address,
        hall.way,
        hall.phone or hall.region.hotline,
        tuple(hours_words(hall)),
        _doors(hall, moment),
        tuple(_helps(hall, windows)),
        tuple(window.name for window in windows),
        hall.sample,
    )


def hours_words(hall: Hall) -> list[str]:
    """A line for each run of days with the same hours, under its season where there are seasons."""
    names = [_(name) for name in WEEKDAYS_SAID]
    labels = {"all": "{hours}", "summer": _("夏季：{hours}"), "winter": _("冬季：{hours}")}
    rows = list(hall.hours.all())
    through = _("{first}至{last}")
    return [
        label.format(hours=line)
        for season, label in labels.items()
        for line in write_week(week_of(rows, season), names, through)
    ]


def _doors(hall: Hall, moment: datetime) -> str:
    state = doors(hall, moment)
    if state is None:
        return ""
    if state.until is None:
        return _("现在关着")
    clock = f"{state.until.hour}:{state.until.minute:02}"
    if state.open:
        return _("现在开着，到 {clock}").format(clock=clock)
    days = (state.until.date() - moment.date()).days
    if days == 0:
        return _("现在关着，今天 {clock} 开门").format(clock=clock)
    if days == 1:
        return _("现在关着，明天 {clock} 开门").format(clock=clock)
    return _("现在关着，{day} {clock} 开门").format(day=day_words(state.until.date()), clock=clock)


def _helps(hall: Hall, windows: list[Window]) -> list[str]:
    spoken = {
        "bo": _("会藏语的窗口：{windows}"),
        "ii": _("会彝语的窗口：{windows}"),
        "sign": _("会手语的窗口：{windows}"),
        "en": _("会英语的窗口：{windows}"),
    }
    helps = []
    for code, words in spoken.items():
        speaking = [window.name for window in windows if code in window.languages]
        if speaking:
            helps.append(words.format(windows=_("、").join(speaking)))
    if hall.step_free:
        helps.append(_("门口没有台阶，轮椅能进"))
    if hall.low_counter:
        helps.append(_("有低位柜台"))
    return helps
