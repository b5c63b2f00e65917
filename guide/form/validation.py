"""Checks of what is typed into the form.

Each takes the text and returns it tidied, or raises ValidationError that says how to mend it. Sources: GB 11643-1999
(ID numbers), GB 32100-2015 (credit codes).
"""

import re
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as said
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberError
from stdnum.iso7064 import mod_11_2

from bundles.walking.answers import REFUSALS, Refusal
from bundles.walking.written import NoSuchDay, plain, written_day
from guide.form.names import is_name, tidy_name
from guide.form.phones import phone_number

Check = Callable[[str], str]
SPACES = re.compile(r"[\s\-‐-―−]+")
ID_DIGITS = 18
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
# What is wrong in a box, by name; the offline page says it too (static/offline/checks.js)
MISTAKES = {
    "wrong_id_length": said("身份证号是 18 位，这里有 {count} 位。请对照证件再看一遍；别的证件，请先选证件类型。"),
    "wrong_id_letters": said("身份证号只有数字，最后一位可以是 X。请对照证件再看一遍；别的证件，请先选证件类型。"),
    "wrong_id_sum": said("这个身份证号对不上，可能有一位写错了。请对照证件再看一遍。"),
    "wrong_id_future": said("身份证号里的出生日期还没有到，可能有一位写错了。请对照证件再看一遍。"),
    "wrong_credit_code": said("统一社会信用代码是 18 位，这一个对不上。请对照营业执照再看一遍。"),
    "wrong_phone": said("手机号是 11 位数字；座机请连区号一起写，例如 028-12345678；境外的号码前面写“+”和区号。"),
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
    return SPACES.sub("", plain(text)).upper()


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


def age_of(number: str, day: date) -> str:
    """The age in whole years on a day, by a checked ID number; "" before the birth."""
    born = birth_date_of(number)
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return str(years) if day >= born else ""


def credit_code(text: str) -> str:
    """A unified social credit code: 18 characters of which the last is right for the others.

    New kinds of registers and bodies come, so who registered whom (the first eight) isn't compared with a list.
    """
    number = narrow(text)
    places = [CREDIT_LETTERS.find(letter) for letter in number]
    if len(places) != len(CREDIT_WEIGHTS) or -1 in places:
        raise ValidationError(MISTAKES["wrong_credit_code"])
    if sum(weight * place for weight, place in zip(CREDIT_WEIGHTS, places, strict=True)) % len(CREDIT_LETTERS):
        raise ValidationError(MISTAKES["wrong_credit_code"])
    return number


def is_rare_credit_code(text: str) -> bool:
    """Whether a right credit code begins in a way that is seldom seen: a reason to look again, not to refuse."""
    try:
        return not uscc.is_valid(credit_code(text))
    except ValidationError:
        return False


def phone(text: str) -> str:
    """A telephone number at home or abroad, of a person or a service."""
    number = phone_number(text)
    if number is None:
        raise ValidationError(MISTAKES["wrong_phone"])
    return number


def name(text: str) -> str:
    """A person's name."""
    tidy = tidy_name(text)
    if not is_name(tidy):
        raise ValidationError(MISTAKES["wrong_name"])
    return tidy


def day(text: str) -> str:
    """A date, given back as 2026-11-22."""
    return day_of(text).isoformat()


def day_of(text: str) -> date:
    """The day that a text names."""
    try:
        found = written_day(plain(text))
    except NoSuchDay as error:
        raise ValidationError(Refusal(error.code, "", error.text).say(_(REFUSALS[error.code]))) from None
    if found is None:
        raise ValidationError(MISTAKES["wrong_date"])
    if found.year not in range(1901, 2200):
        raise ValidationError(MISTAKES["wrong_year"])
    return found


def number(text: str) -> str:
    digits = plain(text).replace(",", "").strip()
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", digits):
        raise ValidationError(MISTAKES["wrong_number"])
    return digits


def bank_account(text: str) -> str:
    digits = narrow(text)
    if not re.fullmatch(r"[0-9]{8,32}", digits):
        raise ValidationError(MISTAKES["wrong_bank_account"])
    return digits


def postcode(text: str) -> str:
    digits = narrow(text)
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise ValidationError(MISTAKES["wrong_postcode"])
    return digits


def email(text: str) -> str:
    address = plain(text)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        raise ValidationError(MISTAKES["wrong_email"])
    return address


def other_document(text: str) -> str:
    """The number of a passport, permit or military ID, in capitals: letters of any script and digits, as printed."""
    printed = plain(text)
    if not re.fullmatch(r"[\w\-() ]{4,40}", printed):
        raise ValidationError(MISTAKES["wrong_document"])
    return printed.replace(" ", "").upper()


CHECKS: dict[str, Check] = {
    "id-number": id_number, "credit-code": credit_code, "phone": phone, "name": name, "date": day, "number": number,
    "money": number, "bank-account": bank_account, "postcode": postcode, "email": email,
}  # fmt: skip
