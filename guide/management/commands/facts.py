"""`facts`: how many facts of each bundle somebody has confirmed, and how many walks tell one that nobody has."""

from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bundles.facts import facts_of, in_force, is_past
from bundles.loading import PROVINCE, UnknownBundle, catalogue
from bundles.proving.shares import unconfirmed_share
from bundles.times import read_today
from bundles.walking.editions import edition
from guide.management.telling import README, put_between, unknown_bundle

START, END = "<!-- facts -->", "<!-- /facts -->"
HEADS = ("事实", "核实过", "没有核实", "没有出处", "过期")


@dataclass(frozen=True, slots=True)
class Tally:
    """A bundle's facts in a region. `share` (0 to 1) of all walks tell one that nobody confirmed; None: too many."""

    bundle: str
    region: str
    facts: int
    confirmed: int
    unsourced: int
    past: int
    share: float | None

    @property
    def figures(self) -> tuple[int, ...]:
        """Under `HEADS`, in their order."""
        return self.facts, self.confirmed, self.facts - self.confirmed, self.unsourced, self.past

    @property
    def share_words(self) -> str:
        """The share, never rounded to all or nothing."""
        if self.share is None:
            return "–"
        return f"{self.share:.1%}" if self.share in (0, 1) else f"{min(max(self.share, 0.001), 0.999):.1%}"


class Command(BaseCommand):
    help = "数一件事里的事实：多少条、核实过的、没有核实的、没有出处的、过期的，多少走法会讲到没有核实的。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundles", nargs="*", help="一件事的编号；不写就是全部")
        parser.add_argument("--today", help="按哪一天算；不写就是今天")
        parser.add_argument("--readme", action="store_true", help="把全省的表写进 README.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["readme"] and options["bundles"]:
            raise CommandError("--readme 写的是全部的表，不能只写几件。")
        try:
            today = read_today(options["today"]) if options["today"] else timezone.localdate()
            names = options["bundles"] or list(catalogue().ids)
            tasks = [(name, region, today) for name in names for region in catalogue().overlays(catalogue().file(name))]
        except UnknownBundle as error:
            raise CommandError(unknown_bundle(error)) from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        with ProcessPoolExecutor() as pool:
            tallies = list(pool.map(tally, *zip(*tasks, strict=True)))
        self.stdout.write(f"{'一件事':<24}{'地区':<10}{'  '.join(HEADS)}  讲到没核实的走法")
        for one in tallies:
            figures = "".join(f"{figure:>9}" for figure in one.figures)
            self.stdout.write(f"{one.bundle:<24}{one.region:<10}{figures}{one.share_words:>10}")
        if options["readme"]:
            write_table(tallies, today)


def tally(bundle: str, region: str, today: date) -> Tally:
    """What is known of a bundle's facts in a region on a day."""
    written = catalogue().bundle(bundle, region).on(today)
    facts = list(facts_of(in_force(written, today)))
    return Tally(
        bundle,
        region,
        len(facts),
        sum(fact.confirmed for fact in facts),
        sum(fact.source is None for fact in facts),
        sum(is_past(fact, today) for fact in facts),
        unconfirmed_share(edition(written, today)),
    )


def table(tallies: list[Tally], today: date) -> str:
    """The province's figures on a day, as Markdown."""
    heads = [*HEADS, "讲到没核实的走法"]
    rows = [f"| 一件事，{today} | {' | '.join(heads)} |", f"|---|{'--:|' * len(heads)}"]
    for one in tallies:
        if one.region == PROVINCE:
            title = catalogue().bundle(one.bundle).title
            rows.append(f"| {title} `{one.bundle}` | {' | '.join(map(str, one.figures))} | {one.share_words} |")
    return "\n".join(rows)


def write_table(tallies: list[Tally], today: date, readme: Path = README) -> None:
    """Puts the province's figures into the README, between the two marks."""
    put_between(START, END, table(tallies, today), readme)
