"""Rows, and verbs for what a visitor does with them."""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.guide.cast import HTMX, at

CITY: dict[str, Any] = {"region": "510100", "town": "city"}
VILLAGE = CITY | {"town": "village"}
ASK = at("family-help", "ask", CITY)
TABLE = at("family-help", "table", CITY)
FAMILY = [
    {"age": "41", "earns": "1234.5", "health": "well"},
    {"age": "7", "earns": "0", "health": "ill"},
]
RESULTS = {"people": "2", "children": "1", "income": "1234.5", "has_ill": "yes"}
Rows = Sequence[Mapping[str, str]]


def boxes(rows: Rows, action: str = "save") -> dict[str, str]:
    """The rows as a page sends them."""
    return {"action": action} | {
        f"family-{number}-{name}": text for number, row in enumerate(rows) for name, text in row.items()
    }


def fill_in(client: Client, rows: Rows, action: str = "save", address: str = TABLE, htmx: bool = False) -> Any:
    """What comes of it: the redirect to the next question, or the table again."""
    response = client.post(address, boxes(rows, action), headers=HTMX if htmx else {})
    again = response.status_code == 303 and "people=" not in response.headers["Location"]
    return client.get(response.headers["Location"]) if again else response


class _Value(HTMLParser):
    def __init__(self, box: str, html: str) -> None:
        super().__init__()
        self.box, self.found, self.inside = box, "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("name") == self.box:
            self.found, self.inside = given.get("value", ""), tag == "select"
        elif self.inside and tag == "option" and "selected" in given:
            self.found = given["value"]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "select"


def value_of(html: str, box: str) -> str:
    """What stands in a box, or is chosen there."""
    return _Value(box, html).found
