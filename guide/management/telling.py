"""What several commands say in the same words."""

from pathlib import Path
from typing import Any

from django.conf import settings

from bundles.faults import Fault
from bundles.loading import UnknownBundle, catalogue
from bundles.proving.cases import Cases
from bundles.reading.trees import nearest

README = settings.BASE_DIR / "README.md"


def put_between(start: str, end: str, text: str, readme: Path = README) -> None:
    """Puts a table into the README, between two marks."""
    before, rest = readme.read_text(encoding="utf-8").split(start, 1)
    readme.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def unknown_bundle(error: UnknownBundle) -> str:
    """That there is no such bundle, and which may be meant."""
    return f"没有一件事 {error}。{nearest(str(error), catalogue().ids)}"


def plain_fault(fault: Fault) -> dict[str, object]:
    """A fault or remark for JSON."""
    return {
        "code": fault.code, "file": fault.place.file, "line": fault.place.line, "id": fault.id,
        "message": fault.message, "remedy": fault.remedy,
    }  # fmt: skip


def cases_told(cases: Cases) -> str:
    """How the cases of a bundle came out, in a few words."""
    number = f"{cases.played} 个情形，{cases.passed} 个没有毛病"
    return f"{number}；规则有毛病，没有全走" if cases.broken else number


def plain_cases(found: list[Cases]) -> list[dict[str, Any]]:
    """The cases of bundles for JSON."""
    return [
        {
            "file": str(cases.file), "bundle": cases.file.parent.name, "scenarios": cases.played,
            "passed": cases.passed, "faults": [plain_fault(fault) for fault in cases.faults],
            "ok": not (cases.faults or cases.broken),
        }
        for cases in found
    ]  # fmt: skip
