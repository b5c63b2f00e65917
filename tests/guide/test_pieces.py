"""Pages put together of pieces: what was rendered once isn't rendered again, and nobody's values are kept."""

import gc
from collections.abc import Callable

import pytest
from django.template.base import Template
from django.test import Client

from guide.language import pieces
from tests.guide.cast import ID_NUMBER, MOTHER, at
from tests.guide.form.cases import step

pytestmark = pytest.mark.django_db
BORN = MOTHER | {"birth_date": "2026-11-12"}
NAME = "卓玛·才让"


@pytest.fixture
def renders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are rendered from now on."""
    rendered: list[str] = []
    render: Callable[..., str] = Template.render

    def counted(template: Template, context: object) -> str:
        rendered.append(str(template.name))
        return render(template, context)

    monkeypatch.setattr(Template, "render", counted)
    return rendered


@pytest.mark.parametrize("language", ["", "/bo"])
@pytest.mark.parametrize("page", [at("newborn", "notice", BORN), "/"])
def test_a_page_is_rendered_once(language: str, page: str, client: Client, renders: list[str]) -> None:
    first = client.get(language + page).content
    renders.clear()
    assert client.get(language + page).content == first
    assert renders == []


def test_kept_pieces_are_not_looked_through_for_garbage() -> None:
    """There are tens of thousands, and every page waits meanwhile."""
    kept = pieces.Piece(f"一{pieces.hole('name')}二")
    gc.collect()
    assert [held for held in gc.get_referents(kept) if held is not pieces.Piece and gc.is_tracked(held)] == []
    assert kept.fill(name="<") == "一&lt;二"


def test_a_notice_of_another_day_renders_its_answer_alone(client: Client, renders: list[str]) -> None:
    client.get(at("newborn", "notice", BORN))
    renders.clear()
    assert (
        "2026 年 11 月 11 日"
        in client.get(at("newborn", "notice", BORN | {"birth_date": "2026-11-11"})).content.decode()
    )
    assert renders == ["parts/answer.html"]


def test_the_boxes_of_a_form_are_rendered_once(client: Client, renders: list[str]) -> None:
    """Blank or with what was typed; only where something is wrong a box is rendered by itself."""
    form = step(at("newborn", "form", BORN), "mother")
    client.post(form, {"action": "agree", "sensitive": "1"})
    client.get(form)
    client.post(form, {"sensitive": "1", "mother.name": NAME, "mother.id_number": "12"})
    client.get(form)
    renders.clear()
    page = client.get(form).content.decode()
    assert f'value="{NAME}"' in page
    assert renders.count("crispy/field.html") == page.count('class="box wrong') == 1


def test_nothing_that_was_typed_is_kept(client: Client) -> None:
    form = step(at("newborn", "form", BORN), "mother")
    client.post(form, {"action": "agree", "sensitive": "1"})
    client.post(form, {"sensitive": "1", "mother.name": NAME, "mother.id_number": ID_NUMBER, "mother.id_type": "护照"})
    page = client.get(form).content.decode()
    assert NAME in page
    assert ID_NUMBER in page
    assert '<option value="护照" selected>' in page
    kept = [text for piece in pieces._kept.values() for text in piece._texts]
    assert not [text for text in kept if NAME in text or ID_NUMBER in text or '护照" selected' in text]
    assert NAME not in str(list(pieces._kept))
    assert ID_NUMBER not in str(list(pieces._kept))
