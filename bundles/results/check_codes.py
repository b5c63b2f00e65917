"""What a clerk has checked <-> check code (核对码), which restores it on the next visit with nothing stored anywhere.

In mixed radix: for each material of the notice one of STATES, for each item that the counter decides whether it is
taken in, and the day of the first check; behind them a number that ties it all to its case. Written as a case code is,
see `case_codes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args
from zlib import crc32

from .case_codes import DAYS, EPOCH, CodeError, read_word, write_word

BroughtState = Literal["none", "both", "original", "copy", "replaced", "later"]
STATES: tuple[BroughtState, ...] = get_args(BroughtState)
TIE = 1 << 20


@dataclass(frozen=True, slots=True)
class Checked:
    """The materials' states and which of the counter's items are taken, in the notice's order; since when."""

    states: tuple[BroughtState, ...]
    taken: tuple[bool, ...]
    day: date


def encode_check(case: str, checked: Checked) -> str:
    """The check code. `case` says in any words what it is tied to: another case, or another list, is refused."""
    number = (checked.day - EPOCH).days
    for taken in reversed(checked.taken):
        number = number * 2 + taken
    for state in reversed(checked.states):
        number = number * len(STATES) + STATES.index(state)
    return write_word(number * TIE + _tie(case, checked.states, checked.taken))


def decode_check(case: str, materials: int, items: int, code: str) -> Checked:
    """What was checked of so many materials and items. Raises CodeError: of the reason "case" where it is another's."""
    number, tie = divmod(read_word(code), TIE)
    states: list[BroughtState] = []
    for _material in range(materials):
        number, state = divmod(number, len(STATES))
        states.append(STATES[state])
    taken = []
    for _item in range(items):
        number, bit = divmod(number, 2)
        taken.append(bool(bit))
    if number >= DAYS or tie != _tie(case, states, taken):
        raise CodeError("case")
    return Checked(tuple(states), tuple(taken), EPOCH + timedelta(days=number))


def _tie(case: str, states: Sequence[BroughtState], taken: Sequence[bool]) -> int:
    return crc32(f"{case} {len(states)} {len(taken)}".encode()) % TIE
