"""What the site's addresses and pages say by a name of their own, no question and no bundle is called (L19)."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.urls import URLResolver, get_resolver

from bundles.reading.keys import IDENTIFIER
from bundles.reserved import ADDRESSES, BUNDLES, ELEMENTS, LANGUAGES, OWN_PARAMETERS, is_parameter
from guide.cases.case import WITHIN, read_case

GUIDE = settings.BASE_DIR / "guide"
TEMPLATES = settings.BASE_DIR / "templates"
# The home page, the choice of a region and the settings of the look read no answers.
NO_CASES = {"department", "find", "next", "code", "in"}
PAGES_THAT_ASK = (
    "base.html", "asking/ask.html", "asking/choices.html", "asking/date.html", "asking/number.html",
    "asking/question-head.html", "counter/ask.html", "counter/bar.html", "kiosk/still-here.html", "offline/page.html",
    *(f"parts/{path.name}" for path in (TEMPLATES / "parts").glob("*.html")),
)  # fmt: skip


def first_parts(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """What addresses begin with, apart from bundles."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from first_parts(entry, route)
        else:
            yield route.partition("/")[0]


def test_no_bundle_takes_an_address_of_the_site() -> None:
    parts = {part for part in first_parts(get_resolver()) if IDENTIFIER.match(part)}
    assert {"c", "wipe", "admin", "staff"} <= parts <= ADDRESSES
    assert settings.STATIC_URL.strip("/") in ADDRESSES


def test_no_bundle_takes_the_address_of_a_language() -> None:
    assert {code for code, _name in settings.LANGUAGES} <= LANGUAGES <= BUNDLES


def modules_that_read_cases() -> list[Path]:
    """The modules whose pages have answers in their addresses, and those that look at every page's."""
    reading = [path for path in GUIDE.rglob("*.py") if "read_case(" in path.read_text(encoding="utf-8")]
    return sorted([*reading, GUIDE / "language" / "pages.py", GUIDE / "counter" / "brought.py"])


def parameters_read(path: Path) -> Iterator[str]:
    """The names of the parameters that a module takes out of an address."""
    module = importlib.import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(ast.Attribute(of, "get" | "getlist"), [name, *_]) if _is_query(of):
                yield from _word(name, module)
            case ast.Subscript(of, name) if _is_query(of):
                yield from _word(name, module)
            case ast.Compare(name, [ast.In() | ast.NotIn()], [of]) if _is_query(of):
                yield from _word(name, module)


def _is_query(node: ast.expr) -> bool:
    return ast.unparse(node) in ("request.GET", "parameters", "ticks")


def _word(node: ast.expr, module: Any) -> Iterator[str]:
    """The name itself, or the constant's value; what is put together holds no place for a name of its own."""
    word = getattr(module, node.id, None) if isinstance(node, ast.Name) else getattr(node, "value", None)
    if isinstance(word, str):
        yield word


@pytest.mark.parametrize("path", modules_that_read_cases(), ids=lambda path: str(path.relative_to(GUIDE)))
def test_no_question_is_called_as_a_parameter_of_a_case(path: Path) -> None:
    found = set(parameters_read(path)) - (NO_CASES if path.name == "home.py" else set())
    assert not {name for name in found if not is_parameter(name)}


def test_the_parameters_of_cases_are_found() -> None:
    found = {name for path in modules_that_read_cases() for name in parameters_read(path)}
    assert set(OWN_PARAMETERS) | {"checked", "tick", "by", "by_before", "also", "promised", "department"} <= found


@pytest.mark.parametrize("page", PAGES_THAT_ASK)
def test_no_question_is_called_as_an_element_of_its_page(page: str) -> None:
    ids = re.findall(r'\bid="([a-z][a-z0-9_]*(?:-[a-z0-9_]+)*)"', (TEMPLATES / page).read_text(encoding="utf-8"))
    assert set(ids) <= ELEMENTS


@pytest.mark.parametrize("name", OWN_PARAMETERS)
def test_the_sites_own_parameters_are_no_answers(name: str) -> None:
    assert not read_case("newborn", QueryDict(f"{name}=510100")).refusals


@pytest.mark.parametrize("name", ["checked", "tick", "by", "by_before", "also", "promised", "department", "m1", "m12"])
def test_the_counters_own_parameters_are_no_answers_there(name: str) -> None:
    for within in ("", WITHIN):
        case = read_case("newborn", QueryDict(f"{name}=x"), within)
        assert not case.refusals
        assert not case.answers
