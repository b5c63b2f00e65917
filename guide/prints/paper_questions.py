"""The questions of the blank questionnaire in words: guards, marks with their limits, jumps and stops."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from bundles.paper.questionnaire import Limit, Mark, NumberRange, PaperStop, Range, Step, TickedBox
from bundles.values import Computed
from bundles.walking.editions import param_limit
from guide.language.languages import say
from guide.language.wording import SAYING, band_words, choice_words, day_words, none_words
from guide.papers.questionnaire import Asked, PrintedBox, Section, Tick
from guide.prints.paper_words import PaperWords


@dataclass(frozen=True)
class QuestionsOnPaper:
    """The questions of one questionnaire, section by section."""

    words: PaperWords

    def sections(self) -> Iterator[Section]:
        """Neighbours with one heading together; a result stands where it is worked out."""
        titles: list[str] = []
        for step in self.words.sheet.steps:
            titles.append(titles[-1] if isinstance(step.of, Computed) and titles else _section(step))
        for title, pairs in groupby(zip(titles, self.words.sheet.steps, strict=True), key=lambda pair: pair[0]):
            yield Section(say(title), tuple(self.asked(step) for _title, step in pairs))

    def asked(self, step: Step) -> Asked:
        of = step.of
        if isinstance(of, Computed):
            ask = _("窗口算：{what}").format(what=say(of.label) or of.id)
            says = list(self.words.cases(of.cases))
        else:
            ask, says = say(of.ask), [say(of.hint), _("可以勾几个。") if of.type == "many" else ""]
        return Asked(
            str(step.number),
            ask,
            self.words.if_so(step.guard, _("如果{when}，才答")),
            tuple(filter(None, says)),
            tuple(self.tick(step, mark) for mark in step.marks),
            _written(step),
            self.unit(step) if _written(step) else "",
            not isinstance(of, Computed) and of.type == "date",
            tuple(map(self.fact, step.boxes)),
            tuple(map(self.stop, step.stops)),
            tuple(self.jumps(step)) if _read_on(step) else (),
        )

    def fact(self, box: TickedBox) -> PrintedBox:
        return PrintedBox(box.name, self.words.when(box.when))

    def jumps(self, step: Step) -> Iterator[str]:
        """Where to go on after what is read behind the question."""
        for mark in step.marks:
            if mark.onward:
                yield _("勾了 {mark} 的，{onward}").format(mark=mark.name, onward=self.onward(mark))

    def onward(self, mark: Mark) -> str:
        if not mark.onward:
            return ""
        if mark.onward > len(self.words.sheet.steps):
            return _("问题答完了，看清单")
        return _("到第 {number} 题").format(number=mark.onward)

    def tick(self, step: Step, mark: Mark) -> Tick:
        hint = say(mark.choice.hint) if mark.choice else ""
        reach = self.limit(step.of, mark.value) if isinstance(step.of, Computed) else ""
        if not reach and not _says_its_limit(mark):
            reach = _reach_words(mark, self.unit(step))
        says = [reach, self.words.if_so(mark.offered, _("如果{when}，才能勾")), hint]
        onward = "" if _read_on(step) else self.onward(mark)
        return Tick(mark.name, self.label(step, mark), tuple(filter(None, says)), onward)

    def limit(self, computed: Computed, value: str) -> str:
        """The limit of a band of an amount."""
        band = next((band for band in computed.bands if band.id == value and band.kind), None)
        limit = param_limit(self.words.bundle, self.words.today, band) if band else None
        if band is None or limit is None:
            return ""
        phrase = _("不超过{limit}") if band.kind == "up_to" else _("不到{limit}")
        return phrase.format(limit=limit)

    def unit(self, step: Step) -> str:
        return "" if isinstance(step.of, Computed) else say(step.of.unit)

    def label(self, step: Step, mark: Mark) -> str:
        """What a mark stands for."""
        of = step.of
        if isinstance(of, Computed):
            return say(of.labels.get(mark.value, mark.value))
        if mark.choice:
            return choice_words(of, mark.choice)
        return band_words(of, mark.value) if mark.band else none_words(of)

    def stop(self, stop: PaperStop) -> str:
        tell = self.words.told(stop.stop.tell, stop.stop)
        instead = self.words.marked(stop.stop.instead, confirmed=True)
        return _("如果{when}，到此为止：{tell}{instead}").format(
            when=self.words.when(stop.when), tell=tell, instead=instead
        )


def _read_on(step: Step) -> bool:
    """Whether something behind the question is read before any jump."""
    return bool(step.boxes or step.stops)


def _section(step: Step) -> str:
    return "" if isinstance(step.of, Computed) else step.of.section


def _written(step: Step) -> str:
    """What to write beside the ticks, or instead of them."""
    if isinstance(step.of, Computed) or not (step.written or not step.marks):
        return ""
    return _("写下日子：") if step.of.type == "date" else _("写下数字：")


def _says_its_limit(mark: Mark) -> bool:
    """Whether the label of a band of numbers names the number at its end."""
    if not isinstance(mark.reach, NumberRange) or mark.band is None:
        return False
    end = mark.reach.highest or mark.reach.lowest
    return end is None or f"{end.number:f}" in mark.band.label


def _reach_words(mark: Mark, unit: str) -> str:
    """What a band reaches from and to."""
    match mark.reach:
        case Range(None, date() as last):
            return _("{day}或更早").format(day=day_words(last))
        case Range(date() as first, None):
            return _("{day}或更晚").format(day=day_words(first))
        case Range(date() as first, date() as last):
            return _("{first}到{last}").format(first=day_words(first), last=day_words(last))
        case NumberRange(lowest, highest):
            return _("，").join(filter(None, [_end(lowest, unit, lower=True), _end(highest, unit, lower=False)]))
        case _:
            return ""


def _end(limit: Limit | None, unit: str, lower: bool) -> str:
    if limit is None:
        return ""
    phrases = {
        (True, True): _("至少{limit}"), (True, False): _("超过{limit}"),
        (False, True): _("不超过{limit}"), (False, False): _("不到{limit}"),
    }  # fmt: skip
    number = f"{limit.number:f}"
    said = SAYING["with_unit"].format(number=number, unit=unit) if unit else number
    return phrases[lower, limit.included].format(limit=said)
