"""Recordings of spoken words."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from guide.translations.sounds import KINDS, sound_of


@cache_control(max_age=24 * 60 * 60)
@require_safe
def sound(_request: HttpRequest, language: str, id: str) -> FileResponse:
    """A message as a speaker of the language read it."""
    file = sound_of(language, id)
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), content_type=KINDS[file.suffix])
