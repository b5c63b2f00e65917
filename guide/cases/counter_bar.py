"""The bar on top of a clerk's pages: where the case goes from here, and what the applicant's window shows."""

from typing import Any

from guide.cases.case import Case

TABS = ("ask", "check", "form", "handover")


def counter_bar(case: Case) -> dict[str, Any]:
    """What the bar needs; nothing for a visitor."""
    if not case.within:
        return {}
    return {
        "at_counter": True,
        "facing": case.address("facing"),
        "tabs": {tab: case.address(tab) for tab in TABS},
    }
