"""Wrong passwords make whoever tries them rest, and nobody else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from guide.models import Deed, Failures
from guide.staff import lockouts
from guide.staff.lockouts import COOKIE, MOST_FROM_AN_ADDRESS, know_device
from tests.factories import PASSWORD, FailuresFactory, UserFactory

HALL, ELSEWHERE = "203.0.113.7", "198.51.100.9"
WRONG = "wrong"


@pytest.fixture
def user() -> User:
    found: User = UserFactory.create(role="clerk")
    return found


def tries(client: Client, name: str, password: str = WRONG, address: str = HALL) -> int:
    """The answer's status: 302 in, 200 wrong, 429 locked out."""
    sent = {"username": name, "password": password}
    return client.post("/staff/login", sent, REMOTE_ADDR=address).status_code


def known(user: User, address: str = HALL) -> Client:
    """A browser from which the user came in before."""
    client = Client()
    assert tries(client, user.username, PASSWORD, address) == 302
    client.post("/staff/logout")
    return client


def lock(name: str, address: str = HALL, client: Client | None = None) -> None:
    assert [tries(client or Client(), name, address=address) for _try in range(5)] == [200] * 4 + [429]


def test_a_lock_out_at_the_same_address_leaves_the_clerks_own_machine_alone(user: User) -> None:
    own = known(user)
    lock(user.username)
    assert tries(Client(), user.username, PASSWORD) == 429
    assert tries(own, user.username, PASSWORD) == 302


def test_a_lock_out_at_one_address_is_none_at_another(user: User) -> None:
    lock(user.username, ELSEWHERE)
    assert tries(Client(), user.username, PASSWORD, HALL) == 302


def test_a_known_machine_has_failures_of_its_own(user: User) -> None:
    own, other = known(user), known(user)
    lock(user.username, client=own)
    assert tries(own, user.username, PASSWORD) == 429
    assert tries(other, user.username, PASSWORD) == 302
    assert tries(Client(), user.username, PASSWORD) == 302


def test_clerks_who_share_a_machine_are_all_known_there(user: User) -> None:
    second: User = UserFactory.create(role="clerk")
    shared = known(user)
    assert tries(shared, second.username, PASSWORD) == 302
    shared.post("/staff/logout")
    lock(user.username)
    lock(second.username)
    lock(second.username, client=shared)
    assert tries(shared, user.username, PASSWORD) == 302


def test_a_machine_known_for_one_account_is_a_stranger_for_another(user: User) -> None:
    lock(user.username)
    assert tries(known(UserFactory.create(role="clerk")), user.username, PASSWORD) == 429


@pytest.mark.parametrize("cookie", ["", ".", "x.y:z", "made.up:1abc:def", "\x00", "é" * 3000])
def test_a_made_up_cookie_makes_no_machine_known(user: User, cookie: str) -> None:
    lock(user.username)
    client = Client()
    client.cookies[COOKIE] = cookie
    assert tries(client, user.username, PASSWORD) == 429


