"""How long several items take: handled at the same time, or one after the other.

中华人民共和国消防法 art. 15: the pledge is decided on at once (one working day in practice); otherwise the check comes
within ten working days of acceptance and the decision within three more. The ten working days of a food licence are
those of 成都市青羊区, the five of a shop sign those of an agency's page: both unconfirmed for the province.

Answers read: `chain` (single, direct, franchise, headquarters), `fire_route` (pledge, inspect), `sign` (mall, plain,
advertising).
"""

from collections.abc import Mapping, Sequence
from datetime import date

from .registry import Raw, figures

FOOD_LICENCE_DAYS = 10
FIRE_PLEDGE_DAYS = 1
FIRE_CHECK_DAYS, FIRE_DECISION_DAYS = 10, 3
SIGN_DAYS = 5


def at_once(days: Sequence[int]) -> int:
    """Working days where all items run at the same time: as long as the longest."""
    return max(days, default=0)


def in_turn(days: Sequence[int]) -> int:
    """Working days where each item waits for the one before it."""
    return sum(days)


def restaurant_days(answers: Mapping[str, Raw]) -> tuple[int, ...]:
    """The working days of the items that a new restaurant with a food licence has to wait for."""
    licence = 0 if answers.get("chain") == "direct" else FOOD_LICENCE_DAYS  # pledged branches get it on the spot
    fire = {"pledge": FIRE_PLEDGE_DAYS, "inspect": FIRE_CHECK_DAYS + FIRE_DECISION_DAYS}
    route = answers.get("fire_route")
    sign = SIGN_DAYS if answers.get("sign") == "plain" else 0
    return licence, fire.get(route, 0) if isinstance(route, str) else 0, sign


@figures("times_taken.restaurant_at_once")
def restaurant_at_once(today: date, answers: Mapping[str, Raw]) -> int:
    """Working days where the departments work at the same time. Of chain, fire_route, sign."""
    return at_once(restaurant_days(answers))


@figures("times_taken.restaurant_in_turn")
def restaurant_in_turn(today: date, answers: Mapping[str, Raw]) -> int:
    """Working days where one department waits for the other. Of chain, fire_route, sign."""
    return in_turn(restaurant_days(answers))
