"""What a clerk has checked <-> check code (核对码), which restores it on the next visit with nothing stored anywhere.

For each material of the notice one of STATES, in mixed radix in the notice's order, behind a number that ties it to its
case code: the check code of another case is refused. Written as a case code is, see `casecodes`.
"""

from collections.abc import Sequence
from typing import Literal, get_args
from zlib import crc32

from .casecodes import CodeError, plain, read_word, write_word

State = Literal["none", "both", "original", "copy", "electronic", "later"]
STATES: tuple[State, ...] = get_args(State)
TIE = 1024


def encode_check(case_code: str, states: Sequence[State]) -> str:
    """The check code of what was checked for the notice that a case code stands for."""
    number = 1  # marks the end, so that trailing "none" are kept
    for state in reversed(states):
        number = number * len(STATES) + STATES.index(state)
    return write_word(number * TIE + _tie(case_code))


def decode_check(case_code: str, materials: int, check_code: str) -> tuple[State, ...]:
    """The states of a notice's materials. Raises CodeError: of the reason "case" where the code is another case's."""
    number, tie = divmod(read_word(check_code), TIE)
    if tie != _tie(case_code):
        raise CodeError("case")
    states: list[State] = []
    for _material in range(materials):
        number, state = divmod(number, len(STATES))
        states.append(STATES[state])
    if number != 1:
        raise CodeError("case")
    return tuple(states)


def _tie(case_code: str) -> int:
    return crc32(plain(case_code).encode()) % TIE
