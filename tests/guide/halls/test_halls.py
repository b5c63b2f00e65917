"""Halls: their hours, whether they are open, CSV out and in, and where applicants see them."""

import csv
import io
from contextlib import suppress
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bundles.loading import catalogue
from guide.halls.csvs import COLUMNS, FileRefused, read_halls, write_halls
from guide.halls.hours import Doors, HoursRefused, doors, read_days_off, read_week, write_week
from guide.halls.rows import halls_for
from guide.models import DayOff, Deed, Hall, Hours, Window
from tests.factories import (
    DayOffFactory,
    HallFactory,
    HoursFactory,
    PostFactory,
    RegionFactory,
    UserFactory,
    WindowFactory,
)
from tests.guide.cast import page_of

CHINA = ZoneInfo("Asia/Shanghai")
HEADER = ",".join(COLUMNS)


@st.composite
def weeks(draw: st.DrawFn) -> dict[int, tuple[tuple[time, time], ...]]:
    week = {}
    for day in draw(st.sets(st.integers(0, 6))):
        minutes = sorted(draw(st.sets(st.integers(0, 1439), min_size=2, max_size=6)))
        moments = [time(*divmod(minute, 60)) for minute in minutes[: len(minutes) // 2 * 2]]
        week[day] = tuple(zip(moments[::2], moments[1::2], strict=True))
    return week


@given(weeks())
def test_hours_read_back_as_they_were_written(week: dict[int, tuple[tuple[time, time], ...]]) -> None:
    assert read_week("；".join(write_week(week))) == week


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每天 9 点", "看不懂"),
        ("周一 25:00-26:00", "没有 25:00"),
        ("周一 12:00-9:00", "关门要晚于开门"),
        ("周五至周一 9:00-12:00", "在周五前面"),
        ("周一 9:00-12:00 11:00-13:00", "重叠"),
    ],
)
def test_hours_that_cant_be_are_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(HoursRefused, match=said):
        read_week(text)


