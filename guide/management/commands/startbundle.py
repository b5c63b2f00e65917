"""`startbundle`: a small working folder for a new bundle."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bundles.authoring.starting import CannotStart, start_bundle
from bundles.faults import BundleError
from bundles.loading import catalogue


class Command(BaseCommand):
    help = "开始写一件事：在目录里放一个能用的小样。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="编号，例如 moving-house")
        parser.add_argument("title", nargs="?", default="还没有名字的一件事", help="名称，例如 搬家一件事")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = start_bundle(catalogue(), options["id"], options["title"], timezone.localdate())
        except CannotStart as error:
            raise CommandError(str(error)) from None
        except BundleError as error:
            raise CommandError(f"先改好这些，什么也没有写：\n{error}") from None
        self.stdout.write(f"写好了 {folder}。改 bundle.yaml 和 scenarios.yaml，然后运行：")
        self.stdout.write(f"  python manage.py prove {options['id']}")
