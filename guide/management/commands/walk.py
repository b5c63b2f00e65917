"""`walk`: where some answers lead, as JSON."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from bundles.faults import BundleError
from bundles.loading import UnknownBundle, UnknownRegion, catalogue
from bundles.model import Bundle
from bundles.results.outcomes import batch, outcome
from bundles.times import read_today
from bundles.walking.answers import AnswersRefused
from bundles.walking.walks import walk
from guide.language.wording import speech_for_data
from guide.management.telling import unknown_bundle


class Command(BaseCommand):
    help = "走一遍一件事：给出回答，打印结果（JSON）。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="*", metavar="bundle question=answer", help="一件事的编号，然后是回答")
        parser.add_argument("--file", type=Path, help="目录以外的一个 bundle.yaml")
        parser.add_argument("--region", help="六位地区代码；不写就是全省")
        parser.add_argument("--today", help="按哪一天算，例如 2026-11-22；不写就是今天")
        languages = [code for code, _ in settings.LANGUAGES]
        parser.add_argument("--language", default="zh-hans", choices=languages, help="文字用哪种语言")
        parser.add_argument("--batch", action="store_true", help="从标准输入逐行读 JSON，逐行打印结果")

    def handle(self, *args: Any, **options: Any) -> None:
        words: list[str] = options["words"]
        try:
            today = read_today(options["today"]) if options["today"] else timezone.localdate()
            open_bundle, rest = self._bundle(words, options["file"])
            with translation.override(options["language"]):
                if options["batch"]:
                    self._batch(open_bundle, today, options)
                else:
                    walked = walk(open_bundle(options["region"]), _answers(rest), today)
                    told = outcome(walked, options["region"], speech_for_data(), catalogue().city(options["region"]))
                    self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        except UnknownBundle as error:
            raise CommandError(unknown_bundle(error)) from None
        except UnknownRegion as error:
            raise CommandError(f"没有地区 {error}。要写六位代码，例如 513301。") from None
        except (AnswersRefused, BundleError, ValueError) as error:
            raise CommandError(str(error)) from None

    def _bundle(self, words: list[str], file: Path | None) -> tuple[Callable[[str | None], Bundle], list[str]]:
        """How to open the bundle for a region, and the words that are answers."""
        if file is not None:
            return partial(catalogue().open, file), words
        if not words or "=" in words[0]:
            raise CommandError(f"先写一件事的编号：{'、'.join(catalogue().ids)}；或用 --file。")
        return partial(catalogue().bundle, words[0]), words[1:]

    def _batch(self, open_bundle: Callable[[str | None], Bundle], today: date, options: dict[str, Any]) -> None:
        open_bundle(options["region"])
        for told in batch(sys.stdin, open_bundle, today, options["region"], speech_for_data(), catalogue().city):
            self.stdout.write(_line(told))


def _line(told: dict[str, Any]) -> str:
    """JSON in one line; half characters (lone surrogates), which no file can hold, become question marks."""
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()


def _answers(words: list[str]) -> dict[str, object]:
    """`question=answer` words; a question given twice counts with both values. Raises CommandError."""
    answers: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise CommandError(f"“{word}”要写成 问题=回答。")
        answers.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in answers.items()}
