"""Every address of staff, and every role: who comes in, who doesn't. And that a wiped applicant is gone to the byte."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from guide.models import Deed, Draft, Failures
from guide.staff.roles import ROLES
from tests.factories import PASSWORD, DeedFactory, HallFactory, PostFactory, UserFactory
from tests.guide.cast import ID_NUMBER
from tests.guide.counter.cases import of_the_mother
from tests.guide.form.cases import step

pytestmark = pytest.mark.django_db
# Who of the roles comes in, by the beginning of the address.
ALLOWED: dict[str, set[str]] = {
    "counter/": {"clerk"},
    "staff/figures": {"hall-editor", "administrator"},
    "staff/kiosk": {"clerk", "hall-editor", "administrator"},
    "staff/halls": {"hall-editor", "administrator"},
    "desk/<slug:language>/": {"translator", "reviewer"},
    "admin/guide/": {"hall-editor", "administrator"},
    "admin/guide/deed/": {"administrator"},
    "admin/auth/": {"administrator"},
    # Accounts are put out of use, the audit log is never touched, and nothing is looked up by typing.
    "admin/auth/user/<path:object_id>/delete/": set(),
    "admin/guide/deed/add/": set(),
    "admin/guide/deed/<path:object_id>/delete/": set(),
    "admin/autocomplete/": set(),
}
OPEN_TO_ALL_STAFF = ("desk/", "staff/", "staff/password", "staff/second-factor/setup")
LOGIN = ("staff/login", "staff/second-factor", "staff/logout", "admin/login/", "admin/logout/")
EVERYBODY: dict[str, Any] = {"bundle": "newborn", "language": "bo", "id": "0123456789ab", "object_id": "1",
                             "content_type_id": "1", "app_label": "guide", "url": "x"}  # fmt: skip


def routes(patterns: Any, before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


STAFF = sorted({
    route for route in routes(get_resolver().url_patterns)
    if route.startswith(("counter/", "staff/", "desk/", "admin/")) and route not in LOGIN
    # Its catch-all for addresses that don't exist, and old ones that only lead on to `change/`
    and not route.startswith("admin/(?P") and not route.endswith("<path:object_id>/")
})  # fmt: skip


def address_of(route: str) -> str:
    filled = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: EVERYBODY[found[1]], route)
    return f"/{filled}"


def who(route: str) -> set[str] | None:
    """The roles that come in; None for all staff."""
    if route in OPEN_TO_ALL_STAFF:
        return None
    found = [start for start in ALLOWED if route.startswith(start)]
    return ALLOWED[max(found, key=len)] if found else {"hall-editor", "administrator"}


def refused(client: Client, address: str) -> bool:
    """Whether nobody gets further than a refusal, by reading and by writing."""
    answers = [client.get(address), client.post(address)]
    login = [answer.status_code == 302 and "/login" in answer.headers["Location"] for answer in answers]
    return all(answer.status_code in (403, 405) or to_login for answer, to_login in zip(answers, login, strict=True))


def test_every_address_of_staff_is_looked_at() -> None:
    assert {"counter/", "counter/<slug:bundle>/handover.json", "staff/halls.csv", "admin/auth/user/add/"} <= set(STAFF)


@pytest.mark.parametrize("route", STAFF)
def test_nobody_comes_in_without_logging_in(client: Client, route: str) -> None:
    assert refused(client, address_of(route))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_comes_in_where_it_works_and_nowhere_else(client: Client, role: str) -> None:
    PostFactory.create(user=UserFactory.create(role="clerk"))
    client.force_login(UserFactory.create(role=role))
    wrong = {}
    for route in STAFF:
        allowed = who(route)
        if refused(client, address_of(route)) == (allowed is None or role in allowed):
            wrong[route] = allowed
    assert not wrong


def test_an_account_without_a_role_comes_in_nowhere_but_the_entrance(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert [route for route in STAFF if not refused(client, address_of(route))] == sorted(OPEN_TO_ALL_STAFF)


@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_a_language_is_no_way_around(client: Client, prefix: str) -> None:
    client.force_login(UserFactory.create(role="translator"))
    assert client.get(f"{prefix}/counter/").status_code == 403


# The applicant's draft ------------------------------------------------------------------------------------------------

SECRETS = ("欧阳测试人", ID_NUMBER, "测试路九百九十九号")


def fill_in(client: Client) -> None:
    """A clerk fills in the applicant's form."""
    address = of_the_mother("form")
    client.post(address, {"action": "agree", "sensitive": "1"})
    sent = {"mother.name": SECRETS[0], "mother.id_number": SECRETS[1], "mother.address": SECRETS[2], "action": "save"}
    assert client.post(address, sent).status_code in (200, 302)
    assert SECRETS[0] in client.get(step(address, "mother")).content.decode()


