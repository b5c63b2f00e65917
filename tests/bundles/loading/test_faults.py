"""Each fault has a code, the line and the id at fault. `faulty/<code>.yaml` is a minimal bundle that raises it."""

import re
from pathlib import Path

import pytest

from bundles.authoring import FAULTY
from bundles.faults import CODES, BundleError, Fault
from bundles.loading import PROVINCE, Catalogue
from bundles.proving.proofs import prove
from tests.bundles.support import EMPTY, TODAY, write

EXPECTED = re.compile(r"# line: ([0-9]+), id: (\S+)\n")


def faults_of(text: str, folder: Path, others: dict[str, int] | None = None, **files: str) -> tuple[Fault, ...]:
    """The faults that loading finds or, where it finds none, those of the proofs."""
    file = write(folder, text, EMPTY | files)
    try:
        return prove(Catalogue(folder).open(file), PROVINCE, TODAY, others).faults
    except BundleError as error:
        return error.faults


def test_every_code_has_a_bundle_that_raises_it() -> None:
    assert {path.stem for path in FAULTY.glob("*.yaml")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_it_names_code_line_and_id(code: str, tmp_path: Path) -> None:
    text = (FAULTY / f"{code}.yaml").read_text(encoding="utf-8")
    expected = EXPECTED.match(text)
    assert expected
    faults = faults_of(text, tmp_path, others={"small": 1, "first": 1} if code in ("P12", "P19") else None)
    assert [(fault.code, fault.place.line, fault.id) for fault in faults] == [(code, int(expected[1]), expected[2])]
    assert str(faults[0]).startswith(f"{tmp_path}/small/bundle.yaml:{expected[1]}: {code} ")


def test_all_faults_of_loading_come_at_once(tmp_path: Path) -> None:
    text = """
        id: small
        title: 小
        colour: green
        questions:
          - {id: Place, ask: ？, choices: [{id: home, label: 家}, {id: away, label: 外}]}
        facts:
          warm: {plaice: home}
        items:
          - {id: tea, when: {Place: house}, after: [milk], materials: [{of: mother}]}
    """
    faults = faults_of(text, tmp_path)
    assert [(fault.code, fault.place.line) for fault in faults] == [
        ("L02", 4), ("L06", 6), ("L08", 8), ("L03", 10), ("L09", 10), ("L13", 10),
    ]  # fmt: skip


def test_a_word_without_its_value_is_a_fault(tmp_path: Path) -> None:
    text = (FAULTY / "P09.yaml").read_text(encoding="utf-8").replace("    materials: [passport]\n", "")
    faults = faults_of(f"{text}    fee: {{when: {{place: home}}}}\n", tmp_path)
    assert [(fault.code, fault.message) for fault in faults] == [("L03", "没有写 value。")]


@pytest.mark.parametrize("name", ["region", "by", "m1", "m20", "form", "constructor", "page", "rain-year", "rain-day"])
def test_a_question_is_not_called_as_something_else_of_the_site(name: str, tmp_path: Path) -> None:
    text = f"""
        id: small
        title: 小
        questions:
          - {{id: {name}, ask: ？, choices: [{{id: home, label: 家}}, {{id: away, label: 外}}]}}
          - {{id: rain, ask: ？, type: date, bands: [{{id: new, up_to: 1 month}}, {{id: old}}]}}
        items:
          - {{id: tea, when: {{{name}: home, rain: new}}}}
    """
    assert [(fault.code, fault.place.line, fault.id) for fault in faults_of(text, tmp_path)] == [("L19", 5, name)]


@pytest.mark.parametrize("name", ["m", "m1x", "rain-weekday", "region_of", "hour-year"])
def test_a_question_may_be_called_nearly_so(name: str, tmp_path: Path) -> None:
    text = (FAULTY / "L19.yaml").read_text(encoding="utf-8").replace("region", name)
    assert not faults_of(text, tmp_path)


@pytest.mark.parametrize("id", ["staff", "c", "bo", "hub", "null"])
def test_a_bundle_is_not_called_as_an_address_of_the_site(id: str, tmp_path: Path) -> None:
    text = (FAULTY / "L19.yaml").read_text(encoding="utf-8").replace("region", "place").replace("small", f'"{id}"')
    assert [(fault.code, fault.place.line, fault.id) for fault in faults_of(text, tmp_path)] == [("L19", 2, id)]


def test_all_faults_of_logic_come_at_once(tmp_path: Path) -> None:
    text = """
        id: small
        title: 小
        questions:
          - {id: place, ask: ？, choices: [{id: home, label: 家}, {id: away, label: 外}]}
          - {id: rain, ask: ？, type: yesno}
        items:
          - {id: tea, when: {place: [home, away]}, materials: [passport]}
          - {id: milk, when: {all: [{place: home}, {place: away}]}}
    """
    assert {fault.code for fault in faults_of(text, tmp_path)} == {"P01", "P02", "P03", "P09"}


def test_a_fault_in_a_region_names_the_regions_file(tmp_path: Path) -> None:
    text = (FAULTY / "P09.yaml").read_text(encoding="utf-8").replace("    materials: [passport]\n", "")
    region = "\nitems:\n  drop: [milk]\n"
    faults = faults_of(text, tmp_path, region_510000=region)
    assert [(fault.code, Path(fault.place.file).name, fault.place.line) for fault in faults] == [
        ("L13", "510000.yaml", 3)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "tea",
        "id: small",
        "\ufeffid: small",
        "questions: {}",
        "a: &a [*a]",
        "{}: 1",
        "? [a]\n: b",
        "id: !!python/none x",
    ],
)
def test_an_odd_file_is_refused_in_words(text: str, tmp_path: Path) -> None:
    assert all(fault.message for fault in faults_of(text, tmp_path))


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    write(tmp_path, "", EMPTY)
    with pytest.raises(BundleError, match="L01"):
        Catalogue(tmp_path).open(tmp_path / "nowhere.yaml")


def test_a_faulty_dictionary_is_refused(tmp_path: Path) -> None:
    faults = faults_of("", tmp_path, materials="card: {nam: 卡}")
    assert [(fault.code, fault.remedy) for fault in faults] == [("L02", "是不是“name”？")]
