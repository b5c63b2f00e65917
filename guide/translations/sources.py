"""Every message that the site may say: its own from code and templates, Django's, and the catalogue's."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.conf import settings
from django.template import Engine
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from bundles.faults import CODES
from bundles.loading import catalogue
from bundles.walking.answers import REFUSALS
from guide.translations.gathering import catalogue_messages
from guide.translations.pofiles import Entry, Key

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "gettext_noop": None, "gettext_lazy": None, "said": None,
    "pgettext": ((1, "c"), 2),
}  # fmt: skip

# Django's own messages that may reach a page of ours. Their Chinese is Django's; other languages need ours.
DJANGO_WORDS = (
    "This field is required.",
    "Null characters are not allowed.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Please enter a correct %(username)s and password. Note that both fields may be case-sensitive.",
    "This account is inactive.",
    "The submitted file is empty.",
    "No file was submitted. Check the encoding type on the form.",
)


def wanted() -> dict[Key, Entry]:
    """All messages, untranslated, in a fixed order; `files` says where each is said."""
    found: dict[Key, Entry] = {}
    for context, text, file in (*_interface(), *_rules(), *_django()):
        entry = found.setdefault((context, text), Entry(context, text))
        if file not in entry.files:
            entry.files.append(file)
    for message in catalogue_messages(catalogue()):
        files = dict.fromkeys(f"bundles/catalogue/{place.rpartition(':')[0]}" for place in message.places)
        found[message.context, message.text] = Entry(
            message.context, message.text, files=list(files), bundles=message.bundles
        )
    return found


def _interface() -> Iterator[tuple[str, str, str]]:
    base = Path(settings.BASE_DIR)
    for path in sorted((base / "guide").rglob("*.py")):
        for context, text in _in_code(path.read_bytes()):
            yield context, text, path.relative_to(base).as_posix()
    for path in sorted((base / "templates").rglob("*.html")):
        for context, text in _in_template(path.relative_to(base / "templates").as_posix()):
            yield context, text, path.relative_to(base).as_posix()


def _in_code(code: bytes) -> Iterator[Key]:
    for _line, message, _comments, context in extract("python", BytesIO(code), KEYWORDS):
        yield context or "", message if isinstance(message, str) else message[-1]


def _in_template(name: str) -> Iterator[Key]:
    """The messages of a template, as Django itself reads it."""
    for node in Engine.get_default().get_template(name).nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode) and isinstance(node.filter_expression.var.literal, str):
            yield "", node.filter_expression.var.literal
        elif isinstance(node, BlockTranslateNode):
            yield "", node.render_token_list(node.singular)[0]


def _rules() -> Iterator[tuple[str, str, str]]:
    """What the rules package says itself; it knows nothing of languages."""
    yield from (("", text, "bundles/walking/answers.py") for text in REFUSALS.values())
    yield from (("", text, "bundles/faults.py") for text in CODES.values())


def _django() -> Iterator[tuple[str, str, str]]:
    yield from (("", text, "django") for text in DJANGO_WORDS)
