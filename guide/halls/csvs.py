"""Halls as CSV: a line a window, so that a spreadsheet can be filled in by anybody, and read back without loss."""

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction

from bundles.loading import catalogue
from guide.halls.hours import HoursRefused, Week, read_days_off, read_week, week_of, write_days_off, write_week
from guide.models import DayOff, Hall, Hours, Region, Window
from guide.models.halls import LANGUAGES

COLUMNS = ("地区代码", "大厅", "地址", "怎么去", "电话", "无台阶", "低位柜台", "全年时间", "夏季时间", "冬季时间",
           "放假和调休", "窗口", "办哪几件事", "说哪些话")  # fmt: skip
SEASONS = {"全年时间": "all", "夏季时间": "summer", "冬季时间": "winter"}
OF_HALL = COLUMNS[:11]
YES = {"是": True, "否": False, "": False, "TRUE": True, "FALSE": False}
MOST_LINES = 5000
BETWEEN = re.compile(r"[\s、，,；;]+")
# What a spreadsheet would take for a formula, in any width: NFKC makes ＝ and ﹦ the same as =, but not the minus sign
DANGEROUS = ("=", "+", "-", "\u2212", "@")
UNSEEN = "\t\r\n"
SEPARATORS = ",;\t"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What isn't CSV, by how it begins
WORKBOOKS = {b"PK": "表格文件（.xlsx、.ods）", b"\xd0\xcf\x11\xe0": "表格文件（.xls、.et）", b"%PDF": "PDF 文件"}
# What a spreadsheet makes of a column of digits: 513301.0, 5.13E+05, a telephone of Sichuan without its first 0
WHOLE = re.compile(r"([0-9]+)\.0+\Z")
SHORTENED = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+\Z", re.IGNORECASE)
WITHOUT_ZERO = re.compile(r"(28[0-9]{8}|8[123][0-9]{8})\Z")
OF_DIGITS = ("地区代码", "电话")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: the line as a spreadsheet counts it, the column, and what to write instead."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"第 {self.line} 行“{self.column}”：{self.text}" if self.column else f"第 {self.line} 行：{self.text}"


class FileRefused(ValueError):
    """A file of which nothing was taken; `problems` are in the order of its lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(slots=True)
class Read:
    """A hall as a file tells it, with the line that told it first."""

    line: int
    cells: dict[str, str]
    hall: Hall
    weeks: dict[str, Week]
    days_off: list[DayOff]
    windows: list[tuple[int, Window]] = field(default_factory=list)


# Out ----------------------------------------------------------------------------------------------------------------


def write_halls(halls: Iterable[Hall]) -> str:
    """The halls as CSV with a byte order mark, which spreadsheets need to see that it is UTF-8."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for hall in halls:
        own = _cells(hall)
        windows = list(hall.windows.all())
        for window in windows or [Window()]:
            row = own | {
                "窗口": window.name,
                "办哪几件事": "、".join(window.bundles),
                "说哪些话": "、".join(window.languages),
            }
            writer.writerow({name: _harmless(cell) for name, cell in row.items()})
    return "\ufeff" + out.getvalue()


def _cells(hall: Hall) -> dict[str, str]:
    hours = list(hall.hours.all())
    return {
        "地区代码": hall.region_id,
        "大厅": hall.name,
        "地址": hall.address,
        "怎么去": hall.way,
        "电话": hall.phone,
        "无台阶": "是" if hall.step_free else "否",
        "低位柜台": "是" if hall.low_counter else "否",
        **{column: "；".join(write_week(week_of(hours, season))) for column, season in SEASONS.items()},
        "放假和调休": write_days_off(hall.days_off.all()),
    }


def _harmless(cell: str) -> str:
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in (*DANGEROUS, "'") or cell[:1] in tuple(UNSEEN) else cell


