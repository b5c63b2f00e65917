"""Scripts and styles against old browsers, which can't be run here: `since.py` says what they know."""

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django_htmx
import pytest
from _pytest.mark import ParameterSet

from tests.engines import since
from tests.engines.since import GUARDS, HARMLESS, Since

BASE = Path(__file__).parents[2]
OURS = [path for path in sorted((BASE / "static").rglob("*")) if "vendor" not in path.parts]
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
WITHOUT_GAPS = "@supports not (inset: 0)"  # what knows `inset` knows gaps too
GRID = "display: (inline-)?grid|grid-template|columns"


@dataclass(frozen=True)
class Rule:
    """`around`: the @-rules that it stands in."""

    selectors: list[str]
    declarations: list[str]
    around: list[str]


def rules(style: str) -> Iterator[Rule]:
    """Each rule of a style sheet, and each @-rule without declarations."""
    opened: list[str] = []
    declared: list[list[str]] = [[]]
    for text, mark in re.findall(r"([^{};]*)([{};])", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)):
        words = " ".join(text.split())
        if mark == "{":
            opened.append(words)
            declared.append([])
            continue
        declared[-1] += [words] if words else []
        if mark == "}":
            yield Rule(re.split(r",\s*(?![^()]*\))", opened.pop()), declared.pop(), [*opened])


def younger(table: dict[str, Since], text: str, look: Callable[[str, str], object] = re.search) -> list[str]:
    """What in the text is younger than the browsers we promise."""
    return [what for what, known in table.items() if too_young(known) and look(what, text)]


def named(ending: str) -> list[ParameterSet]:
    """Our files of that kind."""
    return [pytest.param(path, id=path.name) for path in OURS if path.suffix == ending]


def too_young(known: Since) -> bool:
    return any(version > promised for version, promised in zip(known, since.PROMISED, strict=True))


def faults(style: str) -> Iterator[str]:
    """What an old browser drops of a style sheet, and with it something that matters."""
    found = list(rules(style))
    margins = [selector for rule in found if WITHOUT_GAPS in rule.around for selector in rule.selectors]
    for rule in found:
        if not any(around.startswith("@supports") for around in rule.around):
            yield from selectors_of(rule)
            yield from declarations_of(rule, margins)


def selectors_of(rule: Rule) -> Iterator[str]:
    """A selector that isn't known drops its whole rule: the harmless ones stand alone."""
    young = {selector: younger(since.SELECTORS | since.AT_RULES, selector) for selector in rule.selectors}
    for selector, found in young.items():
        yield from (f"{selector}: {what}" for what in found if what not in HARMLESS or not all(young.values()))


def declarations_of(rule: Rule, margins: list[str]) -> Iterator[str]:
    """A declaration that isn't known stands behind an older one; a flex box with a gap has margins instead."""
    names: list[str] = []
    for words in rule.declarations:
        name = words.partition(":")[0]
        found = [what for what in younger(since.DECLARATIONS, words, re.match) if what not in HARMLESS]
        if found and name not in names and f"-webkit-{name}" not in names:
            yield f"{rule.selectors}: {words}"
        if name in ("gap", "column-gap") and not any(re.match(GRID, other) for other in rule.declarations):
            bare = [selector for selector in rule.selectors if not younger(since.SELECTORS, selector)]
            if not all(any(other.startswith(f"{selector} ") for other in margins) for selector in bare):
                yield f"{rule.selectors}: {words}"
        names.append(name)


@pytest.mark.parametrize("sheet", named(".css"))
def test_a_style_that_old_browsers_do_not_know_takes_nothing_with_it(sheet: Path) -> None:
    assert list(faults(sheet.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "style",
    [
        "a:is(b, c) { color: red }", "a:has(b), c { color: red }", "a:not(b, c) { color: red }", "a { inset: 0 }",
        "a:focus-visible, b:focus { outline: 0 }", 'a::after { content: "›" / "" }', "a { display: flex; gap: 1rem }",
        "a { padding-inline: 1rem }", "a { width: 5dvh }", "@layer a { b { color: red } }", "a { b & { color: red } }",
        "tr, tbody:not(.a tbody) { color: red }", "@media print { a { translate: 0 } }", "a { appearance: none }",
    ],
)  # fmt: skip
def test_the_check_of_styles_finds(style: str) -> None:
    assert len(list(faults(style))) == 1


@pytest.mark.parametrize(
    "style",
    [
        "a:has(b) { color: red }", "a:not(b):not(c) { color: red }", "a { accent-color: red; text-wrap: pretty }",
        'a::after { content: "›"; content: "›" / "" }', "a { display: grid; gap: 1rem }",
        "@supports selector(:has(a)) { a:has(b), c { inset: 0 } }", "a { -webkit-appearance: none; appearance: none }",
        "a { display: flex; gap: 1rem } @supports not (inset: 0) { a > * { margin: 1rem } }",
    ],
)  # fmt: skip
def test_the_check_of_styles_lets_pass(style: str) -> None:
    assert list(faults(style)) == []


@pytest.mark.parametrize("script", [*named(".js"), pytest.param(HTMX, id="htmx")])
def test_scripts_are_of_2020_and_ask_before_they_use_what_is_younger(script: Path) -> None:
    parser = BASE / "tests/guide/offline/old_browsers.js"
    subprocess.run(["node", str(parser), str(script)], check=True, timeout=60)  # noqa: S603, S607  # ours
    text = re.sub(r"^\s*(//|/?\*).*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
    guards = text + (BASE / "static/guide.js").read_text(encoding="utf-8")
    found = [what for what in younger(since.SCRIPTS, text) if what not in GUARDS or not re.search(GUARDS[what], guards)]
    assert found == []
