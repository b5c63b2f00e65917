"""What nobody has confirmed yet, by the source that it rests on: an editor's list of what to ask and to read."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bundles.dictionary import Source
from guide.editors.rule_lines import RuleLine
from guide.editors.rules_in_words import Sheet


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """What rests on one source, None where none is named: what it is about, and what is said."""

    source: Source | None
    lines: tuple[tuple[str, str], ...]


def unconfirmed(sheet: Sheet) -> list[ToConfirm]:
    """The unconfirmed facts by source, those with the most first; what names no source comes last."""
    found: dict[str, list[tuple[str, str]]] = {}
    for what, line in _lines(sheet):
        if not line.confirmed:
            found.setdefault(line.source.id if line.source else "", []).append((what, line.text))
    sources = sheet.bundle.sources
    order = sorted(found, key=lambda id: (not id, -len(found[id])))
    return [ToConfirm(sources.get(id), tuple(dict.fromkeys(found[id]))) for id in order]


def _lines(sheet: Sheet) -> Iterator[tuple[str, RuleLine]]:
    yield from ((_("停止"), line) for line in sheet.stops)
    yield from ((_("参数"), line) for line in sheet.params)
    yield from ((_("算出来的"), line) for line in sheet.figures)
    yield from ((_("只能办一样的"), line) for line in sheet.one_of)
    for item in sheet.items:
        yield _("事项"), item.line
        name = item.line.text
        for line in item.words:
            yield _("{item}：{what}").format(item=name, what=line.id), line
        for what, lines in ((_("材料"), [*item.materials, *item.how_many]), (_("提示"), item.notes)):
            yield from ((_("{item}：{what}").format(item=name, what=what), line) for line in lines)
    yield from ((_("提示"), line) for line in sheet.notes)