def _meant(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text.startswith("'") else text


# In -----------------------------------------------------------------------------------------------------------------


def read_halls(content: bytes, may_edit: Iterable[str] | None = None, mended: list[Problem] | None = None) -> list[str]:
    """Takes over every hall in a file: its windows, hours and days off are then those of the file.

    Returns the names of the halls that are now others than before.

    `may_edit` are the regions whose halls the importer may change; all without it. Halls that the file doesn't name
    stay as they are. All or nothing: raises FileRefused with every problem found. What a spreadsheet spoilt and is
    certain is mended, and added to `mended`.
    """
    problems: list[Problem] = []
    allowed = None if may_edit is None else set(may_edit)
    read = _halls(_rows(content, problems, [] if mended is None else mended), problems, allowed)
    if not problems:
        with transaction.atomic():
            return [told.hall.name for told in read if _save(told)]
    raise FileRefused(sorted(problems, key=lambda problem: problem.line))


def _rows(content: bytes, problems: list[Problem], mended: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    text = _decoded(content)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=_separator(text))
    try:
        reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        missing = [name for name in COLUMNS if name not in reader.fieldnames]
        if missing:
            problems.append(Problem(1, "", f"少了这几列：{'、'.join(missing)}。请从导出的文件改起。"))
            return
        for number, row in enumerate(reader, 1):
            if number > MOST_LINES:
                problems.append(Problem(reader.line_num, "", f"一个文件最多 {MOST_LINES} 行，请分成几个。"))
                return
            cells = {name: _meant(row[name] or "") for name in COLUMNS}
            for name in OF_DIGITS:
                cells[name] = _digits(reader.line_num, name, cells[name], problems, mended)
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as error:
        problems.append(Problem(reader.line_num, "", f"这一行不是 CSV：{error}"))


def _separator(text: str) -> str:
    """What parts the columns: where a comma is for decimals, or text was chosen, spreadsheets write another."""
    head = text.partition("\n")[0]
    return max(SEPARATORS, key=head.count)


def _digits(line: int, column: str, cell: str, problems: list[Problem], mended: list[Problem]) -> str:
    """A cell of digits as it was before a spreadsheet took it for a number."""
    text = WHOLE.sub(r"\1", cell)
    if SHORTENED.match(text):
        problems.append(Problem(line, column, f"“{text}”少了几位。请把这一列的格式改成“文本”，再写一遍。"))
        return ""
    if column == "电话" and WITHOUT_ZERO.match(text):
        mended.append(Problem(line, column, f"“{text}”前面少了 0，按“0{text}”收下了。"))
        return f"0{text}"
    return text


def _decoded(content: bytes) -> str:
    """UTF-8, or what spreadsheets in China write by themselves. Raises FileRefused."""
    kind = next((kind for start, kind in WORKBOOKS.items() if content.startswith(start)), "")
    if kind:
        remedy = "请在 Excel 或 WPS 里打开，另存为“CSV UTF-8（逗号分隔）”，再导入那个文件。"
        raise FileRefused([Problem(1, "", f"这是{kind}，不是 CSV。{remedy}")])
    for encoding in ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).removeprefix("\ufeff").replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise FileRefused([Problem(1, "", "文件不是 UTF-8、UTF-16，也不是 GB18030。请另存为“CSV UTF-8”。")])


def _halls(rows: Iterator[tuple[int, dict[str, str]]], problems: list[Problem], allowed: set[str] | None) -> list[Read]:
    found: dict[tuple[str, str], Read] = {}
    for line, cells in rows:
        key = (cells["地区代码"], cells["大厅"])
        if key not in found:
            told = _hall(line, cells, problems, allowed)
            if told is None:
                continue
            found[key] = told
        else:
            _compare(line, cells, found[key], problems)
        _window(line, cells, found[key], problems)
    return list(found.values())


def _compare(line: int, cells: dict[str, str], told: Read, problems: list[Problem]) -> None:
    """A hall's lines must agree on the hall."""
    problems += [
        Problem(line, name, f"和第 {told.line} 行不一样，那里写的是“{told.cells[name][:40]}”。同一个大厅要写得一样。")
        for name in OF_HALL
        if cells[name] != told.cells[name]
    ]


