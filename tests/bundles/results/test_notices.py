"""The notice: one set of materials, each box once, deadlines, an order, and what it saves."""

from datetime import date

import pytest

from tests.bundles.support import bundle, given

QUESTIONS = """
    questions:
      - {id: place, ask: ？, choices: [{id: home, label: 家里}, {id: away, label: 外面}]}
      - {id: born, ask: ？, type: date, bands: [{id: new, up_to: 1 month}, {id: old}]}
"""


def test_a_material_is_listed_once_with_the_largest_numbers_and_all_its_items() -> None:
    rules = bundle(f"""{QUESTIONS}
    items:
      - {{id: tea, when: {{place: home}}, materials: [{{id: card, of: mother, copies: 2}}, photo]}}
      - {{id: milk, materials: [{{id: card, of: mother, originals: 0, copies: 1}}, {{id: card, of: father}}]}}
    """)
    applicant = given(rules, place="home")
    applicant.brings("card of mother", "photo", "card of father")
    card = applicant.notice.materials[0]
    assert (card.originals, card.copies, card.apart, card.items) == (1, 2, (1, 3), ["tea", "milk"])


def test_dictionary_numbers_count_where_a_line_says_nothing() -> None:
    rules = bundle(
        f"""{QUESTIONS}
    items: [{{id: tea, when: {{place: home}}, materials: [card, {{id: photo, copies: 5}}]}}]
    """,
        materials="{card: {name: 卡, originals: 0, copies: 2}, photo: {name: 照片, copies: 3}}",
    )
    told = [(need.originals, need.copies) for need in given(rules, place="home").notice.materials]
    assert told == [(0, 2), (1, 5)]


def test_a_material_for_the_counter_alone_stands_apart() -> None:
    rules = bundle(f"""{QUESTIONS}
    items:
      - {{id: tea, when: {{place: home}}, materials: [card]}}
      - {{id: milk, may_when: {{place: home}}, materials: [card, photo]}}
    """)
    told = {need.id: need.counter for need in given(rules, place="home").notice.materials}
    assert told == {"card": False, "photo": True}
    savings = given(rules, place="home").notice.savings
    assert (savings.forms, savings.materials) == ((1, 1), (1, 1))


def test_a_waiver_counts_where_every_item_accepts_it() -> None:
    rules = bundle(f"""{QUESTIONS}
    items:
      - id: tea
        when: {{place: home}}
        materials: [{{id: card, waived_by: e-certificate}}, {{id: photo, waived_by: made-here}}]
      - {{id: milk, materials: [{{id: card, waived_by: e-certificate}}, photo]}}
    """)
    told = {need.id: need.waived_by for need in given(rules, place="home").notice.materials}
    assert told == {"card": "e-certificate", "photo": None}


def test_fields_are_asked_once_in_the_order_of_persons_and_filled_by_answers() -> None:
    rules = bundle(f"""{QUESTIONS}
    items:
      - {{id: tea, when: {{place: home}}, fields: [child.name, mother.name, child.birth_date]}}
      - {{id: milk, fields: [mother.name, child.place]}}
    fills: {{child.birth_date: born, child.place: place}}
    """, persons="{mother: {name: 母亲}, child: {name: 宝宝}}")  # fmt: skip
    applicant = given(rules, place="home", born="2026-11-12")
    applicant.fills_in("mother.name", "child.name", "child.birth_date", "child.place")
    needs = {need.id: need for need in applicant.notice.fields}
    assert needs["mother.name"].items == ["tea", "milk"]
    assert (needs["child.birth_date"].value, needs["child.place"].value) == (None, "home")  # born isn't asked: no need


def test_savings_are_sums_against_one_set() -> None:
    rules = bundle(f"""{QUESTIONS}
    items:
      - {{id: tea, when: {{place: home}}, materials: [card, photo], fields: [child.name, child.sex]}}
      - {{id: milk, materials: [card], fields: [child.name]}}
    before: {{visits: 5}}
    """)
    savings = given(rules, place="home").notice.savings
    assert (savings.visits, savings.forms, savings.materials, savings.fields) == ((5, 1), (2, 1), (3, 2), (3, 2))


