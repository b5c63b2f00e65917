"""Both engines read alike what people write oddly. ODD_DRAWS=20000 draws more."""

import os
import random
from typing import Any

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from bundles.loading import catalogue
from bundles.results.offline_rules import offline_rules
from bundles.walking.editions import edition
from guide.cases.case import read_case
from guide.form import validation
from guide.form.boxes import RESIDENT_ID
from guide.offline.phrases import offline_phrases
from tests.bundles.results.offline_engine import plain
from tests.bundles.support import TODAY, dice
from tests.guide.offline.odd_writing import KINDS, WRITERS, day, drawn
from tests.guide.offline.scripts import in_node

DRAWS = int(os.environ.get("ODD_DRAWS", "2000"))  # of each kind
TAKEN = 0.1  # of what is drawn, at least


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_box_takes_on_both_what_it_takes_on_one(kind: str) -> None:
    chance = dice(f"odd writing of {kind}")
    papers = KINDS if kind == "id-number" else ("",)
    wishes = [{"type": kind, "text": drawn(kind, chance), "today": TODAY.isoformat(), "kind": chance.choice(papers)}
              for _draw in range(DRAWS)]  # fmt: skip
    found = [told(one) for one in in_node("offline_checks.js", wishes=wishes)]
    differing = [(wish, one, on_the_site(wish)) for wish, one in zip(wishes, found, strict=True)
                 if one != on_the_site(wish)]  # fmt: skip
    assert differing == []
    mistakes = {text for name, text in offline_phrases().items() if name.startswith("wrong_")}
    assert sum(one not in mistakes for one in found) > DRAWS * TAKEN


def told(found: dict[str, Any]) -> str:
    if "wrong" in found:
        return str(offline_phrases()[f"wrong_{found['wrong']}"].format(**found["values"]))
    return str(found["text"])


def on_the_site(wish: dict[str, str]) -> str:
    other = wish["kind"] not in ("", RESIDENT_ID)
    try:
        return (validation.other_document if other else validation.CHECKS[wish["type"]])(wish["text"])
    except ValidationError as error:
        return str(error.message)


def test_a_question_takes_on_both_the_days_that_it_takes_on_one() -> None:
    chance = dice("odd days of a question")
    rules = offline_rules(edition(catalogue().bundle("newborn"), TODAY), "510000")
    addresses = [address(chance) for _draw in range(DRAWS // 10)]
    wishes = [{"address": text, "rules": rules, "today": TODAY.isoformat()} for text in addresses]
    found = dict(zip(addresses, in_node("offline_checks.js", wishes=wishes), strict=True))
    assert found == {text: asked_on_the_site(text) for text in addresses}


def address(chance: random.Random) -> str:
    """A day in the one box of the counter, in the first of three, or in all three."""
    query = QueryDict(mutable=True)
    written = day(chance)
    parts = written.replace("年", "年-").replace("月", "月-").split("-", 2)
    names = ["birth_date-year", "birth_date-month", "birth_date-day"]
    if chance.random() < 0.3:
        names, parts = [chance.choice(("birth_date", "birth_date-year"))], [written]
    for name, part in zip(names, parts, strict=False):
        query[name] = part
    return query.urlencode()


def asked_on_the_site(text: str) -> dict[str, Any]:
    case = read_case("newborn", QueryDict(text))
    answers = {name: plain(answer) for name, answer in case.answers.items()}
    return answers | {refusal.question: refusal.code for refusal in case.refusals}


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_a_number_of_every_country_is_kept_with_its_code(region: str) -> None:
    number = phonenumbers.example_number(region)
    assert number is not None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    expected = f"0{number.national_number}" if region == "CN" else kept
    assert {validation.phone(written), validation.phone(written.replace("+", "00"))} == {expected}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+1 415 555 2671", "+14155552671"), ("+1 (380) 013-8000", "+13800138000"), ("852 2345 6789", "+85223456789"),
        ("+853 6612 3456", "+85366123456"), ("+886-2-2345-6789", "+886223456789"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+86 28 8669 1234", "02886691234"), ("+86 138 0013 8000", "13800138000"), ("8613800138000", "13800138000"),
        ("028-86691234转8001", "02886691234转8001"), ("028-86691234-801", "02886691234转801"),
        ("010 – 1234 5678 ext. 12", "01012345678转12"), ("8669123（转12）", "8669123转12"),
        ("138-0013-8000", "13800138000"),
        ("12345", "12345"), ("95588", "95588"), ("400-123-4567", "4001234567"), ("800 810 1234", "8008101234"),
        ("(010)1234.5678", "01012345678"), ("120", "120"),
    ],
)  # fmt: skip
def test_telephones_are_kept_as_they_are_dialled(typed: str, kept: str) -> None:
    assert validation.phone(typed) == kept


@pytest.mark.parametrize("typed", ["+1 415", "+86 1380013800", "1380013800", "1234", "转12", "12", "+1234567890123456"])
def test_what_nobody_can_dial_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        validation.phone(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("扎西.多吉", "扎西·多吉"), ("扎西・多吉", "扎西·多吉"), ("阿布都･买买提", "阿布都·买买提"),
        ("J.R. Smith", "J.R. Smith"),
        ("བཀྲ་ཤིས་རྡོ་རྗེ།", "བཀྲ་ཤིས་རྡོ་རྗེ།"), ("李\ufe00〇\u200d", "李〇"), ("王\U000334b0", "王\U000334b0"),
    ],
)  # fmt: skip
def test_names_have_one_dot_and_nothing_unseen(typed: str, kept: str) -> None:
    assert validation.name(typed) == kept


@pytest.mark.parametrize("typed", ["张\U0010fff0三", "张😀", "张①", "张?"])
def test_what_is_no_letter_is_no_name(typed: str) -> None:
    with pytest.raises(ValidationError):
        validation.name(typed)


@pytest.mark.parametrize("body", ["N2510100MF0000001", "Y1110000600037341", "AAAAAAAAMF0000001"])
def test_a_credit_code_of_an_unknown_register_counts_by_its_last_place(body: str) -> None:
    taken = []
    for last in validation.CREDIT_LETTERS:
        try:
            taken.append(validation.credit_code(body + last))
        except ValidationError:
            continue
    assert len(taken) == 1
