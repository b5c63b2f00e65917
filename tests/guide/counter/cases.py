"""Finished cases for the tests of the counter."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from guide.cases.case import Case, read_case
from guide.notice.rows import Telling
from tests.guide.cast import MOTHER

BORN = "2026-11-12"


def case_of(bundle: str, answers: dict[str, Any]) -> Case:
    """The case at the counter; a mother's baby was born ten days ago."""
    born = {"birth_date": BORN} if bundle == "newborn" else {}
    return read_case(bundle, QueryDict(urlencode(born | answers, doseq=True)), "counter-")


def telling_of(bundle: str, answers: dict[str, Any]) -> Telling:
    case = case_of(bundle, answers)
    assert case.walk.status == "finished", (case.refusals, case.walk.question)
    return Telling(case.walk, case.region)


def of_the_mother(page: str, **more: str) -> str:
    """A counter page of the mother's case."""
    query = urlencode({**MOTHER, "birth_date": BORN, **more}, doseq=True)
    return f"/counter/newborn/{page}?{query}"


TODAY = date(2026, 11, 22)
