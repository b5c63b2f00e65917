import pytest

from bundles.answers import AnswersRefused
from bundles.loading import catalogue
from bundles.marks import MarksRefused, read_marks
from bundles.model import NEVER
from bundles.paper import PaperQuestionnaire, paper_of
from bundles.shortening import size

from .paper import run
from .support import TODAY, bundle, fresh_seed

DRAWS = 100
LONGEST = 45  # marks in one condition; the longest says when a child's household is registered


@pytest.mark.parametrize("id", catalogue().ids)
def test_a_reader_with_a_pen_ends_with_the_same_list(id: str) -> None:
    seed = fresh_seed(f"python -m tests.rules.paper --draws {DRAWS} {id} --seed {{}}")
    counts = run(id, DRAWS, seed)
    assert counts.readers == DRAWS
    assert counts.on_paper - counts.in_walks < DRAWS, "more than one question in vain for each reader"


SMALL = """
questions:
  - {id: kind, ask: 哪种, choices: [{id: shop, label: 店}, {id: farm, label: 农场}, {id: none_yet, label: 还没有}]}
  - {id: opened, ask: 哪天开的, type: date, when: {kind: shop}, bands: [{id: fresh, up_to: 1 month}, {id: old}]}
  - {id: staff, ask: 几个人, type: number, when: {kind: shop}, bands: [{id: few, up_to: 4}, {id: many}]}
  - {id: wants, ask: 还要吗, type: many, choices: [{id: seal, label: 章}, {id: bank, label: 户, when: {kind: shop}}]}
stops: [{id: nothing, when: {kind: none_yet}, tell: 先开张}]
items:
  - id: licence
    when: {any: [{kind: shop, opened: fresh}, {kind: farm}]}
    materials: [{id: lease, when: {kind: shop}}, {id: deed, when: {not: {kind: shop}}}]
  - {id: seals, when: {wants: seal}, may_when: {staff: many}}
"""


@pytest.fixture
def paper() -> PaperQuestionnaire:
    return paper_of(bundle(SMALL), TODAY)


def test_questions_are_numbered_in_the_authors_order_and_their_answers_lettered(paper: PaperQuestionnaire) -> None:
    assert [(step.number, step.id) for step in paper.steps] == [(1, "kind"), (2, "opened"), (3, "staff"), (4, "wants")]
    assert [mark.name for mark in paper.steps[3].marks] == ["4A", "4B", "4C"]


def test_a_jump_passes_what_nobody_there_has_to_answer(paper: PaperQuestionnaire) -> None:
    assert {mark.name: mark.onward for mark in paper.steps[0].marks} == {"1A": None, "1B": 4, "1C": None}


def test_a_stop_stands_behind_the_question_that_decides_it(paper: PaperQuestionnaire) -> None:
    assert [[stop.stop.id for stop in step.stops] for step in paper.steps] == [["nothing"], [], [], []]


def test_bands_of_dates_are_told_as_days(paper: PaperQuestionnaire) -> None:
    fresh, old = (mark.days for mark in paper.steps[1].marks)
    assert fresh is not None
    assert old is not None
    assert (str(fresh.lowest), fresh.highest) == ("2026-10-22", None)
    assert (old.lowest, str(old.highest)) == (None, "2026-10-21")


def test_a_condition_says_no_more_than_its_reader_needs(paper: PaperQuestionnaire) -> None:
    licence, seals = paper.items
    assert size(licence.applies) == 2
    assert licence.counter == NEVER
    assert size(seals.counter) == 1


@pytest.mark.parametrize("id", catalogue().ids)
def test_conditions_of_the_catalogue_stay_readable(id: str) -> None:
    paper = paper_of(catalogue().bundle(id), TODAY)
    conditions = [step.guard for step in paper.steps]
    conditions += [when for item in paper.items for when in (item.applies, item.counter)]
    conditions += [use.when for material in paper.materials for use in material.uses]
    conditions += [use.when for box in paper.fields for use in box.uses]
    conditions += [note.when for note in paper.notes]
    assert max(map(size, conditions)) <= LONGEST


def test_typed_marks_are_read_as_answers(paper: PaperQuestionnaire) -> None:
    answers = read_marks(paper, "1a，2=2026-11-10 3B、4A")
    assert answers["kind"] == "shop"
    assert str(answers["opened"]) == "2026-11-10"
    assert paper.rules.band(paper.bundle.question("staff"), answers["staff"]) == "many"  # type: ignore[arg-type]  # a number
    assert answers["wants"] == frozenset({"seal"})


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("9A", "没有第“9”题。题号是 1 到 4"),
        ("1D", "没有“1D”。第 1 题可以写：1A、1B、1C。"),
        ("1A 1B", "第 1 题只能勾一项，现在有 1A、1B"),
        ("4A 4C", "第 4 题勾了“都没有”，又勾了别的"),
        ("1=3", "第 1 题不用写数，请勾：1A、1B、1C"),
        ("2A 2=2020-01-01", "第 2 题勾了 2A，写的却是 2020-01-01"),
        ("#", "没有第“#”题"),
    ],
)
def test_wrong_marks_are_refused_with_what_is_allowed(paper: PaperQuestionnaire, text: str, refusal: str) -> None:
    with pytest.raises(MarksRefused, match=refusal):
        read_marks(paper, text)


def test_a_day_that_cannot_be_is_refused_as_everywhere(paper: PaperQuestionnaire) -> None:
    with pytest.raises(AnswersRefused):
        read_marks(paper, "2=2026-13-01")
