"""The form as it is printed: official words, one declaration, one place to sign, no page that says nothing."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from bundles.dictionary import FieldEntry
from bundles.loading import catalogue
from bundles.proving.scenarios import play, read_scenarios
from bundles.results.notices import FieldNeed
from bundles.walking.answers import AnswersRefused
from guide.form.boxes import Block, Box, blocks_of, filled
from guide.form.paper import form_paper_of, printed_label
from guide.language.pairs import chinese
from guide.notice.rows import Telling
from guide.papers import FormPaper, form_pdf
from tests.guide.papers.papers_fit import said_in, sheets_of

pytestmark = pytest.mark.django_db
CHATTY = re.compile("[哪几想您我愿谁吗呢吧]|什么|怎么|多少|是不是|有没有|能不能|要不要|打算|去世的|还没|现在住在")
FIELDS = catalogue().entries.dictionaries.fields


def forms_of(id: str) -> Iterator[tuple[Telling, list[Block]]]:
    """The forms of the bundle's scenarios, each that has other boxes than those before."""
    seen = set()
    for scenario in read_scenarios(catalogue().file(id).parent / "scenarios.yaml"):
        try:
            walked = play(scenario, catalogue(), id)
        except AnswersRefused:
            continue
        if walked.status == "finished":
            telling = Telling(walked, catalogue().region(scenario.region))
            blocks = blocks_of(telling, {})
            boxes = tuple(box.name for block in blocks for box in block.boxes)
            if boxes not in seen:
                seen.add(boxes)
                yield telling, blocks


def paper_of(telling: Telling, blocks: list[Block], **typed: str) -> FormPaper:
    values = filled(telling, blocks, None) | {name.replace("__", "."): text for name, text in typed.items()}
    return form_paper_of(telling, blocks, values, "https://guide.example/c/0")


def a_form(id: str) -> tuple[Telling, list[Block]]:
    return next(forms_of(id))


def box_of(id: str, entry: FieldEntry) -> Box:
    return Box(id, FieldNeed(id), entry, 1)


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_offices_read_their_own_words_in_every_box(language: str) -> None:
    declared = ("applicant.truth_pledge", "applicant.consent")  # the paper's own declaration says these
    with translation.override(language):
        for id, entry in FIELDS.items():
            assert id in declared or not CHATTY.search(chinese(printed_label(box_of(id, entry)))), id


def test_a_paper_in_tibetan_has_life_s_words_above_the_official_ones() -> None:
    with translation.override("bo"):
        label = printed_label(box_of("sign.name", FIELDS["sign.name"]))
    assert chinese(label) == FIELDS["sign.name"].official != FIELDS["sign.name"].label
    assert label != chinese(label)


@pytest.mark.parametrize("id", catalogue().ids)
def test_every_form_is_declared_once_and_signed_once_by_each(id: str) -> None:
    for telling, blocks in forms_of(id):
        paper = paper_of(telling, blocks)
        assert paper.signers
        assert len(set(paper.signers)) == len(paper.signers)
        assert paper.body == (telling.bundle.serves == "business")
        labels = [field.label for group in paper.groups for field in group.fields]
        assert not [label for label in labels if "签名" in label or "我保证" in label]


@pytest.mark.parametrize("id", catalogue().ids)
def test_the_last_page_of_every_form_is_signed(id: str) -> None:
    """So it is never a rule or the office's part alone."""
    for telling, blocks in forms_of(id):
        pdf = form_pdf(paper_of(telling, blocks))
        *_before, (_width, _height, words) = sheets_of(pdf)
        last = "".join(word.text for word in words)
        assert "签名" in last
        assert "申请人声明" in last
        assert said_in(pdf).count("申请人声明") == 1


def test_the_form_names_who_applies() -> None:
    assert paper_of(*a_form("newborn"), applicant__name="样例甲").applicant.startswith("样例甲")
    assert paper_of(*a_form("business-start"), company__name="样例公司").applicant == "样例公司"
    two = paper_of(*a_form("marriage-childbearing"), man__name="样例甲", woman__name="样例乙")
    assert two.applicant == "样例甲、样例乙"
    assert {"男方签名", "女方签名"} == set(two.signers)


def test_a_firm_seals_and_a_person_does_not() -> None:
    assert "（盖章）" in said_in(form_pdf(paper_of(*a_form("business-start"))))
    assert "（盖章）" not in said_in(form_pdf(paper_of(*a_form("newborn"))))


def test_of_many_choices_one_is_written_on_a_line() -> None:
    telling, _blocks = a_form("newborn")
    box = box_of(
        "child.ethnicity", FieldEntry("民族", type="choice", options=tuple(f"族{number}" for number in range(56)))
    )
    few = box_of("child.sex", FieldEntry("性别", type="choice", options=("男", "女")))
    block = Block("child", "孩子", [box, few])
    written, ticked = form_paper_of(telling, [block], {"child.ethnicity": "族5"}, "").groups[0].fields
    assert (written.value, written.options) == ("族5", ())
    assert [option.value for option in ticked.options] == ["男", "女"]
