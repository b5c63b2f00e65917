"""The printed papers: the notice (一次性告知书) and the form (联办申请表) as PDF/UA-1 files.

`contents` says what is printed, `words` the fixed labels, `glyphs` which characters the fonts have, `printing`
makes the file; the looks stand in the `.typ` files beside them.
"""

from guide.papers.contents import (
    Answer,
    Field,
    FormItem,
    FormPaper,
    Group,
    Head,
    Item,
    Material,
    Note,
    NoticePaper,
    Option,
    Outside,
    Said,
    Saving,
)
from guide.papers.glyphs import missing_glyphs
from guide.papers.printing import form_pdf, notice_pdf
from guide.papers.words import WORDS, words_now

__all__ = [
    "WORDS",
    "Answer",
    "Field",
    "FormItem",
    "FormPaper",
    "Group",
    "Head",
    "Item",
    "Material",
    "Note",
    "NoticePaper",
    "Option",
    "Outside",
    "Said",
    "Saving",
    "form_pdf",
    "missing_glyphs",
    "notice_pdf",
    "words_now",
]
