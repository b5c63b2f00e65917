"""A new bundle's folder, small and working; and a new version of a bundle that is in use."""

import re
from datetime import date
from pathlib import Path

import yaml

from .loading import Catalogue
from .reading import IDENTIFIER

TEMPLATE = Path(__file__).parent / "template"
VERSION = re.compile(r"^version: *([0-9]+) *$", re.MULTILINE)


class CannotStart(ValueError):
    """Why no folder or version can be started."""


def start_bundle(books: Catalogue, id: str, title: str, today: date) -> Path:
    """Writes a small working bundle into the catalogue; its folder. Raises CannotStart."""
    if not IDENTIFIER.match(id):
        raise CannotStart(f"编号 {id} 不合规则：小写字母开头，只用小写字母、数字、- 和 _。")
    folder = books.folder / id
    if folder.exists():
        raise CannotStart(f"{folder} 已经有了。换一个编号。")
    folder.mkdir()
    for name in ("bundle.yaml", "scenarios.yaml"):
        text = (TEMPLATE / name).read_text(encoding="utf-8")
        for mark, words in (("BUNDLE", id), ("TITLE", title), ("TODAY", today.isoformat())):
            text = text.replace(mark, words)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def start_version(books: Catalogue, id: str, tell: str, today: date) -> int:
    """Keeps the bundle's questions as they are for codes already given out, and raises its version; the new number.

    Call it before questions or choices are changed. `tell` says what changes. Raises CannotStart, UnknownBundle.
    """
    file = books.file(id)
    text = file.read_text(encoding="utf-8")
    found = VERSION.search(text)
    if found is None:
        raise CannotStart(f"{file} 里没有 version: 这一行。")
    old = int(found[1])
    kept = file.parent / "versions" / f"{old}.yaml"
    if kept.exists():
        raise CannotStart(f"{kept} 已经有了。")
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(_questions_of(books, id, text, old), encoding="utf-8")
    file.write_text(_raised(text, found, old + 1, tell, today), encoding="utf-8")
    return old + 1


def _raised(text: str, found: re.Match[str], version: int, tell: str, today: date) -> str:
    """The bundle file with the new version and its line in the changelog, the newest first."""
    said = yaml.safe_dump(tell, allow_unicode=True, default_style='"', width=9999).strip()
    entry = f"  - {{version: {version}, date: {today.isoformat()}, tell: {said}}}"
    head, rest = text[: found.start()] + f"version: {version}", text[found.end() :]
    if "\nchangelog:\n" in rest:
        return head + rest.replace("\nchangelog:\n", f"\nchangelog:\n{entry}\n", 1)
    return f"{head}\nchangelog:\n{entry}{rest}"


def _questions_of(books: Catalogue, id: str, text: str, version: int) -> str:
    """What a code of that version needs: the questions in their order with their choices, nothing else."""
    questions = []
    for question in books.bundle(id).questions:
        entry: dict[str, object] = {"id": question.id, "ask": question.ask, "type": question.type}
        if question.choices:
            entry["choices"] = [{"id": choice.id, "label": choice.label} for choice in question.choices]
        if question.type == "number":
            entry["lowest"] = float(question.lowest) if question.lowest % 1 else int(question.lowest)
        if question.future:
            entry["future"] = True
        questions.append(entry)
    kept = {"id": id, "title": id, "version": version, "questions": questions, "items": []}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=140)
