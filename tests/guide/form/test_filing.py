"""The form: consent first, every box checked in words, nothing lost, nothing left behind."""

import io
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from bundles.loading import catalogue
from guide.form.boxes import MOST_PERSONS
from guide.form.drafts import LIFE, VISITORS
from guide.models import Draft
from tests.guide.cast import ID_NUMBER, MOTHER, SHOPKEEPER, at, page_of
from tests.guide.form.cases import held_in, pages, step

pytestmark = pytest.mark.django_db
NAME = "卓玛·才让"


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 22))


@pytest.fixture
def address() -> str:
    return at("newborn", "form", MOTHER | {"birth_date": "2026-11-12"})


@pytest.fixture
def consenting(client: Client, address: str) -> Client:
    """An applicant who has read the privacy notice and agreed to all of it."""
    client.post(address, {"action": "agree", "sensitive": "1"})
    return client


def attached(pdf: bytes) -> dict[str, Any]:
    """The data in a form's PDF."""
    found: dict[str, Any] = json.loads(PdfReader(io.BytesIO(pdf)).attachments["form.json"][0])
    return found


def is_right(response: Any) -> bool:
    """Whether nothing was wrong with what was typed."""
    return "/form/ready?" in response.headers["Location"]


def printed_in(client: Client, address: str) -> dict[str, str]:
    """The values that the form at this address is printed with."""
    values: dict[str, str] = attached(client.get(address.replace("/form?", "/form.pdf?")).content)["values"]
    return values


def test_the_privacy_notice_comes_first_and_sets_nothing(client: Client, address: str) -> None:
    response = client.get(address)
    page = page_of(response)
    for words in ("谁在用", "用来做什么", "敏感", "留多久", "删掉"):
        assert words in page.text
    assert VISITORS.cookie not in response.cookies
    assert "mother.name" not in page.inputs


def test_the_form_asks_each_box_once_and_only_those_that_apply(consenting: Client, address: str) -> None:
    asked = [name for html in pages(consenting, address) for name in re.findall(r'name="([a-z_]+\.[^"=]+)"', html)]
    assert "mother.name" in asked
    assert len(asked) == len(set(asked))
    assert held_in(consenting, address)["child.birth_date"] == "2026-11-12"


def test_sensitive_boxes_are_left_for_the_pen_without_a_consent_of_their_own(client: Client, address: str) -> None:
    client.post(address, {"action": "agree"})
    held = held_in(client, address)
    assert "mother.name" in held
    assert not {"mother.id_number", "child.name"} & held.keys()
    response = client.post(address, {"mother.name": NAME, "mother.id_number": ID_NUMBER, "action": "save"})
    values = attached(client.get(response.headers["Location"].replace("/form/ready?", "/form.pdf?")).content)["values"]
    assert values["mother.name"] == NAME
    assert "mother.id_number" not in values


def test_the_mother_who_applies_herself_types_her_name_once(consenting: Client, address: str) -> None:
    consenting.post(address, {"mother.name": NAME, "mother.phone": "13800000000", "action": "save"})
    boxes = held_in(consenting, address)
    assert (boxes["applicant.name"], boxes["applicant.phone"]) == (NAME, "13800000000")


def test_twins_have_a_group_each(client: Client) -> None:
    twins = at("newborn", "form", MOTHER | {"birth_date": "2026-11-12", "births": "2"})
    client.post(twins, {"action": "agree", "sensitive": "1"})
    held = held_in(client, twins)
    assert {"child.name", "child.name~2"} <= held.keys()
    assert "child.name~3" not in held
    assert "child.name" not in page_of(client.get(step(twins, "child-2"))).inputs


def test_a_full_round_ends_in_a_pdf_that_carries_the_data(consenting: Client, address: str) -> None:
    typed = {
        "mother.name": NAME,
        "mother.id_number": ID_NUMBER,
        "applicant.phone": "１３８ 0000 0000",
        "action": "save",
    }
    response = consenting.post(address, typed)
    assert response.status_code == 302
    assert NAME in page_of(consenting.get(response.headers["Location"])).text
    pdf = consenting.get(address.replace("/form?", "/form.pdf?")).content
    values = attached(pdf)["values"]
    assert values["mother.name"] == NAME
    assert values["applicant.phone"] == "13800000000"
    assert values["mother.birth_date"] == "1990-03-07"


