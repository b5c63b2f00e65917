"""Reads what is worked out of answers by a function: computed values, which conditions test, and figures for texts."""

from collections.abc import Mapping
from typing import Any

from ..computing import FIGURES, FUNCTIONS
from ..faults import ANY_QUESTION
from ..model import Computed, FigureEntry, Param, Place
from .correcting import said
from .entries import Reader
from .keys import COMPUTED, FIGURE, ID, TEXT, Mapped, Several
from .syntax import Names
from .trees import Mapping as Tree
from .trees import nearest


class FunctionReader:
    """Teaches a reader a bundle's computed values and figures, which may rest on its questions and params."""

    def __init__(self, reader: Reader, names: Names, params: Mapping[str, Param]) -> None:
        self.reader = reader
        self.names = names
        self.params = params
        # Whether there is such a function is looked up once the entry is read: without `by` there is none either.
        reader.learn(result_function=reader.text, figure_function=reader.text, input=self._input, results=self._results)
        reader.learn_under_ids(computed=self._computed, figure=self._figure)

    def _computed(self, name: str, raw: Any, place: Place) -> Computed:
        self.reader.owner = name
        parsed = self.reader.read(raw, place, COMPUTED)
        results: dict[str, str] = parsed.get("gives", {})
        label = parsed.get("label", "")
        computed = Computed(name, parsed.get("by", ""), parsed.get("of", ()), tuple(results), label, results, place)
        self._check_function(computed.by, FUNCTIONS, place)
        return computed

    def _results(self, raw: Any, place: Place) -> dict[str, str]:
        """A list of results, or a mapping from result to its words."""
        if isinstance(raw, Tree):
            words: dict[str, str] = self.reader.parser(Mapped(TEXT))(raw, place)
            return words
        return dict.fromkeys(self.reader.parser(Several(ID))(raw, place), "")

    def _figure(self, name: str, raw: Any, place: Place) -> FigureEntry:
        self.reader.owner = name
        parsed = self.reader.read(raw, place, FIGURE)
        figure = FigureEntry(**{"id": name, "by": "", "of": (), **parsed, "place": place})
        self._check_function(figure.by, FIGURES, place)
        for question in figure.questions:
            if self.names.types.get(question) == "many":
                message = f"{question} 是多选题，不能拿来算。"
                self.reader.fault("L18", place, message, "改用是非题，或改成几道题。")
        return figure

    def _input(self, raw: Any, place: Place) -> str:
        """What a function rests on: a question, or a param written `$name`."""
        name = said(raw)
        known = self.params if name.startswith("$") else self.names.scope.questions
        unsure = self.names.scope.open_params if name.startswith("$") else self.names.scope.open
        if name.removeprefix("$") not in known and not unsure:
            self.reader.doubtful.add(ANY_QUESTION)
            self.reader.fault("L08", place, f"没有问题或参数 {name}。", nearest(name.removeprefix("$"), known))
        return name

    def _check_function(self, by: str, known: Mapping[str, object], place: Place) -> None:
        if by and by not in known:
            self.reader.fault("L16", place, f"没有计算函数 {by}。", nearest(by, known))
