"""Rows of tables of people: kept in the draft, and what they put into the form."""

from collections.abc import Iterator, Mapping, Sequence

from django.db import Error
from django.http import HttpRequest

from bundles.loading import catalogue
from bundles.model import Bundle, Members
from bundles.results.outcomes import written
from bundles.walking.members import Row, answers_of, columns_for, read_rows
from bundles.walking.walks import Walk
from guide.cases.case import Case
from guide.form.drafts import Draftbook, DraftLost, Drawer, new_draft, open_draft
from guide.notice.rows import Telling
from guide.web.database import is_down

Typed = list[dict[str, str]]  # rows as they are typed: a text by column


# Kept -----------------------------------------------------------------------------------------------------------------


def draft_with_rows(request: HttpRequest, drawer: Drawer) -> Draftbook | None:
    """The draft in a drawer, whether or not its owner has agreed to a form; None where it can't be had."""
    try:
        return open_draft(request, drawer)
    except DraftLost:
        return None
    except Error as error:
        if is_down(error):
            return None
        raise


def kept_rows(draft: Draftbook | None, bundle: Bundle, table: Members) -> Typed:
    """What was typed into a table; nothing where its rows aren't kept."""
    return draft.rows.get(_name(bundle, table), []) if draft else []


def keep_rows(
    request: HttpRequest, drawer: Drawer, case: Case, table: Members, rows: Typed, box: str
) -> Draftbook | None:
    """Seals the rows, in place of those before and of what these had put into the form; None where nothing is kept.

    `box` is where to go on in them, "" where they are filled in.
    """
    draft = draft_with_rows(request, drawer)
    if draft is None:
        draft = new_draft(drawer)
        draft.agreed = False
    if rows != kept_rows(draft, case.bundle, table):
        _forget(draft, table, _read(case.walk, table, draft), catalogue().city(case.region.code))
    draft.rows[_name(case.bundle, table)] = rows
    draft.box = box
    try:
        draft.save()
    except Error as error:
        if is_down(error):
            return None
        raise
    return draft


def _name(bundle: Bundle, table: Members) -> str:
    return f"{bundle.id} {table.id}"


def _forget(draft: Draftbook, table: Members, rows: Sequence[Row], city: str) -> None:
    """The form follows its new rows, but for what the visitor wrote there, and persons whom they had come or go."""
    came_from = {} if table.person in draft.counts else _boxes(table, rows, city)
    for box, text in came_from.items():
        if draft.values.get(box) == text:
            del draft.values[box]


def _read(walk: Walk, table: Members, draft: Draftbook) -> tuple[Row, ...]:
    """The kept rows, where nothing is wrong with them."""
    typed = kept_rows(draft, walk.bundle, table)
    rows = read_rows(walk.rules, table, typed, [column for column in table.columns if column.id in _typed_in(typed)])
    return () if rows.refused else rows.read


def _typed_in(typed: Typed) -> set[str]:
    """The columns that were asked for."""
    return {name for row in typed for name in row}


# What they say --------------------------------------------------------------------------------------------------------


def rows_behind(walk: Walk, table: Members, draft: Draftbook | None) -> tuple[Row, ...]:
    """The kept rows from which the answers come that this walk uses; nothing where any of these was given otherwise."""
    asked = {name: walk.used[name] for name in table.questions if name in walk.used}
    if draft is None or not asked:
        return ()
    rows = _read(walk, table, draft)
    filled_in = _typed_in(kept_rows(draft, walk.bundle, table))
    told = rows and all(column.id in filled_in for column in columns_for(table, asked))
    return rows if told and answers_of(walk.rules, table, rows, asked) == asked else ()


def counts_of(walk: Walk, draft: Draftbook | None) -> dict[str, int]:
    """How many of a person the form has: as the visitor asked for there, else as many as rows."""
    if draft is None:
        return {}
    return {table.person: len(rows) for table, rows in _filling(walk, draft)} | draft.counts


def filled_from_rows(telling: Telling, draft: Draftbook | None) -> dict[str, str]:
    """What rows put into boxes, by the names of these."""
    if draft is None:
        return {}
    filling = _filling(telling.walk, draft)
    return {box: text for table, rows in filling for box, text in _boxes(table, rows, telling.city).items()}


def _filling(walk: Walk, draft: Draftbook) -> Iterator[tuple[Members, tuple[Row, ...]]]:
    """The tables whose rows are the persons of the form; no longer once the visitor had one come or go there."""
    for table in walk.bundle.members:
        if table.person not in ("", *draft.counts) and (rows := rows_behind(walk, table, draft)):
            yield table, rows


def _boxes(table: Members, rows: Sequence[Row], city: str) -> Mapping[str, str]:
    columns = {column.id: column for column in table.columns}
    return {
        field if turn == 1 else f"{field}~{turn}": str(written(row[name], columns[name], city))
        for turn, row in enumerate(rows, 1)
        for name, field in table.fills.items()
        if name in row
    }
