"""What nearly everybody needs of a bundle, by exact counting over all walks: papers to bring, deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bundles.model import Bundle, Deadline, Item, Variant
from bundles.proving.shares import Commonness
from bundles.walking.compiling import Target
from bundles.walking.editions import Edition
from bundles.walking.navigation import Navigation
from bundles.walking.walks import navigation_of
from guide.editors.rules_in_words import alternatives

Papers = tuple[tuple[str, str | None], ...]  # a material and whose it is; several where one of them is enough
NEARLY_ALL = 0.9  # of the walks that end without a stop
MANY = 0.3  # of them have an item whose deadline is told


@dataclass(frozen=True, slots=True)
class Needed:
    """The papers in the order of how many walks ask for them; items with the deadline that nearly all of them have."""

    papers: tuple[Papers, ...] = ()
    deadlines: tuple[tuple[Item, Variant[Deadline]], ...] = ()


def needed_by_nearly_all(rules: Edition) -> Needed:
    """What nearly everybody needs; nothing where the walks can't be counted."""
    return _needed(rules.bundle, navigation_of(rules))


@lru_cache(maxsize=256)
def _needed(bundle: Bundle, navigation: Navigation) -> Needed:
    """Kept, for all days on which the same rules hold: counting takes a second where there are many questions."""
    common = Commonness(navigation)
    return Needed(_papers(bundle, common), tuple(_deadlines(bundle, common))) if common.walks else Needed()


def _papers(bundle: Bundle, common: Commonness) -> tuple[Papers, ...]:
    """Without those that are printed here and signed."""
    targets = common.navigation.program.targets
    applies = {
        item.id: common.share([targets[Target("item", (item.id,))], targets[Target("counter", (item.id,))]])
        for item in bundle.items
    }
    asked: dict[Papers, list[tuple[str, int]]] = {}
    for item in bundle.items:
        for number, line in enumerate(item.materials):
            if not any(variant.value == "made-here" for variant in line.waived_by):
                node = targets[Target("material", (item.id, number))]
                asked.setdefault(tuple(alternatives(item, line)), []).append((item.id, node))
    shares = {
        papers: common.share(node for _item, node in lines)
        for papers, lines in asked.items()
        if sum(applies[item] for item in {item for item, _node in lines}) >= NEARLY_ALL  # else it can't be so many
    }
    return tuple(sorted((papers for papers in shares if shares[papers] >= NEARLY_ALL), key=lambda it: -shares[it]))


def _deadlines(bundle: Bundle, common: Commonness) -> Iterator[tuple[Item, Variant[Deadline]]]:
    """Those that count for nearly all who have the item to do; the items that the most have come first."""
    targets = common.navigation.program.targets
    found = []
    for item in bundle.items:
        own = targets[Target("item", (item.id,))]
        if not item.deadline or (share := common.share([own])) < MANY:
            continue
        for number, variant in enumerate(item.deadline):
            told = targets.get(Target("word", (item.id, "deadline", number)), own)
            if common.share([told], among=own) >= NEARLY_ALL:
                found.append((share, item, variant))
    for _share, item, variant in sorted(found, key=lambda entry: -entry[0]):
        yield item, variant
