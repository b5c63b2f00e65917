"""Several visitors at once are the first after a start: what they read is read once."""

import gc
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import trans_real

from bundles.loading import Catalogue
from bundles.model import Bundle
from guide.cases.bundles import open_bundle
from guide.language.languages import language_of_the_address
from tests.threads import at_once


def test_a_bundle_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    books, read = Catalogue(), []
    load = Catalogue._load

    def counted(books: Catalogue, file: Path, codes: tuple[str, ...]) -> Bundle:
        read.append(file.parent.name)
        return load(books, file, codes)

    monkeypatch.setattr(Catalogue, "_load", counted)
    monkeypatch.setattr("guide.cases.bundles.catalogue", lambda: books)
    opened = at_once(lambda: open_bundle("newborn", None)[0])
    assert len(set(map(id, opened))) == 1
    assert read == ["newborn"]


def test_rules_are_not_looked_through_for_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they are, every page waits for that now and then."""
    books = Catalogue()
    monkeypatch.setattr("guide.cases.bundles.catalogue", lambda: books)
    opened = open_bundle("newborn", None)[0]
    assert not any(looked_at is opened for looked_at in gc.get_objects())


def test_languages_are_read_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    read: dict[str, object] = {}
    monkeypatch.setattr(trans_real, "_translations", read)
    language_of_the_address(lambda _request: HttpResponse())
    assert read.keys() >= dict(settings.LANGUAGES).keys()
