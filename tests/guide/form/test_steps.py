"""The form page by page: each saves what it has, what is known isn't asked again, and what contradicts is said."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bundles.loading import catalogue
from bundles.results.outcomes import written
from bundles.walking.walks import Walk
from guide.form.boxes import LIKE, all_boxes, blocks_of, filled, givens
from guide.form.joint import options_of, to_type
from guide.form.steps import FEW, LONGEST, grouped, step_called, steps_of
from guide.models import Draft
from guide.notice.rows import Telling
from tests.guide.cast import ID_NUMBER, MOTHER, SHOPKEEPER, at, page_of, parameters
from tests.guide.counter.cases import of_the_mother
from tests.guide.form.cases import held_in, held_on, pages, step
from tests.guide.form.test_official_words import is_right
from tests.guide.test_every_bundle import as_sent, finished

BORN = MOTHER | {"birth_date": "2026-11-12"}
FORM = at("newborn", "form", BORN)
NAME = "卓玛·才让"


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 22))


@pytest.fixture
def applicant(client: Client, db: None) -> Client:
    """An applicant who has agreed to fill in the form of a newborn here."""
    client.post(FORM, {"action": "agree", "sensitive": "1"})
    return client


def save(client: Client, page: str, action: str = "save", **typed: str) -> str:
    """Where one goes on after a page was sent."""
    return client.post(step(FORM, page), {**typed, "action": action}).headers["Location"]


def words_of(client: Client, address: str) -> str:
    return page_of(client.get(address)).text


# Pages


def test_a_page_holds_one_person_and_leads_to_the_next(applicant: Client) -> None:
    first = page_of(applicant.get(FORM))
    assert "child.name" in first.inputs
    assert "mother.name" not in first.inputs
    seen, address = [], step(FORM, "child")
    while "/form?" in address:
        seen.append(address.rpartition("=")[2])
        address = applicant.post(address, {**held_on(applicant.get(address).content.decode()), "action": "save"})[
            "Location"
        ]
    assert seen == ["child", "mother", "father", "guardian"]
    assert "/form/ready?" in address


def test_each_page_is_saved_and_the_others_stay_as_they_are(applicant: Client) -> None:
    save(applicant, "mother", **{"mother.name": NAME})
    save(applicant, "father", **{"father.name": "扎西"})
    save(applicant, "mother", **{"mother.phone": "13800138000"})
    held = held_in(applicant, FORM)
    assert (held["mother.name"], held["father.name"], held["mother.phone"]) == (NAME, "扎西", "13800138000")


def test_a_wrong_page_stays_and_one_may_go_on_elsewhere_all_the_same(applicant: Client) -> None:
    assert save(applicant, "mother", **{"mother.phone": "12"}).endswith("part=mother")
    assert save(applicant, "mother", "to:father", **{"mother.phone": "12"}).endswith("part=father")
    ready = save(applicant, "mother", "ready", **{"mother.phone": "12"})
    assert "/form/ready?" in ready
    shown = page_of(applicant.get(ready))
    assert "1 处看起来不对" in shown.text
    assert any(link.endswith("part=mother") for link in shown.links)
    assert held_in(applicant, FORM)["mother.phone"] == "12"


@pytest.mark.parametrize("name", ["", "nobody", "mother~2", "child-9", "<b>", "%00", "../x", "a" * 5000])
def test_an_odd_name_of_a_page_opens_the_first(applicant: Client, name: str) -> None:
    response = applicant.get(step(FORM, name))
    assert response.status_code == 200
    assert "child.name" in page_of(response).inputs
    assert applicant.post(step(FORM, name), {"action": "save", "mother.name": NAME}).status_code == 302
    assert held_in(applicant, FORM)["mother.name"] == NAME


@pytest.mark.parametrize("action", ["to:", "to:nobody", "to:child-9", "more:mother", "\x00", ""])
def test_an_odd_action_keeps_what_was_typed(applicant: Client, action: str) -> None:
    assert "/form" in save(applicant, "mother", action, **{"mother.name": NAME})
    assert held_in(applicant, FORM)["mother.name"] == NAME


def test_the_address_names_a_person_and_nothing_of_them(applicant: Client) -> None:
    on = save(applicant, "mother", **{"mother.name": NAME, "mother.id_number": ID_NUMBER})
    assert parameters(on) == parameters(FORM) | {"part": "father"}


def test_boxes_filled_are_counted(applicant: Client) -> None:
    before = re.search(r"已填 (\d+)/(\d+)", words_of(applicant, FORM))
    save(applicant, "mother", **{"mother.name": NAME})  # the guardian and the applicant are she
    after = re.search(r"已填 (\d+)/(\d+)", words_of(applicant, FORM))
    assert before
    assert after
    assert int(after[1]) - int(before[1]) == 3
    assert after[2] == before[2]


def test_the_clerks_form_has_the_same_pages(counter: Client) -> None:
    address = of_the_mother("form")
    counter.post(address, {"action": "agree", "sensitive": "1"})
    on = counter.post(step(address, "mother"), {"action": "save", "mother.name": NAME}).headers["Location"]
    assert on.startswith("/counter/newborn/form?")
    assert "father.name" in page_of(counter.get(on)).inputs


def walks() -> Iterator[tuple[str, Walk]]:
    for bundle in catalogue().ids:
        yield from ((f"{bundle} {case.id}", walked) for case, walked in finished(bundle))


def test_every_box_stands_on_one_page_and_few_are_unfolded() -> None:
    for case, walked in walks():
        blocks = blocks_of(Telling(walked, catalogue().region(None)), {})
        steps = steps_of(blocks, sensitive=True)
        names = [box.name for one in steps for box in one.boxes]
        assert names == [box.name for box in to_type(blocks, sensitive=True)], case
        assert all(step_called(steps, one.id) is one for one in steps), case
        for block in blocks:
            boxes = to_type([block], sensitive=True)
            groups = grouped(boxes)
            assert sorted(box.name for group in groups for box in group.boxes) == sorted(box.name for box in boxes), (
                case
            )
            assert all(len(group.boxes) <= max(FEW, LONGEST) for group in groups if group.items), case


def test_what_a_number_tells_is_folded_until_it_is_there(applicant: Client) -> None:
    folded = words_of(applicant, step(FORM, "mother")).partition("填了证件号就有的")[2]
    assert "出生日期" in folded
    assert "年龄" in folded
    child = words_of(applicant, FORM)
    assert "填了证件号就有的" not in child, "a child's number comes with the registration"


# What is known


def test_no_box_asks_what_was_answered() -> None:
    """Every box for which the bundle has an answer, or whose number of papers says it, is filled."""
    for case, walked in walks():
        telling = Telling(walked, catalogue().region("510700"))
        blocks = blocks_of(telling, {})
        values = filled(telling, blocks, None)
        known = givens(telling, blocks, values, None)
        for box in all_boxes(blocks):
            official = written(box.need.value, box.need.question, telling.city)
            if official not in (None, ""):
                assert values[box.name] == str(official), f"{case}: {box.name}"
                assert known[box.name].source == "answer", f"{case}: {box.name}"


def test_official_words_stand_on_the_list_of_their_box() -> None:
    for case, walked in walks():
        telling = Telling(walked, catalogue().region("510700"))
        blocks = blocks_of(telling, {})
        values = filled(telling, blocks, None)
        for block in blocks:
            for box in block.boxes:
                if values[box.name] and options_of(box):
                    assert values[box.name] in options_of(box), f"{case}: {box.name}"


def test_what_is_known_is_settled_and_says_where_it_comes_from(applicant: Client) -> None:
    save(applicant, "mother", **{"mother.name": NAME, "mother.id_number": ID_NUMBER})
    mother = words_of(applicant, step(FORM, "mother"))
    assert "出生日期 从证件号来 1990 年 3 月 7 日 改" in mother
    assert "婚姻状况 从您的回答来 已婚 改" in mother
    assert "姓名 和母亲一样 卓玛·才让 改" in words_of(applicant, step(FORM, "guardian"))


def test_what_follows_from_others_follows_when_they_change(applicant: Client) -> None:
    save(applicant, "mother", **{"mother.id_number": ID_NUMBER})
    shown = held_on(applicant.get(step(FORM, "mother")).content.decode())
    assert shown["mother.birth_date"] == "1990-03-07"
    other = next(text for end in "0123456789X" if is_right(text := f"99000019910307002{end}"))
    page = {**shown, "mother.id_number": other, "mother.birth_date": shown["mother.birth_date"]}
    on = applicant.post(step(FORM, "mother"), {**page, "action": "save"}).headers["Location"]
    assert on.endswith("part=father")
    assert held_in(applicant, FORM)["mother.birth_date"] == "1991-03-07"


def test_a_changed_answer_changes_its_box(applicant: Client) -> None:
    for html in pages(applicant, FORM):
        applicant.post(FORM, {**held_on(html), "action": "save"})
    later = at("newborn", "form", BORN | {"birth_date": "2026-11-13"})
    assert held_in(applicant, later)["child.birth_date"] == "2026-11-13"


def test_nothing_is_asked_that_is_written_with_the_signature() -> None:
    for case, walked in walks():
        for box in to_type(blocks_of(Telling(walked, catalogue().region(None)), {}), sensitive=True):
            assert box.entry.type != "signature", case
            assert box.own != "sign_date", case


# What is the same


def test_a_tick_fills_an_address_and_follows_it(applicant: Client) -> None:
    save(
        applicant,
        "mother",
        **{
            "mother.household_address": "人民路1号",
            "mother.address": "",
            "mother.address=": "mother.household_address",
        },
    )
    assert held_in(applicant, FORM)["mother.address"] == "人民路1号"
    assert "现在住址 和户籍地址一样 人民路1号" in words_of(applicant, step(FORM, "mother"))
    shown = {"mother.address": "人民路1号", "mother.address=": "mother.household_address"}
    save(applicant, "mother", **{"mother.household_address": "人民路2号"}, **shown)
    assert held_in(applicant, FORM)["mother.address"] == "人民路2号"
    save(applicant, "mother", **{"mother.address": "人民路2号"})
    assert held_in(applicant, FORM)["mother.address"] == "", "the tick is off"


def test_what_is_typed_wins_over_a_tick(applicant: Client) -> None:
    sent = {"mother.household_address": "甲", "mother.address": "乙", "mother.address=": "mother.household_address"}
    save(applicant, "mother", **sent)
    assert held_in(applicant, FORM)["mother.address"] == "乙"


def test_who_is_somebody_else_has_all_their_boxes(applicant: Client) -> None:
    """The guardian is taken for the applicant, who is the mother; the tick says that it is the father."""
    father = {"father.name": "扎西", "father.id_number": ID_NUMBER, "father.phone": "13800138000"}
    applicant.post(FORM, {"mother.name": NAME, **father, "action": "save"})
    assert held_in(applicant, FORM)["guardian.name"] == NAME
    save(applicant, "guardian", **{"guardian.name": NAME, "guardian.name=": "father.name"})
    held = held_in(applicant, FORM)
    assert [held[name.replace("father", "guardian")] for name in father] == list(father.values())
    assert held["applicant.name"] == NAME


@pytest.mark.parametrize("other", ["applicant.bank_account", "mother.id_number", "x", "mother.name!"])
def test_a_tick_that_no_page_offers_changes_nothing(applicant: Client, other: str) -> None:
    save(applicant, "mother", **{"mother.id_number": ID_NUMBER, "mother.address": "", f"mother.address{LIKE}": other})
    assert held_in(applicant, FORM)["mother.address"] == ""


def test_every_tick_leads_to_a_box_of_the_dictionary() -> None:
    fields = catalogue().bundle("newborn").dictionaries.fields
    for name, entry in fields.items():
        for other in entry.like:
            assert fields[other].type == entry.type, name


# Contradictions


def test_another_day_than_was_answered_is_said_once_and_kept(applicant: Client) -> None:
    typed = {"child.birth_date-year": "2026", "child.birth_date-month": "11", "child.birth_date-day": "13"}
    assert save(applicant, "child", **typed).endswith("part=child")
    page = page_of(applicant.get(step(FORM, "child")))
    assert "前面答的是“2026 年 11 月 12 日”" in page.text
    assert any("change=birth_date" in link for link in page.links)
    assert held_in(applicant, FORM)["child.birth_date"] == "2026-11-13"
    assert save(applicant, "child", **typed).endswith("part=mother"), "who is sure goes on"
    ready = save(applicant, "guardian")
    assert "1 处看起来不对" in words_of(applicant, ready)


def test_the_sex_in_a_number_is_compared_with_the_answer(client: Client, db: None) -> None:
    walked = next(walked for case, walked in finished("retirement") if case.id == "T2")
    address = at("retirement", "form", {"region": "510700", **as_sent(dict(walked.used))})
    client.post(address, {"action": "agree", "sensitive": "1"})
    client.post(step(address, "applicant"), {"applicant.id_number": ID_NUMBER, "action": "save"})
    page = page_of(client.get(address))
    assert "证件号里是 女" in page.text
    assert "这一栏照前面的回答写" in page.text
    assert any("change=sex" in link for link in page.links)


# Dates, lists, what a browser may fill in


@pytest.mark.parametrize(("typed", "held"), [
    (("2026", "3", "8"), "2026-03-08"), (("2026年3月8日", "", ""), "2026-03-08"),
    (("2026-03-08", "11", "12"), "2026-03-08"), (("２０２６", "０３", "８"), "2026-03-08"),
    (("2026", "", ""), "2026"), (("2026", "2", "30"), "2026-2-30"), (("2026", "3", ""), "2026-3-"),
    (("", "", ""), ""), (("昨天", "", ""), "昨天"), (("", "3", "8"), "-3-8"),
])  # fmt: skip
def test_a_date_is_read_from_its_boxes(applicant: Client, typed: tuple[str, str, str], held: str) -> None:
    names = [f"father.birth_date-{part}" for part in ("year", "month", "day")]
    save(applicant, "father", **dict(zip(names, typed, strict=True)))
    inputs = page_of(applicant.get(step(FORM, "father"))).inputs
    whole = held.split("-") if held.count("-") == 2 else [held, "", ""]
    assert [inputs[name][0] for name in names] == [whole[0], *(part.removeprefix("0") for part in whole[1:])]


def test_a_whole_date_under_its_own_name_is_read_too(applicant: Client) -> None:
    save(applicant, "father", **{"father.birth_date": "1990年3月8日"})
    assert held_in(applicant, FORM)["father.birth_date"] == "1990-03-08"


def test_what_is_not_on_a_list_stays_where_it_was_typed(applicant: Client) -> None:
    save(applicant, "mother", **{"mother.ethnicity": "穿青人", "mother.education": "私塾", "mother.id_type": "海员证"})
    html = applicant.get(step(FORM, "mother")).content.decode()
    for word in ("穿青人", "私塾", "海员证"):
        assert f'<option value="{word}" selected>{word}</option>' in html
    assert held_in(applicant, FORM)["mother.ethnicity"] == "穿青人"


def test_there_are_fifty_six_ethnic_groups(applicant: Client) -> None:
    html = applicant.get(step(FORM, "mother")).content.decode()
    shown = html.partition('name="mother.ethnicity"')[2].partition("</select>")[0]
    assert len(re.findall(r'<option value="[^"]+族"', shown)) == 57  # 未识别民族 too


def tokens(html: str) -> dict[str, str]:
    """What a browser may fill in, by boxes."""
    found = re.findall(r"<(?:input|select|textarea)[^>]*>", html)
    named = [(re.search(r' name="([^"]+\.[^"]+)"', tag), re.search(r' autocomplete="([^"]+)"', tag)) for tag in found]
    return {name[1]: token[1] for name, token in named if name and token and token[1] != "off"}


def test_a_browser_fills_in_the_applicants_own_boxes_and_nobody_elses(applicant: Client) -> None:
    mother = tokens(applicant.get(step(FORM, "mother")).content.decode())
    assert (mother["mother.name"], mother["mother.phone"]) == ("name", "tel")
    assert mother["mother.birth_date-year"] == "bday-year"
    assert "mother.id_number" not in mother
    assert tokens(applicant.get(step(FORM, "father")).content.decode()) == {}
    assert tokens(applicant.get(step(FORM, "guardian")).content.decode())["applicant.phone"] == "tel"


def test_at_the_counter_and_the_terminal_a_browser_fills_in_nothing(client: Client, counter: Client) -> None:
    client.cookies["kiosk"] = "513301"
    client.post(FORM, {"action": "agree", "sensitive": "1"})
    counter.post(of_the_mother("form"), {"action": "agree", "sensitive": "1"})
    shown = [*pages(client, FORM), *pages(counter, of_the_mother("form"))]
    assert len(shown) == 8
    assert [tokens(html) for html in shown] == [{}] * 8


# From before


def test_a_page_of_the_whole_form_is_still_taken(applicant: Client) -> None:
    whole: dict[str, Any] = held_in(applicant, FORM) | {"mother.name": NAME, "child.birth_date": "2026-11-12"}
    assert "/form/ready?" in applicant.post(FORM, {**whole, "action": "save"}).headers["Location"]
    assert held_in(applicant, FORM)["mother.name"] == NAME
    assert Draft.objects.count() == 1


def test_one_more_has_a_page_of_their_own(client: Client, db: None) -> None:
    address = at("business-start", "form", SHOPKEEPER)
    client.post(address, {"action": "agree", "sensitive": "1"})
    on = client.post(step(address, "board"), {"action": "more:board", "board.name": NAME}).headers["Location"]
    assert on.endswith("part=board-2")
    assert "board.name" not in page_of(client.get(on)).inputs
