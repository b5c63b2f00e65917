"""Tables of people once more, read off the YAML and counted one row after the other: the other opinion on them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bundles.walking.answers import Answer

Row = Mapping[str, Answer]
KINDS = ("count", "sum", "any", "least", "greatest")


def with_results(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree with each result of its tables as a plain question in the table's place."""
    questions = []
    for line in tree["questions"]:
        if isinstance(line, Mapping) and line.get("type") == "members":
            questions += [_asked(result, line) for result in line["results"]]
        else:
            questions.append(line)
    return {**tree, "questions": questions}


def _asked(result: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    gates = [entry["when"] for entry in (table, result) if "when" in entry]
    question = {key: value for key, value in result.items() if key not in (*KINDS, "where", "when")}
    question["type"] = "yesno" if "any" in result else "number"
    if result.get("count") == "all":
        question.setdefault("lowest", 1)  # nobody lives in no household
    return {**question, "when": {"all": gates}} if gates else question


def come_to(table: Mapping[str, Any], rows: Sequence[Row], params: Mapping[str, Any]) -> dict[str, Answer]:
    """What rows come to, by question."""
    columns = {column["id"]: column for column in table["columns"]}
    called = [{name: _called(columns[name], cell, params) for name, cell in row.items()} for row in rows]
    return {
        result["id"]: _comes_to(result, [row for row, names in zip(rows, called, strict=True) if _meant(result, names)])
        for result in table["results"]
    }


def _comes_to(result: Mapping[str, Any], rows: Sequence[Row]) -> Answer:
    if "count" in result:
        return Decimal(len(rows))
    if "any" in result:
        return "no" if not rows else "yes"
    cents = sorted(int(Decimal(str(row[_column(result)])) * 100) for row in rows)
    wanted = sum(cents) if "sum" in result else cents[0 if "least" in result else -1]
    return Decimal(wanted) / 100


def _column(result: Mapping[str, Any]) -> str:
    return str(next(result[kind] for kind in ("sum", "least", "greatest") if kind in result))


def _meant(result: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    condition = result.get("count", result.get("any", result.get("where")))
    return condition in (None, "all") or _fits(names, condition)


def _fits(names: Mapping[str, str], condition: Mapping[str, Any]) -> bool:
    for name, wanted in condition.items():
        if name == "any":
            fits = any(_fits(names, part) for part in wanted)
        elif name == "all":
            fits = all(_fits(names, part) for part in wanted)
        elif name == "not":
            fits = not _fits(names, wanted)
        else:
            fits = names[name] in (wanted if isinstance(wanted, list) else [wanted])
        if not fits:
            return False
    return True


def _called(column: Mapping[str, Any], cell: Answer, params: Mapping[str, Any]) -> str:
    """The choice, or the band of a number."""
    if not isinstance(cell, Decimal):
        return str(cell)
    for band in column.get("bands", []):
        for kind in ("up_to", "under"):
            limit = band.get(kind)
            limit = params.get(limit[1:]) if isinstance(limit, str) else limit
            if limit is not None and (cell <= limit if kind == "up_to" else cell < limit):
                return str(band["id"])
        if "up_to" not in band and "under" not in band:
            return str(band["id"])
    return ""
