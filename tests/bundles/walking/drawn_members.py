"""Holds both calculators of tables of people against plain counting, on random tables and rows.

`python -m tests.bundles.walking.drawn_members --draws 100000 [--seed N]` prints the seed and how many agreed.
"""

import argparse
import json
import random
import secrets
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bundles.model import Members
from bundles.results.offline_rules import offline_rules
from bundles.walking.answers import Answer
from bundles.walking.editions import Edition, edition
from bundles.walking.members import Rows, answers_of, columns_for, read_rows
from tests.bundles.plain_members import come_to
from tests.bundles.results.offline_engine import NODE
from tests.bundles.support import TODAY, bundle, dice

DRIVER = Path(__file__).with_suffix(".js")
ROWS_A_TABLE = 200
PARAMS = {"line": 12.5, "empty": None}
ODD = (
    "",
    "",
    "ill",
    "yes",
    "none",
    "abc",
    "-1",
    "1e3",
    "０７",
    "3.14159",
    "7.005",
    "99999999999",
    " 8 ",
    "1,000",
    "constructor",
)


class Author:
    """Draws a table of people and rows for it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.testable: dict[str, list[str]] = {}

    def table(self, id: str = "table", row: str = "人") -> dict[str, Any]:
        columns = [self.column(f"c{number}") for number in range(self.chance.randint(1, 4))]
        numbers = [column["id"] for column in columns if column["type"] == "number"]
        results = [self.result(f"{id}-r{number}", numbers) for number in range(self.chance.randint(1, 6))]
        most = {"most": self.chance.randint(1, 12)} if self.chance.random() < 0.5 else {}
        return {"id": id, "type": "members", "ask": "谁？", "row": row, **most, "columns": columns, "results": results}

    def column(self, id: str) -> dict[str, Any]:
        kind = self.chance.choice(["choice", "yesno", "number", "number"])
        column: dict[str, Any] = {"id": id, "label": id, "type": kind}
        if kind == "choice":
            self.testable[id] = [f"v{number}" for number in range(self.chance.randint(1, 4))]
            column["choices"] = [{"id": value, "label": value} for value in self.testable[id]]
        elif kind == "yesno":
            self.testable[id] = ["yes", "no"]
        else:
            column |= {"lowest": self.chance.choice([0, -20, 1.5]), "highest": self.chance.choice([20, 99_999.99])}
            limits = sorted(self.chance.sample([0, 3, 5.25, 18, 20], 2))
            bands: list[dict[str, Any]] = [
                {"id": "b0", "under": limits[0]},
                {"id": "b1", "up_to": limits[1]},
                {"id": "b2"},
            ]
            if self.chance.random() < 0.3:
                bands.insert(1, {"id": "b9", "up_to": self.chance.choice(["$line", "$empty"])})
            if self.chance.random() < 0.8:
                column["bands"] = bands
                self.testable[id] = [band["id"] for band in bands]
        return column

    def result(self, id: str, numbers: list[str]) -> dict[str, Any]:
        kinds = ["count", "any", *(["sum", "least", "greatest"] if numbers else [])]
        kind = self.chance.choice(kinds if self.testable else [one for one in kinds if one != "any"])
        if kind in ("count", "any"):
            everybody = kind == "count" and (not self.testable or self.chance.random() < 0.3)
            return {"id": id, "ask": id, kind: "all" if everybody else self.condition(2)}
        where = {"where": self.condition(2)} if kind == "sum" and self.testable and self.chance.random() < 0.5 else {}
        return {"id": id, "ask": id, kind: self.chance.choice(numbers), **where}

    def condition(self, depth: int) -> dict[str, Any]:
        kind = self.chance.random()
        if depth == 0 or kind < 0.5:
            column = self.chance.choice(list(self.testable))
            values = self.chance.sample(self.testable[column], self.chance.randint(1, len(self.testable[column])))
            return {column: values if len(values) > 1 else values[0]}
        if kind < 0.65:
            return {"not": self.condition(depth - 1)}
        return {self.chance.choice(["any", "all"]): [self.condition(depth - 1) for _ in range(2)]}


def typed_rows(table: Members, chance: random.Random) -> list[dict[str, str]]:
    """Rows as they may be typed: mostly right, some cells odd or left out, some rows empty or too many."""
    odd = chance.choice([0, 0, 0, 0.1])
    rows = []
    for _row in range(chance.randint(1, table.most) if chance.random() < 0.9 else chance.choice([0, 13, 14])):
        row = {column.id: cell(column, chance, odd) for column in table.columns}
        rows.append({} if chance.random() < 0.05 else row)
    return rows


def cell(column: Any, chance: random.Random, odd: float) -> str:
    if chance.random() < odd:
        return chance.choice(ODD)
    if column.type != "number":
        return str(chance.choice(column.choices).id)
    low, high = int(column.lowest * 100), int(min(column.highest, chance.choice([6, 30, column.highest])) * 100)
    number = Decimal(chance.choice([low, high, chance.randint(low, max(low, high))])) / 100
    return chance.choice([f"{number:.2f}", f"{number.normalize():f}", str(number)])


def draws(number: int, seed: object) -> Iterator[tuple[Edition, dict[str, Any], list[list[dict[str, str]]]]]:
    """Tables, and rows for each."""
    for turn in range(-(-number // ROWS_A_TABLE)):
        chance = dice(f"{seed} {turn}")
        tree = Author(chance).table()
        text = {"params": PARAMS, "questions": [tree], "items": ["tea"]}
        rules = edition(bundle(yaml.safe_dump(text, allow_unicode=True)), TODAY)
        many = min(ROWS_A_TABLE, number - turn * ROWS_A_TABLE)
        yield rules, tree, [typed_rows(rules.bundle.members[0], chance) for _ in range(many)]


def run(number: int, seed: object) -> int:
    """How many agreed. Fails with the seed, the table and the rows."""
    asked = list(draws(number, seed))
    told = by_page(asked)
    for rules, tree, tables in asked:
        for typed in tables:
            here = by_python(rules, typed)
            page = next(told)
            assert here == page, f"seed {seed}, {tree}, {typed}: {here}, by the page {page}"
            if "answers" in here:
                found = come_to(tree, read(rules, typed).read, PARAMS)
                plainly = {name: spelled(answer) for name, answer in found.items()}
                assert here["answers"] == plainly, f"seed {seed}, {tree}, {typed}: {here}, plainly {plainly}"
    return number


def read(rules: Edition, typed: list[dict[str, str]]) -> Rows:
    (table,) = rules.bundle.members
    return read_rows(rules, table, typed, columns_for(table, table.questions))


def by_python(rules: Edition, typed: list[dict[str, str]]) -> dict[str, Any]:
    (table,) = rules.bundle.members
    rows = read(rules, typed)
    if rows.refused:
        return {"refused": sorted(
            [row, column, refusal.code, refusal.value, *(refusal.allowed if refusal.code != "unknown-choice" else ())]
            for (row, column), refusal in rows.refused.items()
        )}  # fmt: skip
    found = answers_of(rules, table, rows.read, table.questions)
    question = {one.id: one for one in rules.bundle.questions}
    for name, answer in found.items():
        assert not isinstance(answer, Decimal) or question[name].lowest <= answer <= question[name].highest, name
    return {"answers": {name: spelled(answer) for name, answer in found.items()}}


def spelled(answer: Answer) -> str | int:
    """A number in hundredths, as the page has it."""
    return int(answer * 100) if isinstance(answer, Decimal) else str(answer)


def by_page(asked: list[tuple[Edition, dict[str, Any], list[list[dict[str, str]]]]]) -> Iterator[dict[str, Any]]:
    """What the offline page's script says of each table's rows."""
    lines = [json.dumps({"rules": offline_rules(rules, "510000"), "tables": tables}) for rules, _, tables in asked]
    done = subprocess.run(  # noqa: S603  # our own file
        [NODE, str(DRIVER)], input="\n".join(lines), capture_output=True, encoding="utf-8", check=True
    )
    return map(json.loads, done.stdout.splitlines())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--draws", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    given = options.parse_args()
    sys.stdout.write(f"seed {given.seed}: {run(given.draws, given.seed)} tables agree\n")
