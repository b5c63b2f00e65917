"""A region's changes are laid over a bundle key by key: province, prefecture, county."""

from decimal import Decimal
from pathlib import Path

import pytest

from bundles.faults import BundleError
from bundles.loading import Catalogue, UnknownRegion
from bundles.model import Bundle
from bundles.results.case_codes import decode, encode, open_code
from bundles.walking.answers import Answer
from tests.bundles.support import bundle, given, write

REGIONS = """
    '510000': {name: 四川省}
    '510100': {name: 成都市, parent: '510000', params: {area: 100}}
    '510104': {name: 锦江区, parent: '510100'}
    '510500': {name: 泸州市, parent: '510000'}
"""
RULES = """
    params: {area: {value: null}}
    questions:
      - {id: place, ask: 在哪里？, choices: [{id: home, label: 家}, {id: away, label: 外}]}
      - {id: size, ask: 多大？, type: number, bands: [{id: small, under: $area}, {id: large}]}
    stops: [{id: far, tell: 远, when: {place: away}}]
    notes: [{id: hint, tell: 记得, when: {place: home}}]
    joint: {place: home}
    items:
      - {id: tea, when: {size: small}, may_when: {param: area}, materials: [card, {id: photo, of: child, copies: 1}]}
      - {id: milk, when: {place: home}}
"""


def opened(region: str | None, **files: str) -> Bundle:
    return bundle(RULES, region, regions=REGIONS, **files)


def test_a_county_has_the_params_of_its_prefecture() -> None:
    for region, applies in ((None, False), ("510500", False), ("510100", True), ("510104", True)):
        applicant = given(opened(region), place="home", size=9)
        (applicant.applies if applies else applicant.leaves_out)("tea")


def test_a_param_given_again_replaces_the_whole_entry() -> None:
    change = "params: {area: {value: 100, confirmed: false}}"
    assert opened("510104", region_510104=change).params["area"].values[0].confirmed is False


def test_items_are_dropped_added_and_changed() -> None:
    change = """
        items:
          drop: [milk]
          add: [{id: salt, when: {place: home}}]
          change: {tea: {materials: {drop: [card], add: [form], change: {photo: {copies: 3}}}}}
    """
    rules = opened("510100", region_510100=change)
    assert [item.id for item in rules.items] == ["tea", "salt"]
    told = given(rules, place="home", size=9)
    told.brings("photo of child", "form")
    assert [need.copies for need in told.notice.materials] == [3, 0]


def test_the_county_comes_after_its_prefecture() -> None:
    change = {"region_510100": "joint: {place: away}", "region_510104": "joint: {size: small}"}
    assert given(opened("510104", **change), place="home", size=9).notice.joint is True
    assert given(opened("510100", **change), place="home", size=9).notice.joint is False


def test_stops_notes_and_questions_change() -> None:
    change = """
        stops: {drop: [far]}
        notes: {drop: [hint], add: [{id: warning, tell: 小心}]}
        questions: {change: {place: {ask: 在哪儿？, choices: {change: {home: {label: 屋里}}}}}}
    """
    rules = opened("510100", region_510100=change)
    assert (rules.question("place").ask, rules.question("place").choices[0].label) == ("在哪儿？", "屋里")
    given(rules, place="away", size=9).hears("warning")


def test_the_province_stays_as_it_was() -> None:
    assert [item.id for item in opened(None, region_510100="items: {drop: [milk]}").items] == ["tea", "milk"]


def test_regions_with_the_same_rules_share_one_bundle(tmp_path: Path) -> None:
    file = write(tmp_path, f"id: small\ntitle: 小\n{RULES}".replace("\n    ", "\n"), {"regions": REGIONS})
    books = Catalogue(tmp_path)
    assert books.open(file, "510100") is books.open(file, "510104")
    assert books.open(file) is books.open(file, "510500")
    assert books.open(file) is not books.open(file, "510100")
    assert books.overlays(file) == ("510000", "510100")
    with pytest.raises(UnknownRegion):
        books.open(file, "110000")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("colour: green", "L02"), ("[]", "L04"), ("items: {drop: [salt]}", "L13"),
        ("items: {change: {salt: {}}}", "L13"),
        ("items: {change: {tea: 3}}", "L04"), ("items: {remove: [tea]}", "L02"), ("params: {area: soon}", "L12"),
        ("joint: {plaice: home}", "L08"), ("items: {drop: [tea", "L01"),
    ],
)  # fmt: skip
def test_a_faulty_change_is_refused(change: str, code: str) -> None:
    with pytest.raises(BundleError) as caught:
        opened("510100", region_510100=change)
    assert [fault.code for fault in caught.value.faults] == [code]


@pytest.mark.parametrize(
    "edit",
    [
        "{drop: [place]}", "{add: [{id: rain, ask: 雨？, type: yesno}]}", "[{id: place, ask: 处？}]", "place",
        "{change: {place: {choices: {drop: [away]}}}}", "{change: {place: {choices: {add: [{id: sea, label: 海}]}}}}",
        "{change: {place: {choices: [{id: away, label: 外}, {id: home, label: 家}]}}}",
        "{change: {place: {type: many}}}", "{change: {size: {lowest: 5}}}",
    ],
)  # fmt: skip
def test_a_region_changes_nothing_that_case_codes_count_on(edit: str) -> None:
    with pytest.raises(BundleError) as caught:
        opened("510100", region_510100=f"questions: {edit}")
    (fault,) = caught.value.faults
    assert (fault.code, Path(fault.place.file).name) == ("L02", "510100.yaml")
    assert "办事码" in fault.message
    assert (shape := caught.value.bundle) is not None
    assert counted(shape) == counted(opened(None))


def counted(rules: Bundle) -> list[tuple[object, ...]]:
    """What a case code's number rests on."""
    return [
        (question.id, question.type, question.lowest, *(choice.id for choice in question.choices))
        for question in rules.questions
    ]


def test_a_regions_hints_gates_labels_and_bands_leave_codes_as_they_are() -> None:
    change = """
        questions:
          change:
            place: {hint: 住处, choices: {change: {away: {label: 别处, hint: 外地}}}}
            size: {when: {place: home}, bands: [{id: small, under: 50}, {id: large}]}
    """
    rules = opened("510100", region_510100=change)
    assert counted(rules) == counted(opened(None))
    answers: dict[str, Answer] = {"place": "home", "size": Decimal(70)}
    assert decode(opened(None), open_code(encode(rules, "510100", answers))) == answers


@pytest.mark.parametrize("id", Catalogue().ids)
def test_codes_count_on_the_same_questions_in_every_region(id: str) -> None:
    books = Catalogue()
    for region in books.overlays(books.file(id)):
        assert counted(books.bundle(id, region)) == counted(books.bundle(id))


@pytest.mark.parametrize("edit", ["{drop: 5}", "{change: [i]}", "{change: i}", "{add: zz}", "{drop: {id: i}}"])
def test_a_region_file_of_the_wrong_shape_is_a_fault(edit: str) -> None:
    with pytest.raises(BundleError) as raised:
        bundle(
            """
            questions: [{id: a, ask: ？, type: yesno}]
            items: [{id: i, when: {a: yes}}]
            """,
            region="510100",
            region_510100=f"items: {edit}",
            regions="'510000': {name: 四川省}\n'510100': {name: 成都市, parent: '510000'}",
        )
    assert [fault.code for fault in raised.value.faults] == ["L04"]
