from decimal import Decimal

import pytest

from bundles.conditions import ALWAYS, NEVER, Answered, Condition, Every, Not, Some
from bundles.loading import catalogue
from bundles.paper.composing import paper_of
from bundles.paper.filling_in import fill_in, read_list
from bundles.paper.mark_words import MarkPhrases, mark_words
from bundles.paper.questionnaire import Limit, NumberRange, PaperQuestionnaire, Range
from bundles.paper.shortening import size
from bundles.paper.ticked_boxes import MOST
from bundles.paper.typed_marks import MarksRefused, read_marks
from bundles.paper.waste import paper_waste
from bundles.walking.answers import AnswersRefused
from tests.bundles.paper.readers import check_random, run
from tests.bundles.paper.reading_mark_words import Reader
from tests.bundles.support import TODAY, bundle, dice, fresh_seed

DRAWS = 100


@pytest.mark.parametrize("id", catalogue().ids)
def test_a_reader_with_a_pen_ends_with_the_same_list(id: str) -> None:
    seed = fresh_seed(f"python -m tests.bundles.paper.readers --draws {DRAWS} {id} --seed {{}}")
    counts = run(id, DRAWS, seed)
    assert counts.readers == DRAWS
    assert counts.on_paper - counts.in_walks < DRAWS, "more than one question in vain for each reader"


@pytest.mark.parametrize("part", range(4))
def test_readers_of_random_bundles_end_with_the_same_list_too(part: int) -> None:
    first = fresh_seed("put {} here")
    assert any(check_random(seed) for seed in range(first, first + 5))


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
    fresh, old = (mark.reach for mark in paper.steps[1].marks)
    assert isinstance(fresh, Range)
    assert isinstance(old, Range)
    assert (str(fresh.lowest), fresh.highest) == ("2026-10-22", None)
    assert (old.lowest, str(old.highest)) == (None, "2026-10-21")


def test_a_condition_says_no_more_than_its_reader_needs(paper: PaperQuestionnaire) -> None:
    licence, seals = paper.items
    assert size(licence.applies) == 2
    assert licence.counter == NEVER
    assert size(seals.counter) == 1


def test_bands_of_numbers_are_told_with_their_ends(paper: PaperQuestionnaire) -> None:
    few, many = (mark.reach for mark in paper.steps[2].marks)
    four = Decimal(4)
    assert few == NumberRange(None, Limit(four, included=True))
    assert many == NumberRange(Limit(four, included=False), None)


LONG = """
questions:
  - {id: where, ask: 在哪里, choices: [{id: here, label: 这}, {id: there, label: 那}, {id: away, label: 外}]}
  - {id: who, ask: 谁, choices: [{id: me, label: 我}, {id: you, label: 你}, {id: her, label: 她}]}
  - {id: how, ask: 怎么, choices: [{id: foot, label: 走}, {id: bike, label: 骑}, {id: bus, label: 坐}]}
  - {id: last, ask: 还有吗, type: yesno, when: {far: true}}
facts:
  far: {any: [{where: there, who: me, how: foot}, {where: away, who: you, how: bike}]}
items:
  - {id: one, when: {any: [{far: true}, {where: here, who: her}]}}
  - {id: two, when: {far: true, last: yes}}
"""


@pytest.fixture
def boxed_paper() -> PaperQuestionnaire:
    return paper_of(bundle(LONG), TODAY)


def test_a_fact_that_several_need_is_a_box_behind_the_last_question_it_rests_on(
    boxed_paper: PaperQuestionnaire,
) -> None:
    assert [[box.name for box in step.boxes] for step in boxed_paper.steps] == [[], [], ["甲"], []]
    assert (
        words_of(boxed_paper, boxed_paper.steps[2].boxes[0].when)
        == "（1B，并且2A，并且3A）；或者（1C，并且2B，并且3B）"
    )
    assert words_of(boxed_paper, boxed_paper.steps[3].guard) == "甲"
    assert words_of(boxed_paper, boxed_paper.items[0].applies) == "甲；或者（1A，并且2C）"


def words_of(paper: PaperQuestionnaire, when: Condition) -> str:
    return mark_words(when, paper.names, MarkPhrases())


def test_a_reader_ticks_the_box_and_obeys_it(boxed_paper: PaperQuestionnaire) -> None:
    answers = {"where": "there", "who": "me", "how": "foot", "last": "yes"}
    filled = fill_in(boxed_paper, lambda question, _offered: answers[question.id])
    assert list(filled.answers) == ["where", "who", "how", "last"]
    assert read_list(boxed_paper, filled).items == {"one": "applies", "two": "applies"}
    filled = fill_in(boxed_paper, lambda question, _offered: (answers | {"who": "her"})[question.id])
    assert list(filled.answers) == ["where", "who", "how"]
    assert set(read_list(boxed_paper, filled).items.values()) == {"not"}


def test_boxes_among_typed_marks_are_passed_over(boxed_paper: PaperQuestionnaire) -> None:
    assert read_marks(boxed_paper, "1B 2A 3A 甲") == {"where": "there", "who": "me", "how": "foot"}


def test_no_jump_leads_past_a_box(boxed_paper: PaperQuestionnaire) -> None:
    for step in boxed_paper.steps:
        for mark in step.marks:
            passed = boxed_paper.steps[step.number : (mark.onward or step.number + 1) - 1]
            assert not any(other.boxes or other.stops for other in passed)


def test_words_of_denials_say_which_box_is_empty(paper: PaperQuestionnaire) -> None:
    shop, farm = (Answered("kind", frozenset({value})) for value in ("shop", "farm"))
    both = Answered("kind", frozenset({"shop", "farm"}))
    assert words_of(paper, Not(shop)) == "1A没勾"
    assert words_of(paper, Not(both)) == "1A、1B都没勾"
    assert words_of(paper, Every((both, Some((shop, Not(farm)))))) == "（1A或1B），并且（1A；或者1B没勾）"
    with pytest.raises(TypeError):
        words_of(paper, Not(Every((shop, farm))))


def test_waste_counts_what_only_paper_asks() -> None:
    waste = paper_waste(bundle(SMALL), TODAY, 50, dice(1))
    assert waste.readers == 50
    assert waste.worst <= len(bundle(SMALL).questions)
    assert waste.mean == waste.vain.total() / 50


@pytest.mark.parametrize("id", catalogue().ids)
def test_conditions_of_the_catalogue_stay_readable(id: str) -> None:
    for when in paper_of(catalogue().bundle(id), TODAY).conditions():
        assert size(when) <= MOST


@pytest.mark.parametrize("id", catalogue().ids)
def test_words_of_conditions_read_back_are_the_conditions(id: str) -> None:
    paper = paper_of(catalogue().bundle(id), TODAY)
    reader = Reader(paper)
    for when in {*paper.conditions()} - {ALWAYS, NEVER}:
        words = mark_words(when, paper.names, MarkPhrases())
        assert reader.read(words) == when, words


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
