"""What a hall's editor may change: their region's halls and those below, and no count that tells of a person."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from guide.halls.rights import regions_of
from guide.models import Hall, LaterRule, Post, Region, Tally
from guide.staff.counting import SMALLEST_SHOWN
from tests.factories import HallFactory, LaterRuleFactory, PostFactory, RegionFactory, TallyFactory, UserFactory
from tests.guide.cast import page_of

pytestmark = pytest.mark.django_db
ABOVE, HERE = "510000", "513300"


@pytest.fixture
def editor() -> User:
    """Works in a hall of Ganzi."""
    hall = HallFactory.create(region=RegionFactory.create(code=HERE))
    user: User = PostFactory.create(user=UserFactory.create(role="hall-editor"), hall=hall).user
    return user


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def region(code: str, later: tuple[str, ...] = (), **more: str) -> dict[str, str]:
    """What the admin's page of a region sends, with the materials that may come later."""
    sent = {"code": code, "hotline": "12345", "summer_from_month": "5", "summer_to_month": "9"}
    sent |= {"later-TOTAL_FORMS": str(len(later)), "later-INITIAL_FORMS": "0"}
    for number, material in enumerate(later):
        sent |= {f"later-{number}-material": material, f"later-{number}-days": "10", f"later-{number}-basis": "清单"}
    return sent | more


def hall_in(code: str, name: str = "新大厅") -> dict[str, str]:
    manage = {f"{rows}-{field}": "0" for rows in ("windows", "hours", "days_off")
              for field in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    return {"region": code, "name": name, "address": "某路 1 号", **manage}


# Whose halls ----------------------------------------------------------------------------------------------------------


def test_an_editor_has_the_region_of_their_hall_and_those_below(editor: User) -> None:
    mine = regions_of(editor)
    assert mine is not None
    assert {HERE, "513301"} <= set(mine)
    assert ABOVE not in mine
    assert "510104" not in mine


def test_an_editor_who_works_nowhere_edits_nothing(client: Client) -> None:
    user, hall = UserFactory.create(role="hall-editor"), HallFactory.create()
    client.force_login(user)
    assert regions_of(user) == []
    assert client.get(f"/admin/guide/hall/{hall.pk}/change/").status_code == 302  # as if there were no such hall
    assert client.post("/admin/guide/hall/add/", hall_in(hall.region_id)).status_code == 200
    assert client.post("/admin/guide/region/add/", region(HERE)).status_code == 200
    assert hall.name not in client.get("/staff/halls.csv").content.decode()
    assert Hall.objects.count() == Region.objects.count() == 1


def test_an_administrator_edits_every_hall_wherever_they_work() -> None:
    user = UserFactory.create(role="administrator")
    assert regions_of(user) is None
    PostFactory.create(user=user)
    assert regions_of(User.objects.get(pk=user.pk)) is None


def test_the_demonstrations_editor_has_a_hall_to_edit() -> None:
    call_command("demo", stdout=StringIO())
    assert "513301" in (regions_of(User.objects.get(username="demo-hall-editor")) or ())


def test_a_hall_where_somebody_works_isnt_deleted(desk: Client, editor: User) -> None:
    hall = editor.post.hall
    desk.post(f"/admin/guide/hall/{hall.pk}/delete/", {"post": "yes"})
    desk.post("/admin/guide/hall/", {"action": "delete_selected", "_selected_action": str(hall.pk), "post": "yes"})
    assert Hall.objects.filter(pk=hall.pk).exists()
    assert Post.objects.filter(user=editor).exists()


def test_a_hall_with_counts_isnt_deleted(desk: Client) -> None:
    hall = TallyFactory.create(hall__region=RegionFactory.create(code=HERE)).hall
    desk.post(f"/admin/guide/hall/{hall.pk}/delete/", {"post": "yes"})
    assert Tally.objects.filter(hall=hall).exists()


def test_an_empty_hall_of_the_region_is_deleted(desk: Client) -> None:
    hall = HallFactory.create(region=RegionFactory.create(code=HERE))
    desk.post(f"/admin/guide/hall/{hall.pk}/delete/", {"post": "yes"})
    assert not Hall.objects.filter(pk=hall.pk).exists()


# Which regions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [ABOVE, "510104", "999999"])
def test_no_rule_is_written_for_a_region_of_others(desk: Client, code: str) -> None:
    assert desk.post("/admin/guide/region/add/", region(code, ("household-register",))).status_code == 200
    assert not LaterRule.objects.exists()
    assert not Region.objects.filter(code=code).exists()


def test_a_rule_is_written_for_a_region_below(desk: Client) -> None:
    assert desk.post("/admin/guide/region/add/", region("513301", ("household-register",))).status_code == 302
    assert LaterRule.objects.get().region_id == "513301"


def test_a_region_that_is_there_isnt_written_over_by_adding_it(desk: Client) -> None:
    RegionFactory.create(code="513301", hotline="0836-1111111")
    assert desk.post("/admin/guide/region/add/", region("513301")).status_code == 200
    assert Region.objects.get(code="513301").hotline == "0836-1111111"


def test_a_regions_code_stays_as_it_is(desk: Client) -> None:
    other = LaterRuleFactory.create(region=RegionFactory.create(code=ABOVE, hotline="028-2222222")).region
    address = f"/admin/guide/region/{HERE}/change/"
    assert 'name="code"' not in desk.get(address).content.decode()
    assert desk.post(address, region(ABOVE, hotline="0836-3333333")).status_code == 302
    assert Region.objects.get(code=HERE).hotline == "0836-3333333"
    assert Region.objects.get(code=ABOVE).hotline == other.hotline


def test_no_hall_is_put_into_a_region_of_others(desk: Client, editor: User) -> None:
    for code in (ABOVE, "510104"):
        RegionFactory.create(code=code)
        assert desk.post("/admin/guide/hall/add/", hall_in(code)).status_code == 200
        assert desk.post(f"/admin/guide/hall/{editor.post.hall.pk}/change/", hall_in(code)).status_code == 200
    assert set(Hall.objects.values_list("region", flat=True)) == {HERE}


# Counts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["", "2026-11"])
def test_counts_are_of_ended_months_only(desk: Client, editor: User, asked: str) -> None:
    """In November a day's count could be had by subtracting yesterday's sum from today's."""
    TallyFactory.create(hall=editor.post.hall, day=date(2026, 11, 24), bundle="veteran", number=SMALLEST_SHOWN)
    page = page_of(desk.get("/staff/figures", {"month": asked})).text
    assert "2026-11" not in page
    assert "2026-10" in page
    assert "那个月一次也没有。本月的数字，过完这个月才能看。" in page


def test_an_ended_months_counts_are_shown(desk: Client, editor: User) -> None:
    TallyFactory.create(hall=editor.post.hall, day=date(2026, 10, 31), number=12345)
    assert "12345" in page_of(desk.get("/staff/figures")).text
