"""A session ends while a page is open: whoever logs in again lands where they can go on, with the case they had."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client

from guide.models import Draft
from guide.staff.roles import ROLES
from guide.translations.verdicts import states
from tests.factories import PASSWORD, PostFactory, UserFactory
from tests.guide.cast import page_of
from tests.guide.counter.cases import of_the_mother
from tests.guide.form.cases import step
from tests.guide.staff.test_access import LOGIN, STAFF, address_of, fill_in, who

SECRET = "王测试人"
NO_PAGES = ("admin/jsi18n/", "admin/r/", "admin/autocomplete/")


def address_to(route: str) -> str:
    """The route's address, of a message and an account that there are."""
    if route.startswith("admin/"):
        account = str(UserFactory.create().pk)
        return address_of(route.replace("<id>", account)).replace("/user/1/", f"/user/{account}/")
    return address_of(route).replace("0123456789ab", next(iter(states("bo"))).entry.id)


def worker(route: str) -> User:
    """Somebody who comes in there."""
    role = min(who(route) or ROLES, default="administrator")
    user: User = PostFactory.create(user=UserFactory.create(role=role)).user
    return user


def ended(client: Client) -> Client:
    """The same browser, eight hours later."""
    Session.objects.all().delete()
    return client


def in_again(client: Client, user: User, response: Any) -> Any:
    """What the log-in leads to, to which this answer sent."""
    assert "/staff/login" in response.headers["Location"]
    cookies = {name: morsel.value for name, morsel in client.cookies.items() if name != "sessionid"}
    client.force_login(user)
    for name, value in cookies.items():
        client.cookies[name] = value
    return client.get(response.headers["Location"], follow=True)


@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_a_button_after_the_session_leads_to_a_page_to_go_on_with(client: Client, prefix: str) -> None:
    for route in STAFF:
        if (prefix and route.startswith("admin/")) or who(route) == set() or route.startswith(NO_PAGES):
            continue
        user = worker(route)
        client.force_login(user)
        response = ended(client).post(prefix + address_to(route), {"action": "save", "typed": "x"})
        landed = in_again(client, user, response)
        assert landed.status_code == 200, route
        assert page_of(landed).links if "text/html" in landed.headers["Content-Type"] else landed.content, route


@pytest.mark.parametrize("route", [*STAFF, *LOGIN, "wipe", "kiosk/reset"])
def test_what_can_only_be_sent_to_says_where_its_button_is(client: Client, route: str) -> None:
    client.force_login(worker(route))
    response = client.get(address_to(route))
    if response.status_code == 405:
        page = page_of(response)
        assert "什么也没有改" in page.text
        assert client.get(page.links[0], follow=True).status_code == 200


def test_a_page_that_is_only_read_says_so_to_a_button(counter: Client) -> None:
    address = of_the_mother("check")
    response = counter.post(address)
    assert response.status_code == 405
    assert page_of(response).links[0] == address


@pytest.mark.parametrize("page", ["", "check", "handover", "facing", "form", "form/ready"])
def test_the_open_case_is_there_after_the_log_in(counter: Client, clerk: User, in_november: object, page: str) -> None:
    meant = page_of(counter.get(of_the_mother(page), follow=True)).text
    response = ended(counter).get(of_the_mother(page))
    assert "hospital" not in response.headers["Location"]
    assert page_of(in_again(counter, clerk, response)).text == meant
    assert not Draft.objects.exists()


def test_what_was_typed_into_the_form_is_kept(counter: Client, clerk: User, in_november: object) -> None:
    fill_in(counter)
    address = step(of_the_mother("form"), "mother")
    tag = page_of(counter.get(address)).inputs["draft"][0]
    sent = {"mother.name": SECRET, "mother.id_number": "12", "draft": tag, "sensitive": "1", "action": "save"}
    response = ended(counter).post(address, sent)
    assert SECRET not in response.headers["Location"]
    assert not any(SECRET.encode() in bytes(row.sealed) for row in Draft.objects.all())
    login = page_of(counter.get(response.headers["Location"]))
    assert "填的都收着" in login.text
    landed = in_again(counter, clerk, response)
    assert QueryDict(landed.redirect_chain[-1][0].partition("?")[2]) == QueryDict(address.partition("?")[2])
    assert SECRET in landed.content.decode()
    assert Draft.objects.count() == 1
    assert page_of(counter.get(address)).inputs["mother.id_number"] == ["12"]


