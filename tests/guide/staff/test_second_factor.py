"""Six digits after the password: nothing opens without them, no code counts twice, and there is a way back in."""

import re
import time
from binascii import unhexlify
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from guide.models import Deed
from guide.staff.roles import ROLES, group_of
from guide.staff.second_factor import needs_second_factor, new_key, turn_on
from tests.factories import PASSWORD, PhoneFactory, UserFactory
from tests.guide.cast import page_of

SETUP = "/staff/second-factor/setup"
SHOWN_KEY = re.compile(r'<p class="code">([A-Z2-7 ]+)</p>')


@pytest.fixture
def administrator() -> User:
    user: User = UserFactory.create(role="administrator")
    return user


@pytest.fixture
def phone(administrator: User) -> TOTPDevice:
    device: TOTPDevice = PhoneFactory.create(user=administrator)
    return device


def code_of(key: str, later: int = 0) -> str:
    """What a phone with this key shows, so many steps from now."""
    return f"{totp(unhexlify(key), t0=-30 * later):06}"


def password(client: Client, user: User, onward: str = "") -> Any:
    return client.post("/staff/login", {"username": user.username, "password": PASSWORD, "next": onward})


def inside(client: Client) -> bool:
    return client.get("/staff/").status_code == 200


def set_up(client: Client, **more: str) -> Any:
    """Sets up a phone with the key that the page shows."""
    shown = client.get(SETUP).content.decode()
    assert "<svg" in shown
    assert SHOWN_KEY.search(shown)
    return client.post(SETUP, {"code": code_of(client.session["key"]), **more})


def test_who_can_change_accounts_or_publish_needs_it() -> None:
    needing = {role for role in ROLES if needs_second_factor(UserFactory.create(role=role))}
    assert needing == {"administrator", "reviewer"}
    assert needs_second_factor(UserFactory.create(is_superuser=True))


def test_the_first_log_in_sets_it_up_and_shows_spare_codes_once(client: Client, administrator: User) -> None:
    response = password(client, administrator, onward="/admin/")
    assert response.headers["Location"] == "/staff/second-factor?next=%2Fadmin%2F"
    assert client.get(response.headers["Location"]).headers["Location"] == f"{SETUP}?next=%2Fadmin%2F"
    assert not inside(client)
    shown = page_of(set_up(client, next="/admin/")).text
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == 10
    assert all(code in shown for code in codes)
    assert client.get("/admin/").status_code == 200
    assert codes[0] not in client.get(SETUP).content.decode()
    assert Deed.objects.filter(by=administrator, deed="second-factor").count() == 1


def test_later_the_phone_is_asked(client: Client, administrator: User, phone: TOTPDevice) -> None:
    password(client, administrator)
    assert not inside(client)
    response = client.post("/staff/second-factor", {"code": code_of(phone.key), "next": "/admin/"})
    assert response.headers["Location"] == "/admin/"
    assert inside(client)


def test_full_width_digits_in_groups_are_digits(client: Client, administrator: User, phone: TOTPDevice) -> None:
    password(client, administrator)
    code = "".join(chr(ord(digit) + 0xFEE0) for digit in code_of(phone.key))
    assert client.post("/staff/second-factor", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302


@pytest.mark.parametrize("address", ["/admin/", "/admin/auth/user/", "/staff/", "/desk/bo/", "/staff/figures", SETUP])
def test_no_page_opens_with_a_password_alone(
    client: Client, administrator: User, phone: TOTPDevice, address: str
) -> None:
    password(client, administrator)
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(("/staff/login", "/admin/login", "/staff/second-factor"))


def test_whoever_knows_the_password_alone_sets_up_no_other_phone(
    client: Client, administrator: User, phone: TOTPDevice
) -> None:
    password(client, administrator)
    assert client.get(SETUP).headers["Location"] == "/staff/second-factor"
    session = client.session
    session["key"] = new_key()
    session.save()
    assert client.post(SETUP, {"code": code_of(session["key"])}).headers["Location"] == "/staff/second-factor"
    assert list(TOTPDevice.objects.filter(user=administrator)) == [phone]


def test_a_role_that_needs_it_ends_a_session_without_it(client: Client) -> None:
    user: User = UserFactory.create(role="clerk")
    password(client, user)
    assert inside(client)
    user.groups.add(group_of("administrator"))
    assert not inside(client)
    assert client.get("/admin/").status_code == 302


def test_a_code_counts_once(administrator: User, phone: TOTPDevice) -> None:
    code = code_of(phone.key)
    for status in (302, 200):
        client = Client()
        password(client, administrator)
        assert client.post("/staff/second-factor", {"code": code}).status_code == status


def test_the_code_of_the_set_up_counts_once(client: Client, administrator: User) -> None:
    password(client, administrator)
    set_up(client)
    key = TOTPDevice.objects.get().key
    other = Client()
    password(other, administrator)
    assert other.post("/staff/second-factor", {"code": code_of(key)}).status_code == 200


def test_a_spare_code_counts_once(administrator: User) -> None:
    turn_on(administrator, new_key(), ["abcdefgh", "ijklmnop"])
    for typed, status in (("ABCD-EFGH", 302), ("abcdefgh", 200)):
        client = Client()
        password(client, administrator)
        assert client.post("/staff/second-factor", {"code": typed}).status_code == status


def test_wrong_codes_make_wait_even_with_the_right_one(client: Client, administrator: User, phone: TOTPDevice) -> None:
    password(client, administrator)
    for _try in range(3):
        client.post("/staff/second-factor", {"code": "000000"})
        TOTPDevice.objects.update(throttling_failure_count=3)
    response = client.post("/staff/second-factor", {"code": code_of(phone.key)})
    assert "秒再试" in page_of(response).text
    assert not inside(client)


def test_nobody_makes_the_wait_grow_for_ever(client: Client, administrator: User, phone: TOTPDevice) -> None:
    password(client, administrator)
    for _try in range(14):
        TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=40))
        client.post("/staff/second-factor", {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=40))
    assert client.post("/staff/second-factor", {"code": code_of(phone.key)}).status_code == 302


