"""What is asked and what isn't: the fine print of the design."""

from datetime import date

import pytest

from bundles.computing import FUNCTIONS
from bundles.loading import catalogue
from bundles.walking.editions import edition
from bundles.walking.walks import navigation_of
from tests.bundles.support import TODAY, bundle, given

PLACE = "{id: place, ask: ？, choices: [{id: home, label: 家}, {id: road, label: 路}, {id: away, label: 外}]}"


def test_a_question_is_skipped_once_its_answer_changes_nothing() -> None:
    rules = bundle(f"""
        questions: [{PLACE}, {{id: rain, ask: ？, type: yesno}}]
        items: [{{id: tea, when: {{any: [{{place: home}}, {{rain: yes}}]}}}}]
    """)
    given(rules).asks("place")
    given(rules, place="home").finishes()
    given(rules, place="away").asks("rain")
    given(rules, place="home", rain="yes").skips("rain")
    given(rules, place="home", rain="yes").applies("tea")


def test_a_choice_that_is_not_offered_counts_as_unanswered() -> None:
    rules = bundle(f"""
        questions:
          - {PLACE}
          - id: how
            ask: ？
            choices: [{{id: foot, label: 走}}, {{id: bus, label: 车}}, {{id: boat, label: 船, when: {{place: road}}}}]
        items: [{{id: tea, when: {{how: boat}}}}, {{id: milk, when: {{how: bus}}}}]
    """)
    given(rules, place="road").asks("how", "foot", "bus", "boat")
    given(rules, place="home").asks("how", "foot", "bus")
    applicant = given(rules, place="home", how="boat")
    applicant.asks("how")
    assert applicant.walk.ignored == ("how",)


def test_a_single_offered_choice_is_taken_without_asking() -> None:
    rules = bundle(f"""
        questions:
          - {PLACE}
          - {{id: how, ask: ？, choices: [{{id: foot, label: 走}}, {{id: boat, label: 船, when: {{place: road}}}}]}}
        items: [{{id: tea, when: {{how: foot}}}}]
    """)
    given(rules, place="road").asks("how")
    given(rules, place="home").skips("how")
    given(rules, place="home").applies("tea")


def test_a_computed_value_sees_the_single_choice_that_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FUNCTIONS, "taken", lambda today, answers: "yes" if answers["how"] == "foot" else "no")
    rules = bundle(f"""
        questions:
          - {PLACE}
          - {{id: how, ask: ？, choices: [{{id: foot, label: 走}}, {{id: boat, label: 船, when: {{place: road}}}}]}}
        computed: {{walks: {{by: taken, of: [how], gives: [yes, no]}}}}
        items: [{{id: tea, when: {{walks: yes}}}}]
    """)
    given(rules, place="road").asks("how")
    given(rules, place="home").applies("tea")
    given(rules, place="road", how="boat").leaves_out("tea")


def test_a_computed_value_never_asks_for_ticks_that_are_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FUNCTIONS, "some", lambda today, answers: "yes" if answers["wants"] else "no")
    rules = bundle(f"""
        questions:
          - {PLACE}
          - {{id: wants, ask: ？, type: many, choices: [{{id: card, label: 卡, when: {{place: road}}}}]}}
        computed: {{any-wish: {{by: some, of: [wants], gives: [yes, no]}}}}
        items: [{{id: tea, when: {{any-wish: yes}}}}]
    """)
    given(rules, place="road").asks("wants", "card")
    given(rules, place="home").finishes()
    given(rules, place="home").leaves_out("tea")


def test_a_stop_ends_the_walk_and_tells_nothing_else() -> None:
    rules = bundle(f"""
        questions: [{PLACE}, {{id: rain, ask: ？, type: yesno}}]
        stops: [{{id: far, tell: 远, when: {{place: away}}}}, {{id: gone, tell: 走了, when: {{place: [away, road]}}}}]
        notes: [{{id: hint, tell: 记得, when: {{rain: yes}}}}]
        items: [{{id: tea, when: {{rain: yes}}}}]
    """)
    given(rules, place="away").stops_at("far", "gone")
    given(rules, place="road", rain="yes").stops_at("gone")
    told = given(rules, place="away").outcome
    assert (told["items"], told["materials"], told["fields"], told["notes"], told["joint"]) == ([], [], [], [], None)
    assert told["code"] is not None


def test_a_date_that_only_a_deadline_needs_is_asked_where_its_item_applies() -> None:
    rules = bundle(f"""
        questions: [{PLACE}, {{id: born, ask: ？, type: date}}]
        items: [{{id: tea, when: {{place: home}}, deadline: {{within: 1 month, from: born}}}}]
    """)
    given(rules, place="home").asks("born")
    given(rules, place="away").skips("born")


