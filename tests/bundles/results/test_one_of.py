"""Of some items only one can be had, of some papers one is enough: what the notice tells."""

import pytest

from bundles.loading import Catalogue, catalogue
from bundles.model import Bundle
from bundles.walking.answers import AnswersRefused
from bundles.walking.compiling import Target, compile_bundle
from bundles.walking.diagrams import FALSE
from bundles.walking.editions import edition
from tests.bundles.random_bundles import written
from tests.bundles.support import TODAY, bundle, given

AID = """
    questions:
      - {id: alone, ask: ？, choices: [{id: "yes", label: 是}, {id: unsure, label: 不知}, {id: "no", label: 不}]}
      - {id: poor, ask: ？, type: yesno}
      - {id: cared, ask: ？, type: yesno}
    one_of:
      aid:
        of: [{held: {cared: "yes"}, label: 护理费}, keep, low]
        tell: 只能享受一样
    items:
      - {id: keep, when: {alone: "yes"}, may_when: {alone: unsure}}
      - {id: low, when: {poor: "yes"}}
      - {id: tea, when: {alone: ["yes", unsure, "no"]}}
"""


def never_two(rules: Bundle) -> int:
    """Fails where two that exclude each other may be had together; how many pairs there are."""
    program = compile_bundle(edition(rules, TODAY))
    both, pairs = program.diagrams.both, 0
    for one_of in rules.one_of:
        for item in [rival.item for rival in one_of.rivals if rival.item]:
            applies, counter = (program.targets[Target(kind, (item,))] for kind in ("item", "counter"))
            for turn, rival in one_of.before(item):
                if rival.held is not None:
                    had = program.targets[Target("held", (one_of.id, turn))]
                    assert both(had, program.diagrams.either(applies, counter)) == FALSE, (item, rival.label)
                else:
                    sure, maybe = (program.targets[Target(kind, (rival.item,))] for kind in ("item", "counter"))
                    assert both(applies, program.diagrams.either(sure, maybe)) == FALSE, (item, rival.item)
                    assert both(counter, sure) == FALSE, (item, rival.item)
                pairs += 1
    return pairs


def test_nobody_is_ever_told_two_of_which_only_one_can_be_had() -> None:
    books: Catalogue = catalogue()
    regions = [None, "510100", "510500", "513300"]
    assert sum(never_two(books.bundle(id, region)) for id in books.ids for region in regions) >= 40
    assert sum(never_two(written(seed, functions=False)[1]) for seed in range(300)) > 100


def test_the_first_that_holds_wins_and_the_other_says_why() -> None:
    rules = bundle(AID)
    applicant = given(rules, alone="yes", poor="yes", cared="no")
    applicant.applies("keep", "tea")
    applicant.leaves_out("low")
    (contest,) = applicant.notice.contests
    assert (contest.told, contest.out, contest.held) == (("keep",), ("low",), ())
    assert applicant.outcome["one_of"] == [
        {"id": "aid", "tell": "只能享受一样", "told": ["keep"], "out": ["low"], "held": []}
    ]


def test_nothing_is_asked_for_what_is_out_anyway() -> None:
    applicant = given(bundle(AID), alone="yes", cared="no")
    applicant.asked("alone", "cared")
    assert applicant.walk.status == "finished"


def test_where_the_winner_is_for_the_counter_so_is_the_other() -> None:
    applicant = given(bundle(AID), alone="unsure", poor="yes", cared="no")
    applicant.leaves_to_the_counter("keep", "low")
    assert applicant.notice.contests[0].told == ("keep", "low")


def test_what_the_applicant_has_already_excludes_all_that_follow() -> None:
    applicant = given(bundle(AID), alone="yes", poor="yes", cared="yes")
    applicant.leaves_out("keep", "low")
    (contest,) = applicant.notice.contests
    assert ([rival.label for rival in contest.held], contest.out) == (["护理费"], ("keep", "low"))


def test_an_item_that_is_alone_tells_of_no_contest() -> None:
    applicant = given(bundle(AID), alone="no", poor="yes", cared="no")
    applicant.applies("low", "tea")
    assert applicant.notice.contests == ()
    assert "one_of" not in applicant.outcome


def test_an_item_may_exclude_others_by_itself() -> None:
    rules = bundle("""
    questions: [{id: place, ask: ？, choices: [{id: home, label: 家里}, {id: away, label: 外面}]}]
    items:
      - {id: tea, when: {place: home}, excludes: [milk, juice]}
      - milk
      - {id: juice, may_when: {place: [home, away]}}
    """)
    given(rules, place="home").leaves_out("milk", "juice")
    applicant = given(rules, place="away")
    applicant.applies("milk")
    applicant.leaves_to_the_counter("juice")


