"""Answers as people type them and as machines send them: understood, or refused in words."""

from datetime import date
from decimal import Decimal

import pytest

from tests.bundles.support import TODAY, Applicant, bundle

RULES = bundle("""
    questions:
      - {id: place, ask: 在哪里？, choices: [{id: home, label: 家}, {id: away, label: 外}]}
      - {id: married, ask: 结婚了吗？, type: yesno}
      - {id: wants, ask: 要哪些？, type: many, choices: [{id: card, label: 卡}, {id: fund, label: 金}]}
      - {id: owners, ask: 有谁？, type: many, least: 1, choices: [{id: mine, label: 我}, {id: yours, label: 你}]}
      - {id: born, ask: 哪天出生？, type: date, bands: [{id: new, up_to: 1 month}, {id: old}]}
      - {id: due, ask: 哪天到期？, type: date, future: true}
      - {id: area, ask: 多大？, type: number, lowest: 1, highest: 1000, bands: [{id: small, under: 300}, {id: large}]}
      - {id: births, ask: 几个？, type: number, lowest: 1, highest: 9, bands: [{id: one, up_to: 1}, {id: more}]}
    items: [{id: tea, when: {place: home, area: small}, fields: [child.name]}]
    repeat: {child: births}
""")
LONG = "长" * 10_000
ODD = [
    "\x00",
    "\ud800",
    "' OR 1=1 --",
    "<script>",
    "../..",
    LONG,
    "🐼",
    "{}",
    "%s",
    "{question}",
    "home\n",
    " home",
    "HOME",
]


def answering(**answers: object) -> Applicant:
    return Applicant(RULES, answers, TODAY)


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize(
    ("question", "code"),
    [("place", "unknown-choice"), ("wants", "unknown-choice"), ("born", "not-a-date"), ("area", "not-a-number")],
)
def test_it_refuses_odd_text(question: str, code: str, value: str) -> None:
    if (question, value) != ("place", "home") and not (question == "wants" and not value.strip(" \n")):
        answering(**{question: value}).refuses(code)


@pytest.mark.parametrize("value", ODD)
def test_it_refuses_odd_questions(value: str) -> None:
    answering(**{value: "home"}).refuses("unknown-question")


def test_a_refusal_is_short_and_names_what_is_allowed() -> None:
    applicant = answering(place=LONG)
    with pytest.raises(ValueError, match=r"“在哪里？”没有选项“长{60}…”。可以选：home、away。"):
        applicant.walk  # noqa: B018  # asking for the walk is what raises


def test_all_refusals_come_at_once() -> None:
    answering(place="moon", born="soon", area="big", colour="red").refuses(
        "unknown-choice", "not-a-date", "not-a-number", "unknown-question"
    )


@pytest.mark.parametrize("value", [None, "", [], ()])
@pytest.mark.parametrize("question", ["place", "born", "area"])
def test_an_empty_answer_is_no_answer(question: str, value: object) -> None:
    answering(**{question: value}).reads()


@pytest.mark.parametrize("value", ["yes", True])
def test_yes_is_yes(value: object) -> None:
    answering(married=value).reads(married="yes")


def test_a_truth_value_is_no_choice_and_no_number() -> None:
    answering(place=True).refuses("unknown-choice")
    answering(area=True).refuses("not-a-number")


def test_the_same_answer_twice_counts_once_and_two_answers_are_refused() -> None:
    answering(place=["home", "home"]).reads(place="home")
    answering(place=["home", "away"]).refuses("not-one")


@pytest.mark.parametrize(
    "value", ["card,fund", ["card", "fund"], "card , fund", ("fund", "card", "card"), "card,,fund,"]
)
def test_ticks_come_as_a_list_or_with_commas(value: object) -> None:
    answering(wants=value).reads(wants=frozenset({"card", "fund"}))


@pytest.mark.parametrize("value", ["none", ["none"], [], [""]])
def test_nothing_ticked_is_an_answer(value: object) -> None:
    answering(wants=value).reads(wants=frozenset())


@pytest.mark.parametrize("value", ["none", [], ""])
def test_nothing_ticked_is_no_answer_where_one_is_needed(value: object) -> None:
    answering(owners=value).reads()


def test_none_and_something_is_refused() -> None:
    answering(wants="none,card").refuses("none-and-others")


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-02",
        "2026/11/2",
        "2026.11.02",
        "2026年11月2日",
        "20261102",
        "２０２６－１１－０２",
        " 2026年 11月 2 日 ",
        "2026年-11月-2号",
        "2026-十一-02",
        "20261102--",
        "2026-11-2--",
        "2026年11月--2",
        "二〇二六年十一月二日",
        "二O二六年十一月二号",
        "2026\u200e-11\ufe0f-02",
        "2026−11−02",
    ],
)
def test_dates_as_people_write_them(value: str) -> None:
    answering(born=value).reads(born=date(2026, 11, 2))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-11-23", "in-future"), ("9999-12-31", "in-future"), ("1900-01-01", "too-early"),
        ("0001-01-01", "too-early"), ("2026-02-30", "no-such-day"), ("2026-13-01", "no-such-month"),
        ("26-1-1", "not-a-date"), ("0000-01-01", "not-a-date"),
        ("2026-11-22T00:00", "not-a-date"), ("十一月二日", "not-a-date"), (0, "not-a-date"),
    ],
)  # fmt: skip
def test_it_refuses_dates(value: object, code: str) -> None:
    answering(born=value).refuses(code)


def test_a_date_to_come_is_fine_where_the_question_says_so() -> None:
    answering(due="2027-01-01").refuses()
    answering(due="2200-01-01").refuses("too-late")


@pytest.mark.parametrize("value", ["300", 300, "３００", "300.0", " 300 ", "0300"])
def test_numbers_as_people_write_them(value: object) -> None:
    answering(area=value).reads(area=Decimal(300))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1e3", "not-a-number"), ("nan", "not-a-number"), ("Infinity", "not-a-number"), ("1,000", "not-a-number"),
        ("9" * 400, "not-a-number"), ("0.5", "too-low"), ("-1", "too-low"),
        ("1000.01", "too-high"), ("1.001", "too-fine"),
    ],
)  # fmt: skip
def test_it_refuses_numbers(value: str, code: str) -> None:
    answering(area=value).refuses(code)


def test_a_number_of_persons_is_whole() -> None:
    answering(births="1.5").refuses("not-whole")
