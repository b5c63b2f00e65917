"""A credit code that is right and begins in a rare way is kept and printed, with a word to look again."""

import pytest
from django.test import Client

from bundles.loading import catalogue
from guide.form.validation import CREDIT_LETTERS, CREDIT_WEIGHTS, is_rare_credit_code
from tests.guide.cast import at, page_of
from tests.guide.test_every_bundle import as_sent, finished, on_the_day

USUAL, WORDS = "91110000600037341L", "开头几位不常见"


def rare(body: str = "A1110000600037341") -> str:
    """A code of a register that no list knows, with the right last character."""
    places = map(CREDIT_LETTERS.index, body)
    return (
        body + CREDIT_LETTERS[-sum(weight * place for weight, place in zip(CREDIT_WEIGHTS, places, strict=False)) % 31]
    )


def test_only_a_right_code_that_begins_rarely_is_worth_a_word() -> None:
    assert is_rare_credit_code(rare())
    assert is_rare_credit_code(rare("N2510121MF0000001").lower())
    assert not any(map(is_rare_credit_code, (USUAL, rare()[:-1] + "0", "", "x")))


def test_a_rare_code_is_kept_with_a_word_beside_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "business-closure" in catalogue().ids
    scenario, walked = next(finished("business-closure"))
    on_the_day(monkeypatch, scenario)
    address = at("business-closure", "form", {"region": "510000", **as_sent(dict(walked.used))})
    client.post(address, {"action": "agree", "sensitive": "1"})
    for code, said in ((rare(), True), (USUAL, False)):
        ready = client.post(address, {"company.credit_code": code, "action": "save"})
        assert ready.status_code == 302
        looked_over = page_of(client.get(ready.headers["Location"])).text
        form = page_of(client.get(address))
        assert code in looked_over
        assert form.inputs["company.credit_code"] == [code]
        assert (WORDS in looked_over, WORDS in form.text) == (said, said)
        assert "看起来不对" not in looked_over
