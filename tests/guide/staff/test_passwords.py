"""Staff change their own password; a password says nothing of its owner."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from guide.models import Deed
from tests.factories import PASSWORD, UserFactory
from tests.guide.cast import page_of

NEW = "three long words"


def change(client: Client, new: str, old: str = PASSWORD, again: str = "") -> str:
    sent = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return page_of(client.post("/staff/password", sent)).text


def test_it_is_changed_and_every_other_session_ends(counter: Client, clerk: User) -> None:
    other = Client()
    other.force_login(clerk)
    assert "密码改好了" in change(counter, NEW)
    assert counter.get("/staff/").status_code == 200
    assert other.get("/staff/").status_code == 302
    assert Deed.objects.filter(by=clerk, deed="change-password").count() == 1
    assert Client().post("/staff/login", {"username": clerk.username, "password": PASSWORD}).status_code == 200
    assert Client().post("/staff/login", {"username": clerk.username, "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("new", "old", "again"),
    [(NEW, "wrong", ""), (NEW, PASSWORD, "another one"), ("short", PASSWORD, ""), ("password1234", PASSWORD, "")],
)
def test_a_wrong_or_weak_one_changes_nothing(counter: Client, clerk: User, new: str, old: str, again: str) -> None:
    assert "密码改好了" not in change(counter, new, old, again)
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    assert not Deed.objects.filter(deed="change-password").exists()


@pytest.mark.parametrize("new", ["dolma-tsering", "DOLMA-Tsering", "dolma-tsering1"])
def test_it_is_not_the_name(client: Client, new: str) -> None:
    client.force_login(UserFactory.create(username="dolma-tsering", role="clerk"))
    assert "密码改好了" not in change(client, new)
    assert "密码改好了" in change(client, NEW)


def test_guessing_the_old_one_locks_like_guessing_at_the_log_in(counter: Client) -> None:
    for _try in range(4):
        change(counter, NEW, "wrong")
    sent = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    assert counter.post("/staff/password", sent).status_code == 429
    assert counter.post("/staff/password", sent | {"old_password": PASSWORD}).status_code == 429


def test_nobody_else_comes_to_the_page(client: Client) -> None:
    assert client.get("/staff/password").status_code == 302


def test_the_command_asks_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFF_PASSWORD", "Dolma-Tsering")
    with pytest.raises(CommandError):
        call_command("addstaff", "dolma-tsering", verbosity=0)
    assert not User.objects.exists()


def test_administrators_set_no_such_password_either(client: Client) -> None:
    client.force_login(UserFactory.create(role="administrator"))
    target = UserFactory.create(username="dolma-tsering")
    sent = {"password1": "dolma-tsering", "password2": "dolma-tsering", "usable_password": "true"}
    assert client.post(f"/admin/auth/user/{target.pk}/password/", sent).status_code == 200
    target.refresh_from_db()
    assert target.check_password(PASSWORD)
