"""A bundle's tree -> Bundle, in two passes: first the names, then everything that uses them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from ..computing import FIGURES, FUNCTIONS
from ..conditions import questions_in
from ..faults import Fault
from ..model import (
    ALWAYS,
    LATE_VERSIONS,
    NONE,
    WORDS,
    Band,
    Bundle,
    Change,
    Choice,
    Computed,
    Condition,
    Deadline,
    Every,
    FactIs,
    FieldLine,
    FigureEntry,
    Item,
    MaterialLine,
    Not,
    Note,
    Param,
    ParamRef,
    Place,
    Question,
    QuestionType,
    SamePerson,
    Some,
    Span,
    Stop,
    Variant,
    figures_in,
)
from ..times import limit_of, read_span
from .dictionaries import DictionaryReader, Entries
from .entries import FIELD, IDENTIFIER, Parser
from .shared_questions import with_shared_questions
from .syntax import RESERVED, Scope, read_condition
from .trees import Mapping as Tree
from .trees import Sequence, nearest

_Sourced = Item | MaterialLine | Note | Variant[Deadline] | Variant[str]
LARGEST = 1_000_000_000
YES_NO = (Choice("yes", "是"), Choice("no", "否"))


def build(tree: Tree, entries: Entries, params: Mapping[str, Param], faults: list[Fault]) -> Bundle:
    """The bundle written in `tree`; not to be used where `faults` grew."""
    return _Builder(entries, faults).bundle(tree, params)


class _Builder(DictionaryReader):
    def __init__(self, entries: Entries, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.entries = entries
        self.scope = Scope()
        self.params: dict[str, Param] = {}
        self.facts: dict[str, Condition] = {}
        self.order: dict[str, int] = {}
        self.kinds: dict[str, str] = {}
        self.computed_inputs: dict[str, tuple[str, ...]] = {}

    def bundle(self, tree: Tree, params: Mapping[str, Param]) -> Bundle:
        self.owner = str(tree.get("id", "bundle"))
        tree = with_shared_questions(tree, self.entries.questions, self.faults)
        own = self.mapping(self.param)(tree["params"], tree.places["params"]) if tree.get("params") is not None else {}
        self.params = {**params, **own}
        self._collect_names(tree)
        parsed = self.entry(tree, tree.place, self._top_keys(), required=("id", "title", "questions", "items"))
        bundle = self._assembled(tree, {"id": "bundle", "title": "", "questions": (), "items": (), **parsed})
        self._check(bundle, tree)
        return bundle

    # First pass

    def _collect_names(self, tree: Tree) -> None:
        questions: dict[str, tuple[str, ...]] = {}
        for raw in self._trees(tree.get("questions")):
            id = str(raw.get("id"))
            questions[id] = _testable(raw)
            self.kinds[id] = str(raw.get("type", "choice"))
            self.order.setdefault(id, len(self.order))
        computed: dict[str, tuple[str, ...]] = {}
        if isinstance(raw_computed := tree.get("computed"), Tree):
            for name, raw in raw_computed.items():
                gives = raw.get("gives") if isinstance(raw, Tree) else None
                computed[name] = tuple(map(str, gives)) if isinstance(gives, Sequence | Tree) else ()
        facts = tuple(tree["facts"]) if isinstance(tree.get("facts"), Tree) else ()
        self.scope = Scope(questions, computed, facts, tuple(self.params))
        self._check_names(tree, questions, facts, computed)

    def _trees(self, raw: Any) -> list[Tree]:
        return [entry for entry in raw if isinstance(entry, Tree)] if isinstance(raw, Sequence) else []

    def _check_names(self, tree: Tree, *kinds: Any) -> None:
        """Questions, facts and computed values share one space of names."""
        seen: dict[str, Place] = {}
        named = [(str(raw.get("id")), raw.place) for raw in self._trees(tree.get("questions"))]
        for key in ("facts", "computed"):
            if isinstance(raw := tree.get(key), Tree):
                named += [(name, raw.places[name]) for name in raw]
        for name, place in named:
            if name in RESERVED:
                self.fault("L06", place, f"{name} 是保留的词，不能当名字。", "换一个名字。", id=name)
            elif name in seen:
                self.fault("L07", place, f"{name} 在第 {seen[name].line} 行已经用过。", "换一个名字。", id=name)
            seen.setdefault(name, place)

    # Second pass

    def _top_keys(self) -> dict[str, Parser]:
        return {
            "id": self.id, "title": self.text, "summary": self.text, "happened": self.text, "theme": self.id,
            "serves": self.one_of("citizen", "business"), "lead": self.text, "version": self.version,
            "reviewed": self.text, "listed_in": self.many(self.text), "keywords": self.many(self.text),
            "changelog": self.many(self.change), "sources": self.mapping(self.source),
            "params": lambda raw, place: None,
            "questions": self.listed(self.question), "facts": self.mapping(self.fact),
            "computed": self.mapping(self.computed), "figures": self.mapping(self.figure),
            "stops": self.listed(self.stop), "notes": self.listed(self.note), "joint": self.condition,
            "joint_else": self.text, "items": self.listed(self.item), "fills": lambda raw, place: raw,
            "repeat": lambda raw, place: raw, "before": self.visits, "after": self.visits,
            "same": self.many(self.same_person), "dictionary": lambda raw, place: None,
        }  # fmt: skip

    def _assembled(self, tree: Tree, parsed: dict[str, Any]) -> Bundle:
        before, after = parsed.get("before", {}), parsed.get("after", {})
        plain = {key: parsed[key] for key in (
            "id", "title", "summary", "happened", "theme", "serves", "lead", "changelog", "reviewed", "listed_in",
            "keywords", "questions", "stops", "notes", "joint", "joint_else", "items", "same",
        ) if key in parsed}  # fmt: skip
        return Bundle(
            **plain,
            version=parsed.get("version", 1),
            sources={**self.entries.sources, **parsed.get("sources", {})},
            params=self.params,
            facts=self.facts,
            computed=tuple(parsed.get("computed", {}).values()),
            figures=parsed.get("figures", {}),
            fills=self._fills(tree, parsed["questions"]),
            repeat=self._repeat(tree, parsed["questions"]),
            visits_before=before.get("visits"),
            visits_after=after.get("visits"),
            visits_confirmed=before.get("confirmed", True) and after.get("confirmed", True),
            dictionaries=self.entries.dictionaries,
            file=tree.place.file,
        )

    def listed(self, parse: Parser) -> Parser:
        """A parser of lists of entries whose ids differ."""

        def parser(raw: Any, place: Place) -> tuple[Any, ...]:
            entries: tuple[Any, ...] = self.many(parse)(raw, place)
            seen: set[str] = set()
            for entry in entries:
                if entry.id in seen:
                    self.fault("L07", entry.place, "这个编号前面已经用过。", "换一个编号。", id=entry.id)
                seen.add(entry.id)
            return entries

        return parser

    def condition(self, raw: Any, place: Place) -> Condition:
        return read_condition(raw, place, self.scope, self.faults, self.owner)

    def fact(self, name: str, raw: Any, place: Place) -> Condition:
        self.owner = name
        self.facts[name] = self.condition(raw, place)
        return self.facts[name]

    def same_person(self, raw: Any, place: Place) -> SamePerson:
        self.owner = "same"
        keys: dict[str, Parser] = {"person": self.id, "as": self.id, "when": self.condition}
        parsed = self.entry(raw, place, keys, required=("person", "as", "when"))
        return SamePerson(parsed.get("person", ""), parsed.get("as", ""), parsed.get("when", ALWAYS), place)

    def version(self, raw: Any, place: Place) -> int:
        number = self.whole(raw, place)
        if number >= LATE_VERSIONS:
            self.fault("L04", place, f"版本 {number} 太大，办事码写不下。", f"写小于 {LATE_VERSIONS} 的数。")
        return min(number, LATE_VERSIONS - 1)

    def change(self, raw: Any, place: Place) -> Change:
        self.owner = "changelog"
        keys: dict[str, Parser] = {"version": self.whole, "date": self.day, "tell": self.text}
        parsed = self.entry(raw, place, keys, required=("version", "tell"))
        return Change(parsed.get("version", 0), parsed.get("date"), parsed.get("tell", ""))

    def visits(self, raw: Any, place: Place) -> dict[str, Any]:
        keys: dict[str, Parser] = {"visits": self.whole, "source": self.text, "confirmed": self.flag}
        return self.entry(raw, place, keys)

    # Questions

    def question(self, raw: Any, place: Place) -> Question:
        self.owner = str(raw.get("id", "question")) if isinstance(raw, Tree) else "question"
        keys: dict[str, Parser] = {
            "id": self.id, "section": self.text, "ask": self.text, "hint": self.text, "why": self.text,
            "when": self.condition, "type": self.one_of(*get_args(QuestionType)), "choices": self.listed(self.choice),
            "bands": self.listed(self.band), "unit": self.text, "least": self.whole, "lowest": self.number,
            "highest": self.number, "future": self.flag, "source": self.text, "confirmed": self.flag,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("id", "ask"))
        for key in ("source", "confirmed"):
            parsed.pop(key, None)
        shared = self.owner in self.entries.questions
        question = Question(**{"id": self.owner, "ask": "", **parsed, "shared": shared, "place": place})
        if question.type == "yesno" and not question.choices:
            question = replace(question, choices=YES_NO)
        self._check_question(question, place)
        return question

    def choice(self, raw: Any, place: Place) -> Choice:
        keys: dict[str, Parser] = {
            "id": self.id, "label": self.text, "hint": self.text, "when": self.condition, "source": self.text,
            "confirmed": self.flag,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("id", "label"))
        id = parsed.get("id", "")
        return Choice(id, parsed.get("label", id), parsed.get("hint", ""), parsed.get("when"), place)

    def band(self, raw: Any, place: Place) -> Band:
        keys: dict[str, Parser] = {
            "id": self.id, "label": self.text, "up_to": self.limit, "under": self.limit, "before": self.limit_day,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("id",))
        kinds: list[Literal["up_to", "under", "before"]] = [
            kind for kind in ("up_to", "under", "before") if kind in parsed
        ]
        if len(kinds) > 1:
            self.fault("L12", place, f"一段只能有一个界限，这里写了 {'、'.join(kinds)}。", "留一个。")
        kind = kinds[0] if kinds else None
        return Band(parsed.get("id", ""), kind, parsed[kind] if kind else None, parsed.get("label", ""), place)

    def limit(self, raw: Any, place: Place) -> Span | Decimal | ParamRef:
        if isinstance(raw, str) and raw.startswith("$"):
            return ParamRef(raw[1:])
        span = read_span(raw)
        if span is not None and span.unit != "working days":
            return span
        if isinstance(raw, str):
            self.fault("L12", place, f"{raw} 不是界限。", "写成 90 days、1 month、300 或 $参数。")
            return Decimal(0)
        number = self.number(raw, place)
        if abs(number) > LARGEST:
            self.fault("L12", place, f"界限 {raw} 太大。", "不能超过十亿。")
            return Decimal(0)
        return number

    def limit_day(self, raw: Any, place: Place) -> date | ParamRef:
        if isinstance(raw, str) and raw.startswith("$"):
            return ParamRef(raw[1:])
        return self.day(raw, place)

    def _check_question(self, question: Question, place: Place) -> None:
        if question.type in ("choice", "many", "yesno"):
            if not question.choices:
                self.fault("L03", place, "这种问题要有选项。", "补上 choices。")
            if question.bands:
                self.fault("L02", place, "只有 date 和 number 可以分段。", "去掉 bands，或改 type。")
        elif question.choices:
            self.fault("L02", place, "date 和 number 没有选项。", "把 choices 换成 bands。")
        if question.type == "yesno" and {choice.id for choice in question.choices} != {"yes", "no"}:
            self.fault("L06", place, "是非题的选项只能是 yes 和 no。", "或改成 type: choice。")
        if question.type == "many" and NONE in (choice.id for choice in question.choices):
            self.fault("L06", place, "多选题里 none 是保留的词。", "“都没有”由程序加上，去掉这个选项。")
        if question.least > 1 or (question.least and question.type != "many"):
            self.fault("L04", place, "least 只能写 1，而且只用于多选题。")
        self._check_bands(question)

    def _check_bands(self, question: Question) -> None:
        if question.lowest > question.highest or max(-question.lowest, question.highest) > LARGEST:
            place = question.place or Place("", 1)
            self.fault("L12", place, "lowest 要不大于 highest，两个都不能超过十亿。", "核对这两个数。")
        for number, band in enumerate(question.bands):
            last = number == len(question.bands) - 1
            at = band.place or Place("", 1)
            if (band.kind is None) != last:
                remedy = "给最后一段去掉界限。" if last else "给它写 up_to、under 或 before。"
                self.fault("L12", at, "只有最后一段没有界限，而且必须没有。", remedy, id=band.id)
            elif isinstance(band.limit, ParamRef):
                self._check_param_limit(question, band, band.limit, at)
            elif band.kind and not _fits(question.type, band.kind, band.limit):
                self.fault("L12", at, "界限和问题的种类不合。", "日期用时间长度或 before，数值用数字。", id=band.id)
        if len({band.kind == "before" for band in question.bands if band.kind}) > 1:
            self.fault("L12", question.place or Place("", 1), "一个问题的分段要么都是时间长度，要么都是日期。")

    def _check_param_limit(self, question: Question, band: Band, ref: ParamRef, at: Place) -> None:
        if ref.name not in self.params:
            self.fault("L08", at, f"没有参数 {ref.name}。", nearest(ref.name, self.params), id=band.id)
            return
        for value in self.params[ref.name].values:
            if value.value is not None and not _fits(question.type, band.kind, limit_of(value.value, band.kind)):
                self.fault("L12", at, f"参数 {ref.name} 的值 {value.value} 不能当这里的界限。", id=band.id)

    def computed(self, name: str, raw: Any, place: Place) -> Computed:
        self.owner = name
        keys: dict[str, Parser] = {
            "by": self.text, "of": self.many(self.input), "gives": self.results, "label": self.text,
            "source": self.text, "confirmed": self.flag,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("by", "of", "gives"))
        results: dict[str, str] = parsed.get("gives", {})
        label = parsed.get("label", "")
        computed = Computed(name, parsed.get("by", ""), parsed.get("of", ()), tuple(results), label, results, place)
        self._check_function(computed.by, FUNCTIONS, place)
        self.computed_inputs[name] = computed.questions
        return computed

    def results(self, raw: Any, place: Place) -> dict[str, str]:
        """A list of results, or a mapping from result to its words."""
        if isinstance(raw, Tree):
            words: dict[str, str] = self.mapping(lambda id, said, at: self.text(said, at))(raw, place)
            return words
        return dict.fromkeys(self.many(self.id)(raw, place), "")

    def figure(self, name: str, raw: Any, place: Place) -> FigureEntry:
        self.owner = name
        keys: dict[str, Parser] = {
            "by": self.text, "of": self.many(self.input), "label": self.text, "source": self.text,
            "confirmed": self.flag,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("by", "of"))
        figure = FigureEntry(**{"id": name, "by": "", "of": (), **parsed, "place": place})
        self._check_function(figure.by, FIGURES, place)
        for question in figure.questions:
            if self.kinds.get(question) == "many":
                self.fault("L18", place, f"{question} 是多选题，不能拿来算。", "改用是非题，或改成几道题。")
        return figure

    def input(self, raw: Any, place: Place) -> str:
        """What a function rests on: a question, or a param written `$name`."""
        name = str(raw)
        known = self.params if name.startswith("$") else self.scope.questions
        if name.removeprefix("$") not in known:
            self.fault("L08", place, f"没有问题或参数 {name}。", nearest(name.removeprefix("$"), known))
        return name

    def _check_function(self, by: str, known: Mapping[str, object], place: Place) -> None:
        if by not in known:
            self.fault("L16", place, f"没有计算函数 {by}。", nearest(by, known))

    # Tellings

    def stop(self, raw: Any, place: Place) -> Stop:
        self.owner = str(raw.get("id", "stop")) if isinstance(raw, Tree) else "stop"
        keys: dict[str, Parser] = {
            "id": self.id, "when": self.condition, "tell": self.text, "instead": self.text, "next": self.id,
            "answers": self.mapping(self.given), "source": self.text, "confirmed": self.flag,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("id", "when", "tell"))
        return Stop(**{"id": self.owner, "tell": "", "when": ALWAYS, **parsed, "place": place})

    def given(self, id: str, raw: Any, place: Place) -> str:
        """An answer that goes along to the next bundle: a choice."""
        return self.text(raw, place)

    def note(self, raw: Any, place: Place) -> Note:
        outer, self.owner = self.owner, str(raw.get("id", "note")) if isinstance(raw, Tree) else "note"
        keys: dict[str, Parser] = {
            "id": self.id, "when": self.condition, "tell": self.text, "next": self.id,
            "answers": self.mapping(self.given), "source": self.text, "confirmed": self.flag,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("id", "tell"))
        note = Note(**{"id": self.owner, "tell": "", **parsed, "place": place})
        self.owner = outer
        return note

    def item(self, raw: Any, place: Place) -> Item:
        tree = raw
        if isinstance(raw, str):
            tree = Tree(place)
            tree.put("id", raw, place)
        self.owner = str(tree.get("id", "item")) if isinstance(tree, Tree) else "item"
        words: dict[str, Parser] = {name: self.word(self.texts, self.condition, name) for name in WORDS}
        keys: dict[str, Parser] = {
            "id": self.id, "when": self.condition, "may_when": self.condition, "wish": self.flag,
            "after": self.many(self.id), "deadline": self.deadline(self.condition), "source": self.text,
            "confirmed": self.flag, "materials": self.many(self.material_line), "fields": self.many(self.field_line),
            "notes": self.listed(self.note), **words,
        }  # fmt: skip
        usual = self.entries.items.get(self.owner)
        allowed = {**words, "source": self.text, "confirmed": self.flag}
        defaults = self.entry(usual, usual.place, allowed) if usual is not None else {}
        parsed = self.entry(tree, place, keys, required=("id",))
        own = {name: parsed.pop(name) for name in WORDS if name in parsed}
        known = {name: defaults.pop(name) for name in WORDS if name in defaults}
        return Item(**{"id": self.owner, **defaults, **parsed, "words": {**known, **own}, "place": place})

    def material_line(self, raw: Any, place: Place) -> MaterialLine:
        if isinstance(raw, str):
            parsed: dict[str, Any] = {"id": self.id(raw, place)}
        else:
            count = self.word(self.whole, self.condition, "count")
            keys: dict[str, Parser] = {
                "id": self.id, "of": self.id, "when": self.condition, "originals": count, "copies": count,
                "waived_by": self.id, "note": self.text, "source": self.text, "confirmed": self.flag,
            }  # fmt: skip
            parsed = self.entry(raw, place, keys, required=("id",))
        defaults: Mapping[str, object] = self.entries.defaults.get(parsed.get("id", ""), {})
        counts = {key: (Variant(int(value)),) for key, value in defaults.items() if isinstance(value, int)}
        return MaterialLine(**{"id": "", **counts, **parsed, "place": place})

    def field_line(self, raw: Any, place: Place) -> FieldLine:
        if not isinstance(raw, Tree):
            return FieldLine(self.field_id(raw, place), None, place)
        parsed = self.entry(raw, place, {"id": self.field_id, "when": self.condition}, required=("id",))
        return FieldLine(parsed.get("id", ""), parsed.get("when"), place)

    # What names what

    def _fills(self, tree: Tree, questions: tuple[Question, ...]) -> dict[str, str]:
        def fill(field: str, raw: Any, place: Place) -> str:
            return self._question_named(str(raw), place, questions)

        return self._optional_mapping(tree, "fills", fill, plain=False)

    def _repeat(self, tree: Tree, questions: tuple[Question, ...]) -> dict[str, str]:
        def person(id: str, raw: Any, place: Place) -> str:
            name = "form" if raw == "form" else self._question_named(str(raw), place, questions)
            if name != "form" and any(q.id == name and q.type != "number" for q in questions):
                self.fault("L13", place, f"{name} 不是数值题，不能当人数。", "改成 type: number，或写 form。", id=id)
            return name

        return self._optional_mapping(tree, "repeat", person, plain=True)

    def _optional_mapping(
        self, tree: Tree, key: str, parse: Callable[[str, Any, Place], str], plain: bool
    ) -> dict[str, str]:
        if tree.get(key) is None:
            return {}
        pattern = IDENTIFIER if plain else FIELD
        parsed: dict[str, str] = self.mapping(parse, pattern)(tree[key], tree.places[key])
        return parsed

    def _question_named(self, name: str, place: Place, questions: tuple[Question, ...]) -> str:
        known = [question.id for question in questions]
        if name not in known:
            self.fault("L13", place, f"没有问题 {name}。", nearest(name, known), id=name)
        return name

    # Checks over the whole

    def _check(self, bundle: Bundle, tree: Tree) -> None:
        cycle = self._fact_cycle()
        if cycle:
            place = tree["facts"].places.get(cycle, tree.place)
            self.fault("L11", place, f"事实 {cycle} 绕了一圈又用到自己。", "拆开其中一个。", id=cycle)
        for question in bundle.questions if not cycle else ():
            self._check_gate(question.when, question, question.place)
            for choice in question.choices:
                self._check_gate(choice.when, question, choice.place)
        items = {item.id: item for item in bundle.items}
        for item in bundle.items:
            self._check_item(item, items, bundle)
        for stop in bundle.stops if not cycle else ():
            self._check_stop_figures(stop, bundle)
        self._check_notes(bundle.notes, bundle)
        self._check_no_figures(bundle.joint_else, "joint_else", tree.places.get("joint_else"), bundle)
        self._check_sources(bundle, tree)

    def _check_notes(self, notes: tuple[Note, ...], bundle: Bundle) -> None:
        for note in notes:
            self._check_figures((note.tell,), note.id, note.place, bundle)

    def _check_sources(self, bundle: Bundle, tree: Tree) -> None:
        told: tuple[Stop | Note | FigureEntry, ...] = (*bundle.stops, *bundle.notes, *bundle.figures.values())
        for entry in told:
            self._check_source(entry.source, entry.id, entry.place, bundle)
        for param in bundle.params.values():
            for value in param.values:
                self._check_source(value.source, param.id, tree.place, bundle)

    def _fact_cycle(self) -> str | None:
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> str | None:
            if name in path:
                return name
            if name in done:
                return None
            found = next(filter(None, (visit(used, (*path, name)) for used in _facts_in(self.facts[name]))), None)
            done.add(name)
            return found

        return next(filter(None, (visit(name, ()) for name in self.facts)), None)

    def _check_gate(self, condition: Condition | None, question: Question, place: Place | None) -> None:
        """Gates and offers rest on earlier questions only."""
        if condition is None:
            return
        for name in sorted(questions_in(condition, self.facts, self.computed_inputs)):
            if self.order.get(name, -1) >= self.order.get(question.id, len(self.order)):
                message = f"问题 {question.id} 的条件用了 {name}，它在后面才问。"
                self.fault("L10", place or Place("", 1), message, f"把 {name} 移到前面。", id=question.id)

    def _check_item(self, item: Item, items: Mapping[str, Item], bundle: Bundle) -> None:
        place = item.place or Place("", 1)
        for name in item.after:
            if name not in items:
                self.fault("L13", place, f"after 里的事项 {name} 不存在。", nearest(name, items), id=item.id)
        if _reaches(item.id, item.id, items):
            self.fault("L15", place, "after 连成了圈。", "去掉其中一个 after。", id=item.id)
        for variant in item.deadline:
            self._check_deadline(item, variant, bundle)
        self._check_notes(item.notes, bundle)
        for line in item.materials:
            self._check_no_figures(line.note, item.id, line.place, bundle)
        words = [variant for word in item.words.values() for variant in word]
        for said in words:
            self._check_figures((said.value,), item.id, said.place, bundle)
        entries: tuple[_Sourced, ...] = (item, *item.materials, *item.notes, *item.deadline, *words)
        for entry in entries:
            self._check_source(entry.source, item.id, entry.place or place, bundle)

    def _check_figures(self, texts: tuple[str, ...], id: str, place: Place | None, bundle: Bundle) -> tuple[str, ...]:
        """The figures in the texts; those that the bundle doesn't have are faults."""
        names = figures_in(*texts)
        for name in names:
            if name not in bundle.figures:
                at = place or Place(bundle.file, 1)
                self.fault("L18", at, f"figures 里没有 {name}。", nearest(name, bundle.figures), id=id)
        return tuple(name for name in names if name in bundle.figures)

    def _check_no_figures(self, text: str, id: str, place: Place | None, bundle: Bundle) -> None:
        """Notes of materials and `joint_else` are told whatever was asked, so no figure can stand in them."""
        for name in figures_in(text):
            if name in bundle.figures:
                at = place or Place(bundle.file, 1)
                self.fault("L18", at, f"这里不能写数字 {name}。", "写进 notes 里的提示。", id=id)

    def _check_stop_figures(self, stop: Stop, bundle: Bundle) -> None:
        """A stop ends the walk at once, so its figures may rest only on what its condition has already asked."""
        asked = questions_in(stop.when, self.facts, self.computed_inputs)
        for name in self._check_figures((stop.tell, stop.instead), stop.id, stop.place, bundle):
            for question in bundle.figures[name].questions:
                if question not in asked:
                    at = stop.place or Place(bundle.file, 1)
                    message = f"数字 {name} 要用问题 {question}，停止的条件却没有用它。"
                    self.fault("L18", at, message, "换一个数字，或把它写进条件。", id=stop.id)

    def _check_deadline(self, item: Item, variant: Variant[Deadline], bundle: Bundle) -> None:
        place = variant.place or Place("", 1)
        start, within = variant.value.start, variant.value.within
        kinds = {question.id: question.type for question in bundle.questions}
        if kinds.get(start) != "date":
            dates = [id for id, kind in kinds.items() if kind == "date"]
            self.fault("L14", place, f"期限从 {start} 起算，但没有这个日期题。", nearest(start, dates), id=item.id)
        if isinstance(within, ParamRef) and within.name and within.name not in bundle.params:
            self.fault("L08", place, f"没有参数 {within.name}。", nearest(within.name, bundle.params), id=item.id)
        elif isinstance(within, ParamRef) and within.name:
            for value in bundle.params[within.name].values:
                if value.value is not None and read_span(value.value) is None:
                    self.fault("L14", place, f"参数 {within.name} 的值 {value.value} 不是期限。", "写成 90 days 这样。")

    def _check_source(self, source: str | None, id: str, place: Place | None, bundle: Bundle) -> None:
        if source is not None and source not in bundle.sources:
            at = place or Place(bundle.file, 1)
            self.fault("L13", at, f"没有出处 {source}。", nearest(source, bundle.sources), id=id)


