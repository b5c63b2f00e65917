"""What the audit log says stays: no role, no code of ours and no statement changes or thins it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from guide.models import Deed, DeedsStay
from guide.staff.sealing import seal_deeds
from tests.factories import DeedFactory, UserFactory


@pytest.fixture
def deed() -> Deed:
    found: Deed = DeedFactory.create(by__username="mallory")
    return found


WAYS: dict[str, Callable[[Deed], Any]] = {
    "save": lambda deed: deed.save(),
    "delete": lambda deed: deed.delete(),
    "update": lambda deed: Deed.objects.update(what=""),
    "delete all": lambda deed: Deed.objects.all().delete(),
    "delete some": lambda deed: Deed.objects.filter(pk=deed.pk).delete(),
    "bulk update": lambda deed: Deed.objects.bulk_update([deed], ["what"]),
    "update or create": lambda deed: Deed.objects.update_or_create(pk=deed.pk, defaults={"what": ""}),
    "of a user": lambda deed: deed.by and deed.by.deeds.update(what=""),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_code_changes_it(deed: Deed, way: str) -> None:
    before = list(Deed.objects.values())
    with pytest.raises(DeedsStay):
        WAYS[way](deed)
    assert list(Deed.objects.values()) == before


STATEMENTS = (
    "UPDATE guide_deed SET what = 'x'",
    "DELETE FROM guide_deed",
    "UPDATE guide_deed SET by_id = NULL",
    "REPLACE INTO guide_deed (id, deed, what, name, at) SELECT id, 'next', 'x', '', at FROM guide_deed",
    "TRUNCATE guide_deed",
)
SPOKEN = {"REPLACE": "sqlite", "TRUNCATE": "postgresql"}


@pytest.mark.parametrize("statement", [
    text for text in STATEMENTS if SPOKEN.get(text.partition(" ")[0], connection.vendor) == connection.vendor
])  # fmt: skip
def test_no_statement_changes_it(deed: Deed, statement: str) -> None:
    seal_deeds()
    seal_deeds()  # after each migration
    connection.check_constraints()  # PostgreSQL truncates nothing that is still to be checked
    before = list(Deed.objects.values())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Deed.objects.values()) == before
    DeedFactory.create()
    assert Deed.objects.count() == len(before) + 1


def test_a_user_who_did_something_is_not_deleted(deed: Deed) -> None:
    with pytest.raises(ProtectedError):
        User.objects.all().delete()
    assert Deed.objects.exists()


def test_a_new_name_leaves_the_old_one_in_the_log(deed: Deed) -> None:
    User.objects.update(username="alice")
    assert Deed.objects.get().name == "mallory"


@pytest.mark.parametrize("role", ["administrator", "superuser"])
def test_the_back_office_shows_it_and_no_more(client: Client, deed: Deed, role: str) -> None:
    user = (
        UserFactory.create(is_superuser=True, is_staff=True) if role == "superuser" else UserFactory.create(role=role)
    )
    client.force_login(user)
    before = list(Deed.objects.values())
    page = client.get("/admin/guide/deed/").content.decode()
    assert "mallory" in page
    assert "delete_selected" not in page
    sent = {"action": "delete_selected", "_selected_action": [deed.pk], "post": "yes"}
    client.post("/admin/guide/deed/", sent)
    assert client.post(f"/admin/guide/deed/{deed.pk}/change/", {"what": "x"}).status_code == 403
    assert client.post(f"/admin/guide/deed/{deed.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post("/admin/auth/user/", sent | {"_selected_action": [deed.by_id]})
    assert client.post(f"/admin/auth/user/{deed.by_id}/delete/", {"post": "yes"}).status_code == 403
    assert deed.by in User.objects.all()
    assert list(Deed.objects.values()) == before
