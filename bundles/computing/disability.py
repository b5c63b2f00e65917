"""Days from which a disability certificate may be applied for: 残疾人证管理办法 (残联发〔2017〕34号)."""

from collections.abc import Mapping
from datetime import date

from ..model import Span
from ..times import add
from .registry import Raw, figures

# Ages as a Hunan guide states them (郴州北湖区残疾人服务“一件事”): speech from 3, mental disability from 2.
SPEECH_AGE = Span(3, "years")
MENTAL_AGE = Span(2, "years")
# No new application in the year after a certificate was cancelled.
BARRED = Span(1, "years")


@figures("disability.speech_day")
def speech_day(_today: date, answers: Mapping[str, Raw]) -> date | None:
    """The day from which a speech disability is assessed."""
    return _after(answers["birthday"], SPEECH_AGE)


@figures("disability.mental_day")
def mental_day(_today: date, answers: Mapping[str, Raw]) -> date | None:
    """The day from which a mental disability is assessed."""
    return _after(answers["birthday"], MENTAL_AGE)


@figures("disability.reapply_day")
def reapply_day(_today: date, answers: Mapping[str, Raw]) -> date | None:
    """The day from which one may apply again."""
    return _after(answers["cancelled_on"], BARRED)


def _after(start: Raw, span: Span) -> date | None:
    return add(start, span) if isinstance(start, date) else None
