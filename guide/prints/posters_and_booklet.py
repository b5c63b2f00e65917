"""A bundle -> what a hall prints of it for everybody: the poster, and its chapter of the booklet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bundles.conditions import Condition, questions_in
from bundles.dictionary import Region
from bundles.model import Bundle, Deadline, Item, MaterialLine, Variant
from bundles.walking.editions import edition
from guide.editors.rule_lines import ItemSheet, RuleLine
from guide.editors.rules_in_words import Sheet, material_name
from guide.halls.rows import halls_for
from guide.language.languages import say
from guide.language.pairs import chinese
from guide.language.wording import either, rules_words
from guide.notice.paper import halls_on_paper
from guide.papers import Booklet, BookletItem, BookletMaterial, Chapter, Head, Poster
from guide.papers.files import dated_head
from guide.prints.for_nearly_all import Papers, needed_by_nearly_all

FEW = {"materials": 6, "days": 2, "halls": 1}  # on a poster
FEW_IN_TWO = {"materials": 4, "days": 2, "halls": 1}  # where each line stands there in two languages
LONG_NAMES = 22  # characters
LONG_CONDITION = 120  # characters; a longer one names the questions that it rests on


def booklet_of(bundles: Iterable[Bundle], region: Region, links: Iterable[str], head: Head, large: bool) -> Booklet:
    """The booklet of these bundles as they hold in a region; `links` are the addresses of their start pages."""
    chapters = tuple(_Printed(bundle, region).chapter(link) for bundle, link in zip(bundles, links, strict=True))
    return Booklet(head, chapters, large)


def poster_of(bundle: Bundle, region: Region, head: Head, size: str) -> Poster:
    """The poster of a bundle as it holds in a region; `size` is a3 or a4."""
    return _Printed(bundle, region).poster(head, size)


def head_of(region: Region, today: date, link: str, bundle: Bundle | None = None) -> Head:
    """What such a print says of itself; `link` is the address that its QR code opens."""
    title, rules = (say(bundle.title), rules_words(bundle)) if bundle else (_("一件事办事手册"), "")
    return dated_head(title, region, today, rules, link)


@dataclass(frozen=True)
class _Printed:
    """A bundle's parts in words, as they hold in a region."""

    bundle: Bundle
    region: Region

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.bundle)

    def chapter(self, link: str) -> Chapter:
        items = zip(self.bundle.items, self.sheet.items, strict=True)
        return Chapter(
            say(self.bundle.title),
            say(self.bundle.summary),
            self.saving(),
            rules_words(self.bundle),
            tuple(say(question.ask) for question in self.bundle.questions),
            tuple(self.item(item, told) for item, told in items),
            halls_on_paper(halls_for(self.region, self.bundle.id)),
            tuple(_law(source.title, source.number) for source in self.bundle.sources.values() if source.told),
            link,
        )

    def poster(self, head: Head, size: str) -> Poster:
        few = FEW if translation.get_language() == settings.LANGUAGE_CODE else FEW_IN_TWO
        needed = needed_by_nearly_all(edition(self.bundle, head.made.date()))
        return Poster(
            head,
            size,
            say(self.bundle.happened) or say(self.bundle.title),
            tuple(map(self.papers, needed.papers[: few["materials"]])),
            tuple(self.last_days(needed.deadlines))[: few["days"]],
            halls_on_paper(halls_for(self.region, self.bundle.id) or [])[: few["halls"]],
        )

    def saving(self) -> str:
        """How many times one goes; nothing where nobody has published it."""
        before, after = self.bundle.visits_before, self.bundle.visits_after
        if before is None or after is None:
            return ""
        text = _("分开办要跑 {before} 次，一起办跑 {after} 次。").format(before=before, after=after)
        return text if self.bundle.visits_confirmed else _marked(text)

    def last_days(self, deadlines: Iterable[tuple[Item, Variant[Deadline]]]) -> Iterator[tuple[str, str]]:
        """Items, and by when; those with the same period together."""
        together: dict[str, list[str]] = {}
        for item, deadline in deadlines:
            words = self.sheet.deadline(deadline.value)
            name = say(item.usual("name")) or item.id
            together.setdefault(words if deadline.confirmed else _marked(words), []).append(name)
        return ((_few(names), when) for when, names in together.items())

    def papers(self, papers: Papers) -> str:
        """A material with whose it is, or several of which one is enough; the applicant's own are simply theirs."""
        return either([material_name(self.bundle, id, None if of == "applicant" else of) for id, of in papers])

    def item(self, item: Item, told: ItemSheet) -> BookletItem:
        sure = told.line.confirmed
        department = _("、").join(dict.fromkeys(told.line.more))
        facts = (self.fact(word) for word in self.facts(told) if word.text)
        return BookletItem(
            told.line.text if sure else _marked(told.line.text),
            self.when(_possible(item.as_written), self._standing(item.as_written, told)),
            tuple(filter(None, [department, *self.sheet.rivalries(item.id), *facts])),
            tuple(self.material(line, rule) for line, rule in zip(item.materials, told.materials, strict=True)),
        )

    @staticmethod
    def _standing(item: Item, told: ItemSheet) -> str:
        """When it applies, and when the counter decides, in words."""
        counter = _("窗口决定：{when}").format(when=told.may_when) if item.may_when is not None else ""
        return _("；").join(filter(None, [told.line.when, counter]))

    def facts(self, told: ItemSheet) -> list[RuleLine]:
        """Where, how long, how much and until when; what comes of it and the law stand elsewhere."""
        said = {name: [line for line in told.words if line.word == name] for name in ("where", "how")}
        return [
            *(said["where"] or said["how"]),
            *(line for line in told.words if line.word in ("due", "fee", "days", "deadline")),
        ]

    def fact(self, word: RuleLine) -> str:
        """A labelled word: 费用：免费; with its condition where it holds only under one."""
        text = _("{label}：{name}").format(label=word.id, name=word.text if word.confirmed else _marked(word.text))
        when = word.when if len(word.when) <= LONG_CONDITION else _("看情况")
        return _("{text}（{when}）").format(text=text, when=when) if when else text

    def material(self, line: MaterialLine, rule: RuleLine) -> BookletMaterial:
        name = rule.text if rule.confirmed else _marked(rule.text)
        return BookletMaterial(name, self.when(line.when, rule.when), tuple(rule.more))

    def when(self, condition: Condition | None, words: str) -> str:
        """A condition in words; the questions that it rests on where that would be long."""
        if condition is None or len(words) <= LONG_CONDITION:
            return words
        inputs = {computed.id: computed.questions for computed in self.bundle.computed}
        names = questions_in(condition, self.bundle.facts, inputs)
        asks = [_("“{choice}”").format(choice=say(entry.ask)) for entry in self.bundle.questions if entry.id in names]
        return _("看这几题怎么答：{questions}").format(questions=_("、").join(asks))


def _possible(item: Item) -> Condition | None:
    return item.possible if item.may_when else item.when


def _marked(text: str) -> str:
    """A text that nobody has confirmed here; the prints say what the sign means."""
    return f"{text}※"


def _law(title: str, number: str) -> str:
    return _("{title}（{number}）").format(title=say(title), number=number) if number else say(title)


def _few(names: list[str]) -> str:
    """The names, as long as they have room in a line of the poster."""
    if len(chinese("".join(names))) <= LONG_NAMES:
        return _("、").join(names)
    return _("{name}等 {count} 件").format(name=names[0], count=len(names)) if len(names) > 1 else names[0]


__all__ = ["booklet_of", "head_of", "poster_of"]