def _hall(line: int, cells: dict[str, str], problems: list[Problem], allowed: set[str] | None) -> Read | None:
    """The hall of a line; None where its region or its own cells can't be used."""
    code = cells["地区代码"]
    if code not in catalogue().regions:
        problems.append(Problem(line, "地区代码", f"没有代码是“{code[:20]}”的地区。"))
        return None
    if allowed is not None and code not in allowed:
        problems.append(Problem(line, "地区代码", f"您的账号不能改{catalogue().regions[code].name}的大厅。"))
        return None
    before = len(problems)
    hall = Hall(
        region_id=code,
        name=cells["大厅"],
        address=cells["地址"],
        way=cells["怎么去"],
        phone=cells["电话"],
        step_free=_yes(line, "无台阶", cells, problems),
        low_counter=_yes(line, "低位柜台", cells, problems),
    )
    _check(hall, line, {"name": "大厅", "address": "地址", "way": "怎么去", "phone": "电话"}, problems)
    weeks = {season: _week(line, column, cells[column], problems) for column, season in SEASONS.items()}
    days_off = _days_off(line, cells["放假和调休"], problems)
    return Read(line, cells, hall, weeks, days_off) if len(problems) == before else None


def _yes(line: int, column: str, cells: dict[str, str], problems: list[Problem]) -> bool:
    if cells[column] not in YES:
        problems.append(Problem(line, column, f"“{cells[column][:20]}”看不懂，请写“是”或“否”。"))
    return YES.get(cells[column], False)


def _week(line: int, column: str, text: str, problems: list[Problem]) -> Week:
    try:
        return read_week(text)
    except HoursRefused as error:
        problems.append(Problem(line, column, str(error)))
        return {}


def _days_off(line: int, text: str, problems: list[Problem]) -> list[DayOff]:
    try:
        return [DayOff(first=first, last=last, open=open_, why=why) for first, last, open_, why in read_days_off(text)]
    except HoursRefused as error:
        problems.append(Problem(line, "放假和调休", str(error)))
        return []


def _window(line: int, cells: dict[str, str], told: Read, problems: list[Problem]) -> None:
    if not cells["窗口"]:
        problems += [
            Problem(line, name, "写了这个，就要写是哪个窗口。") for name in ("办哪几件事", "说哪些话") if cells[name]
        ]
        return
    if any(window.name == cells["窗口"] for _line, window in told.windows):
        problems.append(Problem(line, "窗口", f"“{cells['窗口'][:40]}”在这个大厅里写了两次。"))
        return
    window = Window(name=cells["窗口"], bundles=_listed(cells["办哪几件事"]), languages=_languages(cells["说哪些话"]))
    _check(window, line, {"name": "窗口", "bundles": "办哪几件事", "languages": "说哪些话"}, problems)
    told.windows.append((line, window))


def _listed(cell: str) -> list[str]:
    """The entries of a cell, however people part them: 、 commas, semicolons, spaces, new lines."""
    return [entry for entry in BETWEEN.split(cell) if entry]


def _languages(cell: str) -> list[str]:
    """Codes, or the languages' names."""
    codes = {name: code for code, name in LANGUAGES}
    return [codes.get(word, word) for word in _listed(cell)]


def _check(row: Hall | Window, line: int, columns: dict[str, str], problems: list[Problem]) -> None:
    """The model's own checks on the columns that fill it."""
    exclude = {found.name for found in row._meta.get_fields()} - set(columns)
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        problems += [Problem(line, columns[name], " ".join(messages)) for name, messages in error.message_dict.items()]


def _save(told: Read) -> bool:
    """Whether anything of the hall is now another than before."""
    region, _made = Region.objects.get_or_create(code=told.hall.region_id)
    before = Hall.objects.filter(region=region, name=told.hall.name).first()
    hall = told.hall
    was = "" if before is None else write_halls([before])
    if before is not None:
        hall.pk, hall.sample = before.pk, before.sample
        for rows in (before.windows, before.hours, before.days_off):
            rows.all().delete()
    hall.save(force_update=before is not None)
    for _line, window in told.windows:
        window.hall = hall
        window.save()
    Hours.objects.bulk_create(
        Hours(hall=hall, season=season, weekday=day, opens=opens, closes=closes)
        for season, week in told.weeks.items()
        for day, spans in week.items()
        for opens, closes in spans
    )
    for row in told.days_off:
        row.hall = hall
        row.save()
    return write_halls([hall]) != was