@pytest.mark.parametrize(
    ("box", "typed", "words"),
    [
        ("mother.id_number", "99000019900307002", "18 位"),
        ("mother.id_number", "990000199003070022", "写错"),
        ("mother.id_number", "990000199013070021", "写错"),
        ("mother.phone", "1234", "11 位"),
        ("mother.name", "李4", "数字或符号"),
        ("child.birth_date", "2026-02-30", "2026 年 2 月没有 30 日"),
        ("mother.address", "长" * 10_000, "最多"),
        ("mother.name", "\x00\x1b<script>", ""),
    ],
)
def test_a_wrong_box_says_how_to_mend_it_and_keeps_what_was_typed(
    consenting: Client, address: str, box: str, typed: str, words: str
) -> None:
    sent = consenting.post(address, {box: typed, "mother.ethnicity": "藏族", "action": "save"})
    assert sent.status_code == 302, "Back would ask to send the form again"
    assert not is_right(sent)
    page = page_of(consenting.get(sent.headers["Location"]))
    assert words in page.text
    assert f"#id_{box}" in page.links
    assert f"id_{box}" in page.ids
    assert held_in(consenting, address)["mother.ethnicity"] == "藏族"


@pytest.mark.parametrize(
    "typed",
    ["卓玛·才让", "扎西 多吉", "མཚོ་མོ", "𠮷野", "阿布都热依木·买买提", "O'Brien", "李〇",
     "王\U00031350", "赵\U000323b0", "钱\U000334a0",
     "孙\ue123", "周\U000f0123", "བཀྲ་ཤིས།", "བློ་བཟང༌།", "叶⺀"],
)  # fmt: skip
def test_names_of_every_script_are_taken_as_they_are(consenting: Client, address: str, typed: str) -> None:
    assert is_right(consenting.post(address, {"mother.name": typed, "action": "save"}))
    assert held_in(consenting, address)["mother.name"] == typed


def test_a_passport_is_not_checked_as_an_id_card(consenting: Client, address: str) -> None:
    typed = {"mother.id_type": "护照", "mother.id_number": "E12345678", "action": "save"}
    assert is_right(consenting.post(address, typed))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("护照", " ｅ１２３４ 5678 ", "E12345678"), ("来往内地（大陆）通行证", "H0123456789", "H0123456789"),
        ("外国人永久居留身份证", "USA110012345678", "USA110012345678"),
        ("军人身份证件", "军字第1234567号", "军字第1234567号"),
        ("", "810000199408230021", "810000199408230021"), ("", "911156198108030025", "911156198108030025"),
    ],
)  # fmt: skip
def test_a_paper_goes_with_its_kind_to_the_applicant_who_is_the_mother(
    consenting: Client, address: str, kind: str, typed: str, kept: str
) -> None:
    form = {"mother.id_type": kind, "mother.id_number": typed, "applicant.id_type": "", "applicant.id_number": ""}
    ready = consenting.post(address, form | {"action": "save"})
    assert is_right(ready)
    assert "看起来不对" not in page_of(consenting.get(ready.headers["Location"])).text
    values = printed_in(consenting, address)
    assert (values["mother.id_number"], values["applicant.id_number"]) == (kept, kept)
    assert values.get("applicant.id_type", "") == kind


def test_a_kind_of_paper_is_not_copied_to_another_number(consenting: Client, address: str) -> None:
    form = {"mother.id_type": "护照", "mother.id_number": "E12345678", "applicant.id_number": ID_NUMBER}
    consenting.post(address, form | {"action": "save"})
    assert "applicant.id_type" not in printed_in(consenting, address)
    blank = {"mother.id_type": "", "applicant.id_number": ""}
    consenting.post(address, blank | {"mother.id_number": ID_NUMBER, "applicant.id_type": "护照", "action": "save"})
    assert "applicant.id_number" not in printed_in(consenting, address)


@pytest.mark.parametrize("bundle", catalogue().ids)
def test_every_number_of_a_paper_has_its_kind_beside_it(bundle: str) -> None:
    """But a child's, which is 公民身份号码 by its label: what the registration gives."""
    for item in catalogue().bundle(bundle).items:
        asked = [(line.id, line.when) for line in item.fields]
        numbers = [(id, when) for id, when in asked if id.endswith("id_number") and not id.startswith("child.")]
        assert [(id.replace("id_number", "id_type"), when) for id, when in numbers if "shareholder" not in id] == [
            (id, when) for id, when in asked if id.endswith("id_type") and "shareholder" not in id
        ]


ODD_NAME = "李4"


def test_a_name_that_is_printed_so_is_taken_after_a_tick(consenting: Client, address: str) -> None:
    refused = page_of(consenting.post(address, {"mother.name": ODD_NAME, "action": "save"}, follow=True))
    assert "照证件写的就是这样" in refused.text
    assert "mother.name!" in refused.inputs
    typed = {"mother.name": f"\u200e{ODD_NAME}\ufe00 ", "mother.name!": "1", "applicant.name": "", "action": "save"}
    ready = consenting.post(address, typed)
    assert is_right(ready)
    assert "看起来不对" not in page_of(consenting.get(ready.headers["Location"])).text
    boxes = page_of(consenting.get(step(address, "mother"))).inputs
    assert (boxes["mother.name"], boxes["mother.name!"]) == ([ODD_NAME], ["1"])
    assert not is_right(consenting.post(address, {"mother.name": ODD_NAME, "action": "save"}))


