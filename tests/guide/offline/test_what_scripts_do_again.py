"""What the offline page's scripts do again, held to Python: checks, pairs, codes, notices."""

import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.results.case_codes import ALPHABET, CodeError, bundle_number, decode, encode, open_code
from bundles.results.notices import MaterialNeed
from bundles.results.offline_rules import offline_rules
from bundles.walking.walks import replay
from guide.form import validation
from guide.language import pairs
from guide.language.languages import say
from guide.notice.answer import Answer, answer_of
from guide.notice.rows import Telling
from guide.notice.visits import VisitRow, used_words, visits_in_words
from guide.offline.packed_texts import with_texts_apart
from guide.offline.phrases import offline_phrases
from tests.bundles.results.offline_engine import raw
from tests.bundles.support import TODAY, dice
from tests.bundles.walking.exactness import Draw, plain_of
from tests.guide.cast import ID_NUMBER
from tests.guide.offline.scripts import in_node

PROVINCE, DRAWS = "510000", 20
SWAPPED = 0.4


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


TYPED = {
    "id-number": [
        ID_NUMBER,
        ID_NUMBER[:-1],
        "１１０１０１１９９００３０７７７５Ｘ",
        "11010119900230777X",
        "510100199001011234",
    ],
    "credit-code": ["91110000600037341L", "A1110000600037341L", "91110000600037341M", " 9111 0000-600037341l "],
    "phone": ["13800138000", "+86 138 0013 8000", "028-12345678", "12", "(028)86691234", "4001234567"],
    "name": ["扎西·多吉", "བཀྲ་ཤིས།", "Anne-Marie O’Neil", "张3", "买买提•艾力", "  张  三 "],
    "date": ["2026-11-22", "2026年2月30日", "20260228", "1899-01-01", "２０２６.１.２", "昨天"],
    "money": ["3", "3.5", "1,200", ", 6", "1\u200b2", "三", "-3", "3.1234567"],
    "bank-account": ["6222 0200 1234 5678", "123", "6222x"],
    "postcode": ["610000", "61000", "６１００００"],
    "email": ["a@b.cn", "a@b", "a b@c.cn"],
}


@pytest.mark.parametrize("kind", TYPED)
def test_boxes_are_checked_as_on_the_site(kind: str) -> None:
    wishes = [{"type": kind, "text": text, "today": TODAY.isoformat()} for text in TYPED[kind]]
    found = in_node("offline_checks.js", wishes=wishes)
    said = [found_in.get("text") or mistake(found_in) for found_in in found]
    assert said == [on_the_site(kind, text) for text in TYPED[kind]]


def mistake(found: dict[str, Any]) -> str:
    return offline_phrases()[f"wrong_{found['wrong']}"].format(**found["values"])


def on_the_site(kind: str, text: str) -> str:
    """The text tidied, or what is wrong with it."""
    try:
        return validation.CHECKS[kind](text)
    except ValidationError as error:
        return str(error.message)


def test_pairs_are_parted_as_on_the_site() -> None:
    inner = pairs.pair("ནང", "里")
    texts = ["只有中文", pairs.pair("ཕྱི", "外"), f"前{pairs.pair(f'ཀ{inner}', f'甲{inner}', reviewed=True)}后{inner}"]
    words = ["ཉིན་གསུམ།", "གྲོང་།", "གྲོང", "ལག", "2026ལོའི་ཟླ་1ཚེས་31ཉིན།", "2F"]
    phrases = ["{0}ནས།", "{0}་ཡིན།", "“{0}”ལ་{0}", "{0}{0}", "ཡིན།{0}", "{0}།", "མི{0}12", "{0} {0}12345", "{0}（{0}）"]
    texts += [pairs.pair(phrase, "{0}").format(pairs.pair(word, "中")) for phrase in phrases for word in words]
    found = in_node("offline_checks.js", wishes=[{"pairs": text} for text in texts])
    assert found == [[pairs.own(text), pairs.chinese(text)] for text in texts]


def test_data_with_their_texts_apart_are_read_back_whole() -> None:
    """Texts that stand in the page, before and after one another, or not; twice; beside and in other text."""
    here, there, away = pairs.pair("ཨ་མ", "妈妈"), pairs.pair("ཨ་ཕ", "爸爸", reviewed=True), pairs.pair("ཨ", "𠮷“\\n”")
    page = "𠀀𠀁<p>ཨ་ཕ<i>爸爸</i></p><p>ཨ་མ<i>妈妈</i></p>"
    data = [
        here,
        {"id": "a1", "all": [there, here, there], "none": "", "number": 0},
        away,
        f"前{here}",
        pairs.pair(here, "里"),
        "1",
    ]
    [found] = in_node("offline_checks.js", wishes=[{"lines": with_texts_apart(data, page), "page": page}])
    assert found == data


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_codes_are_read_and_refused_as_on_the_site(chance: random.Random) -> None:
    bundle = catalogue().bundle(chance.choice(catalogue().ids))
    draw = Draw(bundle, plain_of(catalogue(), bundle.id, PROVINCE, TODAY), chance)
    rules = offline_rules(draw.edition, PROVINCE)
    code = encode(bundle, PROVINCE, draw.answers())
    codes = [code, code[:3], "O0U" + code, code * 20, *(mistyped(code, chance) for _time in range(50))]
    found = in_node("offline_checks.js", wishes=[{"code": typed, "rules": rules} for typed in codes])
    assert [one.get("wrong") and [one["wrong"], one["places"]] for one in found] == [
        refused(one, bundle) for one in codes
    ]


