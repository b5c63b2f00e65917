"""Amounts: how they are read, what they come to, and what is refused before anybody walks."""

from datetime import date
from fractions import Fraction

import pytest

from bundles.amounts import MOST_DEPTH, AmountFault, Asked, Leaf, Ticked, read_amount
from bundles.arithmetic import Value, worked_out
from tests.bundles.results.offline_amounts import run
from tests.bundles.support import TODAY

VALUES: dict[str, Value] = {"income": Fraction(100_000, 100), "members": Fraction(3), "born": date(2020, 2, 29)}


def value(text: str) -> Value | None:
    def known(leaf: Leaf) -> Value | None:
        assert isinstance(leaf, Asked)
        return VALUES.get(leaf.question)

    return worked_out(read_amount(text, Asked, Ticked), TODAY, known)


def test_both_engines_and_python_itself_agree() -> None:
    assert run(2_000, 18) == 2_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("income / members", Fraction(1000, 3)),
        ("round_down(income / members, 0.01)", Fraction("333.33")),
        ("round_up(income / members, 0.01)", Fraction("333.34")),
        ("round_half_up(2.5)", 3),
        ("1 + 2 * 3 - 4 / 8", Fraction("6.5")),
        ("min(income, 960) + max(1, 2, 3)", 963),
        ("years(born, today)", 6),
        ("months(2026-01-31, 2026-02-28)", 1),
        ("months_begun(2026-01-31, 2026-03-01)", 2),
        ("calendar_months(2026-01-31, 2026-02-01)", 1),
        ("days(today, 2026-12-31)", 39),
        ("add_months(2026-01-31, 1)", date(2026, 2, 28)),
        ("add_working_days(2026-09-30, 1)", date(2026, 10, 8)),
        ("income / (members - 3)", None),
        ("income + nobody", None),
        ("add_days(born, 0.5)", None),
    ],
)
def test_what_it_comes_to(text: str, found: object) -> None:
    assert value(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有写完"),
        ("income /", "没有写完"),
        ("(income", "少了“)”"),
        ("income members", "不该在这里"),
        ("income ÷ members", "不认识“÷”"),
        ("- 5", "前面少了一个数"),
        ("sum(1, 2)", "没有函数 sum"),
        ("min(1)", "2 到 12 个数"),
        ("years(born)", "要写 2 个数"),
        ("2026-02-30", "没有 2026-02-30 这一天"),
        ("1234567890123456", "太长"),
        ("(" * (MOST_DEPTH + 1) + "1", "嵌套超过"),
        (" + ".join(["1"] * 200), "超过 200 个词"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, said: str) -> None:
    with pytest.raises(AmountFault, match=said.replace("(", r"\(").replace(")", r"\)")):
        value(text)
