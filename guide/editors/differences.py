"""The same rules on another day or in another region: what differs, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from bundles.dictionary import Region
from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.times import read_today
from guide.editors.rule_lines import ItemSheet, RuleLine
from guide.editors.rules_in_words import Sheet
from guide.language.languages import say

MOST_SHOWN = 40  # characters of what was typed


@dataclass(frozen=True, slots=True)
class Other:
    """What rules are compared with: where and when. `typed` is the day as it came, `problem` why it is none."""

    region: Region
    day: date
    typed: str = ""
    problem: str = ""


def read_other(parameters: QueryDict, here: Region, today: date) -> Other:
    """What an address says of the other side. No question's name has a dot, so these are nobody's answers."""
    region = catalogue().regions.get(parameters.get("other.region", ""), here)
    typed = parameters.get("other.day", "").strip()
    try:
        return Other(region, read_today(typed) if typed else today, typed)
    except ValueError:
        problem = _("“{day}”不是日期。要写成 2027-01-01 这样。").format(day=typed[:MOST_SHOWN])
        return Other(region, today, typed, problem)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is said otherwise: what it is, and each side in sentences; no sentence where it isn't there."""

    what: str
    here: tuple[str, ...]
    there: tuple[str, ...]


Key = tuple[str, ...]  # tells a thing from others in both rules
Said = tuple[str, tuple[str, ...]]  # what it is called, and all that is said of it


def differences(here: tuple[Bundle, date], there: tuple[Bundle, date]) -> list[Difference]:
    """What differs between two rules of one bundle, each in force on a day, in the order of the rules."""
    one, other = dict(_things(*here)), dict(_things(*there))
    found = []
    for key in dict.fromkeys([*one, *other]):
        (what, mine), (also, theirs) = one.get(key, ("", ())), other.get(key, ("", ()))
        if mine != theirs:
            alone = not mine or not theirs
            found.append(
                Difference(
                    what or also,
                    tuple(words for words in mine if alone or words not in theirs),
                    tuple(words for words in theirs if alone or words not in mine),
                )
            )
    return found


def _things(bundle: Bundle, day: date) -> Iterator[tuple[Key, Said]]:
    """All that the rules say, as (key, (name, sentences))."""
    sheet = Sheet(bundle)
    for question in sheet.questions:
        yield _thing(_("问题"), question.line)
        for choice in question.choices:
            key, (_name, words) = _thing(question.line.text, choice)
            yield (
                ("choice", question.line.id, *key),
                (_("“{question}”的选项").format(question=question.line.text), words),
            )
    for stop in sheet.stops:
        yield _thing(_("停止"), stop)
    for param in bundle.params.values():
        value = param.on(day)
        said = sheet.param_value(value.value)
        yield (
            ("param", param.id),
            (_("参数：{name}").format(name=say(param.label) or param.id), (said, *_sure(value.confirmed))),
        )
    for what, lines in ((_("算出来的"), sheet.figures), (_("只能办一样的"), sheet.one_of)):
        yield from (_thing(what, line) for line in lines)
    for item in sheet.items:
        yield from _of_item(item)
    for note in sheet.notes:
        yield _thing(_("提示"), note)
    yield ("joint",), (_("能合在一起办的条件"), tuple(filter(None, [sheet.joint, say(bundle.joint_else)])))


def _of_item(item: ItemSheet) -> Iterator[tuple[Key, Said]]:
    name = item.line.text
    may = (_("由窗口判定：{when}").format(when=item.may_when),) if item.may_when else ()
    after = (_("排在后面，先办：{items}").format(items=_("、").join(item.after)),) if item.after else ()
    key, (_what, words) = _thing(name, item.line)
    yield ("item", *key), (_("事项：{name}").format(name=name), (*words, *may, *after))
    for what, lines in (
        ("", item.words), (_("材料"), item.materials), (_("填报项"), item.fields), (_("提示"), item.notes),
    ):  # fmt: skip
        seen: dict[Key, tuple[str, ...]] = {}
        for line in lines:
            label = _("{item}：{what}").format(item=name, what=what or line.id)
            key, (_what, words) = _thing(label, line)
            key = ("of", item.line.id, *(("word", line.word) if line.word else key))
            seen[key] = (*seen.get(key, ()), *words)
            yield key, (label, seen[key])


def _thing(what: str, line: RuleLine) -> tuple[Key, Said]:
    when = _("什么时候：{when}").format(when=line.when) if line.when else ""
    source = _("依据：{title}").format(title=say(line.source.title)) if line.source else ""
    words = tuple(filter(None, [line.text, *line.more, when, source, *_sure(line.confirmed)]))
    return (what, line.id), (what, words)


def _sure(confirmed: bool) -> tuple[str, ...]:
    return () if confirmed else (_("以当地窗口为准"),)
