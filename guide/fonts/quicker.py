"""Writes the rules of a font so that fewer of them are tried at each letter; what is set stays the same.

Typst tries every rule of a lookup at every letter that may begin one. Noto Serif Tibetan has a rule and a lookup for
each of a thousand stacks, and rules that begin with any letter at all: most of a Tibetan paper's time.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import groupby
from typing import Any, TypeAlias

from fontTools import subset  # noqa: F401  # gives tables `prune_lookups`
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

LIGATURE, CONTEXT, CHAIN = 4, 5, 6  # kinds of lookups
MANY = 5  # rules from which on it pays to look first whether any of them can fit
LETTERS = 500  # glyphs; a rule that so many can begin is tried at nearly every letter

Rule: TypeAlias = Any  # these classes are made when fontTools runs
Lookup: TypeAlias = Any
Coverage: TypeAlias = Any
Records = list[tuple[int, int]]  # which glyph of the input, which lookup


def quicken(font: TTFont) -> None:
    """Rewrites the substitutions of the font in place."""
    rules = _Rules(font)
    for lookup in list(rules.lookups):
        if lookup.LookupType == CONTEXT:
            rules.begin_later(lookup)
        if lookup.LookupType == CHAIN:
            rules.without_classes(lookup)
            rules.with_ligatures_together(lookup)
            rules.behind_a_look(lookup)
        lookup.SubTableCount = len(lookup.SubTable)
    font["GSUB"].prune_lookups()


class _Rules:
    """The rules of a font. A rule is a subtable that names the glyphs at each place (format 3 of a chained context)."""

    def __init__(self, font: TTFont) -> None:
        self._order = font.getReverseGlyphMap()
        self._list = font["GSUB"].table.LookupList
        self.lookups: list[Lookup] = self._list.Lookup

    def begin_later(self, lookup: Lookup) -> None:
        """Lets rules begin at their second glyph, with the first one looked at behind, where nearly any can be first.

        A glyph that may also be the last of a rule stays first: then it belongs to one match only.
        """
        rules = lookup.SubTable
        if not all(
            rule.Format == 3
            and len(rule.Coverage[0].glyphs) >= LETTERS
            and all(record.SequenceIndex for record in rule.SubstLookupRecord)
            for rule in rules
        ):
            return
        last = {glyph for rule in rules for glyph in rule.Coverage[-1].glyphs}
        lookup.LookupType = CHAIN
        lookup.SubTable = []
        for rule in rules:
            first, *others = rule.Coverage
            records = _records(rule)
            if both := last.intersection(first.glyphs):
                lookup.SubTable.append(self._rule([], [self._coverage(both), *others], [], records))
            if only := set(first.glyphs) - last:
                earlier = [(place - 1, number) for place, number in records]
                lookup.SubTable.append(self._rule([self._coverage(only)], others, [], earlier))

    def without_classes(self, lookup: Lookup) -> None:
        """Writes rules by classes (format 2) as rules by glyphs, where each place names a class."""
        lookup.SubTable = [rule for table in lookup.SubTable for rule in self._by_glyphs(table)]

    def _by_glyphs(self, table: Rule) -> list[Rule]:
        if table.Format != 2:
            return [table]
        rules = []
        for first, together in enumerate(table.ChainSubClassSet):
            for rule in together.ChainSubClassRule if together else ():
                if 0 in (first, *rule.Backtrack, *rule.Input, *rule.LookAhead):  # all glyphs that the others leave
                    return [table]
                before, inside, after = (
                    [self._coverage(glyph for glyph, own in classes.classDefs.items() if own == one) for one in named]
                    for classes, named in (
                        (table.BacktrackClassDef, rule.Backtrack),
                        (table.InputClassDef, [first, *rule.Input]),
                        (table.LookAheadClassDef, rule.LookAhead),
                    )
                )
                inside[0] = self._coverage(set(inside[0].glyphs).intersection(table.Coverage.glyphs))
                rules.append(self._rule(before, inside, after, _records(rule)))
        return rules

    def with_ligatures_together(self, lookup: Lookup) -> None:
        """Makes one rule, and one lookup of ligatures, of those rules at the end that each make one ligature."""
        ligatures = [self._ligature(lookup, rule) for rule in lookup.SubTable]
        size = len(ligatures[-1][0]) if ligatures[-1] else 0
        start = len(ligatures)
        while start and (made := ligatures[start - 1]) and len(made[0]) == size:
            start -= 1
        ends = [made for made in ligatures[start:] if made]
        if len(ends) < MANY or any(rule.Format != 3 for rule in lookup.SubTable):
            return
        begins = {glyph for rule in lookup.SubTable if rule.SubstLookupRecord for glyph in rule.InputCoverage[0].glyphs}
        if begins & {glyph for parts, _made in ends for glyph in parts[1:]}:
            return
        table = otTables.LigatureSubst()
        table.ligatures = {}
        for (first, *parts), glyph in ends:
            ligature = otTables.Ligature()
            ligature.Component, ligature.CompCount, ligature.LigGlyph = parts, size, glyph
            table.ligatures.setdefault(first, []).append(ligature)
        places = [self._coverage(place) for place in zip(*(parts for parts, _made in ends), strict=True)]
        number = self._added(lookup, LIGATURE, [table])
        lookup.SubTable = [*lookup.SubTable[:start], self._rule([], places, [], [(0, number)])]

    def _ligature(self, lookup: Lookup, rule: Rule) -> tuple[list[str], str] | None:
        """The parts and the ligature of a rule that makes exactly this ligature, or None."""
        if rule.Format != 3 or rule.BacktrackCoverage or rule.LookAheadCoverage or len(rule.SubstLookupRecord) != 1:
            return None
        ((place, number),) = _records(rule)
        used = self.lookups[number]
        if place or used.LookupType != LIGATURE or len(used.SubTable) != 1 or _flags(used) != _flags(lookup):
            return None
        made = [
            ([first, *ligature.Component], ligature.LigGlyph)
            for first, together in used.SubTable[0].ligatures.items()
            for ligature in together
        ]
        parts = [[part] for part in made[0][0]]
        return made[0] if len(made) == 1 and [place.glyphs for place in rule.InputCoverage] == parts else None

    def behind_a_look(self, lookup: Lookup) -> None:
        """Puts many rules that do the same to the same glyphs behind one that looks at the two glyphs beside.

        Where that one fits, no rule after it is tried any more, so those stand behind it too.
        """
        rules: list[Rule] = []
        alike = [(same, list(group)) for same, group in groupby(lookup.SubTable, key=_done_to_one)]
        for same, group in reversed(alike):
            short = [rule for rule in group if same and len(_beside(rule)) < 2]
            if not same or len(group) < MANY:
                rules = group + rules
                continue
            long = [rule for rule in group if len(_beside(rule)) > 1]
            look = [self._coverage(glyph for rule in long for glyph in _beside(rule)[place].glyphs) for place in (0, 1)]
            number = self._added(lookup, CHAIN, long + deepcopy(rules))
            inside = group[0].InputCoverage
            looks = (look, inside, []) if group[0].BacktrackCoverage else ([], inside, look)
            rules = [*short, self._rule(*looks, [(0, number)]), *rules]
        lookup.SubTable = rules

    def _coverage(self, glyphs: Iterable[str]) -> Coverage:
        coverage = otTables.Coverage()
        coverage.glyphs = sorted(set(glyphs), key=self._order.__getitem__)
        return coverage

    def _rule(
        self,
        before: list[Coverage],
        inside: list[Coverage],
        after: list[Coverage],
        records: Records,
    ) -> Rule:
        rule = otTables.ChainContextSubst()
        rule.Format = 3
        rule.BacktrackCoverage, rule.InputCoverage, rule.LookAheadCoverage = before, inside, after
        rule.BacktrackGlyphCount, rule.InputGlyphCount, rule.LookAheadGlyphCount = map(len, (before, inside, after))
        rule.SubstLookupRecord = list(_written(records))
        rule.SubstCount = len(records)
        return rule

    def _added(self, like: Lookup, kind: int, tables: list[Any]) -> int:
        """The number of a new lookup that leaves out the glyphs that `like` leaves out."""
        lookup = otTables.Lookup()
        lookup.LookupType, lookup.LookupFlag = kind, like.LookupFlag
        if hasattr(like, "MarkFilteringSet"):
            lookup.MarkFilteringSet = like.MarkFilteringSet
        lookup.SubTable, lookup.SubTableCount = tables, len(tables)
        self.lookups.append(lookup)
        self._list.LookupCount = len(self.lookups)
        return len(self.lookups) - 1


def _records(rule: Rule) -> Records:
    return [(record.SequenceIndex, record.LookupListIndex) for record in rule.SubstLookupRecord]


def _written(records: Records) -> Iterator[Any]:
    for place, number in records:
        record = otTables.SubstLookupRecord()
        record.SequenceIndex, record.LookupListIndex = place, number
        yield record


def _flags(lookup: Lookup) -> tuple[int, int | None]:
    return lookup.LookupFlag, getattr(lookup, "MarkFilteringSet", None)


def _beside(rule: Rule) -> list[Coverage]:
    """The glyphs around the one that the rule is for, nearest first, where they are all on one side."""
    beside: list[Coverage] = rule.BacktrackCoverage or rule.LookAheadCoverage
    return beside


def _done_to_one(rule: Rule) -> tuple[bool, tuple[str, ...], tuple[tuple[int, int], ...]] | None:
    """The side that a rule for one glyph looks at, the glyphs, and what it does to them; None for other rules."""
    if rule.Format != 3 or len(rule.InputCoverage) != 1 or bool(rule.BacktrackCoverage) == bool(rule.LookAheadCoverage):
        return None
    return bool(rule.BacktrackCoverage), tuple(rule.InputCoverage[0].glyphs), tuple(_records(rule))
