"""The blank questionnaire on paper: whole, accessible, at most six sheets, and its words those of the rules."""

import io
import re
from functools import cache

import pytest
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from bundles.conditions import ALWAYS, NEVER
from bundles.loading import catalogue
from bundles.model import Question
from bundles.paper.composing import paper_of
from bundles.paper.mark_words import MarkPhrases, mark_words
from bundles.paper.questionnaire import PaperQuestionnaire
from guide.language.pairs import own
from guide.papers import words_now
from guide.papers.questionnaire import questionnaire_pdf
from guide.prints.blank_questionnaire import questionnaire_paper_of
from tests.bundles.support import TODAY
from tests.guide.cast import page_of
from tests.guide.papers.papers_fit import faults_of, said_in
from tests.guide.papers.test_papers import languages_of, passes_the_check
from tests.guide.tibetan_texts import CONDITION, ill_joined, texts_of

IDS = catalogue().ids
MOST_PAGES = 6
LANGUAGE = re.compile(rb"/Lang ?\(([a-z]+)")


@cache
def printed(
    id: str, region: str = "510000", language: str = "zh-hans", both: bool = False, large: bool = False
) -> bytes:
    with translation.override(language):
        bundle, place = catalogue().bundle(id, region), catalogue().region(region)
        paper = questionnaire_paper_of(bundle, place, TODAY, f"https://guide.example/{id}/", large)
        return questionnaire_pdf(paper, words_now(), both)


@cache
def text_of(pdf: bytes) -> str:
    """What the file says, without blanks."""
    return said_in(pdf)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("id", IDS)
def test_every_questionnaire_is_accessible(id: str) -> None:
    pdf = printed(id)
    assert passes_the_check(pdf)
    assert languages_of(pdf) == {"zh"}


def told(paper: PaperQuestionnaire) -> list[str]:
    """Short texts of the rules that must stand on the paper, none of which a page's end can part."""
    dictionaries = paper.bundle.dictionaries
    texts = [step.of.ask for step in paper.steps if isinstance(step.of, Question)]
    texts += [mark.choice.label for step in paper.steps for mark in step.marks if mark.choice]
    texts += [variant.value for entry in paper.items for variant in entry.words.get("name", ())]
    texts += [dictionaries.materials[entry.id].name for entry in paper.materials]
    texts += [dictionaries.fields[field.id].label for field in paper.fields]
    return texts


@pytest.mark.parametrize("id", IDS)
def test_the_paper_says_all_questions_items_materials_and_fields(id: str) -> None:
    text = text_of(printed(id))
    missing = [said for said in told(paper_of(catalogue().bundle(id), TODAY)) if squeezed(said) not in text]
    assert not missing


@pytest.mark.parametrize("id", IDS)
def test_every_condition_stands_on_the_paper_in_the_words_that_the_reader_reads(id: str) -> None:
    paper, text = paper_of(catalogue().bundle(id), TODAY), text_of(printed(id))
    words = {mark_words(when, paper.names, MarkPhrases()) for when in {*paper.conditions()} - {ALWAYS, NEVER}}
    assert not [said for said in words if squeezed(said) not in text]


@pytest.mark.parametrize("id", IDS)
def test_nothing_on_the_paper_is_left_unsaid(id: str) -> None:
    """No figure stands there by its name, and no condition without its marks."""
    text = text_of(printed(id))
    assert "{" not in text
    assert not re.search(r"如果[，；。：）]", text)


@pytest.mark.parametrize("id", IDS)
def test_every_questionnaire_fits_six_sheets(id: str) -> None:
    assert not faults_of(printed(id), pages=MOST_PAGES)


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("large", [False, True])
def test_a_paper_in_two_languages_is_accessible_and_marks_each(both: bool, large: bool) -> None:
    pdf = printed("land-preexam", "513301", "bo", both, large)
    assert passes_the_check(pdf)
    assert languages_of(pdf) | languages_in_text(pdf) == {"bo", "zh"}


def languages_in_text(pdf: bytes) -> set[str]:
    """The languages that runs of text are marked with in the pages' own streams."""
    contents = (sheet.get_contents() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    return {
        found.decode() for content in contents if content is not None for found in LANGUAGE.findall(content.get_data())
    }


@pytest.mark.parametrize("id", IDS)
def test_tibetan_texts_are_put_together_as_one_writes(id: str) -> None:
    with translation.override("bo"):
        paper = questionnaire_paper_of(catalogue().bundle(id, "513301"), catalogue().region("513301"), TODAY, "", False)
        texts = [own(text) for text in texts_of(paper)]
    assert any(CONDITION.search(text) for text in texts)
    assert list(ill_joined(texts)) == []


def test_a_tibetan_questionnaire_says_its_conditions_with_a_verb() -> None:
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed("newborn", "513301", "bo"))).pages]
    assert len(CONDITION.findall("".join("".join(sheets).split()))) > 40
    assert list(ill_joined(sheets)) == []


def sizes_of(pdf: bytes) -> set[float]:
    """The sizes in points of all letters."""
    sizes: set[float] = set()

    def seen(text: str, _matrix: list[float], base: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size * abs(base[0]), 1))

    for sheet in PdfReader(io.BytesIO(pdf)).pages:
        sheet.extract_text(visitor_text=seen)
    return sizes


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_large_print_has_no_letter_below_eighteen_points(language: str) -> None:
    assert min(sizes_of(printed("river-outfall", "513301", language, large=True))) >= 18


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def test_the_start_page_leads_to_the_paper_of_the_region(client: Client) -> None:
    address = "/land-preexam/paper.pdf?region=513301"
    assert address in page_of(client.get("/land-preexam/?region=513301")).links
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "康定市" in text_of(response.content)


def test_the_paper_follows_the_cookies_as_every_paper_does(client: Client) -> None:
    client.cookies["region"] = "513301"
    small = client.get("/land-preexam/paper.pdf").content
    client.cookies["look"] = "large"
    large = client.get("/land-preexam/paper.pdf").content
    assert "康定市" in text_of(small)
    assert min(sizes_of(large)) > min(sizes_of(small))
    assert client.get("/land-preexam/paper.pdf?large=0").content == small


def test_an_unknown_bundle_or_region_has_no_paper(client: Client) -> None:
    assert client.get("/moon/paper.pdf").status_code == 404
    assert client.get("/newborn/paper.pdf?region=999999").status_code == 404
