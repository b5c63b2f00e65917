"""`startversion`: before questions change, keeps what codes already given out need."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bundles.authoring.starting import CannotStart, start_version
from bundles.faults import BundleError
from bundles.loading import UnknownBundle, catalogue
from guide.management.telling import unknown_bundle


class Command(BaseCommand):
    help = "改问题或选项以前先运行：旧办事码要用的问题留在 versions/，版本加一，记一笔。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundle", help="一件事的编号")
        parser.add_argument("tell", help="这一版改什么，一句话")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = start_version(catalogue(), options["bundle"], options["tell"], timezone.localdate())
        except UnknownBundle as error:
            raise CommandError(unknown_bundle(error)) from None
        except CannotStart as error:
            raise CommandError(str(error)) from None
        except BundleError as error:
            raise CommandError(f"先改好这些，什么也没有写：\n{error}") from None
        self.stdout.write(
            f"{options['bundle']} 现在是第 {number} 版，旧的问题在 versions/{number - 1}.yaml。可以改了。"
        )
