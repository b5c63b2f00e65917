"""What the counter issues: whom it is for, what it comes to, one page with a place for the seal and one to sign."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from bundles.loading import catalogue
from guide.counter.brought import Check, ticked
from guide.counter.handover import split
from guide.counter.sheets import issued_by, missing_sheet, receipt_sheet
from guide.form.paper import Applicant
from guide.papers import MissingSheet, PrintingHall, ReceiptSheet, missing_pdf, receipt_pdf
from tests.guide.cast import MOTHER
from tests.guide.counter.cases import of_the_mother, telling_of
from tests.guide.papers.papers_fit import faults_of, richest_telling, said_in, sheets_of

pytestmark = pytest.mark.django_db
LINK = "https://guide.example/c/0"
HALL = PrintingHall("样例大厅", "样例路 2 号", "028-00000000", ("周一至周五 9:00–12:00、14:00–17:30",))
DAY = date(2026, 12, 8)
MANY = 24  # materials; a sheet that lacks more than these may take a second page


def brought(telling: Any, every: int) -> Check:
    """Every so many-th material was brought; 0 for none."""
    nothing = Check(telling)
    chosen = nothing.lines[::every] if every else []
    return ticked(telling, QueryDict("&".join(f"{line.name}={line.choices[0][0]}" for line in chosen)), nothing)


def receipt_of(check: Check, name: str = "样例甲") -> ReceiptSheet:
    issued = replace(issued_by(check, Applicant(name), None, "样例乙"), place=HALL)
    return receipt_sheet(check.telling, check, split(check.telling, [], check), DAY, issued, LINK)


def missing_of(check: Check, name: str = "样例甲") -> MissingSheet:
    issued = replace(issued_by(check, Applicant(name), None), place=HALL)
    return missing_sheet(check.telling, check, DAY, issued, LINK)


@pytest.mark.parametrize("id", catalogue().ids)
def test_the_sheets_of_every_bundle_are_one_page(id: str) -> None:
    telling = richest_telling(id)
    for every in (0, 1, 2):
        check = brought(telling, every)
        assert not faults_of(receipt_pdf(receipt_of(check)), ["样例甲", "样例大厅", "（盖章）", "申请人签收"], pages=1)
        if check.missing:
            pages = 2 if len(check.missing) <= MANY else 4  # two copies
            pdf = missing_pdf(missing_of(check))
            assert not faults_of(pdf, ["样例甲", "样例大厅", check.code], pages=pages)
            assert said_in(pdf).count("申请人签收") == 2


def test_it_is_taken_in_and_not_accepted_while_something_is_missing() -> None:
    telling = telling_of("newborn", MOTHER)
    lacking, whole = receipt_of(brought(telling, 2)), receipt_of(brought(telling, 1))
    assert not lacking.accepted
    assert "收件回执" in said_in(receipt_pdf(lacking))
    assert "已经受理" not in said_in(receipt_pdf(lacking))
    assert "12月8日" not in said_in(receipt_pdf(lacking))  # nothing is promised yet
    assert whole.accepted
    assert "受理回执" in said_in(receipt_pdf(whole))
    assert "最晚2026年12月8日办好" in said_in(receipt_pdf(whole))


def test_what_was_only_looked_at_is_given_back() -> None:
    check = brought(telling_of("newborn", MOTHER), 1)
    for line, need, received in zip(check.lines, check.needs, receipt_of(check).kept, strict=True):
        assert received.name == line.row.name
        if need.originals and need.copies:
            assert (received.originals, received.copies) == ("看过，还给您", str(line.row.copies))
            assert not received.back_or_kept


def test_who_has_no_name_yet_writes_it() -> None:
    check = brought(telling_of("newborn", MOTHER), 2)
    for pdf in (receipt_pdf(receipt_of(check, "")), missing_pdf(missing_of(check, ""))):
        assert "申请人：" in said_in(pdf)
        assert not faults_of(pdf)


def test_the_seal_has_its_room(counter: Client) -> None:
    """42 mm across, with nothing in it but what seals go over: the hall, the word and the day."""
    for paper in ("receipt.pdf", "missing.pdf"):
        width, _height, words = sheets_of(bytes(counter.get(of_the_mother(paper)).content))[0]
        [seal] = [word for word in words if "（盖章）" in word.text]
        middle, radius = (seal.top + seal.bottom) / 2, 21 * 72 / 25.4
        assert width - seal.right > radius / 2
        inside = [word.text for word in words if word.left > width - 2.6 * radius and abs(word.top - middle) < radius]
        assert not [text for text in inside if "签收" in text or "原件" in text]
