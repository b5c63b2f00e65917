"""`importitems`: draft bundles from the guides that provincial platforms publish as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bundles.authoring.guide_drafts import DraftBundle, draft_of
from bundles.authoring.platform_guides import NotAGuide, platform, platforms
from bundles.faults import BundleError
from bundles.loading import catalogue
from bundles.reading.keys import IDENTIFIER


class CannotWrite(ValueError):
    """Why a draft's folder can't be written."""


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
        _check(options["id"], files)
        shape, failed = platform(options["platform"]), 0
        try:
            known = catalogue().entries.dictionaries
        except BundleError as error:
            raise CommandError(str(error)) from None
        for file in files:
            try:
                draft = draft_of(_document(file), known, shape, options["id"] or "")
                self.stdout.write(f"{file} → {_write(draft, options['to'])}，没有导入的有 {len(draft.losses)} 处：")
                self.stdout.write("\n".join(f"  {loss}" for loss in draft.losses))
            except (NotAGuide, CannotWrite) as error:
                failed += 1
                self.stderr.write(f"{file}：{error}")
        if failed:
            raise SystemExit(1)


def _check(id: str | None, files: list[Path]) -> None:
    """Raises CommandError for an id that no draft can have."""
    if id is not None and len(files) > 1:
        raise CommandError("--id 只能和一个文件一起用。")
    if id is not None and not IDENTIFIER.match(id):
        raise CommandError(f"--id {id} 不合规则：小写字母开头，只用小写字母、数字、- 和 _。")


def _document(file: Path) -> object:
    """The JSON in a file. Raises NotAGuide where there is none."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotAGuide(f"打不开：{error.strerror}。") from None
    except (ValueError, RecursionError):
        raise NotAGuide("不是 UTF-8 的 JSON。") from None


def _write(draft: DraftBundle, folder: Path) -> Path:
    """Writes the draft's folder; raises CannotWrite rather than overwrite somebody's work."""
    goal = folder / draft.id
    losses = "\n".join(["# 没有导入的，请对照原指南补上", *(f"- {loss}" for loss in draft.losses)])
    contents = {"bundle.yaml": draft.text.encode(), "losses.md": f"{losses}\n".encode()}
    try:
        goal.mkdir(parents=True)
        for name, content in contents.items():
            (goal / name).write_bytes(content)
    except FileExistsError:
        raise CannotWrite(f"{goal} 已经有了。换一个 --to 或 --id，或先把它移走。") from None
    except NotADirectoryError:
        raise CannotWrite(f"--to {folder} 不是文件夹。") from None
    except OSError as error:
        raise CannotWrite(f"写不了 {goal}：{error.strerror}。") from None
    return goal / "bundle.yaml"