def test_what_nobody_sees_is_dropped_from_every_box(consenting: Client, address: str) -> None:
    typed = {"mother.name": "卓玛\u202e\ufeff", "mother.address": "人民\U000e0100路\u200b1号\x00", "action": "save"}
    assert is_right(consenting.post(address, typed))
    boxes = held_in(consenting, address)
    assert (boxes["mother.name"], boxes["mother.address"]) == ("卓玛", "人民路1号")


@pytest.mark.parametrize("bundle", catalogue().ids)
def test_fifty_persons_of_every_group_fit_a_request(bundle: str) -> None:
    entries = catalogue().bundle(bundle).dictionaries.fields
    asked = {line.id for item in catalogue().bundle(bundle).items for line in item.fields}
    grow = catalogue().bundle(bundle).repeat
    boxes = [(MOST_PERSONS if id.partition(".")[0] in grow else 1) * (1 + (entries[id].type == "name")) for id in asked]
    assert sum(boxes) + 10 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_form_of_fifty_persons_is_saved(client: Client) -> None:
    address = at("business-start", "form", SHOPKEEPER | {"people": "50"})
    client.post(address, {"action": "agree", "sensitive": "1"})
    for _person in range(MOST_PERSONS - 1):
        client.post(address, {"action": "more:board"})
    boxes = dict.fromkeys(held_in(client, address), "")
    assert len(boxes) > 350
    names = {f"board.name~{turn}": NAME for turn in range(2, MOST_PERSONS + 1)}
    typed = dict.fromkeys((f"filler.{number}" for number in range(1200)), "") | boxes | names
    assert client.post(address, typed | {"action": "save"}).status_code == 302
    assert page_of(client.get(step(address, "board-50"))).inputs["board.name~50"] == [NAME]


def test_an_address_has_fewer_parameters(client: Client) -> None:
    assert client.get("/newborn/ask?" + "a=&" * 1001).status_code == 400


def test_who_does_not_agree_gets_a_blank_form(client: Client, address: str) -> None:
    (blank,) = (link for link in page_of(client.get(address)).links if "blank=1" in link)
    assert client.get(blank)["Content-Type"] == "application/pdf"


def test_a_blank_form_prints(client: Client, address: str) -> None:
    values = attached(client.get(address.replace("/form?", "/form.pdf?")).content)["values"]
    assert values["child.birth_date"] == "2026-11-12"
    assert not {"mother.name", "mother.id_number", "applicant.phone"} & values.keys()


def test_wiping_leaves_no_byte_behind(consenting: Client, address: str) -> None:
    consenting.post(address, {"mother.name": NAME, "mother.id_number": ID_NUMBER, "action": "save"})
    assert Draft.objects.count() == 1
    response = consenting.post("/wipe")
    assert response.cookies[VISITORS.cookie].value == ""
    assert not Draft.objects.exists()
    assert "mother.name" not in page_of(consenting.get(address)).inputs


def test_the_database_shows_nobodys_data(consenting: Client, address: str) -> None:
    consenting.post(address, {"mother.name": NAME, "mother.id_number": ID_NUMBER, "action": "save"})
    row = Draft.objects.get()
    for value in (NAME, ID_NUMBER, "1990"):
        assert value.encode() not in bytes(row.sealed)
    assert consenting.cookies[VISITORS.cookie].value not in row.id


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "A" * 43 + "=", "é", "A" * 4000])
def test_a_foreign_cookie_starts_afresh_and_says_why(client: Client, address: str, cookie: str) -> None:
    client.cookies[VISITORS.cookie] = cookie
    response = client.get(address)
    assert response.status_code == 200
    assert "重新开始" in page_of(response).text


def test_an_expired_draft_starts_afresh_but_keeps_what_was_just_typed(consenting: Client, address: str) -> None:
    Draft.objects.update(expires=timezone.now() - timedelta(seconds=1))
    page = page_of(consenting.post(address, {"mother.name": NAME, "action": "save"}, follow=True))
    assert "超过两小时" in page.text
    assert page.inputs["mother.name"] == [NAME]
    ready = consenting.post(address, {"mother.name": NAME, "action": "save"})
    assert is_right(ready)
    assert "超过两小时" not in page_of(consenting.get(address)).text


def test_the_cookie_dies_with_the_draft_and_scripts_cannot_read_it(client: Client, address: str) -> None:
    cookie = client.post(address, {"action": "agree"}).cookies[VISITORS.cookie]
    assert cookie["httponly"]
    assert cookie["max-age"] == LIFE.total_seconds()


