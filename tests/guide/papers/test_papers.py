"""The printed papers: accessible, whole, and the same bytes for the same content, whatever was typed."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import page
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from guide.language.pairs import pair
from guide.papers import (
    WORDS,
    Field,
    FormItem,
    FormPaper,
    Group,
    Head,
    Material,
    NoticePaper,
    Option,
    PaperGroup,
    PrintedFact,
    PrintedHall,
    PrintedItem,
    PrintedVisit,
    form_pdf,
    notice_pdf,
)

HEAD = Head(
    bundle="新生儿出生一件事",
    place="甘孜州康定市",
    date="2026年11月22日",
    rules="第 1 版",
    code="NB7K-3Q9M-X2TC",
    link="https://guide.example/c/NB7K-3Q9M-X2TC",
    made=datetime(2026, 11, 22, 12, tzinfo=UTC),
)
TIBETAN = "བསོད་ནམས་སྒྲོལ་མ།"
RARE = "王𠮷"
ODD = f"{RARE}😀\x00\x07\r\n二\ud842 {TIBETAN} 藏 \u202eالعربية ꀀ e\u0301 👩\u200d👧\ufe0f\U000e0100\t〓"
MARKUP = '#panic("no") *a* $x^2$ <b> \\ @ref `raw` // end'
VALUES = {
    "plain": "扎西卓玛",
    "empty": "",
    "long": "长" * 10_000,
    "unbroken": "a" * 10_000,
    "tibetan": TIBETAN,
    "rare": RARE,
    "odd": ODD,
    "markup": MARKUP,
}


def notice_of(text: str, rows: int = 2) -> NoticePaper:
    """A notice that says `text` in every place; what the catalogue says is never longer than a paragraph."""
    text = text[:300]
    said, unsure = PrintedFact(text), PrintedFact(text, confirmed=False)
    item = PrintedItem(text, text, text, said, unsure, said, unsure, confirmed=False, contests=(said,))
    material = Material(text, 1, 2, text, text, text, confirmed=False)
    visit = PrintedVisit("1", said, unsure, said, (said, unsure), text, (said, unsure))
    return NoticePaper(
        replace(HEAD, bundle=text[:40], place=text[:40]),
        verdict=unsure,
        lead=text,
        urgent=said,
        first=text,
        joint=text,
        visits=(visit,) * rows,
        groups=(PaperGroup(text, (material,) * rows, text), PaperGroup(text, (material,), ticked=False)),
        items=(item,) * rows,
        counter_items=(item,),
        materials=(material,) * rows,
        counter_materials=(material,),
        outside=(text,) * rows,
        also=text,
        notes=(said, unsure),
        halls=(PrintedHall(text, (text, text)),),
        savings=(said, unsure),
    )


def form_of(text: str, rows: int = 2) -> FormPaper:
    """A form that says `text` in every place."""
    typed, text = text, text[:100]
    fields = (
        Field("姓名", typed),
        Field("性别", "女", options=(Option("男", "男"), Option("女", "女"))),
        Field(text, squares=18),
        Field("住址", lines=3),
    )
    return FormPaper(
        replace(HEAD, bundle=text[:40], place=text[:40]),
        items=(FormItem(text, text), FormItem(text, text, ticked=False, hint=text), FormItem("第三件", "")),
        groups=(Group(text, fields * rows),) * 2,
        data={"values": {"mother.name": typed}},
    )


def words_of(pdf: bytes) -> str:
    """All that the file says, without blanks and the breaks between lines."""
    return re.sub(r"[\s\u200b]", "", "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages))


def languages_of(pdf: bytes) -> set[str]:
    """The languages that parts of the file are marked with, and that of the file."""
    reader = PdfReader(io.BytesIO(pdf))
    parts = (reader.get_object(number) for number in range(1, len(reader.xref_objStm) + len(reader.xref[0]) + 1))
    return {str(part["/Lang"]) for part in parts if isinstance(part, DictionaryObject) and "/Lang" in part}


def passes_the_check(pdf: bytes) -> bool:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert not [failure.message for failure in report.failures]
    return report.is_compliant


@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES)
def test_every_notice_is_accessible(text: str) -> None:
    assert passes_the_check(notice_pdf(notice_of(text)))


@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES)
def test_every_form_is_accessible(text: str) -> None:
    assert passes_the_check(form_pdf(form_of(text)))


def test_papers_without_content_are_accessible() -> None:
    assert passes_the_check(notice_pdf(NoticePaper(HEAD)))
    assert passes_the_check(form_pdf(FormPaper(HEAD)))


def test_two_hundred_rows_are_accessible() -> None:
    assert passes_the_check(notice_pdf(notice_of("户口登记", rows=200)))
    assert passes_the_check(form_pdf(form_of("扎西", rows=50)))


def test_papers_in_tibetan_are_accessible() -> None:
    head = replace(HEAD, language="bo")
    for pdf in (notice_pdf(replace(notice_of(TIBETAN), head=head)), form_pdf(replace(form_of(TIBETAN), head=head))):
        assert passes_the_check(pdf)
        assert languages_of(pdf) == {"bo", "zh"}


def test_tibetan_on_a_chinese_paper_is_marked_with_its_language() -> None:
    assert languages_of(form_pdf(form_of("甲"))) == {"zh"}
    assert languages_of(form_pdf(form_of(TIBETAN))) == {"bo", "zh"}


@pytest.mark.parametrize("kind", ["notice", "form"])
def test_every_page_says_which_it_is_and_carries_the_code(kind: str) -> None:
    pdf = notice_pdf(notice_of("甲", rows=40)) if kind == "notice" else form_pdf(form_of("甲", rows=40))
    sheets = PdfReader(io.BytesIO(pdf)).pages
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        text = re.sub(r"\s", "", sheet.extract_text())
        assert f"第{number}页，共{len(sheets)}页" in text
        assert HEAD.code in text


def test_the_same_content_gives_the_same_bytes() -> None:
    assert notice_pdf(notice_of("甲")) == notice_pdf(notice_of("甲"))
    assert form_pdf(form_of("甲")) == form_pdf(form_of("甲"))


def test_labels_come_from_the_words_given() -> None:
    text = words_of(notice_pdf(notice_of("甲"), {**WORDS, "notice": "ONE NOTICE", "done": "DO {count}"}))
    assert "ONENOTICE" in text
    assert "DO2" in text


def test_a_notice_says_everything_it_was_given() -> None:
    item = PrintedItem(
        "户口登记",
        "公安机关",
        "户口簿",
        PrintedFact("12月10日"),
        PrintedFact("免费"),
        PrintedFact("派出所"),
        PrintedFact("带孩子去"),
    )
    material = Material("父母的结婚证", 3, 4, "第一处用", "本人带来", "电子证照可替")
    visit = PrintedVisit(
        "1", PrintedFact("母亲那里的派出所"), PrintedFact("月底前"), PrintedFact("人民路"), (PrintedFact("上户口"),),
        "户口簿和证", (PrintedFact("别裁开"),),
    )  # fmt: skip
    paper = NoticePaper(
        HEAD,
        PrintedFact("现在就能办"),
        "要办一件",
        PrintedFact("最晚月底"),
        "先去派出所",
        "可以一起办",
        (visit,),
        (PaperGroup("自己找的", (material,), "都带上"),),
        (item,),
        also="生育登记",
        savings=(PrintedFact("少跑四次"),),
    )
    text = words_of(notice_pdf(paper))
    told = (
        "户口登记 公安机关 户口簿 12月10日 免费 派出所 带孩子去 母亲那里的派出所 月底前 人民路 上户口 户口簿和证 别裁开"
        " 现在就能办 要办一件 最晚月底 先去派出所 可以一起办 自己找的 都带上 生育登记 少跑四次"
    )
    for said in told.split():
        assert said in text
    for said in ("父母的结婚证", "第一处用", "本人带来", "电子证照可替", "12345", HEAD.bundle):
        assert said in text


def test_only_what_is_unconfirmed_is_marked() -> None:
    sure = PrintedItem("户口登记", "公安机关", fee=PrintedFact("免费"))
    unsure = replace(sure, fee=PrintedFact("免费", confirmed=False))
    explained = 1
    assert words_of(notice_pdf(NoticePaper(HEAD, items=(sure,)))).count("※") == explained
    assert words_of(notice_pdf(NoticePaper(HEAD, items=(unsure,)))).count("※") == explained + 1


def test_markup_stays_text() -> None:
    assert re.sub(r"\s", "", MARKUP) in words_of(form_pdf(form_of(MARKUP)))


def test_an_option_is_ticked_and_another_value_is_said() -> None:
    def boxes(value: str) -> str:
        return words_of(
            form_pdf(
                FormPaper(
                    HEAD, groups=(Group("甲", (Field("乙", value, options=(Option("男", "男"), Option("女", "女"))),)),)
                )
            )
        )

    assert "✓女" in boxes("女")
    assert "✓" not in boxes("")
    assert "第三种" in boxes("第三种")


@pytest.mark.parametrize(
    "data", [{}, {"a": [1, None, "甲\x00"]}, {"name": RARE + TIBETAN}, {"half": "\ud842", "😀": True}]
)
def test_a_form_carries_its_data(data: dict[str, object]) -> None:
    attached = PdfReader(io.BytesIO(form_pdf(FormPaper(HEAD, data=data)))).attachments
    assert list(attached) == ["form.json"]
    assert json.loads(attached["form.json"][0]) == data


def test_a_missing_character_prints_its_code_point() -> None:
    assert "王〓(U+20BB7)" in words_of(form_pdf(form_of(RARE)))
    assert "王〓(U+20BB7)" in words_of(notice_pdf(notice_of(RARE)))


def test_short_fields_share_a_row_and_long_ones_do_not() -> None:
    short, long, squares = Field("短", "a"), Field("长", "很长的值" * 5), Field("号", squares=18)
    rows = Group("甲", (short, short, short, long, short, squares, short)).rows
    assert rows == [(short, short), (short,), (long,), (short,), (squares,), (short,)]


@pytest.mark.parametrize("both", [False, True])
def test_a_paper_in_two_languages_says_both_and_marks_each(both: bool) -> None:
    text = pair("མིང་།", "姓名", reviewed=both)
    head = replace(HEAD, language="bo", bundle=text, place=text)
    words = {name: pair("ཚིག" if "{" not in word else word, word) for name, word in WORDS.items()}
    for pdf in (
        notice_pdf(replace(notice_of(text), head=head), words, both),
        form_pdf(replace(form_of(text), head=head), words, both),
    ):
        assert passes_the_check(pdf)
        assert languages_of(pdf) == {"bo", "zh"}
        assert "姓名" in words_of(pdf)
        assert "མིང" in words_of(pdf)


def test_what_is_reviewed_stands_alone_unless_both_are_wanted() -> None:
    text = pair("མིང་།", "甲乙丙丁", reviewed=True)
    paper = NoticePaper(replace(HEAD, language="bo"), notes=(PrintedFact(text),))
    assert "甲乙丙丁" not in words_of(notice_pdf(paper))
    assert "甲乙丙丁" in words_of(notice_pdf(paper, both=True))
