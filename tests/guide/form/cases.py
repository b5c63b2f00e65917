"""A scenario of a bundle, some of its answers given otherwise, what its form begins with; and a form page by page."""

import re
from typing import Any

from django.test import Client

from bundles.loading import catalogue
from bundles.proving.scenarios import read_scenarios
from bundles.results.outcomes import outcome
from bundles.walking.walks import walk
from tests.bundles.support import TODAY
from tests.guide.tables.people import value_of

TO_A_PAGE = re.compile(r'name="action"\s+value="to:([^"]+)"')


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


def step(address: str, name: str) -> str:
    """The page of the form on which somebody stands."""
    return f"{address}&part={name}"


def pages(client: Client, address: str) -> list[str]:
    """Every page of a form, from the first to the last."""
    first = client.get(address).content.decode()
    names = list(dict.fromkeys(TO_A_PAGE.findall(first.partition("先填别的部分")[2])))
    return [client.get(step(address, name)).content.decode() for name in names] or [first]


def held_on(html: str) -> dict[str, str]:
    """What stands in the boxes of a page, or is chosen there; a date in its three boxes as one."""
    names = re.findall(r'<(?:input|select|textarea)[^>]*?\bname="([^"]+\.[^"=!]+)"', html)
    held = {name: value_of(html, name) for name in names}
    for name in [name.removesuffix("-year") for name in names if name.endswith("-year")]:
        parts = [held.pop(f"{name}-{part}") for part in ("year", "month", "day")]
        held[name] = "-".join(part.zfill(2) for part in parts) if any(parts[1:]) else parts[0]
    return held


def held_in(client: Client, address: str) -> dict[str, str]:
    """What stands in the boxes of all pages of a form."""
    return {name: value for html in pages(client, address) for name, value in held_on(html).items()}