PAPERS = """
    questions:
      - {id: home, ask: ？, choices: [{id: rented, label: 租的}, {id: owned, label: 自己的}]}
      - {id: moved, ask: ？, type: yesno}
      - {id: adults, ask: ？, type: number, highest: 9}
      - {id: local, ask: ？, type: yesno}
    items:
      - id: tea
        when: {local: ["yes", "no"]}
        materials:
          - any_of: [lease, {id: permit, when: {moved: "yes"}}]
            label: 住处的证明
          - {id: card, of: family, originals: 0, copies: {count: 2, per: adults}}
          - {id: photo, waived_by: [{by: data-check, when: {local: "yes"}}]}
      - {id: rent, when: {home: rented}, materials: [lease]}
"""


def test_one_of_several_papers_is_enough() -> None:
    applicant = given(bundle(PAPERS), home="owned", adults=2, local="no", moved="yes")
    told = [(need.id, need.any_of and sorted(id for id, _of in need.any_of)) for need in applicant.notice.materials]
    assert told == [
        ("lease", ["lease", "permit"]), ("permit", ["lease", "permit"]), ("card", None), ("photo", None),
    ]  # fmt: skip
    assert applicant.notice.savings.materials == (3, 3)
    assert [need.get("any_of") for need in applicant.outcome["materials"]] == [1, 1, None, None]  # type: ignore[attr-defined]


def test_the_only_one_left_is_a_paper_like_any_other() -> None:
    applicant = given(bundle(PAPERS), home="owned", adults=2, local="no", moved="no")
    applicant.brings("lease", "card of family", "photo")
    assert [need.any_of for need in applicant.notice.materials] == [None, None, None]


def test_one_that_is_needed_anyway_is_enough_and_the_others_are_not_asked_about() -> None:
    applicant = given(bundle(PAPERS), home="rented", adults=2, local="no")
    applicant.skips("moved")
    applicant.brings("lease", "card of family", "photo")
    assert applicant.notice.materials[0].items == ["tea", "rent"]


@pytest.mark.parametrize(("adults", "copies"), [(3, [6]), (1, [2]), (0, [])])
def test_a_paper_for_each_person_is_counted(adults: int, copies: list[int]) -> None:
    applicant = given(bundle(PAPERS), home="rented", adults=adults, local="no")
    assert [need.copies for need in applicant.notice.materials if need.id == "card"] == copies


def test_only_whole_persons_are_counted() -> None:
    with pytest.raises(AnswersRefused) as refused:
        given(bundle(PAPERS), home="rented", adults="1.5", local="no").applies("tea")
    assert [refusal.code for refusal in refused.value.refusals] == ["not-whole"]


def test_a_paper_may_be_waived_under_a_condition() -> None:
    def waived(local: str) -> str | None:
        notice = given(bundle(PAPERS), home="rented", adults=1, local=local).notice
        return next(need.waived_by for need in notice.materials if need.id == "photo")

    assert (waived("yes"), waived("no")) == ("data-check", None)


def test_it_says_for_which_item_a_paper_is_waived_where_not_for_all() -> None:
    rules = bundle("""
    questions: [{id: place, ask: ？, choices: [{id: home, label: 家里}, {id: away, label: 外面}, {id: far, label: 远}]}]
    items:
      - id: tea
        when: {place: [home, away]}
        materials: [{id: card, waived_by: [{by: data-check, when: {place: home}}]}]
      - {id: milk, materials: [card]}
    """)
    (card,) = given(rules, place="home").notice.materials
    assert (card.waived_by, card.waived_for) == (None, {"tea": "data-check"})


def test_conditions_may_test_what_became_of_items() -> None:
    rules = bundle(
        AID
        + """
    stops: [{id: nothing, when: {not: {item: [keep, low]}}, tell: 没有}]
    notes: [{id: sure, when: {applies: keep}, tell: 一定}, {id: maybe, when: {item: keep}, tell: 也许}]
    """
    )
    assert [note.id for note in given(rules, alone="yes", cared="no").notice.notes] == ["sure", "maybe"]
    unsure = given(rules, alone="unsure", poor="no", cared="no")
    assert [note.id for note in unsure.notice.notes] == ["maybe"]
    assert given(rules, alone="no", poor="no").walk.status == "stopped"
