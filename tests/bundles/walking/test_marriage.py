"""Marrying in Sichuan: where one party is from abroad, and which papers of an earlier marriage are wanted."""

import pytest

from bundles.loading import catalogue
from bundles.results.notices import Notice
from bundles.walking.walks import walk
from tests.bundles.support import TODAY

COUPLE: dict[str, object] = {
    "step": "unregistered", "man": "resident", "woman": "resident", "man_birthday": "1985-05-10",
    "woman_birthday": "1986-05-10", "related": "no", "man_before": "first", "woman_before": "first", "ids": "valid",
    "names_match": "yes", "place": "sichuan", "hukou": "same_city", "booklet": "no", "move": "stay",
    "birth_plan": "later", "wants": [],
}  # fmt: skip
ITEM = "marriage-registration"
ABROAD = {key: value for key, value in COUPLE.items() if key not in ("man_before", "move")} | {"man": "foreign"}


def notice(answers: dict[str, object]) -> Notice:
    return Notice(walk(catalogue().bundle("marriage-childbearing", "510000"), answers, TODAY))


@pytest.mark.parametrize(
    ("before", "paper", "waiver"),
    [
        ("divorced", "divorce-certificate", "data-check"),
        ("court", "divorce-judgment", None),
        ("widowed", "widowed-proof", None),
    ],
)
def test_only_what_the_registry_cannot_look_up_has_to_be_brought(before: str, paper: str, waiver: str | None) -> None:
    (need,) = (need for need in notice(COUPLE | {"woman_before": before}).materials if need.id == paper)
    assert need.of == "woman"
    assert need.waived_by == waiver


@pytest.mark.parametrize(
    ("answers", "office"),
    [
        ({"hukou": "woman_only", "chengdu": "yes"}, "成都市锦江区合江亭婚姻登记处"),
        ({"hukou": "woman_only", "chengdu": "no"}, "四川省民政厅婚姻登记处"),
        ({"hukou": "neither"}, "省民政厅或它定的登记处"),
        ({"hukou": "woman_only", "place": "outside"}, "那个省"),
    ],
)
def test_who_marries_somebody_from_abroad_is_sent_by_the_hukou(answers: dict[str, object], office: str) -> None:
    (told,) = (told for told in notice(ABROAD | answers).with_standing("applies", "counter") if told.id == ITEM)
    assert told.words["where"].value.startswith(office)
