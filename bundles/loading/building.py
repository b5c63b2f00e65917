"""A bundle's tree -> Bundle, in two passes: first the names, then everything that uses them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..conditions import ALWAYS, Condition, Unread
from ..faults import ANY_QUESTION, Fault
from ..model import LATE_VERSIONS, Bundle, Change, Question, SamePerson
from ..reading.correcting import corrected, said
from ..reading.entries import Reader
from ..reading.keys import BUNDLE, CHANGE, FILLS, GROUPS, LABELLED, PARAMS, REPEAT, SAME, TABLES, VISITS, Mapped
from ..reading.syntax import Scope, read_condition, read_names
from ..reading.trees import Mapping as Tree
from ..reading.trees import nearest
from ..values import Param, Place
from .checking import check
from .choices import with_choices
from .dictionaries import DictionaryReader, Entries
from .functions import AmountReader, FunctionReader, with_inputs
from .lines import LineReader
from .members import MembersReader, opened
from .overlays import with_shared_questions
from .questions import QuestionReader
from .rivals import RivalReader, with_rivals
from .told import ToldReader

AS_READ = (
    "id", "title", "summary", "happened", "theme", "common", "serves", "lead", "changelog", "reviewed", "listed_in",
    "keywords", "questions", "figures", "stops", "joint", "joint_else", "items", "fills", "repeat", "same",
    "tables",
)  # fmt: skip


def build(tree: Tree, entries: Entries, params: Mapping[str, Param], faults: list[Fault], doubtful: set[str]) -> Bundle:
    """The bundle written in `tree`; not to be used where `faults` grew.

    The questions that faulty parts may be about go to `doubtful`.
    """
    reader = Reader(faults, doubtful)
    reader.owner = str(tree.get("id", "bundle"))
    tree = corrected(with_shared_questions(tree, entries.questions, faults), faults, doubtful)
    tree, tables = opened(tree)
    DictionaryReader(reader)
    params = {**params, **_apart(tree, "params", PARAMS, reader)}
    names = read_names(tree, params, entries.questions, reader, [lines.table for lines in tables])
    QuestionReader(reader, params, entries.questions, names.scope.open_params)
    FunctionReader(reader, names, params)
    AmountReader(reader, names, params)
    ToldReader(reader, entries)
    LineReader(reader, entries.defaults, names)
    RivalReader(reader)
    _BundleReader(reader, names.scope)
    _apart(tree, "groups", GROUPS, reader)
    parsed = {"id": "bundle", "title": "", "questions": (), "items": (), **reader.read(tree, tree.place, BUNDLE)}
    _AnswerReader(reader, parsed["questions"], names.scope)
    kinds = (("fills", FILLS), ("repeat", REPEAT), ("tables", TABLES))
    apart = {key: _apart(tree, key, kind, reader) for key, kind in kinds}
    bundle = _assembled({**parsed, **apart}, entries, params, tree.place.file)
    bundle = with_choices(with_rivals(bundle, tree, reader))
    bundle = MembersReader(reader, params, names.scope.open_params).settled(bundle, tables)
    bundle = with_inputs(bundle, reader)
    check(bundle, tree, names, reader)
    return bundle


def _apart(tree: Tree, key: str, kind: Mapped, reader: Reader) -> dict[str, Any]:
    """What stands under a key that isn't read with the others."""
    if tree.get(key) is None:
        return {}
    parsed: dict[str, Any] = reader.parser(kind)(tree[key], tree.places[key])
    return parsed


def _assembled(parsed: Mapping[str, Any], entries: Entries, params: Mapping[str, Param], file: str) -> Bundle:
    before, after = parsed.get("before", {}), parsed.get("after", {})
    facts: Mapping[str, _Fact] = parsed.get("facts", {})
    return Bundle(
        **{key: parsed[key] for key in AS_READ if key in parsed},
        notes=(*parsed.get("verdict", ()), *parsed.get("notes", ())),
        version=parsed.get("version", 1),
        sources={**entries.sources, **parsed.get("sources", {})},
        params=params,
        facts={name: fact.when for name, fact in facts.items()},
        fact_labels={name: fact.label for name, fact in facts.items() if fact.label},
        computed=tuple(parsed.get("computed", {}).values()),
        one_of=tuple(parsed.get("one_of", {}).values()),
        visits_before=before.get("visits"),
        visits_after=after.get("visits"),
        visits_confirmed=before.get("confirmed", True) and after.get("confirmed", True),
        dictionaries=entries.dictionaries,
        file=file,
    )


