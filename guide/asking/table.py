"""A table of people in the place of the questions that its rows answer.

The rows are posted: they stand in no address, and in no log of addresses. Only what they come to goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bundles.model import Choice, Members, Question
from bundles.walking.answers import Answer, Refusal
from bundles.walking.members import WHOLE_TABLE, Row, answers_of, columns_for, read_rows
from bundles.walking.written import visible
from guide.asking.growing import growing_list
from guide.asking.page import answered_besides, back_from, progress_of
from guide.asking.phrases import ASKING
from guide.asking.rows import choice_rows, picked_in, refusal_words
from guide.cases.case import Case
from guide.cases.counter_bar import counter_bar
from guide.form.boxes import MOST_CHARACTERS
from guide.form.drafts import Draftbook
from guide.form.members import Typed, kept_rows
from guide.form.phrases import FORM
from guide.language.frames import once
from guide.language.languages import say
from guide.language.pages import Shown
from guide.language.pieces import Voice, part, voice_for
from guide.language.wording import choice_words

MOST_ROWS = 50  # that are read; a table says itself how many it takes, at most 12
FEW = 4  # columns that stand beside each other


@dataclass(frozen=True)
class Sheet:
    """A table that a walk has come to. `case` is without its results; `questions` are those that may still be asked."""

    case: Case
    table: Members
    questions: tuple[str, ...]
    columns: tuple[Question, ...]

    def answered(self, rows: Sequence[Row]) -> Case:
        """The case with what the rows come to, as far as the walk asks for it."""
        found = answers_of(self.case.rules, self.table, rows, self.questions)
        results = {name: _short(answer) for name, answer in found.items()}
        told = self.case.with_answers({**self.case.answers, **results})
        used = {name: answer for name, answer in results.items() if name in told.walk.used}
        return self.case.with_answers({**self.case.answers, **used})

    def named(self, number: int) -> str:
        """What a row is called, from 0."""
        return str(ASKING["row"]) % {"number": number + 1, "row": say(self.table.row)}

    def prefix(self, number: int) -> str:
        """What the names of a row's boxes begin with."""
        return f"{self.table.id}-{number}"

    def box(self, number: int, column: str = "") -> str:
        """The name of a row's box for a column, or of its first."""
        return f"{self.prefix(number)}-{column or self.columns[0].id}"


@dataclass(frozen=True)
class Filled:
    """What was typed into a table, and what came of it: rows that count, or what is wrong.

    `box` is where to go on; `kept` says whether the rows lie in the draft.
    """

    typed: Typed
    rows: Sequence[Row] = ()
    refused: Mapping[tuple[int, str], Refusal] = field(default_factory=dict)
    box: str = ""
    kept: bool = False

    @property
    def done(self) -> bool:
        """Whether the walk can go on."""
        return bool(self.rows) and not self.refused


def sheet_for(case: Case, question: Question | None) -> Sheet | None:
    """The table that answers a question; None where there is none, or the walk hasn't come to it.

    Nor where all that it could still say is how many rows it has: that is asked more easily.
    """
    tables = (table for table in case.bundle.members if question and question.id in table.questions)
    table = next(tables, None)
    if table is None:
        return None
    before = case.with_answers({name: said for name, said in case.answers.items() if name not in table.questions})
    if before.walk.question is None or before.walk.question.id not in table.questions:
        return None
    questions = tuple(name for name in table.questions if before.walk.may_ask(name))
    columns = columns_for(table, questions)
    return Sheet(before, table, questions, columns) if columns else None


def _short(answer: Answer) -> Answer:
    """5000 rather than 5000.00."""
    return Decimal(f"{answer.normalize():f}") if isinstance(answer, Decimal) else answer


# What was posted ------------------------------------------------------------------------------------------------------


def filled_in(sheet: Sheet, posted: QueryDict) -> Filled:
    """What was typed; with a row more, or one less, where the visitor asked for that."""
    typed = _typed(sheet, posted)
    verb, _colon, turn = posted.get("action", "").partition(":")
    if verb == "more" and len(typed) < sheet.table.most:
        return Filled([*typed, dict.fromkeys(typed[0], "")], box=sheet.box(len(typed)))
    if verb == "fewer" and len(typed) > 1 and turn in map(str, range(1, len(typed) + 1)):
        out = int(turn) - 1
        return Filled(typed[:out] + typed[out + 1 :], box=sheet.box(max(out - 1, 0)))
    return _read(sheet, typed)


def as_kept(sheet: Sheet, draft: Draftbook | None) -> Filled:
    """The rows in the draft, and what is wrong with them where they were filled in; else a blank one."""
    typed = kept_rows(draft, sheet.case.bundle, sheet.table)
    if draft is None or not typed:
        return Filled([{}])
    if any(draft.box == sheet.box(number) for number in range(len(typed))):
        return Filled(typed, box=draft.box, kept=True)
    asked_so = all(row.keys() == {column.id for column in sheet.columns} for row in typed)
    return replace(_read(sheet, typed), kept=True) if asked_so else Filled(typed, kept=True)


def _read(sheet: Sheet, typed: Typed) -> Filled:
    rows = read_rows(sheet.case.rules, sheet.table, typed, sheet.columns)
    return Filled(typed, rows.read, rows.refused)


