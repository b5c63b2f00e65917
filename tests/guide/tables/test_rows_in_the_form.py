"""Rows go on into the form: as many persons, their boxes filled, and whatever is typed there wins."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from bundles.loading import Catalogue
from bundles.walking.walks import walk
from guide.form.drafts import KEPT, Draftbook, open_draft
from guide.form.views import draft_for
from guide.models import Draft
from tests.guide.cast import at, page_of
from tests.guide.counter.cases import TODAY
from tests.guide.form.cases import held_in
from tests.guide.tables.people import CITY, FAMILY, RESULTS, TABLE, fill_in, value_of

pytestmark = pytest.mark.django_db
FORM = at("family-help", "form", CITY | RESULTS | {"roof": "no"})


@pytest.fixture
def family(client: Client) -> Client:
    """Somebody who has filled in the table and agreed to fill in the form here."""
    fill_in(client, FAMILY)
    client.post(FORM, {"action": "agree"})
    return client


def shown(client: Client, address: str = FORM) -> dict[str, str]:
    """What stands in the family's boxes."""
    return {name: value for name, value in held_in(client, address).items() if name.startswith("family.")}


def as_told(*persons: tuple[str, str]) -> dict[str, str]:
    return {
        f"family.{name}{'' if turn == 1 else f'~{turn}'}": text
        for turn, person in enumerate(persons, 1)
        for name, text in zip(("income", "health"), person, strict=True)
    }


def typed(client: Client, changes: dict[str, str] | None = None, action: str = "save") -> Any:
    return client.post(FORM, {**shown(client), **(changes or {}), "action": action})


def test_the_form_begins_with_a_person_a_row(family: Client) -> None:
    assert shown(family) == as_told(("1234.5", "好"), ("0", "有重病"))


def test_a_table_is_no_consent_to_the_form(client: Client) -> None:
    fill_in(client, FAMILY)
    assert "family.income" not in page_of(client.get(FORM)).inputs
    assert client.get(FORM.replace("/form?", "/form/ready?")).status_code == 302
    client.post(FORM, {"action": "agree", "sensitive": "1"})
    assert shown(client) == as_told(("1234.5", "好"), ("0", "有重病"))


def test_what_was_typed_wins_over_rows(family: Client) -> None:
    typed(family, {"family.income~2": "5", "family.health": ""})
    assert shown(family) == as_told(("1234.5", ""), ("5", "有重病"))


def test_a_person_who_goes_takes_their_own_boxes_along(family: Client) -> None:
    typed(family, action="fewer:family~1")
    assert shown(family) == as_told(("0", "有重病"))
    typed(family, action="more:family")
    assert shown(family) == as_told(("0", "有重病"), ("", ""))


def test_other_rows_come_into_the_form_but_for_what_was_typed(family: Client) -> None:
    typed(family, {"family.health~2": "手术以后"})
    fill_in(family, [*FAMILY[1:], FAMILY[0] | {"earns": "77"}, {"age": "70", "earns": "8", "health": "well"}])
    changed = at("family-help", "form", CITY | RESULTS | {"roof": "no", "people": "3", "income": "85"})
    assert shown(family, changed) == as_told(("0", "有重病"), ("77", "手术以后"), ("8", "好"))


def test_rows_say_nothing_of_answers_given_otherwise(family: Client) -> None:
    for other in ({"income": "9"}, {"people": "3"}, {"has_ill": "no"}):
        address = at("family-help", "form", CITY | RESULTS | {"roof": "no"} | other)
        assert shown(family, address) == as_told(("", ""))


def test_an_expired_draft_takes_rows_along_and_keeps_the_page_that_is_sent(family: Client) -> None:
    sent = shown(family) | {"family.income~2": "6", "action": "save", "draft": "0" * 16}
    Draft.objects.all().delete()
    assert family.post(FORM, sent).status_code == 302
    assert shown(family) == as_told(("1234.5", "好"), ("6", "有重病"))


def test_drafts_from_before_are_still_opened(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guide.form.drafts.KEPT", tuple(name for name in KEPT if name not in ("rows", "agreed")))
    old = Draftbook(b"k" * 32, values={"family.income": "3"}, sensitive=True)
    old.save()
    monkeypatch.undo()
    request = rf.get(TABLE)
    response = HttpResponse()
    old.give(response)
    request.COOKIES["draft"] = response.cookies["draft"].value
    opened = open_draft(request)
    assert opened is not None
    assert (opened.values, opened.sensitive, opened.rows) == ({"family.income": "3"}, True, {})
    assert draft_for(request, "") is not None


def test_the_clerk_has_the_table_too_and_rows_lie_in_the_applicants_drawer(counter: Client, books: Catalogue) -> None:
    desk = page_of(counter.get(f"/counter/family-help/?{TABLE.partition('?')[2]}"))
    assert "填表来算：一起过日子的有哪些人？" in desk.text
    address = next(link for link in desk.links if link.startswith("/counter/family-help/table?"))
    assert "第 1 位家人" in page_of(counter.get(address)).text
    gone_on = fill_in(counter, FAMILY, address=address).headers["Location"]
    assert gone_on.startswith("/counter/family-help/?region=510100&town=city&people=2")
    assert "draft" not in counter.cookies
    assert value_of(counter.get(address).content.decode(), "family-1-age") == "7"
    counter.post(FORM.replace("/family-help", "/counter/family-help"), {"action": "agree"})
    assert shown(counter, FORM.replace("/family-help", "/counter/family-help")) == as_told(
        ("1234.5", "好"), ("0", "有重病")
    )
    counter.post("/counter/next")
    assert value_of(counter.get(address).content.decode(), "family-1-age") == ""
    assert not Draft.objects.exists()
    assert walk(books.bundle("family-help", "510100"), {"town": "city", **RESULTS}, TODAY).question is not None


def test_the_clerk_is_led_to_no_table_before_its_turn(counter: Client) -> None:
    begun = page_of(counter.get("/counter/family-help/?region=510100"))
    assert "people" in begun.inputs
    assert "填表来算" not in begun.text


def test_a_session_that_ends_loses_no_row(client: Client, clerk: Any) -> None:
    client.force_login(clerk)
    address = TABLE.replace("/family-help", "/counter/family-help")
    client.cookies["sessionid"] = "0" * 32
    to_log_in = fill_in(client, [{"age": "abc"}], address=address)
    assert to_log_in.status_code == 302
    assert "abc" not in json.dumps(dict(to_log_in.headers))
    client.force_login(clerk)
    client.get("/counter/back", follow=True)
    assert value_of(client.get(address).content.decode(), "family-0-age") == "abc"
