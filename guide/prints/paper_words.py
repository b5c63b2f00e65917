"""How the blank questionnaire says conditions over its marks, and texts that depend on them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from bundles.amounts import Asked, Leaf, Looked, Named, Ticked, Valued, leaves
from bundles.conditions import ALWAYS, Condition, Wording
from bundles.conditions import say as condition_words
from bundles.facts import Fact, is_past
from bundles.model import Bundle, Variant, Word
from bundles.paper.mark_words import MarkPhrases, mark_words
from bundles.paper.questionnaire import PaperQuestionnaire, Use
from bundles.values import FIGURE, Case
from guide.language.amounts import cases_in_words, cells_in_words
from guide.language.languages import say
from guide.language.wording import day_words, figure_words
from guide.notice.phrases import NOTICE

T = TypeVar("T")


@dataclass(frozen=True)
class PaperWords:
    """The words of one questionnaire, in the active language."""

    sheet: PaperQuestionnaire

    @property
    def bundle(self) -> Bundle:
        return self.sheet.bundle

    @property
    def today(self) -> date:
        return self.sheet.rules.today

    def when(self, condition: Condition) -> str:
        return mark_words(condition, self.sheet.names, _phrases())

    def cases(self, cases: tuple[Case, ...]) -> tuple[str, ...]:
        """How a clerk works out an amount: a line a case, by marks and the numbers of questions."""
        names, bundle = self.sheet.names, self.bundle
        wording = Wording(
            name=str,
            value=lambda owner, value: names.get((owner, value), value),
            facts=bundle.facts,
            also=_("，并且"),
            either=_("；或者"),
            negated=_("不是（{condition}）"),
            answered="{values}",
            choices=_("或"),
        )
        tables = {leaf.table for case in cases for leaf in leaves(case.amount) if isinstance(leaf, Looked)}
        lines = cases_in_words(cases, self.leaf, lambda condition: condition_words(condition, wording))
        return (*lines, *map(self.table, sorted(tables)))

    def table(self, name: str) -> str:
        """A table that the clerk looks into, in a line."""
        table = self.bundle.tables[name]
        cells = _("；").join(cells_in_words(self.bundle, table, self.today))
        return _("{table}：{cells}").format(table=say(table.label) or name, cells=cells)

    def leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Asked(name) | Ticked(name):
                number = next((step.number for step in self.sheet.steps if step.id == name), None)
                return _("第 {number} 题").format(number=number) if number else say(self.bundle.question(name).ask)
            case Valued(name):
                param = self.bundle.params[name]
                value = param.on(self.today).value
                return say(param.label) or name if value is None else str(value)
            case Looked(name):
                return say(self.bundle.tables[name].label) or name
            case Named(name):
                return say(self.bundle.figures[name].label) or name
            case _:
                raise TypeError(leaf)

    def if_so(self, condition: Condition, phrase: str) -> str:
        """A phrase about a condition; nothing where it always holds."""
        return "" if condition == ALWAYS else phrase.format(when=self.when(condition))

    def word(self, word: Word[str]) -> str:
        """A word of the catalogue with when each of its variants counts."""
        return self.variants(word, lambda variant: self.told(variant.value, variant))

    def told(self, text: str, fact: Fact) -> str:
        """A text of the catalogue, marked; up to which day it was said, where that is past; whom to ask for nothing."""
        said = self.marked(text or str(NOTICE["ask"]), fact.confirmed)
        past = fact.until if is_past(fact, self.today) else None
        return NOTICE["past"].format(text=said, day=day_words(past)) if past else said

    def variants(self, word: Word[T], tell: Callable[[Variant[T]], str]) -> str:
        """The variants, each with when it counts, to be read from the first on."""
        said = [(tell(variant), variant.when) for variant in word]
        if len(said) == 1 and said[0][1] is None:
            return said[0][0]
        parts = [
            _("不然，{text}").format(text=text) if when is None
            else _("如果{when}，{text}").format(when=self.when(when), text=text)
            for text, when in said
        ]  # fmt: skip
        return _("；").join(parts)

    def marked(self, text: str, confirmed: bool) -> str:
        """A text of the catalogue, its figures left to the counter, with ※ where nobody has confirmed it."""
        said = say(text)
        if any(name in self.bundle.figures for name in FIGURE.findall(text)):
            said = FIGURE.sub(figure_words(None), said)
        return said if confirmed else f"{said}※"

    def uses(self, uses: Iterable[Use]) -> str:
        """When something is needed: for which items, and under which marks."""
        return _("；").join(map(self.use, uses))

    def use(self, use: Use) -> str:
        items = "" if len(use.items) == len(self.sheet.items) else _("、").join(map(str, use.items))
        phrases = {
            (True, True): _("都要"),
            (True, False): _("如果{when}"),
            (False, True): _("办第 {items} 件"),
            (False, False): _("办第 {items} 件，如果{when}"),
        }
        phrase = phrases[not items, use.when == ALWAYS]
        return phrase.format(items=items, when="" if use.when == ALWAYS else self.when(use.when))


def _phrases() -> MarkPhrases:
    return MarkPhrases(
        also=_("，并且"),
        either=_("；或者"),
        any_of=_("或"),
        listed=_("、"),
        unticked=_("{marks}没勾"),
        all_unticked=_("{marks}都没勾"),
        together=_("（{condition}）"),
    )
