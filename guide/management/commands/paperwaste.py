"""`paperwaste`: how many questions the questionnaire on paper asks in vain, per bundle."""

import random
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bundles.loading import UnknownBundle, UnknownRegion, catalogue
from bundles.paper.waste import paper_waste
from bundles.times import read_today
from guide.management.telling import unknown_bundle

DRAWS = 1000


class Command(BaseCommand):
    help = "数一数：纸上的问卷比在网上多问了几题。随机抽一些人来填。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundles", nargs="*", help="一件事的编号；不写就是全部")
        parser.add_argument("--region", help="六位地区代码；不写就是全省")
        parser.add_argument("--today", help="按哪一天算；不写就是今天")
        parser.add_argument("--draws", type=int, default=DRAWS, help=f"每件事抽几个人，默认 {DRAWS}")
        parser.add_argument("--seed", type=int, help="从哪个数开始抽；写了就每次一样")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["draws"] < 1:
            raise CommandError("--draws 至少是 1。")
        try:
            today = read_today(options["today"]) if options["today"] else timezone.localdate()
            bundles = [catalogue().bundle(id, options["region"]) for id in options["bundles"] or catalogue().ids]
        except UnknownBundle as error:
            raise CommandError(unknown_bundle(error)) from None
        except UnknownRegion as error:
            raise CommandError(f"没有地区 {error}。要写六位代码，例如 513301。") from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{'bundle':<24}{'readers':>9}{'asked':>8}{'in vain':>9}{'worst':>7}  most often in vain")
        for bundle in bundles:
            waste = paper_waste(bundle, today, options["draws"], random.Random(options["seed"]))  # noqa: S311  # draws
            often = ", ".join(f"{name} {times / waste.readers:.0%}" for name, times in waste.vain.most_common(3))
            self.stdout.write(
                f"{bundle.id:<24}{waste.readers:>9}{waste.asked / waste.readers:>8.2f}{waste.mean:>9.3f}"
                f"{waste.worst:>7}  {often}"
            )
