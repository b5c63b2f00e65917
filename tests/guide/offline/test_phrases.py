"""What the site and the offline page both say stands once, in the table of its matter."""

import re
from pathlib import Path

from django.conf import settings
from django.utils import translation

from guide.asking.phrases import ASKING
from guide.cases.codes import code_phrases
from guide.form.phrases import FORM
from guide.form.validation import MISTAKES
from guide.language.wording import SAYING
from guide.notice.phrases import NOTICE
from guide.offline.phrases import OFFLINE, offline_phrases
from guide.templatetags.words import PHRASES
from guide.translations.sources import wanted

BASE = Path(settings.BASE_DIR)
TABLES = {
    "guide/asking/phrases.py": ASKING, "guide/form/phrases.py": FORM, "guide/form/validation.py": MISTAKES,
    "guide/language/wording.py": SAYING, "guide/notice/phrases.py": NOTICE, "guide/offline/phrases.py": OFFLINE,
}  # fmt: skip
# Rooms of other readers, whose words may come to be different
OTHERS = re.compile(r"(guide|templates)/(counter|editors|halls|management|models|papers|prints|staff|translations)/")
ASKED_IN_TEMPLATES = re.compile(r'{% phrase "([^"]+)"')
ASKED_IN_SCRIPTS = re.compile(r'\bphrases\.(?!py\b)(\w+)|\bput\("([^"]+)"')


def test_no_phrase_of_the_offline_page_stands_a_second_time_on_the_site() -> None:
    with translation.override(settings.LANGUAGE_CODE):
        phrases = [(file, str(text)) for file, table in TABLES.items() for text in table.values()]
    entries = wanted()
    places = [(file, text, entries["", text].files) for file, text in phrases]
    again = [(text, place) for file, text, files in places for place in files if place != file]
    assert [(text, place) for text, place in again if not OTHERS.match(place)] == []
    assert [(file, text) for file, text in phrases if (BASE / file).read_text("utf-8").count(f'"{text}"') != 1] == []


def test_every_table_has_names_of_its_own() -> None:
    names = [name for table in TABLES.values() for name in table]
    assert len(names) == len(set(names))
    assert set(names) & set(code_phrases()) == {"code_version"}  # an offline page can't open what the site can


def test_templates_and_scripts_ask_for_phrases_that_there_are() -> None:
    templates = "".join(path.read_text("utf-8") for path in (BASE / "templates").rglob("*.html"))
    scripts = "".join(path.read_text("utf-8") for path in (BASE / "static/offline").glob("*.js"))
    assert set(ASKED_IN_TEMPLATES.findall(templates)) - set(PHRASES) == set()
    asked = {one or other for one, other in ASKED_IN_SCRIPTS.findall(scripts)}
    assert asked - set(offline_phrases()) == set()


def test_phrases_are_said_in_the_language_that_is_active() -> None:
    with translation.override("bo"):
        tibetan = offline_phrases()["back"]
    with translation.override("zh-hans"):
        assert offline_phrases()["back"] == "上一题" != tibetan