def _typed(sheet: Sheet, posted: QueryDict) -> Typed:
    """The rows, up to the last one of which there is a box."""
    cells = [{column.id: sheet.box(number, column.id) for column in sheet.columns} for number in range(MOST_ROWS)]
    last = max((number for number, row in enumerate(cells) if any(box in posted for box in row.values())), default=0)
    return [
        {name: visible(posted.get(box, ""))[:MOST_CHARACTERS].strip() for name, box in row.items()}
        for row in cells[: last + 1]
    ]


# The page -------------------------------------------------------------------------------------------------------------


class Cell(forms.CharField):
    """A cell's box. `unit` stands beside it."""

    unit = ""


class RowForm(forms.Form):
    """A row of the table. `refused` says by column what is wrong, as the rules have found it."""

    def __init__(self, sheet: Sheet, number: int, typed: Mapping[str, str], refused: Mapping[str, str]) -> None:
        prefix = sheet.prefix(number)
        data = {f"{prefix}-{name}": text for name, text in typed.items()}
        super().__init__(data, prefix=prefix)
        self.legend, self.refused = sheet.named(number), refused
        for column in sheet.columns:
            self.fields[column.id] = _cell(column, f"id_{prefix}-{column.id}", column.id in refused)

    def clean(self) -> None:
        for name, words in self.refused.items():
            self.add_error(name, words)


def _cell(column: Question, id: str, wrong: bool) -> Cell:
    about = {"helptext": column.hint, "error": wrong, "unit": column.unit}
    described = " ".join(f"{id}_{part}" for part, there in about.items() if there)
    attributes = {"autocomplete": "off", **({"aria-describedby": described} if described else {})}
    widget: forms.Widget = forms.TextInput({**attributes, "inputmode": "decimal"})
    if column.type != "number":
        choices = [(choice.id, _choice(column, choice)) for choice in column.choices]
        widget = forms.Select(attributes, [("", str(FORM["choose"])), *choices])
    cell = Cell(label=say(column.ask), help_text=say(column.hint), required=False, widget=widget)
    cell.unit = say(column.unit)
    return cell


def _choice(column: Question, choice: Choice) -> str:
    """A choice in a line, with its hint."""
    words = choice_words(column, choice)
    return str(ASKING["with_hint"]).format(choice=words, hint=say(choice.hint)) if choice.hint else words


def table_page(request: HttpRequest, sheet: Sheet, filled: Filled) -> HttpResponse:
    """The table with what was typed and what is wrong with it, and below it the question itself, folded.

    Nothing keeps the page, neither here nor in the browser.
    """
    case, table, voice = sheet.case, sheet.table, voice_for(request)
    words = {cell: refusal_words(case, refusal) for cell, refusal in filled.refused.items()}
    rows = [_row(sheet, number, typed, words) for number, typed in enumerate(filled.typed)]
    for row in rows:
        for name in row.fields:
            if row.add_prefix(name) == filled.box:
                row.fields[name].widget.attrs["autofocus"] = True
    back = case.address("ask") if case.within else back_from(case, case.walk)
    context = {
        "case": case,
        "bundle": case.bundle,
        "region": case.region,
        "table": table,
        "rows": rows,
        "abreast": len(sheet.columns) <= FEW,
        "full": len(rows) >= table.most,
        "problems": [(_target(sheet, cell), _where(sheet, cell, text)) for cell, text in words.items()],
        "action": case.address("table"),
        "back": back,
        "begun": bool(case.walk.asked),
        "progress": progress_of(case.walk, voice),
        "kept": filled.kept,
        "unfinished": True,
        **({} if case.within else _direct(sheet, voice)),
        **counter_bar(case),
    }
    growing = growing_list(case, case.walk, voice, changeable=not case.within)
    response = Shown(once(request, voice, "asking/table.html", context, growing=growing))
    add_never_cache_headers(response)
    return response


def _row(sheet: Sheet, number: int, typed: Mapping[str, str], words: Mapping[tuple[int, str], str]) -> RowForm:
    wrong = {column.id: words[number, column.id] for column in sheet.columns if (number, column.id) in words}
    return RowForm(sheet, number, typed, wrong)


def _target(sheet: Sheet, cell: tuple[int, str]) -> str:
    """The id of the box in which to mend it; the first one for the table as a whole."""
    number, name = cell
    return f"id_{sheet.box(max(number, 0), name)}"


def _where(sheet: Sheet, cell: tuple[int, str], text: str) -> str:
    """What is wrong, after the name of its row."""
    return text if cell[0] == WHOLE_TABLE else f"{sheet.named(cell[0])}{_('：')}{text}"


def _direct(sheet: Sheet, voice: Voice) -> dict[str, object]:
    """The question itself, for who would rather not fill in a table."""
    case, question = sheet.case, sheet.case.walk.question
    if question is None:
        raise ValueError("a walk stands at a question of its table")
    return {
        "question": question,
        "part": "asking/number.html" if question.type == "number" else "asking/choices.html",
        "choices": choice_rows(question, case.walk.offered, picked_in(case, question)),
        "typed": "".join(case.typed.get(question.id, [])[:1]),
        "answered": answered_besides(case, question, voice),
    }


def by_table(sheet: Sheet, voice: Voice) -> SafeString:
    """A link to the table, for where its question is asked directly."""
    return part("asking/by-table.html", voice, {"ask": sheet.table.ask}, address=sheet.case.address("ask"))
