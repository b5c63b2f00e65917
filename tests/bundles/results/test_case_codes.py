"""A case code holds the answers, and no single slip of the hand goes unnoticed."""

import random
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from bundles.loading import PROVINCE, catalogue
from bundles.results.case_codes import ALPHABET, CodeError, bundle_number, decode, encode, open_code, plain
from bundles.walking.answers import Answer, Answers
from bundles.walking.walks import walk
from tests.bundles.support import TODAY, bundle, dice, fresh_seed, given
from tests.bundles.walking.exactness import Draw, plain_of

SMALL = """
    version: {version}
    questions:
      - {{id: place, ask: ？, choices: [{{id: home, label: 家}}, {{id: away, label: 外}}]}}
      - {{id: born, ask: ？, type: date}}
      - {{id: babies, ask: ？, type: number, lowest: 1, bands: [{{id: one, up_to: 1}}, {{id: more}}]}}
      - {{id: area, ask: ？, type: number, bands: [{{id: small, under: 300}}, {{id: large}}]}}
      - {{id: wants, ask: ？, type: many, choices: [{{id: card, label: 卡}}, {{id: fund, label: 金}}]}}
    items:
      - id: hukou
        when: {{place: home, babies: one, area: small, wants: card}}
        deadline: {{within: 1 month, from: born}}
"""


def small(version: int = 1) -> str:
    return f"id: small\ntitle: 小\n{SMALL.format(version=version)}".replace("\n    ", "\n")


def codes(id: str, number: int, chance: random.Random) -> list[tuple[str, dict[str, object]]]:
    """Codes of random walks with the answers they hold."""
    rules = catalogue().bundle(id)
    draw = Draw(rules, plain_of(catalogue(), id, PROVINCE, TODAY), chance)
    walks = [walk(rules, draw.answers(), TODAY) for _ in range(number)]
    return [(encode(rules, PROVINCE, walked.used), dict(walked.used)) for walked in walks]


@pytest.fixture
def chance() -> random.Random:
    return dice(fresh_seed("put {} here"))


def is_refused(text: str) -> bool:
    try:
        open_code(text)
    except CodeError:
        return True
    return False


@pytest.mark.parametrize("id", catalogue().ids)
def test_it_brings_back_the_answers_of_a_walk(id: str, chance: random.Random) -> None:
    rules = catalogue().bundle(id)
    for code, answers in codes(id, 300, chance):
        opened = open_code(code)
        assert (opened.bundle, opened.version, opened.region) == (bundle_number(id), rules.version, PROVINCE)
        assert decode(rules, opened) == answers
        assert walk(rules, decode(rules, opened), TODAY).used == answers


@pytest.mark.parametrize("id", catalogue().ids)
def test_it_notices_every_single_wrong_character(id: str, chance: random.Random) -> None:
    for code, _ in codes(id, 12, chance):
        text = plain(code)
        for place, right in enumerate(text):
            wrong = (text[:place] + character + text[place + 1 :] for character in ALPHABET if character != right)
            for slip in wrong:
                with pytest.raises(CodeError) as caught:
                    open_code(slip)
                assert place in caught.value.positions


@pytest.mark.parametrize("id", catalogue().ids)
def test_it_notices_every_swap_of_neighbours(id: str, chance: random.Random) -> None:
    for code, _ in codes(id, 60, chance):
        text = plain(code)
        for place, (one, other) in enumerate(pairwise(text)):
            if one != other:
                with pytest.raises(CodeError) as caught:
                    open_code(text[:place] + other + one + text[place + 2 :])
                assert {place, place + 1} <= set(caught.value.positions)


@pytest.mark.parametrize("id", catalogue().ids)
def test_it_points_at_few_characters(id: str, chance: random.Random) -> None:
    """The place of a slip is known up to the period of the check characters, and swaps that would explain it too."""
    code, _ = codes(id, 1, chance)[0]
    text = plain(code)
    slip = text[:5] + ("0" if text[5] != "0" else "1") + text[6:]
    with pytest.raises(CodeError) as caught:
        open_code(slip)
    assert 1 <= len(caught.value.positions) <= len(text) // 3 + 1


