"""A bundle's file proved whole: in every region in which it may differ, on every day on which its rules change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..facts import turns_after
from ..faults import BundleError, Fault
from ..loading import Catalogue
from .proofs import Report, prove
from .sound import sound


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that can't be used in a region, and why. `region` is None where it can't be used anywhere."""

    faults: tuple[Fault, ...]
    region: str | None = None

    @property
    def unreadable(self) -> bool:
        """Whether the file couldn't even be opened."""
        return any(fault.code == "L01" and fault.message.startswith("打不开") for fault in self.faults)


Result = Report | Broken


def prove_in(catalogue: Catalogue, file: Path, region: str, today: date) -> list[Result]:
    """What is found in one region: a report for each day on which the rules change, the faults of loading before."""
    others = catalogue.common if file.resolve().is_relative_to(catalogue.folder.resolve()) else None
    found: list[Result] = []
    doubtful = frozenset[str]()
    try:
        bundle = catalogue.open(file, region)
    except BundleError as error:
        found.append(Broken(error.faults, region))
        if error.bundle is None:
            return found
        bundle, doubtful = sound(error.bundle), error.doubtful
    days = (today, *turns_after(bundle, today))
    return [*found, *(prove(bundle, region, day, others, doubtful) for day in days)]


def agreed(results: Iterable[Result]) -> list[Result]:
    """The results of one file without what is a fault in one region, or from one day on, only.

    What nobody reaches here may be reached there: that is no contradiction, but what regions are for. So such a fault
    counts only where every report that has the same thing, under the same condition, has the fault too.
    """
    results = list(results)
    reports = [result for result in results if isinstance(result, Report)]
    return [
        replace(result, faults=tuple(fault for fault in result.faults if _everywhere(fault, result, reports)))
        if isinstance(result, Report) else result
        for result in results
    ]  # fmt: skip


def _everywhere(fault: Fault, report: Report, reports: Sequence[Report]) -> bool:
    about = report.about.get(fault)
    return about is None or all(
        fault.code in other.looked[about] for other in reports if about in other.looked
    )  # fmt: skip


def where_found(results: Iterable[Result], today: date) -> Mapping[Fault, tuple[tuple[str, date | None], ...]]:
    """Each fault with the regions in which, and the days from which, it is there, in the order of the results."""
    found: dict[Fault, list[tuple[str, date | None]]] = {}
    for result in results:
        day = result.day if isinstance(result, Report) and result.day and result.day > today else None
        for fault in result.faults:
            found.setdefault(fault, []).append((result.region or "", day))
    return {fault: tuple(dict.fromkeys(places)) for fault, places in found.items()}


def words_where(places: Collection[tuple[str, date | None]], whole: str, names: Mapping[str, str]) -> str:
    """In which regions and from which day on a fault is there; nothing where it is there in the whole province today.

    `whole` is the province's code, `names` the regions' names by code.
    """
    if any(not region or (region == whole and day is None) for region, day in places):
        return ""
    regions = dict.fromkeys(region for region, _day in places)
    days = [day for _region, day in places]
    listed = "、".join(f"{code} {names.get(code, '')}".strip() for code in regions)
    said = "" if list(regions) == [whole] else f"地区 {listed}"
    since = "" if None in days else f"{min(day for day in days if day)} 起"
    return f"（{'，'.join(filter(None, [said, since]))}）"
