"""Checks of what is typed into the form.

Each takes the text and returns it tidied, or raises ValidationError that says how to mend it. Sources: GB 11643-1999
(ID numbers), GB 32100-2015 (credit codes).
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as said
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberError
from stdnum.iso7064 import mod_11_2

from bundles.walking.answers import COMPACT_DATE, DATE

Check = Callable[[str], str]
SPACES = re.compile(r"[\s\u200b\ufeff\-–—]+")
NAME_MARKS = "·.'’-（）() 　"
DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．", "·"))
TSHEG = "\u0f0b"
ID_DIGITS = 18
# What is wrong in a box, by name; the offline page says it too (static/offline/checks.js)
MISTAKES = {
    "wrong_id_length": said("身份证号是 18 位，这里有 {count} 位。请对照证件再看一遍。"),
    "wrong_id_letters": said("身份证号只有数字，最后一位可以是 X。请对照证件再看一遍。"),
    "wrong_id_sum": said("这个身份证号对不上，可能有一位写错了。请对照证件再看一遍。"),
    "wrong_id_future": said("身份证号里的出生日期还没有到，可能有一位写错了。请对照证件再看一遍。"),
    "wrong_credit_code": said("统一社会信用代码是 18 位，这一个对不上。请对照营业执照再看一遍。"),
    "wrong_phone": said("手机号是 11 位数字；座机请连区号一起写，例如 028-12345678。"),
    "wrong_name": said("名字里有数字或符号。请照证件上的写；中间的点写“·”。"),
    "wrong_date": said("请写年、月、日，例如 2026-11-22。"),
    "wrong_year": said("请核对年份。"),
    "wrong_number": said("请只写数字，例如 3 或 3.5。"),
    "wrong_bank_account": said("银行账号只有数字，一般 12 到 19 位。请对照银行卡再看一遍。"),
    "wrong_postcode": said("邮政编码是 6 位数字。"),
    "wrong_email": said("电子邮箱要像 name@example.com 这样写。"),
    "wrong_document": said("请照证件上印的号码写。"),
}


def narrow(text: str) -> str:
    """Full-width letters and digits made plain, spaces and dashes dropped: for numbers."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()


def id_number(text: str) -> str:
    """A citizen's ID number. The division part isn't compared with today's table: divisions change, numbers don't."""
    number = narrow(text)
    if len(number) != ID_DIGITS:
        raise ValidationError(MISTAKES["wrong_id_length"].format(count=len(number)))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValidationError(MISTAKES["wrong_id_letters"])
    try:
        ric.get_birth_date(number)
        mod_11_2.validate(number)
    except NumberError:
        raise ValidationError(MISTAKES["wrong_id_sum"]) from None
    if birth_date_of(number) > timezone.localdate():
        raise ValidationError(MISTAKES["wrong_id_future"])
    return number


def birth_date_of(number: str) -> date:
    """The birth date in a checked ID number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_of(number: str) -> str:
    """The sex in a checked ID number: odd is male."""
    return "男" if int(number[16]) % 2 else "女"


def credit_code(text: str) -> str:
    """A unified social credit code; its division part isn't compared with today's table either."""
    number = narrow(text)
    try:
        uscc.validate(number)
    except NumberError:
        raise ValidationError(MISTAKES["wrong_credit_code"]) from None
    return number


def phone(text: str) -> str:
    """A mobile number, or a fixed line with its area code."""
    bare = re.sub(r"[()+]", "", narrow(text))
    number = re.sub(r"^(86|0086)(?=1[0-9]{10}$)", "", bare)
    if not re.fullmatch(r"1[3-9][0-9]{9}|0[0-9]{9,11}|400[0-9]{7}|[0-9]{7,8}", number):
        raise ValidationError(MISTAKES["wrong_phone"])
    return number


def name(text: str) -> str:
    """A person's name: any letter of any script, with · in Tibetan, Yi and other names. Nothing is cut."""
    tidy = " ".join(unicodedata.normalize("NFC", text).translate(DOTS).split())
    if not all(letter in NAME_MARKS + TSHEG or unicodedata.category(letter)[0] in "LM" for letter in tidy):
        raise ValidationError(MISTAKES["wrong_name"])
    return tidy


def day(text: str) -> str:
    """A date, given back as 2026-11-22."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = DATE.match(plain) or COMPACT_DATE.match(plain)
    try:
        found = date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(MISTAKES["wrong_date"])
    if found.year not in range(1901, 2200):
        raise ValidationError(MISTAKES["wrong_year"])
    return found.isoformat()


def number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", plain):
        raise ValidationError(MISTAKES["wrong_number"])
    return plain


def bank_account(text: str) -> str:
    plain = narrow(text)
    if not re.fullmatch(r"[0-9]{8,32}", plain):
        raise ValidationError(MISTAKES["wrong_bank_account"])
    return plain


def postcode(text: str) -> str:
    plain = narrow(text)
    if not re.fullmatch(r"[0-9]{6}", plain):
        raise ValidationError(MISTAKES["wrong_postcode"])
    return plain


def email(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", plain):
        raise ValidationError(MISTAKES["wrong_email"])
    return plain


def other_document(text: str) -> str:
    """The number of a passport, permit or military ID: letters and digits, as printed."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"[\w\-() ]{4,40}", plain):
        raise ValidationError(MISTAKES["wrong_document"])
    return plain


CHECKS: dict[str, Check] = {
    "id-number": id_number, "credit-code": credit_code, "phone": phone, "name": name, "date": day, "number": number,
    "money": number, "bank-account": bank_account, "postcode": postcode, "email": email,
}  # fmt: skip
