"""A scenario of a bundle, some of its answers given otherwise, and what its form begins with."""

from typing import Any

from bundles.loading import catalogue
from bundles.proving.scenarios import read_scenarios
from bundles.results.outcomes import outcome
from bundles.walking.walks import walk
from tests.bundles.support import TODAY


def answers(bundle: str, case: str, **changes: Any) -> dict[str, Any]:
    """Those of a case of the bundle's scenarios, some of them given otherwise; None takes one away."""
    cases = read_scenarios(catalogue().file(bundle).parent / "scenarios.yaml")
    given = next(dict(scenario.given) for scenario in cases if scenario.id == case)
    return {name: answer for name, answer in (given | changes).items() if answer is not None}


def boxes(bundle: str, case: str, region: str = "510700", **changes: Any) -> dict[str, Any]:
    """What stands in each box of the form before anybody types, by the boxes' ids."""
    walked = walk(catalogue().bundle(bundle, region), answers(bundle, case, **changes), TODAY)
    assert walked.status == "finished", walked.question or walked.stops
    told = outcome(walked, region, city=catalogue().city(region))
    return {field["id"]: field["value"] for field in told["fields"]}
