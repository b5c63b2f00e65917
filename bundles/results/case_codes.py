"""Answers <-> case code.

All answers of a walk are one number in mixed radix: for each question 0 (not asked) or 1 + its answer, a `many`
question as a bit set, a date as days since 1825, a number by its size; then region, version and bundle. The number is
written in Crockford's base 32 with two check characters, in groups of four.

The check characters make the code word a Reed-Solomon word over GF(32): its sums weighted with a^i and with a^(2i)
vanish. A single wrong character and a swap of neighbours always leave the first sum unequal to zero, and both sums
together tell where a single wrong character stands.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zlib import crc32

from ..model import LATE_VERSIONS, Bundle, Question
from ..walking.answers import Answer, Answers
from ..walking.editions import CENT
from ..walking.navigation import Navigation

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIASES = str.maketrans("OIL", "011")
EPOCH = date(1825, 1, 1)  # nobody who walks from 1950 on is older
DAYS = 137_000
NUMBER_SIZES = (10, 1_000, 1_000_000, 1_000_000_000_000)
HOME = "51"
COUNTIES = 10_000
REGIONS = 1_000_000
AREAS = 100
BUNDLES = 4096
VERSIONS = 31
SHORTEST = 4
MOST_CHARACTERS = 400


class CodeError(ValueError):
    """A code that can't be right. `positions` are those of the suspect characters, counted from 0 without hyphens."""

    def __init__(self, reason: str, positions: tuple[int, ...] = (), characters: str = "") -> None:
        self.reason = reason
        self.positions = positions
        self.characters = characters
        super().__init__(f"{reason} {characters} {positions}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a code says before its answers are read: a bundle's number, its version, a region, the number of answers."""

    bundle: int
    version: int
    region: str
    rest: int


# GF(32) with x^5 + x^2 + 1; its powers of 2 give every non-zero element once


def _powers() -> tuple[list[int], list[int]]:
    exponents, logarithms, value = [], [0] * 32, 1
    for exponent in range(31):
        exponents.append(value)
        logarithms[value] = exponent
        value <<= 1
        if value & 32:
            value ^= 0b100101
    return exponents, logarithms


EXP, LOG = _powers()


def _times(one: int, exponent: int) -> int:
    return EXP[(LOG[one] + exponent) % 31] if one else 0


def _sums(values: list[int]) -> tuple[int, int]:
    first = second = 0
    for place, value in enumerate(values):
        first ^= _times(value, place)
        second ^= _times(value, 2 * place)
    return first, second


def _check_pair(values: list[int]) -> list[int]:
    """The two characters that, put in front, make both sums vanish."""
    first, second = _sums([0, 0, *values])
    difference, step = first ^ second, EXP[1] ^ EXP[2]
    other = _times(difference, 31 - LOG[step]) if difference else 0
    return [first ^ _times(other, 1), other]


# Writing


def bundle_number(id: str) -> int:
    """The number that stands for a bundle's id in a code; the catalogue's tests see that no two ids share one."""
    return crc32(id.encode()) % BUNDLES


def encode(bundle: Bundle, region: str, answers: Answers) -> str:
    """The case code of the answers that counted on a walk, in groups of four."""
    number = 0
    for question in reversed(bundle.questions):
        number = _write(question, answers.get(question.id), number)
    number = _write_version(bundle.version, _write_region(region, number)) * BUNDLES + bundle_number(bundle.id)
    return write_word(number)


def shortest(bundle: Bundle, navigation: Navigation) -> int:
    """How many characters a code of a finished walk in the home province has at least: what it asked last tells, for
    the answers stand in the order of the questions.
    """
    asked = navigation.last_asked()
    last = next((place for place, question in enumerate(bundle.questions) if question.id in asked), 0)
    number = 1
    for question in reversed(bundle.questions[:last]):
        number = _write(question, None, number)
    number = _write_version(bundle.version, _write_region(f"{HOME}0000", number)) * BUNDLES + bundle_number(bundle.id)
    return len(plain(write_word(number)))


def begun(code: str) -> int | None:
    """The number of the bundle that the first characters of a code name; None where too few are there, or others."""
    digits = [ALPHABET.find(character) for character in plain(code)[2:5]]
    if len(digits) < 3 or -1 in digits:
        return None
    return sum(digit << 5 * place for place, digit in enumerate(digits)) % BUNDLES


def write_word(number: int) -> str:
    """A number above 0 in base 32 behind its two check characters, in groups of four."""
    digits = []
    while number:
        number, digit = divmod(number, 32)
        digits.append(digit)
    word = [*_check_pair(digits), *digits]
    text = "".join(ALPHABET[digit] for digit in word)
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _write_region(region: str, number: int) -> int:
    """A division of the home province by its last four digits, anything else in full: most codes are shorter so."""
    code, _, area = region.partition("-")
    if code.startswith(HOME) and not area:
        return (number * COUNTIES + int(code.removeprefix(HOME))) * 2
    return ((number * AREAS + int(area or 0)) * REGIONS + int(code)) * 2 + 1


def _write_version(version: int, number: int) -> int:
    if version < VERSIONS:
        return number * (VERSIONS + 1) + version
    return (number * LATE_VERSIONS + version) * (VERSIONS + 1) + VERSIONS


def _write(question: Question, answer: Answer | None, number: int) -> int:
    radix = _radix(question)
    if answer is None:
        return number * (radix + 1 if radix else len(NUMBER_SIZES) + 1)
    match answer:
        case Decimal():
            return _write_number(question, answer, number)
        case date():
            digit = (answer - EPOCH).days
        case frozenset():
            digit = sum(1 << place for place, choice in enumerate(question.choices) if choice.id in answer)
        case _:
            digit = [choice.id for choice in question.choices].index(str(answer))
    return number * ((radix or 0) + 1) + digit + 1


def _radix(question: Question) -> int | None:
    """How many answers a question has; None for numbers, which are written by size."""
    match question.type:
        case "number":
            return None
        case "date":
            return DAYS
        case "many":
            return 1 << len(question.choices)
        case _:
            return len(question.choices)


def _write_number(question: Question, answer: Decimal, number: int) -> int:
    """A whole number in the smallest size that holds it; anything else in hundredths, in the last size."""
    offset = answer - question.lowest
    whole = int(offset) if offset == offset.to_integral_value() else None
    sizes = range(len(NUMBER_SIZES) - 1)
    size = next((size for size in sizes if whole is not None and whole < NUMBER_SIZES[size]), len(NUMBER_SIZES) - 1)
    digit = whole if whole is not None and size < len(NUMBER_SIZES) - 1 else int(offset / CENT)
    return (number * NUMBER_SIZES[size] + digit) * (len(NUMBER_SIZES) + 1) + size + 1


# Reading


def plain(code: str) -> str:
    """The code's characters as Crockford reads them: any case, without hyphens and spaces, O as 0, I and L as 1."""
    text = unicodedata.normalize("NFKC", code[: 2 * MOST_CHARACTERS]).upper()
    return re.sub(r"[\s\-‐‑‒–—_.·]", "", text).translate(ALIASES)


def open_code(code: str) -> Opened:
    """Checks a code and reads what it is about. Raises CodeError that names what can't be right."""
    number, bundle = divmod(read_word(code), BUNDLES)
    version, number = _read_version(number)
    region, number = _read_region(number)
    return Opened(bundle, version, region, number)


def read_word(code: str) -> int:
    """The number that `write_word` wrote. Raises CodeError that names the suspect characters."""
    text = plain(code)
    if not SHORTEST <= len(text) <= MOST_CHARACTERS:
        raise CodeError("length", characters=text)
    strange = tuple(place for place, character in enumerate(text) if character not in ALPHABET)
    if strange:
        raise CodeError("characters", strange, "".join(text[place] for place in strange))
    word = [ALPHABET.index(character) for character in text]
    if _sums(word) != (0, 0):
        raise CodeError("check", _suspects(word), text)
    if word[-1] == 0:
        raise CodeError("length", characters=text)
    number = 0
    for digit in reversed(word[2:]):
        number = number * 32 + digit
    return number


def _read_version(number: int) -> tuple[int, int]:
    number, version = divmod(number, VERSIONS + 1)
    if version == VERSIONS:
        number, version = divmod(number, LATE_VERSIONS)
    return version, number


def _read_region(number: int) -> tuple[str, int]:
    number, elsewhere = divmod(number, 2)
    if not elsewhere:
        number, county = divmod(number, COUNTIES)
        return f"{HOME}{county:04}", number
    number, code = divmod(number, REGIONS)
    number, area = divmod(number, AREAS)
    return f"{code:06}" + (f"-{area}" if area else ""), number


def _suspects(word: list[int]) -> tuple[int, ...]:
    """Where a single wrong character, or a swap of neighbours, would explain the sums."""
    first, second = _sums(word)
    suspects: set[int] = set()
    if first and second:
        place = (LOG[second] - LOG[first]) % 31
        suspects |= set(range(place, len(word), 31))
    for place in range(len(word) - 1):
        swapped = [*word[:place], word[place + 1], word[place], *word[place + 2 :]]
        if _sums(swapped) == (0, 0):
            suspects |= {place, place + 1}
    return tuple(sorted(suspects))


def decode(bundle: Bundle, opened: Opened) -> dict[str, Answer]:
    """The answers by question. Raises CodeError where the number doesn't fit the bundle's questions."""
    answers: dict[str, Answer] = {}
    number = opened.rest
    for question in bundle.questions:
        answer, number = _read(question, number)
        if answer is not None:
            answers[question.id] = answer
    if number:
        raise CodeError("answers")
    return answers


def _read(question: Question, number: int) -> tuple[Answer | None, int]:
    radix = _radix(question)
    if radix is None:
        return _read_number(question, number)
    number, digit = divmod(number, radix + 1)
    if not digit:
        return None, number
    return _meant(question, digit - 1), number


def _meant(question: Question, digit: int) -> Answer:
    match question.type:
        case "date":
            return EPOCH + timedelta(days=digit)
        case "many":
            return frozenset(choice.id for place, choice in enumerate(question.choices) if digit >> place & 1)
        case _:
            return question.choices[digit].id


def _read_number(question: Question, number: int) -> tuple[Answer | None, int]:
    number, size = divmod(number, len(NUMBER_SIZES) + 1)
    if not size:
        return None, number
    number, digit = divmod(number, NUMBER_SIZES[size - 1])
    value = Decimal(digit) * (CENT if size == len(NUMBER_SIZES) else 1)
    return question.lowest + value, number
