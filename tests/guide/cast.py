"""The same small cast in every test, and verbs for what they do on the site."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client

# A mother in Kangding, ten days after the birth; everything ordinary.
MOTHER: dict[str, Any] = {
    "region": "513301", "birth_place": "hospital", "births": "1", "certificate": "not_yet", "done": "none",
    "parents": "married", "filer": "mother", "identities": "none", "follows": "mother", "side_hukou": "family",
    "ethnicity": "same", "surname": "father", "wants": ["card", "insurance"], "card_delivery": "pick_up",
    "insurance_place": "hukou", "hardship": "ordinary",
}  # fmt: skip
# A young man in Chengdu who opens a company alone.
SHOPKEEPER: dict[str, Any] = {
    "region": "510100", "kind": "limited", "people": "1", "owners": ["resident"], "contribution": "cash",
    "paid": "later", "board": "single", "supervisor": "without", "legal_rep": "director", "premises": "rented",
    "preapproval": "clear", "trades": "none", "staff": "0", "wants": ["invoices"], "seals": "physical",
    "handler": "self", "signing": "yes",
}  # fmt: skip
# Of tests/bundles/allowances: three adults with an orphan, a poor child and a parent who has an allowance already.
THREE_ADULTS: dict[str, Any] = {
    "situations": ["orphan", "poor", "frail"], "nursing": "yes", "card": "yes", "adults": "3",
}  # fmt: skip
# Somebody without work: the counter decides, and nobody is asked how many adults there are.
WITHOUT_WORK: dict[str, Any] = {"situations": ["job"]}
HTMX = {"HX-Request": "true"}
# Fits every check of GB 11643 and belongs to nobody: no division begins with 99.
ID_NUMBER = "990000199003070021"


class Page(HTMLParser):
    """What a test looks at on a page: text, links, form values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.inputs: dict[str, list[str]] = {}
        self.checked: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag == "input" and "name" in found:
            self.inputs.setdefault(found["name"], []).append(found.get("value", ""))
            if "checked" in found:
                self.checked.setdefault(found["name"], []).append(found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(self.words)


def page_of(response: Any) -> Page:
    return Page(response.content.decode())


def at(bundle: str, page: str, answers: dict[str, Any]) -> str:
    """The address of a bundle's page with some answers."""
    return f"/{bundle}/{page}?{urlencode(answers, doseq=True)}"


def walk_on(client: Client, bundle: str, answers: dict[str, Any], most: int = 60) -> tuple[str, list[str]]:
    """Answers one question after the other as a page without scripts does; the last address, and what was asked."""
    asked: list[str] = []
    address = at(bundle, "ask", {"region": answers.get("region", "510000")})
    for _step in range(most):
        response = client.get(address)
        while response.status_code == 302:
            address = response.headers["Location"]
            response = client.get(address)
        page = page_of(response)
        if "q" not in page.inputs:
            return address, asked
        question = page.inputs["q"][0]
        asked.append(question)
        sent: dict[str, Any] = {**hidden_of(page, question), question: answers[question], "q": question}
        address = at(bundle, "ask", sent)
    raise AssertionError(f"the walk doesn't end: {asked}")


def hidden_of(page: Page, question: str) -> dict[str, list[str]]:
    """The answers that the page carries along."""
    return {name: values for name, values in page.inputs.items() if name not in ("q", question)
            and not name.startswith(f"{question}-")}  # fmt: skip


def parameters(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
