"""An address that went through a chat opens the page that it opened before, whatever was hung onto it."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory

from bundles.loading import catalogue
from bundles.reserved import is_parameter
from guide.web.pasted import OTHER_PARAMETERS, as_meant
from tests.bundles.support import dice, fresh_seed
from tests.guide.cases.test_reserved_names import GUIDE, parameters_read
from tests.guide.cast import MOTHER, at, page_of
from tests.guide.counter.cases import BORN, of_the_mother, telling_of
from tests.guide.test_every_bundle import as_sent, finished, on_the_day

TRACKERS = (
    "from=singlemessage", "isappinstalled=0", "utm_source=a&utm_medium=b", "_t=1732000000", "nsukey=aB%2Fc%3D",
    "spm=a.b", "gclid=x", "fbclid=", "share_token=a-b", "moon", "=x", "&&", "a[]=1&a[]=2", "birth_plaec=hospital",
    "%E9%97%AE=x",
)  # fmt: skip
ENDS = (
    ".", "。", "，", ",", ")", "）", "、", "；", "”", '"', ">", "》", "】", "！", "?", " ", "\u3000", "\u200b", "\n",
    "།", "。）",
)  # fmt: skip
PAGES = (
    "", "ask", "notice", "notice.pdf", "list.pdf", "calendar.ics", "form", "form.pdf", "form/ready", "map", "rules",
)  # fmt: skip
ALONE = (
    "/", "/prints", "/c/", "/region", "/faults", "/?find=开店", "/region?in=510000", "/bo/",
    "/booklet.pdf?bundle=newborn",
)  # fmt: skip


def shown(client: Client, address: str) -> tuple[int, str, list[str]]:
    """What an address leads to: status, address, and of a page its words and links."""
    response: Any = client.get(address, follow=True)
    where = response.redirect_chain[-1][0] if response.redirect_chain else ""
    if not response.headers["Content-Type"].startswith("text/html"):
        return response.status_code, where, [response.headers["Content-Type"]]
    page = page_of(response)
    return response.status_code, where, [*page.words, *page.links]


def joined(address: str, more: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"


def addresses(id: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A bundle's pages for a finished case, and its question page half-way."""
    scenario, walked = next(finished(id))
    on_the_day(monkeypatch, scenario)
    answers = {"region": scenario.region or "510000", **as_sent(dict(walked.used))}
    half = dict(list(answers.items())[: len(answers) // 2])
    return [at(id, "ask", half), *(at(id, page, answers) for page in PAGES)]


@pytest.mark.parametrize("id", catalogue().ids)
def test_what_is_hung_onto_an_address_changes_no_page(client: Client, monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    chance = dice(f"{fresh_seed('put {} here')} {id}")
    for address in addresses(id, monkeypatch):
        meant = shown(client, address)
        assert meant[0] == 200
        tracker, end = chance.choice(TRACKERS), quote(chance.choice(ENDS))
        path, _, query = address.partition("?")
        for pasted in (joined(address, tracker), address + end, f"{address}{end}&{tracker}", f"{path}{end}?{query}"):
            assert shown(client, pasted) == meant, pasted


@pytest.mark.parametrize("end", ENDS)
def test_any_mark_may_stand_at_the_end(client: Client, end: str) -> None:
    for address in (*ALONE, "/newborn/", "/bo/newborn/", "/newborn/ask?region=510100&birth_place=hospital"):
        meant = shown(client, address)
        assert shown(client, address + quote(end))[::2] == meant[::2], address
    assert shown(client, f"/newborn/{quote(end)}/")[::2] == shown(client, "/newborn/")[::2]


@pytest.mark.parametrize("tracker", TRACKERS)
def test_no_link_of_a_page_carries_on_what_was_hung_onto_it(client: Client, tracker: str) -> None:
    for address in (*ALONE, "/newborn/", "/newborn/ask?region=510100&birth_place=hospital", at("newborn", "ask", {})):
        assert shown(client, joined(address, tracker)) == shown(client, address), address


@pytest.mark.parametrize("end", ENDS)
def test_a_code_opens_with_marks_behind_it(client: Client, end: str, in_november: object) -> None:
    number = telling_of("newborn", {**MOTHER, "birth_date": BORN}).code
    mark = quote(end)
    for address in (f"/c/{number}{mark}", f"/c/?code={number}{mark}", f"/c/{number}?from=timeline{mark}"):
        text = page_of(client.get(address, follow=True)).text
        assert number.replace("-", "") in text.replace("-", "").replace(" ", "")


def test_a_clerk_opens_such_addresses_too(counter: Client, in_november: object) -> None:
    for page in ("", "check", "form", "handover", "facing"):
        meant = shown(counter, of_the_mother(page))
        assert meant[0] == 200
        for more in ("&from=singlemessage", "。", "）&utm_source=x"):
            assert shown(counter, of_the_mother(page) + more) == meant


def test_a_form_is_kept_from_such_an_address(client: Client, in_november: object) -> None:
    address = of_the_mother("form").removeprefix("/counter") + "。&from=singlemessage"
    client.post(address, {"action": "agree", "sensitive": "1"})
    page = client.post(address, {"mother.name": "王小花", "action": "save"}, follow=True)
    assert "王小花" in page.content.decode()
    assert "singlemessage" not in page.content.decode()


def test_what_is_given_twice_or_left_empty_loses_no_answer(client: Client, in_november: object) -> None:
    address = of_the_mother("notice").removeprefix("/counter")
    meant = shown(client, address)
    doubled = [
        f"{name}=&{name}={value}&{name}={value}&{name}="
        for name, values in QueryDict(urlsplit(address).query).lists()
        for value in values
    ]
    assert shown(client, f"/newborn/notice?{'&'.join(doubled)}") == meant


def test_data_says_what_it_ignored(client: Client) -> None:
    asked = client.get("/api/newborn/walk?region=510100&birth_place=hospital&from=timeline&birth_plaec=home。").json()
    plain = client.get("/api/newborn/walk?region=510100&birth_place=hospital").json()
    assert asked == plain | {"ignored": ["from", "birth_plaec"]}
    assert client.get("/api/newborn/walk?birth_place=hospital。").json()["asked"] == ["birth_place"]


def test_an_answer_under_a_wrong_name_is_asked_for(client: Client) -> None:
    page = client.get("/newborn/ask?region=510100&birth_plaec=hospital").content.decode()
    assert 'name="q" value="birth_place"' in page
    assert "hospital" not in page_of(client.get("/newborn/ask?birth_plaec=hospital")).links


def test_whoever_works_here_may_search_for_a_mark(rf: RequestFactory) -> None:
    for address in ("/admin/guide/hall/?q=。&o=1", "/bo/desk/bo/?find=།"):
        request = rf.get(address)
        before = request.GET.copy()
        as_meant(lambda _request: HttpResponse())(request)
        assert before == request.GET


def modules_of_visitors() -> list[Path]:
    rooms = ("asking", "cases", "form", "kiosk", "language", "notice", "offline", "prints", "counter")
    return sorted(path for room in rooms for path in (GUIDE / room).glob("*.py"))


@pytest.mark.parametrize("path", modules_of_visitors(), ids=lambda path: str(path.relative_to(GUIDE)))
def test_every_parameter_that_a_page_reads_reaches_it(path: Path) -> None:
    found = set(parameters_read(path))
    assert {name for name in found if not is_parameter(name)} <= OTHER_PARAMETERS
