"""Figures: values worked out from answers and shown in texts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bundles.computing import FIGURES, Age, Figure, Money, Month, Months, Percent, Raw
from bundles.results.speech import chinese
from bundles.walking.editions import edition
from bundles.walking.working_out import is_confirmed, sources_of
from tests.bundles.loading.test_faults import faults_of
from tests.bundles.support import TODAY, bundle, given

HEAD = """
    params: {rate: {value: 3}}
    questions:
      - {id: kind, ask: ？, choices: [{id: home, label: 住宅}, {id: shop, label: 商铺}]}
      - {id: price, ask: ？, type: number}
      - {id: rain, ask: ？, type: yesno}
    figures: {tax: {by: tax, of: [price, $rate]}}
"""


@pytest.fixture(autouse=True)
def tax(monkeypatch: pytest.MonkeyPatch) -> None:
    def function(today: date, answers: Mapping[str, Raw]) -> Figure | None:
        price, rate = answers["price"], answers["rate"]
        return Money(price * rate / 100) if isinstance(price, Decimal) and isinstance(rate, Decimal | int) else None

    monkeypatch.setitem(FIGURES, "tax", function)


def test_what_a_figure_rests_on_is_asked_where_its_text_is_told_and_nowhere_else() -> None:
    rules = bundle(f"""{HEAD}
    notes: [{{id: due, when: {{kind: home}}, tell: "要交 {{tax}}。"}}]
    items: [{{id: deed, when: {{rain: yes}}}}]
    """)
    given(rules, kind="home").asks("price")
    given(rules, kind="shop").asks("rain")
    given(rules, kind="shop", rain="yes").skips("price")


def test_the_text_shows_the_figure() -> None:
    rules = bundle(f"""{HEAD}
    notes: [{{id: due, when: {{kind: home}}, tell: "要交 {{tax}}。"}}]
    items: [{{id: deed, when: {{rain: yes}}}}]
    """)
    told = given(rules, kind="home", price=1000, rain="no").outcome
    assert told["notes"] == [{"id": "due", "tell": "要交 30 元。"}]


def test_a_word_of_an_item_shows_a_figure_where_the_item_applies() -> None:
    rules = bundle(f"""{HEAD}
    items: [{{id: deed, when: {{kind: home}}, fee: "税 {{tax}}"}}, {{id: tea, when: {{rain: yes}}}}]
    """)
    given(rules, kind="home").asks("price")
    given(rules, kind="shop").asks("rain")


def test_a_stop_may_show_only_what_its_condition_has_asked(tmp_path: Path) -> None:
    text = """
        id: small
        title: 小
        params: {rate: {value: 3}}
        questions:
          - {id: kind, ask: ？, choices: [{id: home, label: 住宅}, {id: shop, label: 商铺}]}
          - {id: price, ask: ？, type: number, bands: [{id: low, up_to: 5}, {id: high}]}
        figures: {tax: {by: tax, of: [price, $rate]}}
        stops:
          - {id: shop, when: {kind: shop}, tell: "税 {tax}"}
          - {id: dear, when: {price: high}, tell: "税 {tax}"}
        items: [{id: deed}]
    """
    assert [(fault.code, fault.id) for fault in faults_of(text, tmp_path)] == [("L18", "shop")]


def test_figures_work_with_single_answers_only(tmp_path: Path) -> None:
    text = """
        id: small
        title: 小
        params: {rate: {value: 3}}
        questions: [{id: wants, ask: ？, type: many, choices: [{id: card, label: 卡}]}]
        figures: {tax: {by: tax, of: [wants]}}
        notes: [{id: due, tell: "税 {tax}"}]
        items: [{id: deed, when: {wants: card}}]
    """
    assert [(fault.code, fault.id) for fault in faults_of(text, tmp_path)] == [("L18", "tax")]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (None, "（由窗口核算）"), (Month(2027, 1), "2027 年 1 月"), (TODAY, "2026 年 11 月 22 日"),
        (Age(60, 5), "60 岁 5 个月"), (Age(55, 0), "55 岁"), (Money(Decimal("9708.74")), "9708.74 元"),
        (Money(Decimal(600_000)), "60 万元"), (Money(Decimal(15_000)), "15000 元"),
        (Percent(Decimal("1.5")), "1.5%"), (Months(186), "15 年 6 个月"), (Months(6), "6 个月"), (Months(24), "2 年"),
        (Months(0), "0 个月"), (7, "7"),
    ],
)  # fmt: skip
def test_every_kind_of_figure_has_words(figure: Figure | None, words: str) -> None:
    assert chinese(figure) == words


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert Month(2026, 11).plus(3) == Month(2027, 2)
    assert Month(2026, 1).plus(-1) == Month(2025, 12)


def test_a_figure_is_confirmed_only_with_all_that_it_takes() -> None:
    rules = edition(
        bundle("""
            sources: {law: {title: 法}, notice: {title: 通知}, table: {title: 表}}
            params: {cap: {value: 900, source: notice, confirmed: false}}
            questions: [{id: level, ask: ？, choices: [{id: one, label: 一}, {id: two, label: 二}]}]
            tables: {rate: {by: level, source: table, cells: {one: 1, two: 2}}}
            figures:
              plain: {of: rate * 2, source: law}
              capped: {of: "min(plain, $cap)"}
              doubtful: {of: rate, confirmed: false}
              both: {of: plain + doubtful}
            notes: [{id: told, tell: "{plain}{capped}{both}"}]
            items: [{id: tea}]
        """),
        TODAY,
    )
    figures = rules.bundle.figures
    assert [name for name in figures if is_confirmed(rules, figures[name])] == ["plain"]
    assert sources_of(rules, figures["capped"]) == ("law", "notice", "table")
