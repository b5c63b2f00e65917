"""What a machine can find wrong with a translation."""

from pathlib import Path

import pytest

from guide.translations.checks import breaks, doubts
from guide.translations.glossaries import Glossary, read_glossary
from guide.translations.pofiles import Entry
from guide.translations.tibetan import misspelt, repeated, syllables

GLOSSARY = """zh,bo,forms,match,source,confidence,note
户口,ཐེམ་ཐོ།,,anywhere,own,low,
户口簿,ཐེམ་ཐོའི་དེབ།,ཐེམ་ཐོ་དེབ,anywhere,own,low,
办理,སྒྲུབ་པ།,བསྒྲུབས,alone,own,low,
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    file = tmp_path / "glossary.csv"
    file.write_text(GLOSSARY, encoding="utf-8")
    return read_glossary(file, "bo")


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("最多 3 天", "ཉིན་4"),
        ("最多 3 天", "ཉིན་3་ 3"),
        ("{name}的户口", "ཐེམ་ཐོ།"),
        ("{name}的户口", "{nam}ཐེམ་ཐོ།"),
        ("%(number)s 题", "དྲི་བ།"),
        ("户口", ""),
        ("户口", "  "),
    ],
)
def test_what_would_tell_something_else_is_found(text: str, translation: str) -> None:
    assert list(breaks(text, translation))


@pytest.mark.parametrize(
    ("text", "translation"),
    [("最多 3 天", "མང་མཐའ་ཉིན་3"), ("{a}和{b}", "{b}དང་{a}"), ("、", " "), ("%(n)s 题", "དྲི་བ་%(n)s")],
)
def test_order_is_free(text: str, translation: str) -> None:
    assert not list(breaks(text, translation))


@pytest.mark.parametrize(
    "translation",
    [
        "ཐེམ་ཐོ་།", "མིང།", "ཡིག།", "ཐེམ་་ཐོ", "ཐེམ་ཐོ།།", "།ཐེམ་ཐོ", "ཐེམ་ཐོ།ཐེམ", "ཐེམ\u0f0cཐོ", "ལོ་༣", "ཐེམ་ཐོ 户口",
        "ཐེམ་ཐོ，", "ཐེམ་ཐོ ", " ཐེམ་ཐོ", "བྱེད་སྒྲིབ་བྱེད་སྒྲིབ", "ཀ་ཀ་ཀ",
    ],
)  # fmt: skip
def test_slips_of_the_pen_are_found(translation: str, glossary: Glossary) -> None:
    assert list(doubts(Entry("", "写错的字"), translation, glossary, "bo"))


@pytest.mark.parametrize("translation", ["མིང་།", "ཡིག", "རང་རང་སོ་སོ།", "ཀ་དང་། ཁ་དང་། ག", "“ཀ”《ཁ》（ག） 12345"])
def test_good_spelling_is_left_alone(translation: str, glossary: Glossary) -> None:
    assert not list(doubts(Entry("", "写对的字"), translation, glossary, "bo"))


@pytest.mark.parametrize(
    ("text", "translation", "kept"),
    [
        ("迁户口", "ཐེམ་ཐོའི་སྤོ་བ།", True),
        ("迁户口", "སྤོ་བ།", False),
        ("带户口簿", "ཐེམ་ཐོའི་དེབ་ཁྱེར།", True),
        ("带户口簿", "ཐེམ་ཐོ་དེབ་ཁྱེར།", True),
        ("带户口簿", "ཐེམ་ཐོ་ཁྱེར།", False),  # the longer term counts
        ("办理", "བསྒྲུབས།", True),
        ("去办理", "འགྲོ།", True),  # in a sentence the word is free
        ("办理", "འགྲོ།", False),
    ],
)
def test_terms_are_kept_to(text: str, translation: str, kept: bool, glossary: Glossary) -> None:
    assert (not glossary.missing(text, translation)) is kept


def test_an_answer_takes_the_verb_of_its_question(glossary: Glossary) -> None:
    assert not glossary.missing("办理", "འགྲོ།", answer=True)
    assert glossary.missing("迁户口", "སྤོ་བ།", answer=True)


def test_a_missing_glossary_asks_nothing(tmp_path: Path) -> None:
    assert not read_glossary(tmp_path / "none.csv", "ii").terms_in("户口")


def test_machines_stammer_and_people_double() -> None:
    assert list(repeated(syllables("ཀ་ཁ་ཀ་ཁ")))
    assert not list(repeated(syllables("ཆུང་ཆུང་རེ་རེ")))


def test_hunspell_knows_syllables() -> None:
    assert misspelt(["བསྒྲུབས་ཟིན།", "བསྒྲུབསས"]) == {"བསྒྲུབསས"}
