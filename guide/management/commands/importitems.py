"""`importitems`: draft bundles from the guides that provincial platforms publish as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bundles.importing import Draft, NotAGuide, draft_of, platform, platforms
from bundles.loading import catalogue


class Command(BaseCommand):
    help = "把平台的办事指南（JSON）变成一件事的草稿：全部标未确认，没有导入的逐条列出。"
    requires_system_checks = ()  # the rules need no site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="一份指南一个文件")
        parser.add_argument("--platform", default="hunan", choices=platforms(), help="哪个平台的格式")
        parser.add_argument("--to", type=Path, default=Path("drafts"), help="草稿放在哪个文件夹，每件事一个子文件夹")
        parser.add_argument("--id", help="一件事的编号；只有一个文件时可以写")

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[Path] = options["files"]
        if options["id"] and len(files) > 1:
            raise CommandError("--id 只能和一个文件一起用。")
        shape, failed = platform(options["platform"]), 0
        for file in files:
            try:
                draft = draft_of(_document(file), catalogue().entries.dictionaries, shape, options["id"] or "")
                self.stdout.write(f"{file} → {_write(draft, options['to'])}，没有导入的有 {len(draft.losses)} 处：")
                self.stdout.write("\n".join(f"  {loss}" for loss in draft.losses))
            except (NotAGuide, FileExistsError) as error:
                failed += 1
                self.stderr.write(f"{file}：{error}")
        if failed:
            raise SystemExit(1)


def _document(file: Path) -> object:
    """The JSON in a file. Raises NotAGuide where there is none."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotAGuide(f"打不开：{error.strerror}。") from None
    except (ValueError, RecursionError):
        raise NotAGuide("不是 UTF-8 的 JSON。") from None


def _write(draft: Draft, folder: Path) -> Path:
    """Writes the draft's folder. Raises FileExistsError rather than overwrite somebody's work."""
    goal = folder / draft.id
    if goal.exists():
        raise FileExistsError(f"{goal} 已经有了。换一个 --to 或 --id，或先把它移走。")
    goal.mkdir(parents=True)
    (goal / "bundle.yaml").write_text(draft.text, encoding="utf-8")
    losses = "\n".join(["# 没有导入的，请对照原指南补上", *(f"- {loss}" for loss in draft.losses)])
    (goal / "losses.md").write_text(losses + "\n", encoding="utf-8")
    return goal / "bundle.yaml"