class _Fact(NamedTuple):
    """A named condition, and what it is called."""

    when: Condition
    label: str = ""


class _BundleReader:
    """Teaches a reader conditions, and the lines that belong to the bundle as a whole."""

    def __init__(self, reader: Reader, scope: Scope) -> None:
        self.reader = reader
        self.scope = scope
        reader.learn(
            condition=self._condition, version=self._version, change=self._change, visits=self._visits, same=self._same
        )
        reader.learn_under_ids(fact=self._fact)

    def _condition(self, raw: Any, place: Place) -> Condition:
        return read_condition(raw, place, self.scope, self.reader)

    def _fact(self, name: str, raw: Any, place: Place) -> _Fact:
        """A condition, or `{label: …, when: …}`: what it is called where rules are put in words."""
        self.reader.owner = name
        if isinstance(raw, Tree) and (LABELLED.kinds.keys() - self.scope.names) & raw.keys():
            if "when" not in raw and len(raw) > 1:
                return self._unlabelled(raw, place)
            parsed = self.reader.read(raw, place, LABELLED)
            return _Fact(parsed.get("when", Unread((f"?fact {name}",))), parsed.get("label", ""))
        return _Fact(self._condition(raw, place))

    def _unlabelled(self, raw: Tree, place: Place) -> _Fact:
        """A fact whose condition stands beside its label."""
        self.reader.fault("L03", place, "有 label 的事实，条件要写在 when 里。", "写成 {label: …, when: {…}}。")
        condition = Tree(raw.place)
        for key, value in raw.items():
            if key != "label":
                condition.put(key, value, raw.places[key])
        return _Fact(self._condition(condition, place))

    def _version(self, raw: Any, place: Place) -> int:
        number = self.reader.whole(raw, place)
        if number >= LATE_VERSIONS:
            message = f"版本 {number} 太大，办事码写不下。"
            self.reader.fault("L04", place, message, f"写小于 {LATE_VERSIONS} 的数。")
        return min(number, LATE_VERSIONS - 1)

    def _change(self, raw: Any, place: Place) -> Change:
        self.reader.owner = "changelog"
        parsed = self.reader.read(raw, place, CHANGE)
        return Change(parsed.get("version", 0), parsed.get("date"), parsed.get("tell", ""))

    def _visits(self, raw: Any, place: Place) -> dict[str, Any]:
        return self.reader.read(raw, place, VISITS)

    def _same(self, raw: Any, place: Place) -> SamePerson:
        self.reader.owner = "same"
        parsed = self.reader.read(raw, place, SAME)
        return SamePerson(parsed.get("person", ""), parsed.get("as", ""), parsed.get("when", ALWAYS), place)


class _AnswerReader:
    """Teaches a reader what answers are used for besides conditions: to fill fields, and to count persons."""

    def __init__(self, reader: Reader, questions: tuple[Question, ...], scope: Scope) -> None:
        self.reader = reader
        self.questions = questions
        self.scope = scope
        reader.learn(filling=self._filling)
        reader.learn_under_ids(times=self._times)

    def _filling(self, raw: Any, place: Place) -> str:
        return self._question_named(said(raw), place)

    def _times(self, person: str, raw: Any, place: Place) -> str:
        """How often a person is there: a question's answer, or as often as is entered on the form."""
        name = "form" if raw == "form" else self._question_named(said(raw), place)
        if name != "form" and any(question.id == name and question.type != "number" for question in self.questions):
            message = f"{name} 不是数值题，不能当人数。"
            self.reader.fault("L13", place, message, "改成 type: number，或写 form。", id=person)
        return name

    def _question_named(self, name: str, place: Place) -> str:
        known = [question.id for question in self.questions]
        if name not in known and not self.scope.open and name not in self.scope.loose:
            self.reader.fault("L13", place, f"没有问题 {name}。", nearest(name, known), id=name)
            self.reader.doubtful.add(ANY_QUESTION)
        return name
