"""Names, days, numbers and telephones as people write them, and a little beyond: drawn for both engines."""

import random
from collections.abc import Callable, Sequence

from tests.guide.cast import ID_NUMBER

UNSEEN = "\u200b\u200e\u202e\u2066\ufe0f\ufeff\u00ad\u0085\x1f\U000e0101\u3164\u180e"
IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x3FFFD), (0xF900, 0xFAD9), (0xE000, 0xF8FF),
              (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD), (0x2E80, 0x2FD5), (0x0F00, 0x0FFF),
              (0x10000, 0x1FFFF))  # fmt: skip
DOTS = ".·•・‧∙⋅᛫･．﹒⸱⸳ꞏ● ・་།"
DIGITS = ("0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○一二三四五六七八九")
DASHES = "-/.-–—－．·、,~ "
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
KINDS = ("", "居民身份证", "护照", "来往内地（大陆）通行证", "港澳台居民居住证", "外国人永久居留身份证", "军人身份证件")


def with_unseen(text: str, chance: random.Random) -> str:
    """The text with something nobody sees, now and then."""
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(UNSEEN) + text[place:] if chance.random() < 0.3 else text


def some(letters: Sequence[str], most: int, chance: random.Random) -> str:
    return "".join(chance.choice(letters) for _letter in range(chance.randrange(most + 1)))


def name(chance: random.Random) -> str:
    def part() -> str:
        first, last = chance.choice(IDEOGRAPHS)
        letters = [chr(chance.randint(first, last)) for _letter in range(chance.randint(1, 4))]
        return "".join(letters) + some("张〇々ཀ་é'’3＠-", 1, chance)

    return chance.choice(DOTS).join(part() for _part in range(chance.randint(1, 3)))


def figure(number: int, width: int, chance: random.Random) -> str:
    """A number in some digits; in Chinese also as 二十一."""
    if number < 100 and chance.random() < 0.3:
        tens, ones = divmod(number, 10)
        spelt = "〇一二三四五六七八九"
        return (spelt[tens] if tens > 1 else "") + "十" * (tens > 0) + (spelt[ones] if ones or not tens else "")
    digits = chance.choice(DIGITS)
    return "".join(digits[int(digit)] for digit in str(number).zfill(chance.choice((1, width))))


def day(chance: random.Random) -> str:
    year = figure(chance.choice((chance.randint(1900, 2030), chance.randint(0, 9999))), 4, chance)
    month, date = (figure(chance.randint(0, most), 2, chance) for most in (13, 32))
    between = chance.choice(("", "-", "--", *DASHES))
    return chance.choice((
        f"{year}{between}{month}{between}{date}", f"{year}年{month}月{date}{chance.choice('日号號 ')}",
        f"{year}年-{month}月-{date}号", f"{year}{month}{date}--", f"{year}-{month}月份{date}",
        f"{year}{between}{month}",
    ))  # fmt: skip


def phone(chance: random.Random) -> str:
    start = chance.choice(("", "+", "00", "+86", "86", "0086", "+852", "852", "+1", "(+44)(0)", "0", "010", "028",
                           "400", "800", "95", "123", "1", "138", "+0", "（０２８）"))  # fmt: skip
    groups = [some("0123456789", chance.choice((3, 4, 8)), chance) for _group in range(chance.randint(1, 4))]
    end = chance.choice(("", "", "转8001", "-12", " ext. 12", "#3", "(转123)", "分机 5", "x1", ",22", "转", "张"))
    return (
        start
        + chance.choice(("", " ", "-", "–", ".", "("))
        + chance.choice(("", " ", "-", "—", ")")).join(groups)
        + end
    )


def credit_code(chance: random.Random) -> str:
    body = "".join(chance.choice(CREDIT) for _letter in range(17))
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(weight * CREDIT.index(letter) for weight, letter in zip(weights, body, strict=True))
    return body + CREDIT[(31 - total % 31) % 31] if chance.random() < 0.7 else body + chance.choice(CREDIT + "IO-")


def paper(chance: random.Random) -> str:
    letters = list(chance.choice((ID_NUMBER, "810000199408230021", "911156198108030025", "E12345678", "H0123456789",
                                  "USA110012345678", "军字第1234567号", "ｃ１２３４５６７(8)")))  # fmt: skip
    if chance.random() < 0.3:
        letters[chance.randrange(len(letters))] = chance.choice("0123456789Xxé 字-_—#")
    return "".join(letters)


WRITERS: dict[str, Callable[[random.Random], str]] = {
    "name": name, "date": day, "phone": phone, "credit-code": credit_code, "id-number": paper,
}  # fmt: skip


def drawn(kind: str, chance: random.Random) -> str:
    return with_unseen(WRITERS[kind](chance), chance)
