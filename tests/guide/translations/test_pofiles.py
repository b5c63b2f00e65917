"""PO files keep translations and who reviewed them; compiled, they say both languages."""

from datetime import date
from io import BytesIO

import pytest
from babel.messages.mofile import read_mo
from hypothesis import given
from hypothesis import strategies as st

from guide.language.pairs import chinese, is_draft, own
from guide.translations.pofiles import (
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_LETTERS,
    Entry,
    NotReadable,
    compiled,
    read_entries,
    write_entries,
)
from guide.translations.reviews import Review, as_comment, from_comment

words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20).filter(str.strip)
REVIEW = Review("卓玛", date(2026, 12, 1))


def again(*entries: Entry) -> list[Entry]:
    return list(read_entries(BytesIO(write_entries(entries, "bo"))).values())


@given(words, words, words)
def test_what_is_written_is_read(context: str, text: str, translation: str) -> None:
    entry = Entry(
        context, text, translation, REVIEW, files=["templates/asking/ask.html"], bundles=["newborn", "veteran"]
    )
    assert again(entry) == [entry]


@given(words, words, words)
def test_a_review_counts_for_these_words_only(text: str, translation: str, other: str) -> None:
    comment = as_comment(REVIEW, "catalogue", text, translation)
    assert from_comment(comment, "catalogue", text, translation) == REVIEW
    if other not in (text, translation):
        assert from_comment(comment, "catalogue", other, translation) is None
        assert from_comment(comment, "catalogue", text, other) is None
        assert from_comment(comment, other, text, translation) is None


def test_a_translation_changed_by_hand_is_a_draft_again() -> None:
    po = write_entries([Entry("", "户口", "ཐེམ་ཐོ།", REVIEW)], "bo").decode()
    assert "reviewed 2026-12-01 by 卓玛" in po
    (changed,) = read_entries(BytesIO(po.replace("ཐེམ་ཐོ།", "ཐེམ་ཐོའི།").encode())).values()
    assert changed.review is None


def test_messages_are_compiled_as_pairs() -> None:
    entries = [
        Entry("", "户口", "ཐེམ་ཐོ།", REVIEW),
        Entry("catalogue", "有", "ཡོད།"),
        Entry("", "没有译文"),
        Entry("", "猜的", "ཚོད།", fuzzy=True),
    ]
    said = {str(line.id): str(line.string) for line in read_mo(BytesIO(compiled(entries))) if line.id}
    assert set(said) == {"户口", "有"}
    assert (own(said["户口"]), chinese(said["户口"]), is_draft(said["户口"])) == (
        "ཐེམ་ཐོ།",
        "户口",
        False,
    )
    assert is_draft(said["有"])


def test_djangos_own_messages_bring_djangos_own_chinese() -> None:
    entry = Entry("", "This field is required.", "ངེས་པར་འབྲི་དགོས།", files=["django"])
    (line,) = (line for line in read_mo(BytesIO(compiled([entry]))) if line.id)
    assert chinese(str(line.string)) == "这个字段是必填项。"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"msgid broken\n"])
def test_a_file_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(NotReadable):
        read_entries(BytesIO(content))


HEAD = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.mark.parametrize("content", [
    HEAD + b"#" * MOST_BYTES,
    HEAD + b"".join(b'\nmsgid "%d"\nmsgstr "x"\n' % number for number in range(MOST_ENTRIES)),
    HEAD + b'\nmsgid "a"\nmsgstr "' + b"b" * (MOST_LETTERS + 1) + b'"\n',
    HEAD + b'"Plural-Forms: nplurals=999999999; plural=0;\\n"\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
], ids=["bytes", "entries", "letters", "plurals"])  # fmt: skip
def test_a_file_that_takes_too_much_is_not_read(content: bytes) -> None:
    with pytest.raises(NotReadable):
        read_entries(BytesIO(content))


def test_the_bundles_of_a_text_are_read_as_they_were_written_however_many() -> None:
    bundles = [f"a-bundle-with-a-long-name-{number}" for number in range(9)]
    written = write_entries([Entry("", "户口", "ཐེམ་ཐོ།", bundles=bundles)], "bo")
    assert read_entries(BytesIO(written))["", "户口"].bundles == bundles


EDITED = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n\n'
BODY = '#, fuzzy\nmsgid "继续"\nmsgstr "x"\n\nmsgid "完"\nmsgstr "y"\n\n#~ msgid "旧"\n#~ msgstr "z"\n'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("named", "coding"),
    [("UTF-8", "utf-8"), ("utf-8", "utf-8-sig"), ("GBK", "gbk"), ("gb2312", "gb18030"), ("UTF-8", "gbk"),
     ("GBK", "utf-8"), ("UTF-8", "utf-16"), ("CHARSET", "utf-8"), ("BIG5", "utf-8")],
)  # fmt: skip
def test_whatever_an_editor_makes_of_a_file_is_read(end: str, named: str, coding: str) -> None:
    content = (EDITED.format(named) + BODY).replace("\n", end).encode(coding)
    found = read_entries(BytesIO(content)).values()
    assert [(entry.text, entry.translation, entry.fuzzy) for entry in found] == [
        ("继续", "x", True),
        ("完", "y", False),
    ]


def test_what_is_fuzzy_stays_so_and_is_not_said() -> None:
    entry = Entry("", "继续", "x", fuzzy=True)
    assert again(entry) == [entry]
    assert "继续" not in read_mo(BytesIO(compiled([entry])))
