"""`prove`: what holds over all walks of the bundles, every fault of their files, and what no case reaches."""

import json
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bundles.faults import BundleError, Fault
from bundles.loading import PROVINCE, UnknownBundle, catalogue
from bundles.proving.cases import Cases, prove_cases
from bundles.proving.everywhere import Broken, Result, agreed, prove_in, where_found, words_where
from bundles.proving.proofs import Report
from bundles.times import read_today
from guide.management.telling import README, cases_told, plain_cases, plain_fault, put_between, unknown_bundle


@dataclass(frozen=True, slots=True)
class Proved:
    """All that is found of a bundle's file."""

    file: Path
    results: list[Result]
    cases: Cases

    @property
    def faults(self) -> tuple[Fault, ...]:
        return (*(fault for result in self.results for fault in result.faults), *self.cases.faults)


UNTOLD = ("faults", "since", "day", "looked", "about")  # what JSON tells in another way, or not
FEW = 2
START, END = "<!-- prove -->", "<!-- /prove -->"


class Command(BaseCommand):
    help = "证明一件事：数清所有走法，找出规则和情形里的毛病，再提醒没有情形走到的、没有用到的。有毛病时退出码是 1。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundles", nargs="*", help="一件事的编号；不写就是全部")
        parser.add_argument("--file", type=Path, action="append", default=[], help="目录以外的 bundle.yaml，可以写多次")
        parser.add_argument("--today", help="按哪一天算；不写就是今天")
        parser.add_argument("--json", action="store_true", help="打印 JSON")
        parser.add_argument("--readme", action="store_true", help="把全省的表写进 README.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["readme"] and (options["bundles"] or options["file"]):
            raise CommandError("--readme 写的是全部的表，不能只写几件。")
        try:
            books = catalogue()
        except BundleError as error:
            self._tell_dictionaries(error, options["json"])
            raise SystemExit(1) from None
        try:
            today = read_today(options["today"]) if options["today"] else timezone.localdate()
            names = options["bundles"] or ([] if options["file"] else list(books.ids))
            files = [books.file(name) for name in names] + options["file"]
        except UnknownBundle as error:
            raise CommandError(unknown_bundle(error)) from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        proved = _all_proved(files, today)
        if options["json"]:
            self.stdout.write(json.dumps(_plain(proved), ensure_ascii=False, indent=2))
        else:
            self._print(proved, today)
        if any(one.faults for one in proved):
            raise SystemExit(1)
        if options["readme"]:
            write_table([row for one in proved for row in one.results if isinstance(row, Report)], today)

    def _tell_dictionaries(self, error: BundleError, as_json: bool) -> None:
        """Without the dictionaries, or the regions, no bundle can be read."""
        faults = [plain_fault(fault) for fault in error.faults]
        told = {"ok": False, "reports": [], "dictionaries": faults, "scenarios": [], "remarks": []}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if as_json else str(error))

    def _print(self, proved: list[Proved], today: date) -> None:
        self.stdout.write(
            f"{'bundle':<24}{'region':<22}{'walks':>20}{'states':>9}{'shortest':>10}{'mean':>8}{'longest':>9}"
            f"{'spared':>9}"
        )
        for one in proved:
            for result in one.results:
                self.stdout.write(_row(one.file, result))
        self.stdout.write("")
        for one in proved:
            self.stdout.write(f"{one.file.parent.name:<24}{cases_told(one.cases)}")
        self.stdout.write("")
        faults = _told(proved, today)
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{len(faults)} 处毛病。" if faults else "没有毛病。")
        remarks = [remark for one in proved for remark in one.cases.remarks]
        if remarks:
            self.stdout.write("\n提醒（不算毛病）：")
            for remark in remarks:
                self.stdout.write(str(remark))
            self.stdout.write(f"{len(remarks)} 条提醒。")


