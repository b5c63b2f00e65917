"""Amounts, tables and labels in words: for reviewers, and on paper for a clerk who works them out."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from bundles.amounts import Number
from bundles.loading import catalogue
from bundles.model import Bundle
from guide.editors.rules_in_words import Sheet
from guide.language.amounts import amount_in_words
from guide.language.pairs import own
from guide.papers.questionnaire import QuestionnairePaper
from guide.prints.blank_questionnaire import questionnaire_paper_of

EXAMPLE = Path(settings.BASE_DIR) / "bundles" / "authoring" / "example" / "bundle.yaml"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return catalogue().open(EXAMPLE)


@pytest.fixture(scope="module")
def sheet(bundle: Bundle) -> Sheet:
    return Sheet(bundle)


@pytest.fixture(scope="module")
def paper(bundle: Bundle) -> QuestionnairePaper:
    return questionnaire_paper_of(bundle, catalogue().region(None), date(2026, 11, 30), "", False)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("each_shown", "往小取整（〔全家一个月一共收入多少〕 ÷ 〔家里一共几口人〕，到 0.01）"),
        ("notice_days", "最大（7；最小（30；从今天到〔合同到哪天为止〕的天数））"),
        ("share", "如果“家里有没有这些情况？”选了“有残疾人”或“有八十岁以上的老人”，60"),
        ("share", "不然，40"),
        ("kinds", "〔家里有没有这些情况〕选的项数"),
    ],
)
def test_an_amount_is_said_as_one_would_write_it(sheet: Sheet, name: str, words: str) -> None:
    assert words in next(line for line in sheet.figures if line.id == name).more


def test_in_tibetan_the_parts_of_an_amount_stay_apart(bundle: Bundle) -> None:
    """Where Chinese has a mark between two numbers, a blank alone would make them one."""
    with translation.override("bo"):
        figures = {line.id: own(line.more[0]) for line in Sheet(bundle).figures}
    assert figures["notice_days"].startswith("ཆེ་ཤོས།（7 དང་ ཆུང་ཤོས།（30 དང་ དེ་རིང་ནས་")
    assert figures["each_shown"].endswith("（0.01བར།））")


def test_a_label_stands_in_conditions_and_is_explained_once(sheet: Sheet, bundle: Bundle) -> None:
    assert "“收入不超线”" in sheet.words(bundle.items[1].as_written.when)
    (explained,) = sheet.facts
    assert (explained.text, explained.when) == (
        "收入不超线", "“每人每月收入”选了“不超过 900 元”或“没有超线”",
    )  # fmt: skip


def test_a_table_is_listed_with_its_answers(sheet: Sheet) -> None:
    (table,) = sheet.tables
    assert "县城，两三个人：450 元" in table.more
    assert len(table.more) == 5


def test_deadlines_say_up_to_which_day(sheet: Sheet) -> None:
    said = [word.text for item in sheet.items for word in item.words if word.word == "deadline"]
    assert said == [
        "到“租房合同从哪天起？”的1 年后的年底为止",
        "从“租房合同从哪天起？”起 提前几天",
        "从“打算从哪天起领？”起 30 个工作日；有异议的 45 个工作日",
        "到 2026 年 12 月 31 日 为止",
        "到“租房合同从哪天起？”的当月月底为止",
    ]


def test_paper_tells_the_clerk_how_to_work_it_out(paper: QuestionnairePaper) -> None:
    asked = {entry.ask: entry for section in paper.sections for entry in section.asked}
    assert asked["窗口算：每人每月收入"].says == ("〔第 2 题〕 ÷ 〔第 1 题〕",)
    assert any(line.startswith("房租标准：市区，一个人：600 元；") for line in asked["窗口算：房租比标准"].says)
    windows = [tick.says for tick in asked["租房合同从哪天起？"].ticks]
    assert windows[1] == ("2025 年 1 月 1 日到2025 年 12 月 31 日",)


@pytest.mark.parametrize("number", ["12345.67", "999999999.99", "0.05", "100000000", "7"])
def test_a_number_is_said_in_full(number: str) -> None:
    assert amount_in_words(Number(Fraction(number)), str) == number
