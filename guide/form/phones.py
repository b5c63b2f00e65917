"""Telephone numbers as people write them: at home, abroad, of services, with an extension.

Sources: 电信网编号计划（2017 年版） for numbers at home and those of services; ITU-T E.164 for those abroad, of at most
15 digits. The offline page does it again (static/offline/checks.js).
"""

import re

from bundles.walking.written import plain

# 转 8001, 分机8001, (转8001), ext. 8001, x8001, #8001
EXTENSION = re.compile(
    r"(.*[0-9)])[\s.]*\(?\s*(?:转|轉|分机号?|分機|内线|extension|ext|x|#|,|;ext=)[\s.:]*([0-9]{1,6})\s*\)?\Z"
)
# 028-12345678-8001
DASHED_EXTENSION = re.compile(r"((?:.*[^0-9])?[0-9]{7,8})\s?[-‐-―−]\s?([0-9]{1,6})\Z")
SEPARATORS = re.compile(r"[\s\-‐-―−().·_]+")
TRUNK = re.compile(r"^(\+[0-9]+)\s*\(0\)")  # +44 (0)20 …
CODED = re.compile(r"(?:\+|\+?00)([1-9][0-9]*)\Z")
ABROAD = re.compile(r"[1-9][0-9]{6,14}\Z")
NEIGHBOURS = re.compile(r"(85[23][0-9]{8}|886[0-9]{8,9})\Z")  # Hong Kong, Macau and Taiwan, often without the plus
SERVICE = "[48]00[0-9]{7}|1[12][0-9]|1[0-2][0-9]{3}|9[56][0-9]{3,7}"
AT_HOME = re.compile(rf"(1[3-9][0-9]{{9}}|0[0-9]{{9,11}}|[0-9]{{7,8}}|{SERVICE})\Z")
WITHOUT_EXTENSION = re.compile(r"(1[3-9][0-9]{9}|[48]00[0-9]{7})\Z")  # 400-1234-567 is whole
WITH_EXTENSION = re.compile(r"(0[0-9]{9,11}|[1-9][0-9]{6,7})\Z")
CHINA = re.compile(rf"86(1[3-9][0-9]{{9}}|0[0-9]{{9,11}}|{SERVICE})\Z")
CHINA_WITHOUT_ZERO = re.compile(r"86(10[0-9]{8}|2[0-9]{8,9}|[3-9][0-9]{9,10})\Z")


def phone_number(text: str) -> str | None:
    """A number as it is dialled, with + abroad and 转 before an extension; None where it is none."""
    written = " ".join(plain(text).lower().split())
    if found := EXTENSION.match(written):
        return _extended(_number(found[1]), found[2])
    number = _number(written)
    dashed = DASHED_EXTENSION.match(written)
    if dashed and not (number and WITHOUT_EXTENSION.match(number)):
        base = _number(dashed[1])
        return _extended(base, dashed[2]) if base and WITH_EXTENSION.match(base) else number
    return number


def _extended(number: str | None, extension: str) -> str | None:
    return number and f"{number}转{extension}"


def _number(text: str) -> str | None:
    """The number without an extension."""
    bare = SEPARATORS.sub("", TRUNK.sub(r"\1", text))
    coded = CODED.match(bare)
    near = bare.replace("+", "")
    far = coded[1] if coded else near
    if (coded and not far.startswith("86") and ABROAD.match(far)) or NEIGHBOURS.match(far):
        return f"+{far}"
    china = _in_china(far)
    return china if (coded and china) or not AT_HOME.match(near) else near


def _in_china(digits: str) -> str | None:
    """The number behind the country's code."""
    if found := CHINA.match(digits):
        return found[1]
    found = CHINA_WITHOUT_ZERO.match(digits)
    return f"0{found[1]}" if found else None
