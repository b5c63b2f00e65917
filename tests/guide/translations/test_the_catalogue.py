"""What lies in `locale/` holds together: terms, numbers, spelling, honesty about who reviewed what."""

import re

import pytest

from guide.management.commands.checktranslations import all_faults
from guide.translations.pofiles import languages, path_of
from guide.translations.verdicts import glossary_of


@pytest.mark.parametrize("language", languages())
def test_no_fault_is_found(language: str) -> None:
    assert list(all_faults(language)) == []


@pytest.mark.parametrize("language", languages())
def test_there_is_one_form_for_all_numbers(language: str) -> None:
    head = path_of(language).read_text(encoding="utf-8")[:1000]
    assert "nplurals=1; plural=0;" in head
    assert f"Language: {language}" in head


@pytest.mark.parametrize("language", languages())
def test_the_glossary_is_sound(language: str) -> None:
    terms = glossary_of(language).terms
    assert len(terms) > 400
    assert all(term.translation and term.source for term in terms.values())
    assert {term.confidence for term in terms.values()} <= {"high", "medium", "low"}
    assert all(re.search("[\u4e00-\u9fff]", term.zh) for term in terms.values() if term.anywhere)
