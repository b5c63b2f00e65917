"""Spoken words: recordings that lie in a folder, a file for each message. No free voice speaks Tibetan.

`<RECORDINGS_DIR>/<language>/<message>.mp3` (or .ogg, .m4a), where the message is `pofiles.Entry.id`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from bundles.model import Question
from guide.language.languages import CONTEXT, say
from guide.translations.pofiles import Key
from guide.translations.reviews import digest

KINDS = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".m4a": "audio/mp4"}


@dataclass(frozen=True, slots=True)
class Recording:
    """A text of a question page and where it can be heard; no address where nobody has recorded it."""

    text: str
    address: str


def sound_of(language: str, id: str) -> Path | None:
    """The recording of a message; None where there is none yet."""
    if language not in dict(settings.LANGUAGES) or not re.fullmatch("[0-9a-f]{1,64}", id):
        return None
    folder = Path(settings.RECORDINGS_DIR) / language
    files = (folder / f"{id}{kind}" for kind in KINDS)
    return next((file for file in files if file.is_file()), None)


def recorded_at() -> int | None:
    """When a recording in the active language last came or went, in nanoseconds; None where there are none."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return None
    try:
        return (Path(settings.RECORDINGS_DIR) / language).stat().st_mtime_ns
    except OSError:
        return None


def spoken(question: Question) -> Iterator[Key]:
    """What of a question is read aloud: itself, and its answers."""
    yield CONTEXT, question.ask
    for choice in question.choices:
        yield question.ask, choice.label


def recordings_of(question: Question, offered: tuple[str, ...]) -> list[Recording]:
    """The recordings of a question and the answers it offers, in the active language; none in Chinese, which is spoken
    by the browser."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return []
    labels = {choice.label for choice in question.choices if choice.id in offered}
    keys = [key for key in spoken(question) if key[0] == CONTEXT or key[1] in labels]
    return [_recording(language, *key) for key in keys]


def _recording(language: str, context: str, text: str) -> Recording:
    id = digest(context, text)
    address = reverse("sound", args=[language, id]) if sound_of(language, id) else ""
    return Recording(say(text, "" if context == CONTEXT else context), address)


@require_safe
def sound(_request: HttpRequest, language: str, id: str) -> FileResponse:
    """A message as a speaker of the language read it."""
    file = sound_of(language, id)
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), content_type=KINDS[file.suffix])