def test_another_clerk_with_the_same_browser_sees_nothing_of_the_case(counter: Client) -> None:
    fill_in(counter)
    cookie = counter.cookies["applicant"].value
    counter.force_login(UserFactory.create(role="clerk"))
    counter.cookies["applicant"] = cookie
    for page in ("form", "form/ready", "handover", "handover.json"):
        assert SECRETS[0] not in counter.get(step(of_the_mother(page), "mother")).content.decode()


def test_a_clerks_own_form_is_not_the_applicants(counter: Client) -> None:
    fill_in(counter)
    public = step(of_the_mother("form"), "mother").removeprefix("/counter")
    assert SECRETS[0] not in counter.get(public).content.decode()


@pytest.mark.parametrize("opening", [{"bundle": "newborn"}, {"bundle": "newborn", "typed": "1A"}])
def test_the_next_case_begins_without_the_last_applicants_form(counter: Client, opening: dict[str, str]) -> None:
    fill_in(counter)
    assert counter.post("/counter/open", opening).status_code == 302
    assert not Draft.objects.exists()
    assert SECRETS[0] not in counter.get(step(of_the_mother("form"), "mother")).content.decode()


def test_logging_out_leaves_no_key_to_the_case(counter: Client) -> None:
    fill_in(counter)
    counter.post("/staff/logout")
    assert not Draft.objects.exists()


