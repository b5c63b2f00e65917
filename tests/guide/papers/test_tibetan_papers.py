"""The papers in Tibetan: what is put together of several texts reads as one sentence."""

import io
from datetime import date

import pytest
from django.utils import translation
from pypdf import PdfReader

from bundles.loading import catalogue
from guide.form.boxes import blocks_of
from guide.form.paper import form_paper_of
from guide.notice.paper import notice_paper_of
from guide.papers import notice_pdf, words_now
from guide.papers.glyphs import printable
from guide.prints.posters_and_booklet import booklet_of, head_of, poster_of
from tests.guide.papers.papers_fit import richest_telling, texts_in
from tests.guide.tibetan_texts import ill_joined

TODAY = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("id", catalogue().ids)
def test_no_shad_stands_inside_a_sentence_of_a_paper(id: str) -> None:
    with translation.override("bo"):
        telling, region = richest_telling(id), catalogue().region(None)
        bundle = catalogue().bundle(id).on(TODAY)
        papers = [
            notice_paper_of(telling, "", large=False),
            form_paper_of(telling, blocks_of(telling, {}), {}, "", large=False),
            poster_of(bundle, region, head_of(region, TODAY, "", bundle), "a4"),
            booklet_of([bundle], region, [""], head_of(region, TODAY, ""), large=False),
        ]
        texts = [text for paper in papers for text in texts_in(printable(paper))]
    assert len(texts) > 20
    assert list(ill_joined(texts)) == []


def test_none_stands_so_in_the_printed_file() -> None:
    with translation.override("bo"):
        pdf = notice_pdf(notice_paper_of(richest_telling("newborn"), "", large=False), words_now())
    assert list(ill_joined(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)) == []