def _testable(raw: Tree) -> tuple[str, ...]:
    """What conditions may test of a question, read before the question itself is."""
    kind = raw.get("type", "choice")
    listed = raw.get("bands") if kind in ("date", "number") else raw.get("choices")
    ids = [str(entry.get("id")) for entry in listed if isinstance(entry, Tree)] if isinstance(listed, Sequence) else []
    if kind == "yesno" and not ids:
        ids = ["yes", "no"]
    return (*ids, NONE) if kind == "many" else tuple(ids)


def _fits(question_type: str, kind: str | None, limit: object) -> bool:
    if question_type == "number":
        return kind in ("up_to", "under") and isinstance(limit, Decimal)
    if kind == "before":
        return isinstance(limit, date)
    return isinstance(limit, Span) and limit.unit != "working days"


def _facts_in(condition: Condition) -> list[str]:
    return [part.fact for part in _closed_parts(condition) if isinstance(part, FactIs)]


def _closed_parts(condition: Condition) -> list[Condition]:
    """The parts of a condition without opening its facts."""
    match condition:
        case Every(parts) | Some(parts):
            return [condition, *(inner for part in parts for inner in _closed_parts(part))]
        case Not(part):
            return [condition, *_closed_parts(part)]
        case _:
            return [condition]


def _reaches(start: str, goal: str, items: Mapping[str, Item]) -> bool:
    """Whether `after` leads from `start` back to `goal`."""
    seen: set[str] = set()
    queue = list(items[start].after)
    while queue:
        name = queue.pop()
        if name == goal:
            return True
        if name not in seen and name in items:
            seen.add(name)
            queue += items[name].after
    return False
