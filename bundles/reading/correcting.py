"""Words that an editor mistyped, put right: the fault is told once, and what hangs on the word is still read."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from ..faults import ANY_QUESTION, Fault
from .keys import BUNDLE, ENTRIES, Apart, Keys, Kind, Mapped, OneOf, Rows, Several, Value, Word, keys_of, variant_keys
from .trees import Mapping as Tree
from .trees import Sequence, closest, nearest


def understood(raw: Tree, known: Collection[str], required: Iterable[str] = ()) -> tuple[Tree, list[tuple[str, str]]]:
    """The mapping with its known keys alone, and the others, each with what to say of it.

    A key that is nearly written like one that isn't there stands for it; so does the only strange key for the only key
    that is missing. Where nothing is left the mapping counts as faulty as a whole.
    """
    strange = [key for key in raw if key not in known]
    if not strange:
        return raw, []
    absent = [key for key in known if raw.get(key) is None]
    missing = [key for key in required if key in absent]
    meant = {key: close for key in reversed(strange) if (close := closest(key, absent)) is not None}
    if (
        len(strange) == len(missing) == 1
        and strange[0] not in meant
        and not isinstance(raw[strange[0]], Tree | Sequence)
    ):
        meant = {strange[0]: missing[0]}
    result, taken, remedies = Tree(raw.place, raw.faulty), set[str](), []
    for key, value in raw.items():
        name = key if key in known else meant.get(key)
        if key not in known:
            remedies.append((key, f"是不是“{name}”？" if name else nearest(key, known)))
        if name is not None and name not in taken and (key in known or value is not None):
            result.put(name, value, raw.places[key])
            taken.add(name)
    result.faulty = result.faulty or not result
    return result, remedies


def corrected(tree: Tree, faults: list[Fault], doubtful: set[str]) -> Tree:
    """A bundle's tree with its mistyped keys put right and unknown ones left out; `tree` stays as it is.

    What is left out may have held a condition: then any question is `doubtful`.
    """
    fixed = _Corrector(faults, doubtful).entry(tree, BUNDLE, str(tree.get("id", "bundle")))
    return fixed if isinstance(fixed, Tree) else tree


class _Corrector:
    def __init__(self, faults: list[Fault], doubtful: set[str]) -> None:
        self.faults = faults
        self.doubtful = doubtful

    def put_right(self, raw: Any, kind: Kind, owner: str) -> Any:
        match kind:
            case Value("param"):  # also a list of values, each from a day on
                return self.listed(raw, lambda one: self.entry(one, ENTRIES["param"], owner))
            case Value(name):
                keys = keys_of(name, raw) if isinstance(raw, Tree) else None
                return raw if keys is None else self.entry(raw, keys, owner)
            case Several(of) | Rows(of):
                return self.listed(raw, lambda one: self.put_right(one, of, owner))
            case Mapped(of):
                return self.mapping(raw, of)
            case Word(of, name):
                return self.listed(raw, lambda one: self.entry(one, variant_keys(of, name), owner))
            case Apart(of):
                return self.put_right(raw, of, owner)
            case _:
                return raw

    def entry(self, raw: Any, keys: Keys, owner: str) -> Any:
        if not isinstance(raw, Tree):
            return raw
        raw = self.with_whole_amount(raw, owner) if keys.kinds.get("of") == Value("amount") else raw
        tree, strange = understood(raw, keys.kinds, keys.required)
        owner = str(tree["id"]) if "id" in keys.kinds and tree.get("id") is not None else owner
        self.faults += [Fault(raw.places[key], "L02", owner, f"不认识键 {key}。", remedy) for key, remedy in strange]
        if any(isinstance(raw[key], Tree | Sequence) and "是不是" not in remedy for key, remedy in strange):
            self.doubtful.add(ANY_QUESTION)
        result = Tree(tree.place, tree.faulty)
        for key, value in tree.items():
            kind, place = keys.kinds[key], tree.places[key]
            if isinstance(kind, OneOf) and value is not None and value not in kind.words:
                self.faults.append(
                    Fault(place, "L04", owner, f"这里不能写 {said(value)}。", nearest(str(value), kind.words))
                )
                if (close := closest(str(value), kind.words)) is not None:
                    result.put(key, close, place)
                else:
                    result.faulty = True
            else:
                result.put(key, self.put_right(value, kind, owner), place)
        return result

    def with_whole_amount(self, raw: Tree, owner: str) -> Tree:
        """The entry with its amount put together again, which a comma within `{ }` has cut into keys."""
        text, rest = str(raw.get("of")), list(raw)[list(raw).index("of") + 1 :] if "of" in raw else []
        cut: list[str] = []
        while text.count("(") > text.count(")") and len(cut) < len(rest) and raw[rest[len(cut)]] is None:
            text += f", {rest[len(cut)]}"
            cut.append(rest[len(cut)])
        if not cut:
            return raw
        message = "算式里有逗号，写在 { } 里就断开了。"
        self.faults.append(Fault(raw.places["of"], "L20", owner, message, f'整个加引号：of: "{text}"。'))
        result = Tree(raw.place, raw.faulty)
        for key, value in raw.items():
            if key not in cut:
                result.put(key, text if key == "of" else value, raw.places[key])
        return result

    def listed(self, raw: Any, put_right: Callable[[Any], Any]) -> Any:
        if not isinstance(raw, Sequence):
            return put_right(raw)
        result = Sequence(raw.place, raw.dropped)
        for value, place in zip(raw, raw.places, strict=True):
            result.put(put_right(value), place)
        return result

    def mapping(self, raw: Any, of: Kind) -> Any:
        if not isinstance(raw, Tree):
            return raw
        result = Tree(raw.place)
        for key, value in raw.items():
            result.put(key, self.put_right(value, of, key), raw.places[key])
        return result


def said(value: object) -> str:
    """A value as the file writes it."""
    match value:
        case None:
            return "空的"
        case bool():
            return "true" if value else "false"
        case Tree():
            return "“键: 值”"
        case Sequence():
            return "列表"
        case _:
            return str(value)