def everything_kept(caplog: pytest.LogCaptureFixture, var: Path) -> bytes:
    """Every byte that the guide holds: all tables, the cache, the logs, the files."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            rows += cursor.fetchall()
    kept = repr(rows).encode() + b"".join(bytes(cell) for row in rows for cell in row if isinstance(cell, bytes))
    kept += repr(vars(cache).get("_cache", {})).encode() + caplog.text.encode()
    return kept + b"".join(path.read_bytes() for path in var.rglob("*") if path.is_file())


def test_a_failed_log_in_keeps_neither_the_answers_nor_what_was_typed(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    user = UserFactory.create(role="clerk")
    answers = "/counter/newborn/?situation=single-mother-9876"
    for _again in range(2):
        for typed in (user.username, "my-own-password-1234"):
            sent = {"username": typed, "password": "wrong-password-5678", "next": answers}
            client.post(f"/staff/login?{urlencode({'next': answers})}", sent)
    assert Failures.objects.get(account="").number == 4
    told = "".join(map(str, Failures.objects.values_list())) + caplog.text.replace("\\n", "\n")
    kept = everything_kept(caplog, Path(settings.VAR_DIR)).decode(errors="replace") + told
    assert user.username not in str(list(Failures.objects.values_list()))
    for secret in ("single-mother-9876", "my-own-password-1234", "wrong-password-5678"):
        assert secret not in kept


def test_whoever_must_log_in_again_takes_no_answers_along(client: Client) -> None:
    response = client.get("/counter/newborn/?situation=single-mother-9876")
    assert response.headers["Location"] == "/staff/login?next=/counter/newborn/"


def test_a_log_in_clears_the_sessions_that_are_over(client: Client) -> None:
    for name, hours in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=name, expire_date=timezone.now() + timedelta(hours=hours))
    client.force_login(UserFactory.create(role="clerk"))
    assert set(Session.objects.values_list("session_key", flat=True)) == {"open", client.session.session_key}


@pytest.mark.parametrize("leave", ["/counter/next", "/staff/logout"])
def test_after_wiping_no_byte_of_the_applicant_is_left(
    counter: Client, caplog: pytest.LogCaptureFixture, leave: str
) -> None:
    caplog.set_level("DEBUG")
    fill_in(counter)
    for page in ("form/ready", "form.pdf", "handover", "handover.pdf", "handover.json", "receipt.pdf", "missing.pdf"):
        assert counter.get(of_the_mother(page)).status_code in (200, 302)
    assert Draft.objects.exists()
    counter.post(leave)
    assert not Draft.objects.exists()
    kept = everything_kept(caplog, Path(settings.VAR_DIR))
    assert len(kept) > 1000
    for secret in SECRETS:
        for written in (secret.encode(), secret.encode("unicode_escape"), repr(secret)[1:-1].encode()):
            assert written not in kept


# The audit log --------------------------------------------------------------------------------------------------------


def test_what_staff_do_is_written_down_without_the_applicant(counter: Client, clerk: User) -> None:
    fill_in(counter)
    counter.get(of_the_mother("form.pdf"))
    counter.get(of_the_mother("handover.json"))
    counter.post("/counter/next")
    told = [(deed.deed, deed.what) for deed in Deed.objects.filter(by=clerk).exclude(deed="log-in").order_by("id")]
    assert told == [("print-form", "newborn"), ("export-hand-over", "newborn"), ("next", "")]


def test_nobody_changes_the_audit_log(client: Client) -> None:
    deed = DeedFactory.create()
    client.force_login(UserFactory.create(role="administrator"))
    assert client.get("/admin/guide/deed/").status_code == 200
    assert client.post(f"/admin/guide/deed/{deed.pk}/change/", {"what": "x"}).status_code == 403
    assert client.post(f"/admin/guide/deed/{deed.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/guide/deed/add/").status_code == 403


def lock(client: Client, username: str) -> None:
    for _try in range(5):
        client.post("/staff/login", {"username": username, "password": "wrong"})


def test_five_wrong_passwords_lock_and_are_written_down(client: Client) -> None:
    user = UserFactory.create(role="clerk")
    lock(client, user.username)
    response = client.post("/staff/login", {"username": user.username, "password": PASSWORD})
    assert response.status_code == 429
    assert "请管理员设个新密码，设好马上能进" in response.content.decode()
    assert Deed.objects.filter(by=user, deed="locked").exists()


def test_a_name_that_nobody_has_is_locked_as_well(client: Client) -> None:
    lock(client, "nobody")
    assert client.post("/staff/login", {"username": "nobody", "password": "wrong"}).status_code == 429
    assert client.post("/staff/login", {"username": "nobody else", "password": "wrong"}).status_code == 200


@pytest.mark.parametrize("way", ["admin", "command"])
def test_a_new_password_opens_a_locked_account(client: Client, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    user, new = UserFactory.create(role="clerk"), "another long password"
    lock(client, user.username)
    if way == "admin":
        administrator = Client()
        administrator.force_login(UserFactory.create(role="administrator"))
        sent = {"password1": new, "password2": new, "usable_password": "true"}
        assert administrator.post(f"/admin/auth/user/{user.pk}/password/", sent).status_code == 302
    else:
        monkeypatch.setenv("STAFF_PASSWORD", new)
        call_command("addstaff", user.username, verbosity=0)
    assert client.post("/staff/login", {"username": user.username, "password": new}).status_code == 302


def test_an_administrator_makes_no_superuser(client: Client) -> None:
    client.force_login(UserFactory.create(role="administrator"))
    target = UserFactory.create(role="clerk")
    page = client.get(f"/admin/auth/user/{target.pk}/change/").content.decode()
    assert "is_superuser" not in page
    assert "user_permissions" not in page


def test_editing_a_hall_is_written_down(client: Client) -> None:
    hall = HallFactory.create()
    client.force_login(PostFactory.create(user=UserFactory.create(role="hall-editor"), hall=hall).user)
    manage = {f"{rows}-{name}": "0" for rows in ("windows", "hours", "days_off")
              for name in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    sent = {"region": hall.region_id, "name": "新名字", "address": hall.address, "phone": "12345", **manage}
    assert client.post(f"/admin/guide/hall/{hall.pk}/change/", sent).status_code == 302
    assert Deed.objects.filter(deed="edit-hall", what="新名字").exists()


def test_accounts_are_made_by_a_command_with_one_role(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = HallFactory.create()
    monkeypatch.setenv("STAFF_PASSWORD", PASSWORD)
    call_command("addstaff", "wang", "--name", "小王", "--role", "clerk", "--hall", hall.name, verbosity=0)
    user = User.objects.get(username="wang")
    assert [group.name for group in user.groups.all()] == ["窗口人员"]
    assert user.post.hall == hall
