"""A text in two languages: whatever is made of pairs is both texts still."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.language.pages import shown
from guide.language.pairs import MARKS, chinese, in_a_line, is_draft, is_pair, own, pair

plain = st.text(st.characters(exclude_characters=f"{MARKS}{{}}<>", exclude_categories=("Cs", "Cc", "Z")), max_size=20)
marked = st.lists(st.sampled_from([*MARKS, "ཀ", "中", "&lt;b&gt;", "&quot;"]), max_size=30).map("".join)


@given(plain, plain, st.booleans())
def test_a_pair_has_both_texts(said: str, beneath: str, reviewed: bool) -> None:
    text = pair(said, beneath, reviewed)
    assert (own(text), chinese(text), is_draft(text)) == (said, beneath, not reviewed)


@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=4), plain, plain)
def test_what_is_put_together_of_pairs_is_put_together_in_each_language(
    parts: list[tuple[str, str]], before: str, between: str
) -> None:
    frame = pair(before + "{0}" + between, "{0}" + before, reviewed=True)
    inner = pair("; ", "；").join(pair(*part) for part in parts)
    text = frame.format(inner)
    assert own(text) == before + "; ".join(said for said, _ in parts) + between
    assert chinese(text) == "；".join(beneath for _, beneath in parts) + before
    assert is_draft(text)


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