def test_another_clerk_gets_nothing_of_what_was_typed(counter: Client, in_november: object) -> None:
    fill_in(counter)
    tag = page_of(counter.get(of_the_mother("form"))).inputs["draft"][0]
    response = ended(counter).post(of_the_mother("form"), {"mother.name": SECRET, "draft": tag, "action": "save"})
    landed = in_again(counter, UserFactory.create(role="clerk"), response)
    assert landed.status_code == 200
    assert SECRET not in landed.content.decode()
    assert "没有保存" in page_of(landed).text
    assert SECRET not in counter.get(step(of_the_mother("form"), "mother")).content.decode()


def test_a_code_that_was_typed_opens_after_the_log_in(counter: Client, clerk: User, in_november: object) -> None:
    code = counter.get(of_the_mother("check")).context["check"].telling.code
    response = ended(counter).post("/counter/open", {"typed": code})
    landed = in_again(counter, clerk, response)
    assert landed.status_code == 200
    assert landed.context["case"].answers["birth_place"] == "hospital"


def test_a_stranger_leaves_nothing_behind(client: Client) -> None:
    assert client.post(of_the_mother("form"), {"mother.name": SECRET}).status_code == 302
    client.cookies["sessionid"] = "x" * 32
    client.get(of_the_mother("form"), headers={"Sec-Fetch-Site": "cross-site"})
    assert not Draft.objects.exists()


def test_a_button_that_did_nothing_is_told_at_the_log_in(client: Client) -> None:
    response = client.post("/counter/next")
    assert response.headers["Location"] == "/staff/login?next=/counter/&sent=1"
    assert "刚才按的没有生效" in page_of(client.get(response.headers["Location"])).text
    assert "刚才按的没有生效" not in page_of(client.get("/staff/login?next=/counter/")).text


def test_a_log_in_never_leads_to_what_can_only_be_sent_to(client: Client, clerk: User) -> None:
    ways = {"/counter/next": "/counter/", "/bo/counter/file": "/bo/counter/", "/admin/logout/": "/staff/"}
    for wanted, led in ways.items():
        sent = {"username": clerk.username, "password": PASSWORD, "next": wanted}
        assert Client().post("/staff/login", sent).headers["Location"] == led


# Tokens of before a log-in --------------------------------------------------------------------------------------------


def of_an_old_page(client: Client, address: str, sent: dict[str, str], **headers: str) -> Any:
    """What comes of sending a page that was open before a log-in in another tab."""
    client.get("/staff/login")
    return client.post(address, {**sent, "csrfmiddlewaretoken": "a" * 64}, headers=headers)


def sent_again(client: Client, response: Any) -> Any:
    """Presses the button of the page that offers it."""
    html = response.content.decode()
    token = page_of(response).inputs["csrfmiddlewaretoken"][0]
    fields = {part.partition('"')[0]: part.partition(">\n")[2].partition("</textarea>")[0]
              for part in html.split('<textarea hidden name="')[1:]}  # fmt: skip
    address = html.partition('action="')[2].partition('"')[0].replace("&amp;", "&")
    return client.post(address, {**fields, "csrfmiddlewaretoken": token}, follow=True)


def test_an_old_page_can_send_what_was_typed_once_more(clerk: User, in_november: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    response = of_an_old_page(strict, "/counter/open", {"bundle": "newborn", "typed": "1A"}, Origin="http://testserver")
    assert response.status_code == 403
    assert response.headers["Cache-Control"] == "no-store"
    assert "/counter/open" in page_of(response).links
    assert sent_again(strict, response).status_code == 200


def test_a_visitors_form_of_an_old_page_is_kept(in_november: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    address = of_the_mother("form").removeprefix("/counter")
    response = of_an_old_page(strict, address, {"mother.name": f"\n{SECRET}<b>", "action": "save"})
    assert response.status_code == 403
    kept = sent_again(strict, response)
    assert kept.status_code == 200
    assert SECRET in kept.content.decode()


def test_another_websites_page_is_offered_nothing(clerk: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        response = of_an_old_page(strict, "/counter/open", {"typed": "evil"}, **headers)
        assert response.status_code == 403
        assert "evil" not in response.content.decode()


def test_no_password_is_sent_along_twice() -> None:
    response = of_an_old_page(Client(enforce_csrf_checks=True), "/staff/login?next=/counter/", {"password": PASSWORD})
    assert PASSWORD not in response.content.decode()
    assert "/staff/login?next=%2Fcounter%2F" in page_of(response).links
