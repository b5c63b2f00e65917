"""What an applicant brings -> their case: a case code, marks on a paper questionnaire, or the file of a form."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from bundles.dictionary import Region
from bundles.model import Bundle
from bundles.paper.composing import paper_of
from bundles.paper.typed_marks import MarksRefused, is_mark, marks_in, read_marks
from bundles.results.case_codes import CodeError, plain
from bundles.walking.answers import AnswersRefused
from guide.cases.case import as_words, read_case
from guide.cases.codes import ReadCode, code_in, code_problem, read_code
from guide.counter.attached import MOST_ATTACHED, NothingAttached, Unreadable, attached
from guide.form.boxes import all_boxes, blocks_of, counts_in
from guide.notice.rows import Telling

MOST_BYTES = 5 * 1024 * 1024
MOST_VALUE = 20_000  # characters
BOX = re.compile(r"[\u4e00-\u9fff][0-9]*\Z")  # a box of the paper (甲, 乙1), which says nothing new


class NotOpened(ValueError):
    """Why nothing could be opened, in words for the clerk."""


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A form's file: its case, and what was filled in, by box."""

    read: ReadCode
    values: dict[str, str] = field(default_factory=dict)


def are_marks(typed: str) -> bool:
    """Whether every word is a mark of the paper questionnaire: `1A 3B 5=2026-11-10`."""
    words = [word for word in marks_in(typed) if not BOX.match(word)]
    return bool(words) and all(map(is_mark, words))


def open_code(typed: str) -> ReadCode:
    """Raises NotOpened, which says which part of the code can't be right."""
    code = code_in(typed)
    try:
        return read_code(code)
    except CodeError as error:
        raise NotOpened(code_problem(error, plain(code))) from error


def open_marks(bundle: Bundle, region: Region, typed: str) -> str:
    """The part of an address that marks on paper stand for. Raises NotOpened."""
    try:
        answers = read_marks(paper_of(bundle, timezone.localdate()), typed, guess=False)
    except (MarksRefused, AnswersRefused) as error:
        raise NotOpened(str(error)) from error
    pairs = [("region", region.code)]
    for question in bundle.questions:
        if question.id in answers:
            pairs += [(question.id, word) for word in as_words(question, answers[question.id])]
    return urlencode(pairs)


def open_form(content: bytes) -> OpenedForm:
    """The case and the values in a form's PDF, or in the form.json within it. Raises NotOpened."""
    data = _json(_attached(content) if content.startswith(b"%PDF") else content[: MOST_ATTACHED + 1])
    read = open_code(str(data.get("code", "")))
    values = data.get("values", {})
    if read.bundle.id != data.get("bundle") or not isinstance(values, dict):
        raise NotOpened(_("这个文件里的申请表不完整。请让申请人带纸质的表，或用办事码打开。"))
    known = _boxes(read, values)
    kept = {
        name: value[:MOST_VALUE]
        for name, value in values.items()
        if isinstance(value, str) and name in known and _is_text(value)
    }
    return OpenedForm(read, kept)


def _boxes(read: ReadCode, values: dict[str, object]) -> set[str]:
    """The names of the boxes that the case has, of as many persons as there are values for."""
    case = read_case(read.bundle.id, QueryDict(read.query))
    return {box.name for box in all_boxes(blocks_of(Telling(case.walk, case.region), counts_in(values)))}


def _is_text(value: str) -> bool:
    """Whether it is text that can be kept: half of a surrogate pair is none."""
    return value == value.encode("utf-8", "ignore").decode()


def _attached(content: bytes) -> bytes:
    try:
        return attached(content)
    except Unreadable as error:
        raise NotOpened(_("这个 PDF 打不开，可能没有传完。请再拿一次，或用办事码打开。")) from error
    except NothingAttached as error:
        raise NotOpened(_("这个 PDF 不是这里打印的申请表。请用办事码打开。")) from error


def _json(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content) if len(content) <= MOST_ATTACHED else None
    except (ValueError, RecursionError) as error:
        raise NotOpened(_("这不是申请表的文件。要选申请表的 PDF，或里面的 form.json。")) from error
    if not isinstance(data, dict):
        raise NotOpened(_("这不是申请表的文件。要选申请表的 PDF，或里面的 form.json。"))
    return data