@pytest.mark.parametrize("text", ["后天", "2027-02-30", "2027-02-17 至 2027-02-11"])
def test_days_off_that_cant_be_are_refused(text: str) -> None:
    with pytest.raises(HoursRefused):
        read_days_off(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (read_week, read_days_off):
        with suppress(HoursRefused):
            read(text)


def at(hour: int, minute: int = 0, day: date = date(2026, 11, 25)) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


@pytest.fixture
def hall(db: None) -> Hall:
    """Open on weekdays from nine to five, in summer to six."""
    hall = HallFactory.create(region=RegionFactory.create(code="513301"))
    for day in range(5):
        HoursFactory.create(hall=hall, weekday=day, season="winter")
        HoursFactory.create(hall=hall, weekday=day, season="summer", closes=time(18))
    return hall


def test_a_hall_opens_and_closes_by_its_hours(hall: Hall) -> None:
    assert doors(hall, at(8)) == Doors(False, at(9))
    assert doors(hall, at(9)) == Doors(True, at(17))
    assert doors(hall, at(17)) == Doors(False, at(9, day=date(2026, 11, 26)))
    assert doors(hall, at(17, 30, date(2026, 7, 1))) == Doors(True, at(18, day=date(2026, 7, 1)))


def test_a_hall_keeps_the_countrys_holidays_and_its_own(hall: Hall) -> None:
    assert doors(hall, at(10, day=date(2026, 10, 1))) != Doors(True, at(17, day=date(2026, 10, 1)))
    DayOffFactory.create(hall=hall, first=date(2026, 11, 25), last=date(2026, 11, 26), why="藏历新年")
    hall = Hall.objects.get()
    assert doors(hall, at(10)) == Doors(False, at(9, day=date(2026, 11, 27)))
    DayOffFactory.create(hall=hall, first=date(2026, 11, 28), open=True)
    assert doors(Hall.objects.get(), at(10, day=date(2026, 11, 28))) == Doors(True, at(17, day=date(2026, 11, 28)))


def test_a_hall_without_hours_says_nothing_of_its_doors(db: None) -> None:
    assert doors(HallFactory.create(), at(10)) is None


# CSV ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(hall: Hall) -> Hall:
    WindowFactory.create(hall=hall, name="1 号", languages=["zh", "bo"], bundles=["newborn", "veteran"])
    WindowFactory.create(hall=hall, name="=2 号")
    DayOffFactory.create(hall=hall, first=date(2027, 2, 11), last=date(2027, 2, 17), why="藏历新年")
    DayOffFactory.create(hall=hall, first=date(2027, 2, 20), open=True)
    return hall


def everything() -> list[object]:
    rows: list[object] = list(
        Hall.objects.values_list("region", "name", "address", "way", "phone", "step_free", "low_counter", "sample")
    )
    rows += Window.objects.order_by("name").values_list("name", "bundles", "languages")
    rows += Hours.objects.order_by("season", "weekday", "opens").values_list("season", "weekday", "opens", "closes")
    rows += DayOff.objects.order_by("first").values_list("first", "last", "open", "why")
    return rows


def test_what_is_exported_is_imported_again_without_a_change(full: Hall) -> None:
    before = everything()
    content = write_halls(Hall.objects.all())
    assert "'=2 号" in content
    assert read_halls(content.encode()) == []
    assert everything() == before
    Hall.objects.all().delete()
    assert read_halls(content.encode("gb18030")) == [full.name]
    assert everything() == before


@pytest.mark.parametrize("between", ["、", ",", "，", ", ", " ， ", ";", "；", " ", "\n", "、 "])
def test_a_cell_of_several_things_is_read_however_they_are_parted(full: Hall, between: str) -> None:
    before = everything()
    content = write_halls(Hall.objects.all()).replace("newborn、veteran", f'"newborn{between}veteran{between}"')
    assert read_halls(content.encode()) == []
    assert everything() == before


def test_a_sample_stays_a_sample_through_a_file(full: Hall) -> None:
    Hall.objects.update(sample=True)
    before = everything()
    read_halls(write_halls(Hall.objects.all()).encode())
    assert everything() == before


def test_an_import_names_the_halls_that_it_changed_in_the_log(client: Client, hall: Hall) -> None:
    PostFactory.create(user=(editor := UserFactory.create(role="hall-editor")), hall=hall)
    other = HallFactory.create(region=hall.region, way="坐 2 路车")
    content = write_halls(Hall.objects.all()).replace("坐 2 路车", "坐 3 路车")
    client.force_login(editor)
    client.post("/staff/halls", {"file": SimpleUploadedFile("halls.csv", content.encode())})
    told = Deed.objects.filter(by=editor).exclude(deed="log-in").order_by("id")
    assert list(told.values_list("deed", "what")) == [("import-halls", "1"), ("edit-hall", other.name)]


def sent_in_the_admin(hall: Hall, **rows: str) -> dict[str, str]:
    """What the admin's page of a hall sends, with `rows` of its hours and days off."""
    sent = {"region": hall.region_id, "name": hall.name, "address": hall.address, "phone": hall.phone}
    for name in ("windows", "hours", "days_off"):
        number = len({key.split("-")[1] for key in rows if key.startswith(f"{name}-")})
        sent |= {f"{name}-TOTAL_FORMS": str(number), f"{name}-INITIAL_FORMS": "0"}
    return sent | rows


def row_of(name: str, number: int, **cells: str) -> dict[str, str]:
    return {f"{name}-{number}-{cell}": value for cell, value in cells.items()}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row_of("days_off", 0, first="2027-02-11", last="2027-02-11", why="藏历；新年"), "不要有分号"),
        (row_of("days_off", 0, first="2027-02-11", last="2027-02-11", why="藏历\n新年"), "不要有分号"),
        (row_of("days_off", 0, first="2027-02-11", last="2027-02-11", why="上班"), "不要有分号"),
        (row_of("days_off", 0, first="2027-02-11", last="2027-02-11", why="至 2027-02-12"), "不要有分号"),
        (row_of("hours", 0, season="all", weekday="0", opens="9:00:30", closes="12:00"), "不要写秒"),
        (
            row_of("hours", 0, season="all", weekday="0", opens="11:00", closes="13:00")
            | row_of("hours", 1, season="all", weekday="0", opens="9:00", closes="12:00"),
            "两段时间重叠了：全年周一 09:00-12:00，全年周一 11:00-13:00",
        ),
    ],
)
def test_the_admin_takes_nothing_that_a_file_cant_say(
    client: Client, db: None, rows: dict[str, str], said: str
) -> None:
    client.force_login(UserFactory.create(role="administrator"))
    hall = HallFactory.create()
    response = client.post(f"/admin/guide/hall/{hall.pk}/change/", sent_in_the_admin(hall, **rows))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Hours.objects.exists()
    assert not DayOff.objects.exists()


def test_what_the_admin_takes_goes_through_a_file(client: Client, db: None) -> None:
    client.force_login(UserFactory.create(role="administrator"))
    hall = HallFactory.create()
    rows = (
        row_of("hours", 0, season="all", weekday="0", opens="9:00", closes="12:00")
        | row_of("hours", 1, season="all", weekday="0", opens="12:00", closes="17:00")
        | row_of("hours", 2, season="summer", weekday="0", opens="9:00", closes="18:00")
        | row_of("days_off", 0, first="2027-02-11", last="2027-02-12", why="藏历新年，初一、初二")
    )
    sent = sent_in_the_admin(hall, **rows)
    assert client.post(f"/admin/guide/hall/{hall.pk}/change/", sent).status_code == 302
    before = everything()
    read_halls(write_halls(Hall.objects.all()).encode())
    assert everything() == before
    assert len(before) == 5