def test_the_cookie_names_nobody_and_is_out_of_reach_of_scripts(user: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    kept = known(user).cookies[COOKIE]
    assert user.username not in kept.value
    assert (kept["httponly"], kept["samesite"], kept["secure"]) == (True, "Lax", True)


def test_one_password_is_not_tried_with_every_name(user: User) -> None:
    """Over all names an address has so many tries an hour; whoever came in from there before passes."""
    own = known(user)
    found = [tries(Client(), f"name-{number}") for number in range(MOST_FROM_AN_ADDRESS)]
    assert found == [200] * (MOST_FROM_AN_ADDRESS - 1) + [429]
    assert tries(Client(), user.username, PASSWORD) == 429
    assert tries(Client(), user.username, PASSWORD, ELSEWHERE) == 302
    assert tries(own, user.username, PASSWORD) == 302
    assert [(deed.deed, deed.what) for deed in Deed.objects.filter(deed__startswith="locked")] == [
        ("locked-address", HALL)
    ]


def test_one_name_is_not_tried_from_every_address(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    own = known(user)
    monkeypatch.setattr(lockouts, "MOST_FOR_A_NAME", 7)
    found = [tries(Client(), user.username, address=f"198.51.100.{number}") for number in range(7)]
    assert found == [200] * 6 + [429]
    assert tries(Client(), user.username, PASSWORD) == 429
    assert tries(own, user.username, PASSWORD) == 302


def test_a_household_of_addresses_is_one(user: User) -> None:
    assert [tries(Client(), user.username, address=f"2001:db8::{number}") for number in range(1, 6)][-1] == 429
    assert tries(Client(), user.username, PASSWORD, "2001:db8::99") == 429


def test_a_visitor_behind_a_web_server_is_counted_for_themselves(user: User, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.2"]

    def through(visitor: str, password: str) -> int:
        sent = {"username": user.username, "password": password}
        answer = Client().post("/staff/login", sent, REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=visitor)
        return answer.status_code

    assert [through(ELSEWHERE, "wrong") for _try in range(5)][-1] == 429
    assert through(HALL, PASSWORD) == 302


def test_a_made_up_address_buys_no_more_tries(user: User) -> None:
    sent = {"username": user.username, "password": "wrong"}
    found = [
        Client().post("/staff/login", sent, REMOTE_ADDR=HALL, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}").status_code
        for number in range(6)
    ]
    assert found[-1] == 429


def test_a_lock_out_is_one_row_however_often_somebody_tries_on(user: User) -> None:
    lock(user.username)
    before = list(Failures.objects.order_by("key").values())
    for number in range(20):
        sent = {"username": user.username, "password": "wrong"}
        Client().post("/staff/login", sent, REMOTE_ADDR=HALL, HTTP_USER_AGENT=f"browser {number}")
    assert list(Failures.objects.order_by("key").values()) == before
    assert Deed.objects.filter(deed="locked", by=user).count() == 1


def test_what_was_counted_an_hour_ago_is_thrown_away(user: User) -> None:
    FailuresFactory.create_batch(3, ends=timezone.now() - timedelta(seconds=1))
    tries(Client(), user.username)
    assert Failures.objects.count() == 3  # the name here, the address, the name: of this try alone


def test_after_an_hours_rest_one_tries_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(user.username)
    later = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert tries(Client(), user.username, PASSWORD) == 302


def test_four_mistakes_are_forgotten_once_one_is_in(user: User) -> None:
    for _round in range(3):
        client = Client()
        assert [tries(client, user.username) for _try in range(4)] == [200] * 4
        assert tries(client, user.username, PASSWORD) == 302


def test_a_browser_remembers_a_dozen_accounts(user: User, rf: Any) -> None:
    from django.http import HttpResponse  # noqa: PLC0415 - of this test alone

    request, response = rf.get("/"), HttpResponse()
    for member in [user, *UserFactory.create_batch(20)]:
        know_device(request, response, member)
        request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    assert len(response.cookies[COOKIE].value) < 1000


def test_sessions_end_eight_hours_after_the_log_in_whatever_is_done(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, began, clock = Client(), timezone.now(), [timezone.now()]

    def now() -> datetime:
        return clock[0]

    monkeypatch.setattr(timezone, "now", now)
    assert tries(client, user.username, PASSWORD) == 302
    for hour in range(8):
        clock[0] = began + timedelta(hours=hour, minutes=59)
        session = client.session
        session["counted"] = [f"hour {hour}"]  # each save would have begun the hours anew
        session.save()
        assert client.get("/staff/").status_code == 200
    clock[0] = began + timedelta(hours=8, seconds=2)
    assert client.get("/staff/").status_code == 302
    assert tries(client, user.username, PASSWORD) == 302
    assert client.get("/staff/").status_code == 200
