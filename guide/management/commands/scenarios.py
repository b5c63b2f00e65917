"""`scenarios`: plays the cases beside the bundles, and says which come out otherwise than they must."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bundles.faults import BundleError
from bundles.loading import UnknownBundle, catalogue
from bundles.proving.cases import Cases, prove_cases
from guide.management.telling import cases_told, plain_cases, unknown_bundle


class Command(BaseCommand):
    help = "把情形走一遍：结果和应有的不一样、回答不能用、答了没有问的问题，都报出来。有毛病时退出码是 1。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundles", nargs="*", help="一件事的编号；不写就是全部")
        parser.add_argument("--file", type=Path, action="append", default=[], help="目录以外的 bundle.yaml，可以写多次")
        parser.add_argument("--json", action="store_true", help="打印 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            names = options["bundles"] or ([] if options["file"] else list(catalogue().ids))
            files = [catalogue().file(name) for name in names] + options["file"]
            found = [prove_cases(catalogue(), file) for file in files]
        except UnknownBundle as error:
            raise CommandError(unknown_bundle(error)) from None
        except BundleError as error:
            raise CommandError(str(error)) from None
        ok = not any(cases.faults or cases.broken for cases in found)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": ok, "scenarios": plain_cases(found)}, ensure_ascii=False, indent=2))
        else:
            self._print(found)
        if not ok:
            raise SystemExit(1)

    def _print(self, found: list[Cases]) -> None:
        for cases in found:
            self.stdout.write(f"{cases.file.parent.name:<24}{cases_told(cases)}")
        for cases in found:
            for fault in cases.faults:
                self.stdout.write(str(fault))
        number = sum(len(cases.faults) for cases in found)
        self.stdout.write(f"{number} 处毛病。" if number else "没有毛病。")
