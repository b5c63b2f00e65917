"""The guide without a network: one HTML file a bundle, region and language, which holds all that it needs.

Scripts and rules go in packed, as they are four times as long otherwise; the questionnaire on paper stands there as it
is, for browsers without scripts. The page's own policy allows it no connection.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rjsmin import jsmin

from bundles.dictionary import Region
from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.results.offline_rules import offline_rules
from bundles.walking.editions import edition
from guide.cases.bundles import all_bundles, open_bundle
from guide.halls.rows import HALLS_UNKNOWN, HallRow, halls_for
from guide.language.languages import say, tag_of
from guide.language.pages import shown
from guide.language.pairs import in_a_line, own
from guide.language.wording import place_words
from guide.offline.packed_texts import Packed, as_json, packed, with_texts_apart
from guide.offline.phrases import offline_phrases
from guide.papers.labels import WORDS
from guide.prints.blank_questionnaire import questionnaire_paper_of

STATIC = Path(settings.BASE_DIR) / "static"
FIGURES, AMOUNTS, RIVALS, MEMBERS, TABLE = "figures.js", "amounts.js", "rivals.js", "members.js", "table.js"
SCRIPTS = (
    "days.js", "codes.js", "visits.js", FIGURES, AMOUNTS, RIVALS, "engine.js", MEMBERS, "words.js", "telling.js",
    "checks.js", TABLE, "page.js",
)  # fmt: skip
FONTS = {"bo": {"400": "noto-serif-tibetan-400.woff2", "600 700": "noto-serif-tibetan-700.woff2"}}
FONT_FACE = '@font-face{{font-family:"Noto Serif Tibetan";font-weight:{};unicode-range:U+0F00-0FFF;src:url(data:font/woff2;base64,{})format("woff2")}}'  # noqa: E501
MODULE = (
    "globalThis.%s = (() => { const module = {exports: {}}, exports = module.exports; %s; return module.exports })();"
)
# What HTML can do without: spaces between and just inside blocks, and ends that the next tag tells (HTML standard,
# optional tags)
NEEDLESS = re.compile(
    "(?<=>) (?=<)|(?<=<p>) |(?<=<li>) |(?<=<small>) | (?=</(?:p|li|small)>)"
    "|</(?:p|li)> ?(?=<(?:/?(?:p|li|ul|div)|h[1-6])>)"
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_SPACES = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")  # before a colon a space means a descendant
LONG_DATA = 180_000  # bytes
MOST_KEPT = 64  # pages' rules and papers


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """The page, and what its policy allows: directives with their sources."""

    html: str
    directives: dict[str, list[str]]


def offline_page(id: str, region: str | None, language: str, site: str = "") -> OfflinePage:
    """A bundle's page. `site` is where case codes open (https://example.cn); without it a QR code holds the bare code.

    Raises Http404 for a bundle or region that isn't there.
    """
    bundle, place = open_bundle(id, region)
    with translation.override(language):
        compiled, paper = _compiled(id, place.code, language, timezone.localdate())
        rules = json.loads(compiled)
        data = {
            "rules": rules,
            "phrases": offline_phrases(rules),
            "tag": tag_of(language),
            "brand": _("一次告知"),
            "place": place_words(place),
            "summary": say(bundle.summary),
            "halls": _halls(halls_for(place, id)),
            "code_address": f"{site}{reverse('codes')}" if site else "",
        }
        spared = _spared(rules)
        loader, style = _loader(), _style(language)
        directives = _directives([loader, _scripts(spared)], [style, _look()])
        context = {
            "tag": tag_of(language),
            "title": in_a_line(say(bundle.title)),
            "description": in_a_line(_("一件事一次办：要办哪几件、带什么材料、去哪里办，一次说清。")),
            "policy": _policy(directives),
            "style": style,
            "loader": loader,
            "look": _packed_look(),
            "scripts": _packed_scripts(spared),
            "data": _packed_data(with_texts_apart(data, paper)),
            "paper": paper,
        }
        return OfflinePage(render_to_string("offline/page.html", context), directives)


def offline_kit(region: str | None, site: str = "") -> Iterator[tuple[str, str]]:
    """The whole kit, as names of files and what stands in them: an index, and every bundle in every language."""
    place = catalogue().region(region)
    yield "index.html", _index(place)
    for bundle in all_bundles():
        for language, _name in settings.LANGUAGES:
            yield file_name(bundle.id, language), offline_page(bundle.id, place.code, language, site).html


def file_name(bundle: str, language: str) -> str:
    """What a page is called in the kit: newborn.html, newborn-bo.html."""
    return f"{bundle}.html" if language == settings.LANGUAGE_CODE else f"{bundle}-{language}.html"


def _index(place: Region) -> str:
    languages = [code for code, _name in settings.LANGUAGES]
    style = _style(*languages) + _look()
    rows = [[(file_name(bundle.id, code), tag_of(code), _title(bundle, code)) for code in languages]
            for bundle in all_bundles()]  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        policy = _policy(_directives([], [style]))
        context = {"rows": rows, "place": place, "today": timezone.localdate(), "style": style, "policy": policy}
        context["browsers"] = offline_phrases()["browsers"]
        return render_to_string("offline/index.html", context)


def _title(bundle: Bundle, language: str) -> str:
    with translation.override(language):
        return own(say(bundle.title))


@lru_cache(MOST_KEPT)
def _compiled(id: str, region: str, language: str, today: date) -> tuple[str, str]:
    """The rules as JSON, and the questionnaire on paper as HTML, in the active language."""
    bundle, place = open_bundle(id, region)
    rules = as_json(offline_rules(edition(bundle, today), place.code, say, catalogue().city(place.code)))
    paper = questionnaire_paper_of(bundle, place, today, "", large=False)
    translated = language != settings.LANGUAGE_CODE
    words = {name: _(text) for name, text in WORDS.items()}
    context = {
        "paper": paper,
        "translated": translated,
        "declaration": [words["truth"], words["consent"]],
        "signing": [words["signature"].format(who=words["applicant"]), words["date"]],
    }
    rendered = render_to_string("offline/paper.html", context)
    html = NEEDLESS.sub("", " ".join(rendered.split()))
    return rules, shown(html, language, brief=True) if translated else html


def _halls(rows: list[HallRow] | None) -> list[dict[str, Any]]:
    """The halls; where nobody knows them one entry that says so."""
    unknown = {"name": str(HALLS_UNKNOWN), "phone": "12345", "lines": []}
    return [unknown] if rows is None else list(map(_hall, rows))


def _hall(row: HallRow) -> dict[str, Any]:
    """A hall without whether it is open now: the page is read later."""
    said = asdict(row)
    sample = [_("样例：这个大厅是演示用的，不是真的。")] if row.sample else []
    lines = [*sample, row.address, row.way, *row.hours, *row.windows, *row.helps]
    return {"name": said["name"], "phone": said["phone"], "lines": [line for line in lines if line]}


# What is the same on every page -------------------------------------------------------------------------------------


@cache
def _loader() -> str:
    """The script that unpacks the others and starts them."""
    return _bare("\n".join([_module("OfflineInflate", "tiny-inflate.js"), _read("unpack.js")]))


def _spared(rules: Mapping[str, Any]) -> frozenset[str]:
    """The scripts that a bundle has no use for: of functions, of amounts, of what excludes another, of tables."""
    entries = [*rules["computed"], *rules["figures"].values()]
    used = {AMOUNTS if "cases" in entry else FIGURES for entry in entries}
    used |= {MEMBERS, TABLE} if "members" in rules else set()
    used |= {RIVALS} if rules["one_of"] else set()
    return frozenset({AMOUNTS, FIGURES, RIVALS, MEMBERS, TABLE}) - used


def _packed_data(text: str) -> Packed:
    """Much of it, as in two languages, is worth half a second more of packing."""
    return packed(text, patiently=len(text.encode()) > LONG_DATA)


@cache
def _scripts(spared: frozenset[str]) -> str:
    """All other scripts as one."""
    names = [name for name in SCRIPTS if name not in spared]
    return _bare("\n".join([_module("OfflineQr", "lean-qr.js"), *map(_read, names)]))


@cache
def _packed_scripts(spared: frozenset[str]) -> Packed:
    return packed(_scripts(spared), patiently=True)


@cache
def _look() -> str:
    return _bare_style(_read("page.css"))


@cache
def _packed_look() -> Packed:
    return packed(_look(), patiently=True)


def _bare(script: str) -> str:
    """The script without comments and indents."""
    return str(jsmin(script))


def _bare_style(style: str) -> str:
    """The style without comments and the spaces that mean nothing."""
    return CSS_SPACES.sub(r"\1", CSS_COMMENT.sub("", style)).strip()


def _module(name: str, library: str) -> str:
    """A library, which is a CommonJS module, under a name of its own."""
    return MODULE % (name, _read(f"vendor/{library}"))


@cache
def _style(*languages: str) -> str:
    """The look of what needs no scripts, and the fonts that these languages bring along."""
    faces = [
        FONT_FACE.format(weight, b64encode((STATIC / "fonts" / name).read_bytes()).decode())
        for language in languages
        for weight, name in FONTS.get(language, {}).items()
    ]
    return "\n".join([*faces, _bare_style(_read("paper.css"))])


def _read(name: str) -> str:
    return (STATIC / "offline" / name).read_text(encoding="utf-8")


def _directives(scripts: Iterable[str], styles: Iterable[str]) -> dict[str, list[str]]:
    """A policy that runs these scripts and styles alone, and lets nothing out."""
    return {
        "default-src": ["'none'"],
        "script-src": [_hash(script) for script in scripts] or ["'none'"],
        "style-src": list(map(_hash, styles)),
        "font-src": ["data:"],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def _policy(directives: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def release() -> str:
    """Names the scripts and rules of this release, for a browser that keeps pages."""
    versions = "".join(f"{bundle.id} {bundle.version} {bundle.reviewed}" for bundle in all_bundles())
    styles = _style(*(code for code, _name in settings.LANGUAGES)) + _look()
    scripts = _loader() + _scripts(frozenset()) + _read("worker.js")
    return sha256((versions + scripts + styles).encode()).hexdigest()[:12]
