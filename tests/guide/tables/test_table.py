"""A table of people on the question page: one calm table for several questions, and only its results go on."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bundles.loading import Catalogue
from bundles.walking.editions import edition
from bundles.walking.members import answers_of, columns_for, read_rows
from bundles.walking.walks import replay
from guide.translations.gathering import catalogue_messages
from tests.guide.cast import HTMX, at, page_of, parameters
from tests.guide.counter.cases import TODAY
from tests.guide.tables.people import ASK, CITY, FAMILY, RESULTS, TABLE, VILLAGE, boxes, fill_in, value_of
from tests.guide.test_no_database import no_database

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])


def left_to(response: Any) -> str:
    """Where the visitor goes on."""
    if "HX-Redirect" in response.headers:
        return str(response.headers["HX-Redirect"])
    assert response.status_code == 303
    return str(response.headers["Location"])


@WAYS
def test_the_table_stands_in_the_place_of_its_questions(client: Client, htmx: bool) -> None:
    page = page_of(client.get(ASK, headers=HTMX if htmx else {}))
    assert "一起过日子的有哪些人？ 自己也算。" in page.text
    assert "第 1 位家人 几岁 岁 一个月收入 没有写 0 元 身体" in page.text
    assert "有重病（医院确诊的）" in page.text
    assert "直接回答：一共几个人？" in page.text
    assert page.inputs["q"] == ["people"]


@WAYS
def test_only_what_the_rows_come_to_goes_on(client: Client, htmx: bool) -> None:
    address = left_to(fill_in(client, FAMILY, htmx=htmx))
    assert address.startswith("/family-help/ask?")
    assert parameters(address) == CITY | RESULTS
    assert page_of(client.get(address)).inputs["q"] == ["roof"]


def test_results_are_as_short_as_they_can_be(client: Client) -> None:
    cents = [FAMILY[0] | {"earns": "４999.99"}, FAMILY[1] | {"earns": "0.01"}]
    assert parameters(left_to(fill_in(client, cents)))["income"] == "5000"


def test_results_that_the_walk_does_not_use_stay_out_of_the_address(client: Client) -> None:
    alone = left_to(fill_in(client, FAMILY[:1]))
    assert parameters(alone) == CITY | {"people": "1", "children": "0", "income": "1234.5"}


def test_columns_that_no_longer_matter_are_not_asked_for(client: Client) -> None:
    response = client.get(at("family-help", "ask", VILLAGE))
    assert {name for name in page_of(response).inputs if name.startswith("family-")} == {"family-0-earns"}
    rows = [{name: text for name, text in row.items() if name != "age"} for row in FAMILY]
    address = left_to(fill_in(client, rows, address=at("family-help", "table", VILLAGE)))
    assert parameters(address) == VILLAGE | {"people": "2", "income": "1234.5", "has_ill": "yes"}


@WAYS
def test_what_is_wrong_stands_beside_its_cell_and_everything_typed_stays(client: Client, htmx: bool) -> None:
    response = fill_in(client, [{"age": "abc", "earns": "1", "health": "ill"}, {"age": "130", "earns": ""}], htmx=htmx)
    html = response.content.decode()
    page = page_of(response)
    assert "第 1 位家人：“几岁”要写数字，现在是“abc”。" in page.text
    assert "第 2 位家人：“几岁”不能大于 120，现在是 130。" in page.text
    assert "第 2 位家人：“身体”还没有填。" in page.text
    assert 'id="id_family-0-age_error"' in html
    assert 'aria-describedby="id_family-1-earns_helptext id_family-1-earns_error id_family-1-earns_unit"' in html
    assert {"#id_family-0-age", "#id_family-1-earns", "#id_family-1-health"} <= set(page.links)
    assert [value_of(html, f"family-{box}") for box in ("0-age", "0-earns", "0-health", "1-age")] == [
        "abc", "1", "ill", "130",
    ]  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), [
    ([], "“一起过日子的有哪些人？”一行也没有填。"),
    ([{"age": "", "earns": " ", "health": ""}] * 3, "“一起过日子的有哪些人？”一行也没有填。"),
    (FAMILY * 3, "“一起过日子的有哪些人？”最多填 4 行，现在有 6 行。"),
])  # fmt: skip
def test_what_is_wrong_with_the_whole_is_said_too(client: Client, rows: list[dict[str, str]], said: str) -> None:
    assert said in page_of(fill_in(client, rows)).text


@WAYS
def test_a_row_comes_and_goes_and_the_others_stay(client: Client, htmx: bool) -> None:
    html = fill_in(client, FAMILY, "more", htmx=htmx).content.decode()
    assert value_of(html, "family-1-age") == "7"
    assert "第 3 位家人" in html
    assert html.partition("autofocus")[0].rpartition("<")[2].startswith('input type="text" name="family-2-age"')
    html = fill_in(client, [*FAMILY, {"age": "80"}], "fewer:1", htmx=htmx).content.decode()
    assert [value_of(html, f"family-{number}-age") for number in (0, 1, 2)] == ["7", "80", ""]
    assert "第 3 位家人" not in html


def test_no_row_beyond_the_most_and_none_below_one(client: Client) -> None:
    full = page_of(fill_in(client, [*FAMILY, {}, {"age": "1"}], "more"))
    assert "第 4 位家人" in full.text
    assert "第 5 位家人" not in full.text
    assert "再加一位" not in full.text
    assert fill_in(client, FAMILY[:1], "fewer:1").status_code == 303


@pytest.mark.parametrize("action", ["", "fewer:", "fewer:0", "fewer:9", "fewer:²", "fewer:-1", "more:3:4", "x" * 9_000])
def test_any_other_button_goes_on(client: Client, action: str) -> None:
    assert fill_in(client, FAMILY, action).status_code in (200, 303)


def test_rows_are_only_ever_posted_and_by_our_own_page(client: Client) -> None:
    assert client.get(f"{TABLE}&family-0-age=41").headers["Location"] == ASK
    assert Client(enforce_csrf_checks=True).post(TABLE, boxes(FAMILY)).status_code == 403


@pytest.mark.parametrize("address", [at("family-help", "table", CITY | RESULTS), "/family-help/table?town=mars",
                                     "/newborn/table", "/family-help/table"])  # fmt: skip
def test_where_no_table_is_asked_for_the_walk_goes_on(client: Client, address: str) -> None:
    assert client.post(address, boxes(FAMILY)).headers["Location"].partition("?")[0].endswith("/ask")


def test_neither_page_nor_answer_is_kept_by_anybody(client: Client) -> None:
    for response in (client.get(ASK), fill_in(client, FAMILY, "more"), fill_in(client, FAMILY), client.get(TABLE)):
        assert "no-store" in response.headers["Cache-Control"]


# Rows that are kept ---------------------------------------------------------------------------------------------------


def test_changing_a_result_shows_the_table_with_its_rows(client: Client) -> None:
    fill_in(client, FAMILY)
    for name in RESULTS:
        html = client.get(at("family-help", "ask", CITY | RESULTS | {"roof": "no", "change": name})).content.decode()
        assert value_of(html, "family-1-age") == "7"
        assert value_of(html, "family-1-health") == "ill"
        assert 'action="/family-help/table?region=510100&amp;town=city&amp;roof=no"' in html


def test_rows_that_were_not_right_yet_are_kept_too(client: Client) -> None:
    fill_in(client, [{"age": "abc"}, {"earns": "5"}])
    html = client.get(ASK).content.decode()
    assert (value_of(html, "family-0-age"), value_of(html, "family-1-earns")) == ("abc", "5")


def test_without_the_draft_the_results_still_count_and_the_table_begins_empty(client: Client) -> None:
    fill_in(client, FAMILY)
    client.cookies["draft"] = "lost"
    changed = at("family-help", "ask", CITY | RESULTS | {"change": "people"})
    assert value_of(client.get(changed).content.decode(), "family-0-age") == ""
    assert page_of(client.get(at("family-help", "ask", CITY | RESULTS))).inputs["q"] == ["roof"]
    client.post("/wipe")
    assert value_of(client.get(ASK).content.decode(), "family-0-age") == ""


def test_where_the_database_does_not_serve_the_walk_goes_on(client: Client) -> None:
    fill_in(client, FAMILY)
    with no_database():
        assert client.get(ASK).status_code == 200
        assert value_of(fill_in(client, FAMILY, "more").content.decode(), "family-1-age") == "7"
        assert parameters(left_to(fill_in(client, FAMILY))) == CITY | RESULTS


# Asked directly -------------------------------------------------------------------------------------------------------


@WAYS
def test_once_answered_directly_the_rest_is_asked_directly_with_a_way_to_the_table(client: Client, htmx: bool) -> None:
    fill_in(client, FAMILY)
    response = client.get(at("family-help", "ask", CITY | {"people": "3"}), headers=HTMX if htmx else {})
    page = page_of(response)
    assert page.inputs["q"] == ["children"]
    assert "填表来算：一起过日子的有哪些人？" in page.text
    assert ASK in page.links
    assert "family-0-age" not in page.inputs


def test_a_direct_answer_that_is_wrong_is_said_at_the_question(client: Client) -> None:
    page = page_of(client.get(at("family-help", "ask", CITY | {"people": "99", "q": "people"})))
    assert "“一共几个人？”不能大于 4，现在是 99。" in page.text
    assert page.inputs["q"] == ["people"]


def test_answers_given_otherwise_are_no_longer_the_rows_business(client: Client) -> None:
    fill_in(client, FAMILY)
    page = page_of(client.get(at("family-help", "ask", CITY | RESULTS | {"income": "9", "change": "income"})))
    assert page.inputs["q"] == ["income"]
    assert "填表来算" in page.text


# In words -------------------------------------------------------------------------------------------------------------


def test_every_text_of_a_table_can_be_translated(books: Catalogue) -> None:
    (table,) = books.bundle("family-help").members
    gathered = {(one.context, one.text) for one in catalogue_messages(books) if "family-help" in one.bundles}
    texts = [table.ask, table.hint, table.why, table.row, "家里", "医院确诊的", "没有写 0", "岁", "元", "一共几个人？"]
    texts += [column.ask for column in table.columns]
    assert {("catalogue", text) for text in texts} | {("身体", "有重病"), ("身体", "好")} <= gathered


# The same as the rules ------------------------------------------------------------------------------------------------

CELLS = {
    "age": st.sampled_from(["", "0", "17", "18", "５", "120", "121", "-1", "7.005", "x", " 8 ", "\0", "9" * 3_000]),
    "earns": st.sampled_from(["", "0", "0.01", "89999.99", "1e3", "90000", "１２．５", "constructor"]),
    "health": st.sampled_from(["", "well", "ill", "ILL", "\ud7ff"]),
}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.fixed_dictionaries({}, optional=CELLS), max_size=6), town=st.sampled_from(["city", "village"]))
def test_any_rows_come_to_what_the_rules_say(
    client: Client, books: Catalogue, rows: list[dict[str, str]], town: str
) -> None:
    client.cookies.clear()
    rules = edition(books.bundle("family-help", "510100"), TODAY)
    (table,) = rules.bundle.members
    walk = replay(rules, {"town": town})
    questions = [name for name in table.questions if walk.may_ask(name)]
    read = read_rows(rules, table, rows, columns_for(table, questions))
    response = fill_in(client, rows, address=at("family-help", "table", CITY | {"town": town}))
    if read.refused:
        assert response.status_code == 200
        return
    told = replay(rules, {"town": town, **answers_of(rules, table, read.read, questions)})
    found = {name: Decimal(text) if text[0].isdigit() else text for name, text in parameters(left_to(response)).items()}
    assert found == {"region": 510100, **told.used}
