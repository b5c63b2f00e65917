"""Every scenario of the catalogue has the result that it expects."""

from pathlib import Path

import pytest

from bundles.faults import BundleError
from bundles.loading import catalogue
from bundles.proving.scenarios import Scenario, check, read_scenarios
from tests.bundles.support import catalogue_cases


@pytest.mark.parametrize(("bundle", "scenario"), list(catalogue_cases()))
def test_scenario(bundle: str, scenario: Scenario | BundleError) -> None:
    if isinstance(scenario, BundleError):
        raise scenario
    disagreements = check(scenario, catalogue(), bundle)
    assert not disagreements, "\n".join([f"{scenario.place} {scenario.title}", *disagreements])


SCENARIO = """
- id: A
  title: 一例
  today: 2026-11-22
  given: {birth_place: hospital}
  expect: {%s}
"""


def read(tmp_path: Path, expect: str, times: int = 1) -> tuple[Scenario, ...]:
    path = tmp_path / "scenarios.yaml"
    path.write_text(SCENARIO % expect * times, encoding="utf-8")
    return read_scenarios(path)


def test_it_says_what_differs(tmp_path: Path) -> None:
    (scenario,) = read(tmp_path, "state: finished, next: done, applies: [tea], materials: [tea], skips: [birth_place]")
    assert check(scenario, catalogue(), "newborn") == [
        "state：应为 finished，实为 asking，下一题是 birth_date",
        "next：应为 done，实为 birth_date",
        "applies：少了 tea",
        "materials：少了 tea",
        "skips：不该有 birth_place",
    ]


def test_it_says_that_an_answer_is_refused(tmp_path: Path) -> None:
    (scenario,) = read(tmp_path, "state: asking")
    refused = Scenario(**{name: getattr(scenario, name) for name in Scenario.__slots__} | {"given": {"tea": "green"}})
    assert [line[:10] for line in check(refused, catalogue(), "newborn")] == ["没有问题“tea”。"]


@pytest.mark.parametrize(
    ("expect", "times", "code"), [("states: finished", 1, "L02"), ("joint: maybe", 1, "L04"), ("joint: true", 2, "L07")]
)
def test_it_is_strict(tmp_path: Path, expect: str, times: int, code: str) -> None:
    with pytest.raises(BundleError) as caught:
        read(tmp_path, expect, times)
    assert [fault.code for fault in caught.value.faults] == [code]
