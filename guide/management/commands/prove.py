"""`prove`: what holds over all walks of the bundles, and every fault of their files."""

import json
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bundles.faults import BundleError, Fault
from bundles.loading import PROVINCE, UnknownBundle, catalogue
from bundles.proving.proofs import Report, prove
from bundles.times import read_today


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that can't be used."""

    faults: tuple[Fault, ...]


Result = Report | Broken
FEW = 2
README = settings.BASE_DIR / "README.md"
START, END = "<!-- prove -->", "<!-- /prove -->"


class Command(BaseCommand):
    help = "证明一件事：数清所有走法，找出规则文件里的毛病。有毛病时退出码是 1。"
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
            today = read_today(options["today"]) if options["today"] else timezone.localdate()
            names = options["bundles"] or ([] if options["file"] else list(catalogue().ids))
            files = [catalogue().file(name) for name in names] + options["file"]
        except UnknownBundle as error:
            raise CommandError(f"没有一件事 {error}。有：{'、'.join(catalogue().ids)}。") from None
        except (BundleError, ValueError) as error:
            raise CommandError(str(error)) from None
        results = _all_proved(files, today)
        if options["json"]:
            self.stdout.write(json.dumps(_plain(results), ensure_ascii=False, indent=2))
        else:
            self._print(results)
        if any(_faults(result) for _, result in results):
            raise SystemExit(1)
        if options["readme"]:
            write_table([result for _, result in results if isinstance(result, Report)], today)

    def _print(self, results: list[tuple[Path, Result]]) -> None:
        self.stdout.write(
            f"{'bundle':<24}{'region':<22}{'walks':>20}{'states':>9}{'shortest':>10}{'mean':>8}{'longest':>9}"
            f"{'spared':>9}"
        )
        for file, result in results:
            if isinstance(result, Report):
                walks = "> 100,000 states" if result.walks is None else f"{result.walks:,}"
                mean = "-" if result.mean is None else f"{result.mean:.1f}"
                spared = "-" if result.spared is None else f"{result.spared:.1%}"
                self.stdout.write(
                    f"{result.bundle:<24}{_where(result):<22}{walks:>20}{result.states:>9}{result.shortest:>10}"
                    f"{mean:>8}{result.longest:>9}{spared:>9}"
                )
            else:
                self.stdout.write(f"{file}: 打不开")
        faults = sorted({str(fault) for _, result in results for fault in _faults(result)})
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{len(faults)} 处毛病。" if faults else "没有毛病。")


def write_table(reports: list[Report], today: date, readme: Path = README) -> None:
    """Puts the province's figures into the README, between the two marks."""
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(START, 1)
    readme.write_text(f"{before}{START}\n{table(reports, today)}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


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


def _all_proved(files: list[Path], today: date) -> list[tuple[Path, Result]]:
    """A report for each region in which a bundle may differ and each day on which its rules change, or its faults.

    Several at once, on as many cores as there are.
    """
    tasks: list[tuple[Path, str, date]] = []
    for file in files:
        try:
            tasks += [(file, region, today) for region in catalogue().overlays(file)]
        except BundleError as error:
            return [(file, Broken(error.faults))]
    if len(tasks) <= FEW:
        return [result for task in tasks for result in _proved(*task)]
    with ProcessPoolExecutor() as pool:
        return [result for results in pool.map(_proved, *zip(*tasks, strict=True)) for result in results]


def _proved(file: Path, region: str, today: date) -> list[tuple[Path, Result]]:
    others = catalogue().ids if file.resolve().is_relative_to(catalogue().folder) else None
    try:
        bundle = catalogue().open(file, region)
    except BundleError as error:
        broken: list[tuple[Path, Result]] = [(file, Broken(error.faults))]
        return [*broken, (file, prove(error.bundle, region, today, others))] if error.bundle is not None else broken
    return [(file, prove(bundle, region, day, others)) for day in (today, *bundle.changes_after(today))]


def _where(report: Report) -> str:
    """The region, and the day on which these rules or params begin, where it is to come."""
    return f"{report.region} {report.day}" if report.day and report.day > timezone.localdate() else report.region


def _faults(result: Result) -> tuple[Fault, ...]:
    return result.faults


def _plain(results: list[tuple[Path, Result]]) -> dict[str, Any]:
    rows = []
    for file, result in results:
        row: dict[str, Any] = {"file": str(file)}
        if isinstance(result, Report):
            row |= {key: value for key, value in asdict(result).items() if key not in ("faults", "since", "day")}
            row |= {"since": result.since.isoformat()} if result.since else {}
            row |= {"day": result.day.isoformat()} if result.day else {}
        faults = _faults(result)
        row["faults"] = [
            {"code": fault.code, "file": fault.place.file, "line": fault.place.line, "id": fault.id,
             "message": fault.message, "remedy": fault.remedy}
            for fault in faults
        ]  # fmt: skip
        rows.append(row | {"ok": not faults})
    return {"ok": all(row["ok"] for row in rows), "reports": rows}
