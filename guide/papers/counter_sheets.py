"""The sheets that the counter prints: what is missing, each department's part, and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass

from guide.papers.contents import Head
from guide.papers.glyphs import printable
from guide.papers.labels import WORDS
from guide.papers.printing import labels, printed


@dataclass(frozen=True, slots=True)
class PrintingHall:
    """The hall that printed the sheet; everything empty where the clerk's account names none."""

    name: str = ""
    address: str = ""
    phone: str = ""
    hours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A material that is missing: how many, what for, and how to get it."""

    name: str
    count: str
    items: tuple[str, ...]
    how: str = ""


@dataclass(frozen=True, slots=True)
class KeptMaterial:
    """A material that was handed in, seen electronically, or will come later."""

    name: str
    state: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A material on the receipt: what became of its originals, and how many copies were taken in.

    `back_or_kept` leaves it to the clerk's pen whether the originals went back or stay.
    """

    name: str
    originals: str = ""
    copies: str = ""
    back_or_kept: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """What stands on whatever the counter issues: for whom it is, its number, from which hall, by whom."""

    applicant: str  # empty where it is to be written
    body: bool  # who applies is a body
    reference: str  # what the departments' sheets are called too
    check_code: str
    place: PrintingHall
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class MissingSheet:
    head: Head
    issued: Issued
    text: str  # what it comes to, in sentences
    by: str  # by which day, in a sentence
    overdue: bool  # a deadline has passed already
    lacking: tuple[Lacking, ...]
    kept: tuple[KeptMaterial, ...]
    copies: tuple[str, ...]  # whose each copy is


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    items: tuple[str, ...]
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # person, then label and value of each box
    kept: tuple[KeptMaterial, ...]


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    head: Head  # its code is the reference, its link empty
    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    head: Head
    issued: Issued
    accepted: bool  # nothing that has to be there is missing
    text: str  # what it comes to, in sentences
    items: tuple[tuple[str, str, str], ...]  # item, department, what comes of it
    kept: tuple[Received, ...]
    later: tuple[KeptMaterial, ...]
    lacking: tuple[KeptMaterial, ...]


def missing_pdf(sheet: MissingSheet, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The one-time notice of what is missing as PDF/UA-1, one copy after the other; languages as for `notice_pdf`."""
    return printed("missing.typ", sheet.head, printable(sheet, both), labels(words, both), ["ua-1"])


def handover_pdf(sheet: HandoverSheet, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """A sheet for each department as PDF/UA-1."""
    words = {**words, "code": words["reference"]}
    return printed("handover.typ", sheet.head, printable(sheet, both), labels(words, both), ["ua-1"])


def receipt_pdf(sheet: ReceiptSheet, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The applicant's receipt as PDF/UA-1."""
    return printed("receipt.typ", sheet.head, printable(sheet, both), labels(words, both), ["ua-1"])