def test_a_number_of_persons_is_asked_where_their_field_is() -> None:
    rules = bundle(f"""
        questions: [{PLACE}, {{id: babies, ask: ？, type: number, bands: [{{id: one, up_to: 1}}, {{id: more}}]}}]
        items: [{{id: tea, fields: [{{id: child.name, when: {{place: home}}}}]}}]
        repeat: {{child: babies}}
    """)
    given(rules, place="home").asks("babies")
    given(rules, place="home", babies=2).finishes()
    assert given(rules, place="home", babies=2).notice.repeats("child") == 2
    given(rules, place="away").skips("babies")


def test_an_item_that_only_the_counter_can_decide() -> None:
    rules = bundle(f"""
        questions: [{PLACE}]
        items:
          - {{id: tea, when: {{place: home}}, may_when: {{place: [home, road]}}, materials: [card]}}
          - {{id: milk, may_when: {{place: road}}, materials: [card]}}
    """)
    given(rules).leaves_open("tea", "milk")
    given(rules, place="home").applies("tea")
    given(rules, place="road").leaves_to_the_counter("tea", "milk")
    given(rules, place="road").brings("card")
    given(rules, place="away").leaves_out("tea", "milk")


def test_only_ticks_that_still_matter_are_shown() -> None:
    rules = bundle(f"""
        questions:
          - {PLACE}
          - {{id: wants, ask: ？, type: many, choices: [{{id: card, label: 卡}}, {{id: fund, label: 金}}]}}
          - {{id: owners, ask: ？, type: many, least: 1, choices: [{{id: mine, label: 我}}, {{id: yours, label: 你}}]}}
        items:
          - {{id: tea, when: {{place: home, wants: card}}}}
          - {{id: milk, when: {{place: road, wants: fund}}}}
          - {{id: salt, when: {{place: away, owners: mine}}}}
    """)
    given(rules, place="home").asks("wants", "card")
    given(rules, place="road").asks("wants", "fund")
    given(rules, place="away").asks("owners", "mine", "yours")
    given(rules, place="away", owners=[]).asks("owners")
    given(rules, place="away", owners=["yours"]).finishes()


def test_a_param_counts_from_its_day_on_and_where_it_is_confirmed() -> None:
    rules = bundle("""
        params:
          area: [{from: 2026-01-01, value: 100}, {from: 2027-01-01, value: 300}]
          fee: {value: 5, confirmed: false}
        questions: [{id: size, ask: ？, type: number, bands: [{id: small, under: $area}, {id: large}]}]
        items:
          - {id: tea, when: {size: small}}
          - {id: milk, when: {confirmed: fee}}
          - {id: oil, when: {param: fee}}
          - {id: salt, when: {confirmed: area}}
    """)
    given(rules, size=200).leaves_out("tea", "milk")
    given(rules, size=200).applies("oil", "salt")
    given(rules, date(2027, 1, 1), size=200).applies("tea")
    given(rules, date(2025, 12, 31), size=1).leaves_out("tea", "salt")


def test_reasons_are_the_answers_that_decided() -> None:
    rules = bundle(f"""
        questions: [{{id: rain, ask: ？, type: yesno}}, {PLACE}]
        items: [{{id: tea, when: {{place: home}}}}, {{id: milk, when: {{rain: yes}}}}]
    """)
    told = {item.id: item.because for item in given(rules, rain="yes", place="home").notice.items}
    assert told == {"tea": ("place",), "milk": ("rain",)}


def test_days_with_the_same_rules_share_a_navigation() -> None:
    rules = catalogue().bundle("newborn")
    assert navigation_of(edition(rules, TODAY)) is navigation_of(edition(rules, date(2026, 11, 23)))


@pytest.mark.parametrize("id", catalogue().ids)
def test_a_catalogue_bundle_is_small_enough_to_count(id: str) -> None:
    navigation = navigation_of(edition(catalogue().bundle(id), TODAY))
    assert navigation.outlook(navigation.start).walks
    assert navigation.states < 2_000


def test_a_tick_that_is_not_offered_is_no_answer_and_beside_others_drops_alone() -> None:
    rules = bundle("""
    questions:
      - {id: a, ask: ？, type: yesno}
      - {id: v, ask: ？, type: many, choices: [{id: p, label: VP, when: {a: yes}}, {id: q, label: VQ}]}
    items: [{id: i, when: {v: p}}, {id: j, when: {v: q}}, {id: k, when: {v: none}}, {id: box, fields: [me.v]}]
    fills: {me.v: v}
    """)
    alone = given(rules, a="no", v=["p"])
    assert alone.walk.question is not None
    assert alone.walk.ignored == ("v",)
    both = given(rules, a="no", v=["p", "q"])
    assert both.walk.used["v"] == {"q"}
    assert both.notice.fields[0].value == {"q"}
