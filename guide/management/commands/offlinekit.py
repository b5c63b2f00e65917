"""`manage.py offlinekit DIR [--region 513301] [--site https://example.cn]`: the guide for a USB stick."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bundles.loading import UnknownRegion
from guide.offline.page import offline_kit


class Command(BaseCommand):
    help = "Writes every bundle in every language as a file that opens without a network, and an index of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the files go; made where it isn't there")
        parser.add_argument("--region", help="whose rules; the province's without it")
        parser.add_argument("--site", default="", help="where case codes open, such as https://example.cn")

    def handle(self, *, folder: Path, region: str | None, site: str, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, text in offline_kit(region, site.rstrip("/")):
                (folder / name).write_text(text, encoding="utf-8")
                self.stdout.write(f"{name}  {len(text.encode()):,} bytes")
        except UnknownRegion as unknown:
            raise CommandError(str(unknown)) from unknown
