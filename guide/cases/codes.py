"""Case codes: what one stands for under today's rules, and what is wrong with one that can't be read."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bundles.faults import BundleError
from bundles.loading import UnknownRegion, catalogue
from bundles.model import Bundle
from bundles.results.case_codes import CodeError, Opened, begun, bundle_number, decode, open_code, shortest
from bundles.walking.answers import sort_answers
from bundles.walking.editions import edition
from bundles.walking.walks import navigation_of
from guide.cases.bundles import readable
from guide.cases.case import as_words
from guide.language.wording import SAYING
from guide.web.pasted import without_marks
from guide.web.rules import rules_of

GROUP = 4
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a code stands for: its bundle, region and answers as in an address, whether some must be given anew."""

    bundle: Bundle
    query: str
    missing: bool


def code_in(typed: str) -> str:
    """The code in what was typed, pasted or scanned: a scanner gives the address that the QR code holds."""
    bare = without_marks(typed.strip())
    if "/c/" in bare:
        bare = unquote(re.split("[?#]", bare.rpartition("/c/")[2])[0])
    return without_marks(bare.strip("/"))


def read_code(code: str) -> ReadCode:
    """What a case code stands for under today's rules. Raises CodeError."""
    opened = open_code(code)
    bundle = _bundle(opened)
    answers, missing = _answers(bundle, opened)
    return ReadCode(bundle, urlencode([("region", opened.region), *answers]), missing)


def _bundle(opened: Opened) -> Bundle:
    """The bundle that a code names. Raises CodeError where there is none, or not in that region."""
    name = next((id for id in catalogue().ids if bundle_number(id) == opened.bundle), None)
    if name is None:
        raise CodeError("bundle")
    try:
        return rules_of(catalogue, name, opened.region)
    except UnknownRegion:
        raise CodeError("region") from None
    except BundleError:
        raise CodeError("bundle") from None


def _answers(bundle: Bundle, opened: Opened) -> tuple[list[tuple[str, str]], bool]:
    """The answers as an address carries them, and whether some must be given anew because the questions changed."""
    written = bundle
    if opened.version != bundle.version:
        older = catalogue().older(bundle.id, opened.version)
        if older is None:
            raise CodeError("version")
        written = older
    decoded = decode(written, opened)
    raw: dict[str, object] = {name: answer for name, answer in decoded.items() if name in _names(bundle)}
    answers, _refusals = sort_answers(edition(bundle, timezone.localdate()), raw)
    pairs = [
        (question.id, word)
        for question in bundle.questions
        if question.id in answers
        for word in as_words(question, answers[question.id])
    ]
    return pairs, len(answers) < len(decoded)


def _names(bundle: Bundle) -> set[str]:
    return {question.id for question in bundle.questions}


def code_phrases() -> dict[str, str]:
    """What is said of a code that can't be read, by the reason; `code_group` names a group of its characters."""
    return {
        "code_group": _("第 {number} 组"),
        "code_characters": _("{where}里有办事码不用的字：{characters}。办事码只有数字和大写字母，没有 U。"),
        "code_length": _("这个码太短或太长：有 {count} 个字。请对照纸上的码，一组一组地写。"),
        "code_check": _("{where}对不上，可能写错或写反了一个字。请对照纸上的码再看这一组。"),
        "code_check_all": _("这个码对不上，写错的不止一处。请对照纸上的码，从第 1 组看起。"),
        "code_version": _("这个码是很早以前的，那时的问题现在没有了。请从头回答一遍。"),
        "code_answers": _("这个码里说的事或地区，这里没有。请核对是不是别处的码。"),
    }


def code_problem(error: CodeError, code: str) -> str:
    """What is wrong with a code, in words; `code` is as `plain` gives it."""
    phrases = code_phrases()
    if error.reason in ("check", "length") and len(code) < (least := _shortest(code)):
        unfinished = _("这个码没有写完：写了 {count} 个字，至少要有 {least} 个字。请对照纸上的码，接着往下写。")
        return unfinished.format(count=len(code), least=least)
    groups = sorted({place // GROUP + 1 for place in error.positions})
    where = SAYING["comma"].join(phrases["code_group"].format(number=number) for number in groups)
    name = "check_all" if error.reason == "check" and not groups else error.reason
    strange = " ".join(dict.fromkeys(error.characters))[:MOST_SHOWN]
    phrase = phrases.get(f"code_{name}", phrases["code_answers"])
    return phrase.format(where=where, characters=strange, count=len(code))


def _shortest(code: str) -> int:
    """How many characters a code that begins so has at least; one of any bundle, where it doesn't say of which."""
    bundles = [bundle for id in catalogue().ids if (bundle := readable(id)) is not None]
    named = [bundle for bundle in bundles if bundle_number(bundle.id) == begun(code)]
    return min(map(_shortest_of, named or bundles))


@cache
def _shortest_of(bundle: Bundle) -> int:
    return shortest(bundle, navigation_of(edition(bundle, timezone.localdate())))
