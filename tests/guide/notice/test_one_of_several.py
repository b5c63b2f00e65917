"""Of several items only one can be had, of several papers one is enough: what a person sees of it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from bundles.loading import catalogue
from bundles.walking.walks import walk
from guide.language.pairs import chinese
from guide.notice.paper import notice_paper_of
from guide.notice.rows import MaterialRow, Remark, Telling
from guide.papers import list_pdf, notice_pdf, words_now
from tests.bundles.support import TODAY, bundle
from tests.guide.cast import THREE_ADULTS, WITHOUT_WORK, at, page_of
from tests.guide.counter.cases import telling_of
from tests.guide.papers.papers_fit import said_in
from tests.guide.papers.test_papers import passes_the_check

pytestmark = pytest.mark.usefixtures("in_november", "allowances")
POOR = {"situations": ["poor"], "card": "yes", "adults": "2"}


def said(client: Client, page: str, answers: dict[str, Any], prefix: str = "") -> str:
    return page_of(client.get(prefix + at("allowances", page, answers))).text


def test_papers_of_which_one_is_enough_are_one_entry(client: Client) -> None:
    text = said(client, "notice", THREE_ADULTS)
    assert "自己找出来的 2 样" in text
    assert "住处的证明：下面几样，带一样就行 地址要和户口本一样。 租房合同 原件 1 不动产权证书 原件 1，复印件 2" in text
    assert "处用" not in text  # there is one place alone


def test_an_item_says_what_it_leaves_out_and_the_other_why_it_is_left_out(client: Client) -> None:
    text = said(client, "notice", THREE_ADULTS)
    assert "孤儿基本生活费、困难儿童生活补贴，只能办一样；孤儿基本生活费优先。 ※" in text
    assert "困难儿童生活补贴 和“孤儿基本生活费”只能办一样" in text
    assert "老人照护补助 和“护理补贴”只能办一样" in text


def test_where_two_are_at_the_counter_it_decides_which(client: Client) -> None:
    text = said(client, "notice", WITHOUT_WORK)
    assert text.count("就业补贴、求职补贴，只能办一样，由窗口决定办哪一样。") == 2
    assert "优先" not in text


def test_an_authors_own_words_come_before_the_usual_ones() -> None:
    telling = telling_of("allowances", {"situations": ["frail"], "nursing": "no", "adults": "1"})
    [row] = telling.applying
    [contest] = row.contests
    assert contest.text.startswith("照护方面的补贴，只能享受一样。")
    assert [row.reasons for row in telling.not_applying if row.id == "care-home"] == [["和“老人照护补助”只能办一样"]]


def test_to_an_authors_own_words_the_counters_part_is_added() -> None:
    rules = bundle("""
        questions: [{id: where, ask: 在哪里？, type: yesno}]
        one_of: {aid: {of: [first, second], tell: 两样里拿一样。}}
        items: [{id: first, may_when: {where: yes}}, {id: second, when: {where: yes}}]
    """)
    telling = Telling(walk(rules, {"where": "yes"}, TODAY), catalogue().region(None))
    assert [row.contests for row in telling.counter] == [[Remark("两样里拿一样。由窗口决定办哪一样。", True)]] * 2


def rows_of(telling: Telling) -> list[MaterialRow]:
    """All papers, what the counter may ask for too."""
    asked = [*telling.needs(counter=False), *telling.needs(counter=True)]
    return [telling.material(needs[0]) if len(needs) == 1 else telling.choice(needs) for needs in asked]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (POOR | {"adults": "3"}, {"身份证": "原件 1，复印件 3（每人 1 份）", "照片": "原件 6（每人 2 份）"}),
        (POOR | {"adults": "1"}, {"身份证": "原件 1，复印件 1", "照片": "原件 2"}),
        (POOR | {"adults": "0"}, {"身份证": "原件 1"}),
        (WITHOUT_WORK, {"身份证": "原件 1，复印件 每人 1 份"}),
    ],
)
def test_how_many_of_each_person_and_no_number_that_nobody_knows(answers: dict[str, Any], said: dict[str, str]) -> None:
    telling = telling_of("allowances", answers)
    rows = rows_of(telling)
    counts = {row.name.split("的")[-1]: row.count for row in rows}
    assert {name: count for name, count in counts.items() if name in ("身份证", "照片")} == said
    assert all(row.each == 1 for row in rows)


def test_what_replaces_a_paper_is_marked_where_nobody_confirmed_it() -> None:
    with_card, without = (telling_of("allowances", POOR | {"card": card}) for card in ("yes", "no"))
    [row, other] = [next(row for row in told.materials if row.name == "收入证明") for told in (with_card, without)]
    assert (row.waiver, row.confirmed) == ("部门核验得到可免交", False)
    assert (other.waiver, other.confirmed) == ("", True)


def test_the_list_beside_the_questions_says_which_papers_one_of_is_enough(client: Client) -> None:
    text = said(client, "ask", {"situations": ["orphan", "poor", "frail"]})
    assert "要带 2 份材料" in text
    assert "租房合同、不动产权证书 或 村里的证明" in text
    assert "困难儿童生活补贴 和“孤儿基本生活费”只能办一样" in text
    assert "复印件" not in text


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("answers", [THREE_ADULTS, WITHOUT_WORK])
def test_the_papers_bracket_them_too(language: str, large: bool, answers: dict[str, Any]) -> None:
    with translation.override(language):
        telling = telling_of("allowances", answers)
        paper = notice_paper_of(telling, "https://guide.example/", large)
        pdfs = [notice_pdf(paper, words_now()), list_pdf(paper, words_now())]
        rows = rows_of(telling)
        bracket = next(row for row in rows if row.choices)
        names = [chinese(row.name) for row in bracket.choices]
    assert all(map(passes_the_check, pdfs))
    for text in map(said_in, pdfs):
        assert squeezed(chinese(bracket.name)) in text
        assert [name for name in names if name not in text] == []
    assert "只能办一样" in said_in(pdfs[0])


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
