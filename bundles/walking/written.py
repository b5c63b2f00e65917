"""What people write into boxes, made plain: characters that nobody sees, full-width digits, days in every spelling.

The offline page does it again (static/offline/days.js).
"""

import re
from calendar import monthrange
from datetime import date

import unicodedata2

# Controls but for tabs and line ends; what Unicode calls Default_Ignorable_Code_Point (direction marks, joiners,
# variation selectors, fillers); annotation marks
UNSEEN = re.compile(
    "[\\0-\\x08\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f"
    "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\U0001bca0-\\U0001bca3"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff]"
)
# Between year and month, and month and day. The three boxes of a date come joined by dashes, some of them empty.
_BETWEEN = r"[\s\-/.,、。·\\_‐-―−]"
_DAY = re.compile(
    rf"{_BETWEEN}*([0-9]{{4}})(?:\s*年{_BETWEEN}*|{_BETWEEN}+)([0-9]{{1,2}})(?:\s*月份?{_BETWEEN}*|{_BETWEEN}+)"
    rf"([0-9]{{1,2}})\s*[日号號]?{_BETWEEN}*\Z"
)
_COMPACT = re.compile(rf"{_BETWEEN}*([0-9]{{4}})([0-9]{{2}})([0-9]{{2}}){_BETWEEN}*\Z")
_DIGITS = "〇一二三四五六七八九"
_TENS = re.compile(f"([一二三]?)十([{_DIGITS[1:]}]?)")
_SPELT = str.maketrans(
    {**dict(zip("○零Oo壹贰叁肆伍陆柒捌玖拾", "〇〇〇〇一二三四五六七八九十", strict=True)), "廿": "二十", "卅": "三十"}
)
MOST_DAY = 40  # characters


class NoSuchDay(ValueError):
    """A day that no calendar has; `code` names the refusal, and `text` is the day as 2026-2-30."""

    def __init__(self, year: int, month: int, day: int) -> None:
        self.code = "no-such-day" if 1 <= month <= 12 else "no-such-month"
        self.text = f"{year}-{month}-{day}"
        super().__init__(self.text)


def visible(text: str) -> str:
    """The text without what nobody sees."""
    return UNSEEN.sub("", text)


def plain(text: str) -> str:
    """The text with full-width letters and digits made plain, as ID numbers and dates are often typed."""
    return str(unicodedata2.normalize("NFKC", visible(text))).strip()


def written_day(text: str) -> date | None:
    """The day that a plain text says: 2026-11-22, 20261122, 2026年11月22号, 二〇二六年十一月二十二日.

    None where it says none. Raises NoSuchDay for 30 February.
    """
    digits = _in_digits(text[:MOST_DAY])
    match = _DAY.match(digits) or _COMPACT.match(digits)
    year, month, day = (int(match[1]), int(match[2]), int(match[3])) if match else (0, 0, 0)
    if year == 0:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        raise NoSuchDay(year, month, day)
    return date(year, month, day)


def _in_digits(text: str) -> str:
    """Chinese numerals as digits: 二〇二六年元月二十 -> 2026年1月20."""
    spelt = text.translate(_SPELT).replace("元月", "一月")
    tens = _TENS.sub(lambda found: str(_value(found[1] or "一") * 10 + _value(found[2] or "〇")), spelt)
    return "".join(str(_value(letter)) if letter in _DIGITS else letter for letter in tens)


def _value(letter: str) -> int:
    return _DIGITS.index(letter)