@pytest.mark.parametrize(
    ("born", "day", "calendar"),
    [
        ("2026-11-12", date(2026, 12, 14), True),
        ("2026-08-31", date(2026, 9, 30), True),
        ("1905-01-31", date(1905, 2, 28), False),
    ],
)
def test_a_deadline_ends_on(born: str, day: date, calendar: bool) -> None:
    rules = bundle(
        f"{QUESTIONS}\n    items: [{{id: tea, when: {{place: home}}, deadline: {{within: 1 month, from: born}}}}]"
    )
    due = given(rules, place="home", born=born).notice.applying[0].due
    assert due is not None
    assert (due.day, due.calendar) == (day, calendar)


def test_the_first_deadline_whose_condition_holds_counts() -> None:
    rules = bundle(f"""
    params: {{window: {{value: 10 days, confirmed: false}}}}
{QUESTIONS}
    items:
      - id: tea
        deadline: [{{within: $window, from: born, when: {{place: home}}}}, {{within: 3 days, from: born}}]
    """)
    at_home = given(rules, place="home", born="2026-11-12").notice.applying[0].due
    away = given(rules, place="away", born="2026-11-12").notice.applying[0].due
    assert at_home is not None
    assert away is not None
    assert (at_home.day, at_home.confirmed) == (date(2026, 11, 23), False)  # the 22nd is a Sunday
    assert (away.day, away.confirmed) == (date(2026, 11, 16), True)  # the 15th is a Sunday


def test_items_come_after_what_they_wait_for() -> None:
    rules = bundle(f"""{QUESTIONS}
    items:
      - {{id: last, after: [middle, first]}}
      - {{id: middle, after: [first]}}
      - {{id: other, when: {{place: home}}}}
      - first
    """)
    assert [told.id for told in given(rules, place="home").notice.items] == ["other", "first", "middle", "last"]


def test_varying_words_and_their_sources() -> None:
    rules = bundle(f"""
    sources: {{rules: {{title: 规定}}}}
{QUESTIONS}
    items:
      - id: tea
        fee: [{{value: 5 元, when: {{place: away}}, source: rules, confirmed: false}}, {{value: 不收费}}]
        days: 3 天
    """, items="{tea: {name: 茶, fee: 9 元, where: 窗口}}")  # fmt: skip
    words = given(rules, place="away").notice.items[0].words
    assert {name: said.value for name, said in words.items()} == {
        "name": "茶",
        "fee": "5 元",
        "where": "窗口",
        "days": "3 天",
    }
    assert (words["fee"].confirmed, words["fee"].source) == (False, "rules")
    assert given(rules, place="home").notice.items[0].words["fee"].value == "不收费"


def test_a_note_under_an_item_shows_where_the_item_applies() -> None:
    rules = bundle(f"""{QUESTIONS}
    notes: [{{id: always, tell: 一直}}]
    items: [{{id: tea, when: {{place: home}}, may_when: {{place: away}}, notes: [{{id: hot, tell: 小心烫}}]}}]
    """)
    given(rules, place="home").hears("always", "hot")
    given(rules, place="away").hears("always")


def test_the_only_choice_on_offer_fills_a_box_although_it_is_not_asked() -> None:
    rules = bundle("""
    questions:
      - {id: place, ask: ？, choices: [{id: home, label: 家里}, {id: away, label: 外面}]}
      - {id: pay, ask: ？, choices: [{id: cash, label: 现金}, {id: card, label: 刷卡, when: {place: home}}]}
    items: [{id: tea, fields: [me.pay, me.name]}, {id: milk, when: {pay: card}}]
    fills: {me.pay: pay}
    """)
    applicant = given(rules, place="away")
    assert applicant.notice.fields[0].value == "cash"
    assert "pay" not in applicant.walk.asked
    assert given(rules).notice.fields[0].value is None
