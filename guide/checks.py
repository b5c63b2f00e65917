"""What `manage.py check` finds out about this installation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from guide.papers.fonts import unreadable


@register
def the_added_fonts_can_be_read(**_: Any) -> list[CheckMessage]:
    """A folder that isn't there or a broken font would otherwise show only when somebody prints a paper."""
    if not settings.GUIDE_FONT_DIR:
        return []
    folder = Path(settings.GUIDE_FONT_DIR)
    if not folder.is_dir():
        return [Error(f"GUIDE_FONT_DIR names {folder}, which isn't a folder.", id="guide.E001")]
    return [Error(f"{file} can't be used as a font.", id="guide.E002") for file in unreadable(folder)]