def line(**cells: str) -> str:
    usual = {"地区代码": "513301", "大厅": "甲厅", "地址": "某路 1 号"}
    return ",".join((usual | cells).get(name, "") for name in COLUMNS)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"地区代码": "999999"}, "第 2 行“地区代码”：没有代码是“999999”的地区"),
        ({"大厅": ""}, "第 2 行“大厅”"),
        ({"电话": "没有"}, "第 2 行“电话”：电话写成"),
        ({"无台阶": "也许"}, "第 2 行“无台阶”：“也许”看不懂"),
        ({"夏季时间": "早上"}, "第 2 行“夏季时间”：看不懂“早上”"),
        ({"放假和调休": "明天"}, "第 2 行“放假和调休”：看不懂“明天”"),
        ({"办哪几件事": "newborn"}, "第 2 行“办哪几件事”：写了这个，就要写是哪个窗口"),
        ({"窗口": "1", "办哪几件事": "nothing"}, "没有编号是“nothing”的一件事"),
        ({"窗口": "1", "说哪些话": "火星话"}, "没有“火星话”这种语言"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column_and_nothing_is_taken(
    db: None, cells: dict[str, str], said: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        read_halls(f"{HEADER}\n{line(**cells)}\n{line(大厅='乙厅')}\n".encode())
    assert said in str(refused.value)
    assert not Hall.objects.exists()


def test_lines_of_one_hall_must_agree_and_name_a_window_once(db: None) -> None:
    rows = [line(窗口="1"), line(窗口="1"), line(窗口="2", 地址="别处")]
    with pytest.raises(FileRefused) as refused:
        read_halls("\n".join([HEADER, *rows]).encode())
    assert "第 3 行“窗口”：“1”在这个大厅里写了两次" in str(refused.value)
    assert "第 4 行“地址”：和第 2 行不一样" in str(refused.value)


@given(st.binary(max_size=300))
@pytest.mark.django_db
def test_no_file_breaks_the_import(content: bytes) -> None:
    for told in (content, HEADER.encode() + b"\n" + content):
        with suppress(FileRefused):
            read_halls(told, ())


def test_an_editor_changes_only_the_halls_of_their_region(client: Client, hall: Hall) -> None:
    editor = UserFactory.create(role="hall-editor")
    elsewhere = HallFactory.create(region=RegionFactory.create(code="510104"))
    PostFactory.create(user=editor, hall=hall)
    client.force_login(editor)
    assert elsewhere.name not in client.get("/staff/halls.csv").content.decode()
    response = client.get(f"/admin/guide/hall/{elsewhere.pk}/change/")
    assert response.status_code == 302  # as if there were no such hall


@pytest.mark.parametrize("name", ["=1+1", "＝1＋1", "＋1", "－1", "＠a", "\u22121", "﹦1", "\u3000=1", "'=1"])
def test_no_name_is_a_formula_to_a_spreadsheet_and_each_comes_back(name: str) -> None:
    written = write_halls([HallFactory.create(name=name)])
    Hall.objects.all().delete()
    (row,) = csv.DictReader(io.StringIO(written.removeprefix("\ufeff")))
    assert row["大厅"] == f"'{name}"
    assert read_halls(written.encode()) == [name]


# On the pages ---------------------------------------------------------------------------------------------------------


def test_the_nearest_halls_that_handle_a_bundle_are_shown(hall: Hall) -> None:
    WindowFactory.create(hall=hall, name="1 号", bundles=["veteran"], languages=["bo"])
    above = HallFactory.create(region=RegionFactory.create(code="513300"), step_free=True)
    kangding = catalogue().region("513301")
    assert [row.name for row in halls_for(kangding, "newborn", at(10)) or []] == [above.name]
    (row,) = halls_for(kangding, "veteran", at(10)) or []
    assert row.name == hall.name
    assert row.doors == "现在开着，到 17:00"
    assert row.helps == ("会藏语的窗口：1 号",)
    assert row.hours == ("夏季：周一至周五 9:00-18:00", "冬季：周一至周五 9:00-17:00")


@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_start_page_and_notice_say_where_and_whether_it_is_open(client: Client, hall: Hall, prefix: str) -> None:
    page = page_of(client.get(f"{prefix}/newborn/?region=513301"))
    assert hall.name in page.text
    assert hall.address in page.text
