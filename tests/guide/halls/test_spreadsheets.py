"""Our file of halls, as spreadsheets rewrite it: read all the same, or refused with what to do."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.halls.csvs import COLUMNS, FileRefused, Problem, read_halls, write_halls
from guide.halls.hours import HoursRefused, read_days_off, read_week
from guide.models import DayOff, Hall
from tests.factories import DayOffFactory, HallFactory, HoursFactory, UserFactory, WindowFactory

pytestmark = pytest.mark.django_db
CODINGS: tuple[Callable[[str], bytes], ...] = (
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.encode(),
    lambda text: text.encode("gb18030"),
    lambda text: text.encode("utf-16"),
    lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
)


def exported() -> str:
    hall = HallFactory.create(name="甲厅", phone="0836-2832000", step_free=True)
    HoursFactory.create(hall=hall)
    DayOffFactory.create(hall=hall, first=date(2026, 12, 4))
    WindowFactory.create(hall=hall, name="1 号", bundles=["newborn", "veteran"])
    WindowFactory.create(hall=hall, name="2 号")
    other = HallFactory.create(name="乙厅", phone="08362832000")
    DayOffFactory.create(hall=other, first=date(2027, 2, 11), last=date(2027, 2, 17), why="藏历新年")
    return write_halls(Hall.objects.all()).removeprefix("\ufeff")


def rewritten(text: str, separator: str, day: str) -> str:
    """As a spreadsheet saves it: its own way with dates, digits and truth, other ends of lines, empty cells behind."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([*(_cell(cell, day) for cell in row), "", ""])
    writer.writerow([""] * len(COLUMNS))
    return out.getvalue()


def _cell(cell: str, day: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        found = date.fromisoformat(cell)
        return day.format(found, serial=(found - date(1899, 12, 30)).days)
    return cell.lstrip("0") if cell.isdecimal() else {"是": "TRUE", "否": "FALSE"}.get(cell, cell)


@settings(deadline=None)
@given(
    st.sampled_from(CODINGS),
    st.sampled_from(",;\t"),
    st.sampled_from(("{0:%Y}/{0.month}/{0.day}", "{0:%Y}年{0.month}月{0.day}日", "{0:%Y}-{0.month}-{0.day}", "{serial}",
                     "{0:%Y/%m/%d} 0:00", "{0:%Y-%m-%d} 00:00:00")),
)  # fmt: skip
def test_what_a_spreadsheet_saved_again_changes_nothing(
    coding: Callable[[str], bytes], separator: str, day: str
) -> None:
    Hall.objects.all().delete()
    mended: list[Problem] = []
    assert read_halls(coding(rewritten(exported(), separator, day)), None, mended) == []
    assert [str(problem) for problem in mended] == ["第 2 行“电话”：“8362832000”前面少了 0，按“08362832000”收下了。"]
    assert DayOff.objects.filter(first=date(2026, 12, 4), last=date(2026, 12, 4)).exists()
    assert Hall.objects.get(name="乙厅").phone == "08362832000"


@pytest.mark.parametrize(
    "text",
    ["周一至周五 09:00-17:00", "周一至周五 9:00:00-17:00:00", "周一至周五 9：00－17：00", "周一到周五 9:00 – 17:00"],
)
def test_times_are_read_however_they_are_written(text: str) -> None:
    assert read_week(text) == read_week("周一至周五 9:00-17:00")


@pytest.mark.parametrize(
    "text",
    ["2026/12/24", "2026-12-24", "2026.12.24", "2026年12月24日", "２０２６年１２月２４日", "46380", "2026/12/24 0:00"],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_days_off(text) == [(date(2026, 12, 24), date(2026, 12, 24), False, "")]
    assert read_days_off(f"{text} 至 2026/12/26 节日")[0][1:] == (date(2026, 12, 26), False, "节日")


@pytest.mark.parametrize("text", ["10/1/2026", "24.12.2026", "1-10-26"])
def test_a_day_that_may_be_two_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(HoursRefused, match=f"“{text}”分不清.*2027-02-11"):
        read_days_off(text)


@pytest.mark.parametrize("text", ["2026/13/1", "2026年2月30日"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(HoursRefused, match="日历上没有"):
        read_days_off(text)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7"])
def test_a_workbook_is_refused_with_how_to_save_it(start: bytes) -> None:
    with pytest.raises(FileRefused, match="不是 CSV。请在 Excel 或 WPS 里打开，另存为"):
        read_halls(start + bytes(range(256)))


def test_digits_that_are_gone_are_asked_for() -> None:
    text = exported().replace("08362832000", "8.36E+09").replace("513301", "513301.0")
    with pytest.raises(FileRefused) as refused:
        read_halls(text.encode())
    assert [str(problem) for problem in refused.value.problems] == [
        "第 2 行“电话”：“8.36E+09”少了几位。请把这一列的格式改成“文本”，再写一遍。"
    ]


def test_what_was_mended_is_told_on_the_page(client: Client) -> None:
    content = exported().replace("08362832000", "8362832000").encode()
    client.force_login(UserFactory.create(role="administrator"))
    page = client.post("/staff/halls", {"file": SimpleUploadedFile("halls.csv", content)})
    assert page.status_code == 200
    assert "前面少了 0" in page.content.decode()