def mistyped(code: str, chance: random.Random) -> str:
    """The code with a character or two that are wrong, or neighbours that changed places."""
    letters = list(code.replace("-", ""))
    place = chance.randrange(len(letters) - 1)
    if chance.random() < SWAPPED:
        letters[place : place + 2] = reversed(letters[place : place + 2])
    for _time in range(chance.randrange(3)):
        letters[chance.randrange(len(letters))] = chance.choice(ALPHABET + "U!")
    return "".join(letters)


def refused(code: str, bundle: Bundle) -> list[Any] | None:
    """Why a page of the bundle must refuse a code, and which characters are suspect."""
    try:
        opened = open_code(code)
        if opened.bundle != bundle_number(bundle.id):
            raise CodeError("bundle")
        if opened.version != bundle.version:
            raise CodeError("version")
        decode(bundle, opened)
    except CodeError as error:
        return [error.reason, list(error.positions)]
    return None


@pytest.mark.usefixtures("allowances")
@pytest.mark.parametrize("bundle", [*catalogue().ids, "allowances"])
def test_notices_are_told_as_on_the_site(bundle: str) -> None:
    chance = dice(f"{bundle} on the offline page")
    draw = Draw(catalogue().bundle(bundle), plain_of(catalogue(), bundle, PROVINCE, TODAY), chance)
    walks = [replay(draw.edition, draw.answers()) for _draw in range(DRAWS)]
    data = {"rules": offline_rules(draw.edition, PROVINCE, say), "phrases": offline_phrases()}
    wishes = [{"answers": {name: raw(answer) for name, answer in walked.used.items()}, "today": TODAY.isoformat()}
              for walked in walks]  # fmt: skip
    found = in_node("offline_telling.js", wishes=[data, *wishes])
    assert found == [told_on_the_site(Telling(walked, catalogue().region(None))) for walked in walks]


def material_on_the_site(told: Telling, needs: list[MaterialNeed]) -> list[Any]:
    row = told.material(needs[0]) if len(needs) == 1 else told.choice(needs)
    choices = [material_on_the_site(told, [need]) for need in needs] if len(needs) > 1 else []
    return [row.name, row.count, row.hint, used_words(told, needs[0]), row.waiver, row.notes, row.each,
            row.confirmed, choices]  # fmt: skip


def answer_on_the_site(answer: Answer) -> list[Any]:
    urgent = answer.urgent
    day = [urgent.day, urgent.left, urgent.item, urgent.past, urgent.confirmed] if urgent else None
    first = [answer.first, answer.trip, answer.what, answer.first_confirmed]
    return [answer.verdict, day, answer.verdict_confirmed, answer.lead, *first, answer.bring, answer.sign]


def visit_on_the_site(row: VisitRow) -> list[Any]:
    where = row.where and [row.where.text, row.where.confirmed]
    sure = row.urgent is None or row.urgent.confirmed
    order = "" if row.urgent else row.order
    return [row.number, row.place, row.visit.trip, where, row.unknown, row.when, order, sure, row.take,
            [told.id for told in row.items], [row.telling.remark(note).text for note in row.notes]]  # fmt: skip


def notes_of(told: Telling, item: str) -> list[list[Any]]:
    """The notes of an item that applies."""
    applying = (entry for entry in told.notice.applying if entry.id == item)
    return [[note.text, note.confirmed] for entry in applying for note in map(told.remark, told.notice.notes_of(entry))]


def told_on_the_site(told: Telling) -> dict[str, Any]:
    """What tests/guide/offline/offline_telling.js prints."""
    return {
        "items": [[row.number, row.name, row.department, row.reasons, row.deadline, row.deadline_confirmed,
                   [[fact.label, fact.text, fact.confirmed] for fact in row.facts],
                   [[contest.text, contest.confirmed] for contest in row.contests], notes_of(told, row.id)]
                  for row in [*told.applying, *told.counter]],
        "answer": answer_on_the_site(answer_of(told)),
        "visits": list(map(visit_on_the_site, visits_in_words(told))),
        "own": [[note.text, note.confirmed] for note in map(told.remark, told.notice.own_notes)],
        "not": [[row.name, row.reasons] for row in told.not_applying],
        "materials": [
            material_on_the_site(told, needs) for counter in (False, True) for needs in told.needs(counter=counter)
        ],
        "notes": [[note.text, note.confirmed] for note in told.notes],
        "joint": told.joint,
        "stops": [[told.tell(stop.tell, stop.until), told.tell(stop.instead)] for stop in told.walk.stops],
        "answers": [[row.question, row.answer] for row in told.answers],
    }  # fmt: skip
