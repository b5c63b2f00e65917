"""A text in two languages: whatever is made of pairs is both texts still."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.language.pages import shown
from guide.language.pairs import MARKS, chinese, in_a_line, is_draft, is_pair, own, pair

TIBETAN = re.compile("[\u0f00-\u0fff]")
plain = st.text(st.characters(exclude_characters=f"{MARKS}{{}}<>", exclude_categories=("Cs", "Cc", "Z")), max_size=20)
latin = plain.filter(lambda text: not TIBETAN.search(text))  # where Tibetan texts meet, shad and tsheg may change
marked = st.lists(st.sampled_from([*MARKS, "ཀ", "中", "&lt;b&gt;", "&quot;"]), max_size=30).map("".join)


@given(plain, plain, st.booleans())
def test_a_pair_has_both_texts(said: str, beneath: str, reviewed: bool) -> None:
    text = pair(said, beneath, reviewed)
    assert (own(text), chinese(text), is_draft(text)) == (said, beneath, not reviewed)


@given(st.lists(st.tuples(latin, plain), min_size=1, max_size=4), latin, latin)
def test_what_is_put_together_of_pairs_is_put_together_in_each_language(
    parts: list[tuple[str, str]], before: str, between: str
) -> None:
    frame = pair(before + "{0}" + between, "{0}" + before, reviewed=True)
    inner = pair("; ", "；").join(pair(*part) for part in parts)
    text = frame.format(inner)
    assert own(text) == before + "; ".join(said for said, _ in parts) + between
    assert chinese(text) == "；".join(beneath for _, beneath in parts) + before
    assert is_draft(text)


WHOLE, PLACE, DAY = "ཉིན་གསུམ།", "སི་ཁྲོན་ཞིང་ཆེན།", "2026ལོའི་ཟླ་1ཚེས་31ཉིན།"


@pytest.mark.parametrize(
    ("phrase", "word", "expected"),
    [
        ("{0}ནས་བཟུང་།", DAY, "2026ལོའི་ཟླ་1ཚེས་31ཉིན་ནས་བཟུང་།"),
        ("{0}་ཡིན།", WHOLE, "ཉིན་གསུམ་ཡིན།"),
        ("{0}་ཡིན།", "ཉིན", "ཉིན་ཡིན།"),
        ("{0}ཡིན།", "ལག", "ལག་ཡིན།"),
        ("{0}ནང་།", "གྲོང་།", "གྲོང་ནང་།"),
        ("{0}་ནང་།", "གྲོང་།", "གྲོང་ནང་།"),
        ("“{0}”ལ་སྤྱོད།", PLACE, "“སི་ཁྲོན་ཞིང་ཆེན”ལ་སྤྱོད།"),
        ("{0}12345", WHOLE, "ཉིན་གསུམ་12345"),
        ("{0}།", WHOLE, "ཉིན་གསུམ།"),
        ("{0}།", "ལག", "ལག"),
        ("{0}།", "གྲོང", "གྲོང་།"),
        ("མི{0}", "ཉིན", "མི་ཉིན"),
        ("{0} {0}", WHOLE, "ཉིན་གསུམ། ཉིན་གསུམ།"),
        ("{0}{0}", WHOLE, "ཉིན་གསུམ། ཉིན་གསུམ།"),
        ("ཡིན།{0}", WHOLE, "ཡིན། ཉིན་གསུམ།"),
        ("དུས་ཡུན། {0}", WHOLE, "དུས་ཡུན། ཉིན་གསུམ།"),
        ("{0}（{0}）", WHOLE, "ཉིན་གསུམ།（ཉིན་གསུམ།）"),
        ("གལ་ཏེ་{0}་ཡིན་ན།", "2F", "གལ་ཏེ་2F་ཡིན་ན།"),
    ],
)
def test_what_goes_into_a_tibetan_phrase_loses_its_last_shad(phrase: str, word: str, expected: str) -> None:
    inner = pair(word, "三天") if TIBETAN.match(word) or word == DAY else word
    text = pair(phrase, "{0}{0}").format(inner)
    assert own(text) == expected
    assert own(pair("{0}", "{0}", reviewed=True).format(text)) == expected
    assert chinese(text) == chinese(inner) * 2


def test_a_tibetan_text_that_stands_alone_keeps_its_shad() -> None:
    assert own(pair(WHOLE, "三天")) == WHOLE
    assert own(f"{pair(WHOLE, '三天')}※") == f"{WHOLE}※"


@given(plain)
def test_a_plain_text_is_the_same_in_both(text: str) -> None:
    assert own(text) == chinese(text) == in_a_line(text, both=True) == text
    assert not is_pair(text)


@given(marked)
def test_no_odd_text_is_refused(text: str) -> None:
    for half in (own(text), chinese(text)):
        assert not set(half) & set(MARKS)
    assert not is_pair(shown(f'<p title="{text}">{text}</p>', "bo"))


DRAFTED, FOUND_RIGHT = pair("མིང་།", "姓名"), pair("མིང་།", "姓名", reviewed=True)
BOTH = '<span class="pair"><span lang="bo">མིང་།</span> <span lang="zh-Hans">姓名</span></span>'


@pytest.mark.parametrize(
    ("page", "both", "expected"),
    [
        (f"<p> {DRAFTED} </p>", False, f"<p> {BOTH} </p>"),
        (f"<p>{FOUND_RIGHT}</p>", False, "<p>མིང་།</p>"),
        (f"<p>{FOUND_RIGHT}</p>", True, f"<p>{BOTH}</p>"),
        ("<p>12345</p>", True, "<p>12345</p>"),
        ("<p>没有译文</p>", False, '<p><span lang="zh-Hans">没有译文</span></p>'),
        ('<a lang="zh-Hans">简体中文</a>', False, '<a lang="zh-Hans">简体中文</a>'),
        (f"<title>{DRAFTED}</title>", False, "<title>མིང་། · 姓名</title>"),
        (f"<option>{FOUND_RIGHT}</option>", False, "<option>མིང་།</option>"),
        (f'<nav aria-label="{DRAFTED}">', False, '<nav aria-label="མིང་། · 姓名">'),
        ("<textarea>扎西</textarea>", False, "<textarea>扎西</textarea>"),
        ('<input value="扎西">', True, '<input value="扎西">'),
    ],
)
def test_a_page_shows_what_it_must(page: str, both: bool, expected: str) -> None:
    assert shown(page, "bo", both) == expected


def test_a_page_that_must_be_small_shows_both_with_few_marks() -> None:
    page = f"<p>{DRAFTED} {FOUND_RIGHT}</p><p>{FOUND_RIGHT}</p>"
    expected = "<p>མིང་། མིང་།<i lang=zh>姓名 姓名</i></p><p>མིང་།</p>"
    assert shown(page, "bo", brief=True) == expected