@pytest.mark.parametrize(
    "code", ["", "-", "8", "你好，世界你好，世界", "0" * 9, "Z" * 10_000, "ÄÖÜ-ßßß-ÄÖÜ", "\x00" * 20]
)
def test_it_refuses_what_is_no_code(code: str) -> None:
    assert is_refused(code)


def test_it_reads_what_hands_and_scanners_make_of_it() -> None:
    rules = bundle(small())
    code = encode(rules, PROVINCE, {"place": "home"})
    spelled = code.lower().replace("-", " – ").replace("0", "o").replace("1", "l")
    assert decode(rules, open_code(spelled)) == {"place": "home"}
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in code.replace("-", ""))
    assert decode(rules, open_code(full_width)) == {"place": "home"}


@pytest.mark.parametrize("version", [1, 2, 30, 31, 32, 960, 5000])
@pytest.mark.parametrize("region", ["510000", "513301", "510100-7", "000001", "999999-99"])
def test_it_carries_version_region_and_functional_area(version: int, region: str) -> None:
    rules = bundle(small(version))
    opened = open_code(encode(rules, region, {"place": "away"}))
    assert (opened.version, opened.region) == (version, region)
    assert decode(rules, opened) == {"place": "away"}


@pytest.mark.parametrize("babies", ["1", "2", "10", "11", "1001", "1000001", "999999999", "1.5", "1.01"])
@pytest.mark.parametrize("born", [date(1901, 11, 22), date(2026, 11, 22), date(2199, 12, 31)])
def test_it_carries_numbers_days_and_ticks(babies: str, born: date) -> None:
    rules = bundle(small())
    answers: dict[str, Answer] = {
        "place": "home",
        "born": born,
        "babies": Decimal(babies),
        "area": Decimal("299.99"),
        "wants": frozenset({"fund"}),
    }
    assert decode(rules, open_code(encode(rules, PROVINCE, answers))) == answers


def test_nothing_ticked_differs_from_not_asked() -> None:
    rules = bundle(small())
    assert decode(rules, open_code(encode(rules, PROVINCE, {"wants": frozenset()}))) == {"wants": frozenset()}
    assert decode(rules, open_code(encode(rules, PROVINCE, {}))) == {}


def test_a_code_of_other_questions_is_refused_or_read_as_answers() -> None:
    rules = bundle(small())
    code = encode(catalogue().bundle("newborn"), PROVINCE, {"birth_place": "hospital", "wants": frozenset({"card"})})
    with pytest.raises(CodeError):
        decode(rules, open_code(code))


def test_a_finished_walk_has_a_code_and_an_unfinished_one_none() -> None:
    rules = bundle(small())
    assert given(rules, place="home").outcome["code"] is None
    finished = given(rules, place="away")
    finished.finishes()
    assert finished.outcome["code"] == encode(rules, PROVINCE, {"place": "away"})


def test_no_two_bundles_share_a_number() -> None:
    ids = catalogue().ids
    assert len({bundle_number(id) for id in ids}) == len(ids)


@pytest.mark.parametrize("number", ["-5", "0.01", "999999999", "999999999.99", "1000000000"])
@pytest.mark.parametrize("day", [date(1890, 5, 5), date(1825, 1, 1), date(2199, 12, 31)])
def test_the_largest_and_oldest_answers_come_back(number: str, day: date) -> None:
    rules = bundle("""
    questions:
      - {id: n, ask: ？, type: number, lowest: -5, highest: 1000000000}
      - {id: d, ask: ？, type: date, future: true}
    items: [{id: i}]
    """)
    answers: Answers = {"n": Decimal(number), "d": day}
    opened = open_code(encode(rules, "510100-7", answers))
    assert (opened.region, decode(rules, opened)) == ("510100-7", answers)
