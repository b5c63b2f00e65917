"""Tables of people: rows as they are typed -> rows that can be counted -> the answers that they come to.

The offline page does it again (static/offline/members.js).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..conditions import Told, holds, questions_in
from ..model import Members, Question, Result
from .answers import Answer, Answers, AnswersRefused, Refusal, read_answer
from .editions import Edition

Row = Mapping[str, Answer]  # by column
WHOLE_TABLE = -1  # the row of a refusal that isn't about any one row


@dataclass(frozen=True, slots=True)
class Rows:
    """What was typed into a table: the rows that count, and why a cell can't be used, by row (from 0) and column.

    What is wrong with the table as a whole stands under WHOLE_TABLE and "".
    """

    read: tuple[Row, ...]
    refused: Mapping[tuple[int, str], Refusal]


def columns_for(table: Members, questions: Collection[str]) -> tuple[Question, ...]:
    """The columns that must be filled in for these questions to be answered."""
    used = {name for result in table.results if result.question in questions for name in _columns_of(result)}
    return tuple(column for column in table.columns if column.id in used)


def _columns_of(result: Result) -> frozenset[str]:
    return questions_in(result.where, {}, {}) | ({result.column} if result.column else set())


def read_rows(
    rules: Edition, table: Members, raw: Sequence[Mapping[str, object]], columns: Collection[Question]
) -> Rows:
    """The typed rows, by these columns alone. A row in which nothing is filled in isn't there."""
    rows, refused = [], dict[tuple[int, str], Refusal]()
    asked = {column.id: replace(column, id=f"{table.id}.{column.id}") for column in columns}
    for number, cells in enumerate(raw):
        read = {column.id: read_answer(rules, asked[column.id], cells.get(column.id)) for column in columns}
        if columns and all(cell is None for cell in read.values()):
            continue
        for column in columns:
            cell = read[column.id]
            if cell is None:
                refused[number, column.id] = Refusal("not-filled", asked[column.id].id, ask=column.ask)
            elif isinstance(cell, Refusal):
                refused[number, column.id] = cell
        rows.append({name: cell for name, cell in read.items() if cell is not None and not isinstance(cell, Refusal)})
    if not rows:
        refused[WHOLE_TABLE, ""] = Refusal("no-rows", table.id, ask=table.ask)
    if len(rows) > table.most:
        said = (str(table.most),)
        refused[WHOLE_TABLE, ""] = Refusal("too-many-rows", table.id, str(len(rows)), table.ask, said)
    return Rows(tuple(rows), refused)


def answers_of(rules: Edition, table: Members, rows: Sequence[Row], questions: Collection[str]) -> Answers:
    """What the rows, at least one, come to, for each of these questions that the table answers."""
    told = [_told(rules, table, row) for row in rows]
    return {
        result.question: _answer(
            result, [row for row, cells in zip(rows, told, strict=True) if holds(result.where, cells)]
        )
        for result in table.results
        if result.question in questions
    }


def with_rows_counted(rules: Edition, given: Mapping[str, object]) -> dict[str, object]:
    """Answers of which some may be given as rows, `{table: [{column: cell, …}, …]}`: instead, what these come to.

    Rows may leave out columns; what rests on these isn't answered. Raises AnswersRefused.
    """
    tables = {table.id: table for table in rules.bundle.members}
    answers: dict[str, object] = {}
    for name, value in given.items():
        if name in tables and isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
            answers |= _counted(rules, tables[name], value)
        else:
            answers[name] = value
    return answers


def _counted(rules: Edition, table: Members, typed: Sequence[Mapping[str, object]]) -> Answers:
    named = {str(name) for row in typed for name in row}
    known = tuple(column.id for column in table.columns)
    unknown = [Refusal("unknown-question", f"{table.id}.{name}", allowed=known) for name in sorted(named - set(known))]
    questions = [result.question for result in table.results if _columns_of(result) <= named]
    rows = read_rows(rules, table, typed, [column for column in table.columns if column.id in named])
    if unknown or rows.refused:
        raise AnswersRefused([*unknown, *rows.refused.values()])
    return answers_of(rules, table, rows.read, questions)


def _told(rules: Edition, table: Members, row: Row) -> Told:
    """What a row's cells are to conditions: choices, and the bands of numbers."""
    columns = {column.id: column for column in table.columns}
    values = {
        name: frozenset({rules.band(columns[name], cell) if isinstance(cell, Decimal) else str(cell)})
        for name, cell in row.items()
    }
    return Told(values, frozenset(), frozenset(), {})


def _answer(result: Result, rows: Sequence[Row]) -> Answer:
    if result.kind == "any":
        return "yes" if rows else "no"
    if result.kind == "count":
        return Decimal(len(rows))
    numbers = [cell for row in rows if isinstance(cell := row[result.column], Decimal)]
    if result.kind == "sum":
        return sum(numbers, Decimal(0))
    return min(numbers) if result.kind == "least" else max(numbers)