def _row(file: Path, result: Result) -> str:
    """A line of the table: the figures of a region, or that there are none."""
    if isinstance(result, Broken):
        return f"{file.parent.name:<24}{result.region or '':<22}{'打不开' if result.unreadable else '有毛病，用不了'}"
    walks = "> 100,000 states" if result.walks is None else f"{result.walks:,}"
    mean = "-" if result.mean is None else f"{result.mean:.1f}"
    spared = "-" if result.spared is None else f"{result.spared:.1%}"
    return (
        f"{result.bundle:<24}{_where(result):<22}{walks:>20}{result.states:>9}{result.shortest:>10}"
        f"{mean:>8}{result.longest:>9}{spared:>9}"
    )


def _told(proved: list[Proved], today: date) -> list[str]:
    """Each fault once, with the regions and the day that it needs to be there."""
    names = {code: region.name for code, region in catalogue().regions.items()}
    told = []
    for one in proved:
        for fault, places in where_found(one.results, today).items():
            told.append((fault, words_where(places, PROVINCE, names)))
        told += [(fault, "") for fault in one.cases.faults]
    return [f"{fault}{where}" for fault, where in sorted(set(told))]


def write_table(reports: list[Report], today: date, readme: Path = README) -> None:
    """Puts the province's figures into the README, between the two marks."""
    put_between(START, END, table(reports, today), readme)


def table(reports: list[Report], today: date) -> str:
    """The figures of the rules in force in the province on a day, as Markdown; `spared` see `proofs.Report`."""
    rows = ["| 一件事 | 题 | 走法 | 状态 | 最少 | 平均 | 最多 | 省 |", "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for report in reports:
        if report.region == PROVINCE and report.day == today:
            mean = "–" if report.mean is None else f"{report.mean:.1f}"
            spared = "–" if report.spared is None else f"{report.spared:.0%}"
            walks = "–" if report.walks is None else f"{report.walks:,}"
            figures = [report.questions, walks, report.states, report.shortest, mean, report.longest, spared]
            title = catalogue().bundle(report.bundle).title
            rows.append(f"| {title} `{report.bundle}` | {' | '.join(map(str, figures))} |")
    return "\n".join(rows)


def _all_proved(files: list[Path], today: date) -> list[Proved]:
    """What is found of each file, in every region in which the bundle may differ.

    Several at once, on as many cores as there are.
    """
    tasks = [(file, region, today) for file in files for region in catalogue().overlays(file)]
    if len(tasks) <= FEW:
        found, cases = [prove_in(catalogue(), *task) for task in tasks], [_cases(file) for file in files]
    else:
        with ProcessPoolExecutor() as pool:
            played = pool.map(_cases, files)
            found, cases = list(pool.map(_proved, *zip(*tasks, strict=True))), list(played)
    by_file: dict[Path, list[Result]] = {file: [] for file in files}
    for (file, _region, _today), results in zip(tasks, found, strict=True):
        by_file[file] += results
    return [Proved(one.file, agreed(by_file[one.file]), one) for one in cases]


def _proved(file: Path, region: str, today: date) -> list[Result]:
    return prove_in(catalogue(), file, region, today)


def _cases(file: Path) -> Cases:
    return prove_cases(catalogue(), file)


def _where(report: Report) -> str:
    """The region, and the day on which these rules or params begin, where it is to come."""
    return f"{report.region} {report.day}" if report.day and report.day > timezone.localdate() else report.region


def _plain(proved: list[Proved]) -> dict[str, Any]:
    rows = []
    for one in proved:
        for result in one.results:
            row: dict[str, Any] = {"file": str(one.file), "region": result.region}
            if isinstance(result, Report):
                row |= {entry.name: getattr(result, entry.name) for entry in fields(result) if entry.name not in UNTOLD}
                row |= {"since": result.since.isoformat()} if result.since else {}
                row |= {"day": result.day.isoformat()} if result.day else {}
            row["faults"] = [plain_fault(fault) for fault in result.faults]
            rows.append(row | {"ok": not result.faults})
    cases = plain_cases([one.cases for one in proved])
    remarks = [plain_fault(remark) for one in proved for remark in one.cases.remarks]
    return {
        "ok": not any(one.faults for one in proved), "reports": rows, "scenarios": cases, "remarks": remarks,
    }  # fmt: skip
