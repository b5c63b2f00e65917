"""The example with every construct: it proves, its cases come out, engines, plain evaluation and paper agree on it."""

import shutil

import pytest

from bundles.authoring import EXAMPLE
from bundles.loading import PROVINCE, Catalogue
from bundles.paper.composing import paper_of
from bundles.proving.cases import prove_cases
from bundles.proving.everywhere import prove_in
from bundles.reading.keys import (
    ANY_OF,
    BAND,
    BUNDLE,
    CASE,
    COLUMN,
    COUNT,
    DEADLINE,
    DEADLINE_BY,
    GROUP,
    MEMBERS,
    OF_GROUP,
    ONE_OF,
    RESULT_KINDS,
    RIVAL,
    TABLE,
    Keys,
)  # fmt: skip
from tests.bundles.paper.readers import as_printed
from tests.bundles.paper.readers import check as check_reader
from tests.bundles.results.offline_engine import run as run_offline
from tests.bundles.support import EMPTY, TODAY, dice
from tests.bundles.walking.exactness import Draw, check, plain_of

ID = "rent-help"
DRAWS, THOROUGH = 300, 30


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(EXAMPLE, folder / ID)
    (folder / "regions.yaml").write_text(EMPTY["regions"], encoding="utf-8")
    return Catalogue(folder)


def test_it_proves_and_its_cases_reach_everything(books: Catalogue) -> None:
    cases = prove_cases(books, books.file(ID))
    assert [fault for result in prove_in(books, books.file(ID), PROVINCE, TODAY) for fault in result.faults] == []
    assert cases.faults == ()
    assert [remark.code for remark in cases.remarks] == ["R03"]  # the villages have no standard


def test_plain_evaluation_says_the_same_and_codes_bring_the_answers_back(books: Catalogue) -> None:
    draw = Draw(books.bundle(ID), plain_of(books, ID, PROVINCE, TODAY), dice("example"))
    for turn in range(DRAWS):
        check(draw, draw.answers(), thorough=turn < THOROUGH)


def test_the_offline_page_says_the_same(books: Catalogue) -> None:
    assert run_offline(ID, DRAWS, 18, books).walks == DRAWS


def test_a_reader_of_the_paper_ends_with_the_same_list(books: Catalogue) -> None:
    draw = Draw(books.bundle(ID), plain_of(books, ID, PROVINCE, TODAY), dice("paper"))
    paper = as_printed(paper_of(draw.rules, TODAY))
    for _turn in range(DRAWS):
        check_reader(draw.rules, paper, draw.answers())


@pytest.mark.parametrize("keys", [
    BAND, CASE, TABLE, DEADLINE, DEADLINE_BY, MEMBERS, COLUMN, Keys(RESULT_KINDS), ANY_OF, COUNT, GROUP, OF_GROUP,
    ONE_OF, RIVAL,
])  # fmt: skip
def test_it_shows_every_key_of_what_is_worked_out_or_runs(keys: object) -> None:
    text = (EXAMPLE / "bundle.yaml").read_text(encoding="utf-8")
    kinds = getattr(keys, "kinds", {})
    assert [
        key for key in kinds if f"{key}:" not in text and key not in ("before", "confirmed", "source", "cells")
    ] == []
    assert {"tables", "computed", "figures", "facts", "groups", "one_of"} <= set(BUNDLE.kinds)