def test_what_is_wrong_is_not_copied_to_whoever_is_the_same(consenting: Client, address: str) -> None:
    wrong = {"mother.phone": "12", "mother.name": "李4", "mother.id_number": "1"}
    empty = dict.fromkeys((name.replace("mother", "applicant") for name in wrong), "")
    consenting.post(address, wrong | empty | {"action": "save"})
    held = held_in(consenting, address)
    assert [held[name] for name in empty] == [""] * 3
    right = {"mother.phone": "13800138000", "mother.name": "李四", "mother.id_number": ID_NUMBER}
    assert is_right(consenting.post(address, right | empty | {"action": "save"}))
    values = printed_in(consenting, address)
    assert [values[name] for name in empty] == list(right.values())


def test_a_form_that_nobody_has_typed_in_has_nothing_wrong(consenting: Client, address: str) -> None:
    assert "error-summary" not in consenting.get(address).content.decode()


def focused(client: Client, address: str) -> list[str]:
    """The boxes of the page that the browser goes to by itself."""
    return re.findall(r'name="([^"]+)"[^>]* autofocus', client.get(address).content.decode())


def test_one_more_goes_on_in_the_first_box_of_who_came(client: Client) -> None:
    address = at("business-start", "form", SHOPKEEPER)
    client.post(address, {"action": "agree"})
    more = client.post(step(address, "board"), {"action": "more:board", "board.name": NAME}).headers["Location"]
    boxes = held_in(client, address)
    assert "board.name~2" in boxes
    assert boxes["board.name"] == NAME
    assert focused(client, more) == ["board.name~2"]
    client.post(address, {"action": "save", "board.name": NAME})
    assert not focused(client, more)


@pytest.mark.parametrize(
    ("out", "left", "goes_on"),
    [(1, ["乙", "丙丙"], ""), (2, ["甲", "丙丙"], "~2"), (3, ["甲", "乙"], "~2")],
)
def test_any_person_can_be_taken_out_and_those_after_move_up(
    client: Client, out: int, left: list[str], goes_on: str
) -> None:
    address = at("business-start", "form", SHOPKEEPER)
    client.post(address, {"action": "agree", "sensitive": "1"})
    for _person in range(2):
        client.post(address, {"action": "more:board"})
    typed = {"board.name": "甲", "board.name~2": "乙", "board.name~3": "丙丙", "board.post~2": "经理"}
    here = step(address, f"board-{out}" if out > 1 else "board")
    assert f"fewer:board~{out}" in client.get(here).content.decode()
    fewer = client.post(here, typed | {"action": f"fewer:board~{out}"}).headers["Location"]
    boxes = held_in(client, address)
    assert [boxes[name] for name in ("board.name", "board.name~2")] == left
    assert "board.name~3" not in boxes
    assert focused(client, fewer) == [f"board.name{goes_on}"]
    client.post(address, {"action": f"fewer:board~{out}"})
    client.post(address, {"action": "fewer:board~1"})
    assert "board.name" in held_in(client, address), "the last one stays"


@pytest.mark.parametrize(
    "action", ["fewer:board~9", "fewer:board", "fewer:board~", "more:", "more:mother", "fewer:x~1"]
)
def test_an_odd_press_changes_nobody(client: Client, action: str) -> None:
    address = at("business-start", "form", SHOPKEEPER)
    client.post(address, {"action": "agree"})
    client.post(address, {"action": "more:board", "board.name": NAME})
    client.post(address, {"action": action, "board.name": NAME, "board.name~2": "乙"})
    boxes = held_in(client, address)
    assert (boxes["board.name"], boxes["board.name~2"]) == (NAME, "乙")


def test_nothing_typed_stands_in_an_address(consenting: Client, address: str) -> None:
    response = consenting.post(address, {"mother.name": NAME, "action": "save"})
    assert "mother" not in response.headers["Location"].replace("filer=mother", "").replace("follows=mother", "")
    for page in (address, response.headers["Location"]):
        assert consenting.get(page).headers["Cache-Control"].count("no-store")


def test_a_foreign_representative_fills_in_a_passport(client: Client) -> None:
    """The box begins with the answer, and the number isn't checked as that of an ID card."""
    address = at("business-start", "form", SHOPKEEPER | {"signing": "no", "rep_papers": "passport"})
    client.post(address, {"action": "agree", "sensitive": "1"})
    assert held_in(client, address)["representative.id_type"] == "护照"
    client.post(address, {"action": "save", "representative.id_type": "护照", "representative.id_number": "E12345678"})
    assert held_in(client, address)["representative.id_number"] == "E12345678"