def test_the_password_holds_for_ten_minutes(
    client: Client, administrator: User, phone: TOTPDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    password(client, administrator)
    session = client.session
    session["pending"] |= {"until": time.time() - 1}
    session.save()
    response = client.post("/staff/second-factor", {"code": code_of(phone.key)})
    assert response.headers["Location"] == "/staff/login"


def test_a_password_changed_meanwhile_opens_nothing(client: Client, administrator: User, phone: TOTPDevice) -> None:
    password(client, administrator)
    administrator.set_password("quite another one")
    administrator.save()
    assert client.post("/staff/second-factor", {"code": code_of(phone.key)}).headers["Location"] == "/staff/login"


def test_without_a_password_there_is_nothing_to_show_it_for(client: Client) -> None:
    for address in ("/staff/second-factor", SETUP):
        assert client.post(address, {"code": "123456"}).headers["Location"] == "/staff/login"


def test_a_clerk_may_turn_it_on_and_is_asked_from_then_on(counter: Client, clerk: User) -> None:
    other = Client()
    other.force_login(clerk)
    assert set_up(counter, password="wrong").status_code == 200
    assert not TOTPDevice.objects.exists()
    assert "收好了，继续" in page_of(set_up(counter, password=PASSWORD)).text
    assert inside(counter)
    assert not inside(other)
    fresh = Client()
    assert password(fresh, clerk).headers["Location"] == "/staff/second-factor"
    assert not inside(fresh)


def test_a_new_phone_takes_the_place_of_the_old(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    old = TOTPDevice.objects.get().key
    set_up(client, password=PASSWORD)
    assert inside(client)
    assert TOTPDevice.objects.get().key != old


def test_an_administrator_takes_it_away_and_that_is_written_down(client: Client, administrator: User) -> None:
    reviewer: User = UserFactory.create(role="reviewer")
    theirs = Client()
    theirs.force_login(reviewer)
    client.force_login(administrator)
    sent = {"action": "take_second_factor_away", "_selected_action": [reviewer.pk]}
    assert client.post("/admin/auth/user/", sent).status_code == 302
    assert not TOTPDevice.objects.filter(user=reviewer).exists()
    assert not inside(theirs)
    assert Deed.objects.filter(by=administrator, deed="no-second-factor", what=reviewer.username).count() == 1


def test_the_only_administrator_without_a_phone_is_helped_by_a_command(
    monkeypatch: pytest.MonkeyPatch, administrator: User, phone: TOTPDevice
) -> None:
    monkeypatch.setenv("STAFF_PASSWORD", PASSWORD)
    call_command("addstaff", administrator.username, "--role", "administrator", "--new-phone", verbosity=0)
    assert not TOTPDevice.objects.exists()
    assert Deed.objects.filter(deed="no-second-factor", what=administrator.username).count() == 1


@pytest.mark.parametrize("code", ["", " ", "-", "1" * 41, "9" * 40, "１" * 6, "abc\x00def", "²²²²²²"])
def test_odd_codes_are_wrong_codes(client: Client, administrator: User, phone: TOTPDevice, code: str) -> None:
    password(client, administrator)
    assert client.post("/staff/second-factor", {"code": code}).status_code == 200


def test_one_goes_on_to_no_other_site(client: Client, administrator: User, phone: TOTPDevice) -> None:
    password(client, administrator, onward="https://evil.example/")
    sent = {"code": code_of(phone.key), "next": "https://evil.example/"}
    assert client.post("/staff/second-factor", sent).headers["Location"] == "/staff/"
