"""The printed papers: the notice (一次性告知书) and the form (联办申请表) as PDF/UA-1 files.

`contents` says what is printed, `words` the fixed labels, `glyphs` which characters the fonts have, `printing`
makes the file; the looks stand in the `.typ` files beside them.
"""

from guide.papers.contents import (
    Field,
    FormItem,
    FormPaper,
    Group,
    Head,
    Material,
    NoticePaper,
    Option,
    PaperGroup,
    PrintedFact,
    PrintedHall,
    PrintedItem,
    PrintedVisit,
)
from guide.papers.counter_sheets import (
    Department,
    HandoverSheet,
    Issued,
    KeptMaterial,
    Lacking,
    MissingSheet,
    PrintingHall,
    ReceiptSheet,
    Received,
    handover_pdf,
    missing_pdf,
    receipt_pdf,
)
from guide.papers.glyphs import missing_glyphs
from guide.papers.hall_sheets import Booklet, BookletItem, BookletMaterial, Chapter, Poster, booklet_pdf, poster_pdf
from guide.papers.labels import WORDS, words_now
from guide.papers.printing import form_pdf, list_pdf, notice_pdf, notice_picture

__all__ = [
    "WORDS",
    "Booklet",
    "BookletItem",
    "BookletMaterial",
    "Chapter",
    "Department",
    "Field",
    "FormItem",
    "FormPaper",
    "Group",
    "HandoverSheet",
    "Head",
    "Issued",
    "KeptMaterial",
    "Lacking",
    "Material",
    "MissingSheet",
    "NoticePaper",
    "Option",
    "PaperGroup",
    "Poster",
    "PrintedFact",
    "PrintedHall",
    "PrintedItem",
    "PrintedVisit",
    "PrintingHall",
    "ReceiptSheet",
    "Received",
    "booklet_pdf",
    "form_pdf",
    "handover_pdf",
    "list_pdf",
    "missing_glyphs",
    "missing_pdf",
    "notice_pdf",
    "notice_picture",
    "poster_pdf",
    "receipt_pdf",
    "words_now",
]
