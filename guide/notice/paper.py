"""A telling -> the papers."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from guide.halls.rows import HALLS_UNKNOWN, HallRow
from guide.language.languages import say
from guide.language.wording import coming_words, rules_words
from guide.notice.answer import answer_of, papers_words
from guide.notice.rows import Fact, ItemRow, MaterialRow, Remark, Telling
from guide.papers import (
    Answer,
    Head,
    Material,
    NoticePaper,
    Outside,
    PrintedFact,
    PrintedHall,
    PrintedItem,
    PrintedNote,
    Saving,
)
from guide.papers.files import dated_head


def head_of(telling: Telling, link: str) -> Head:
    """What the papers of a walk say of themselves."""
    bundle = telling.bundle
    return dated_head(say(bundle.title), telling.region, telling.today, rules_words(bundle), link, telling.code)


def notice_paper_of(
    telling: Telling, link: str, large: bool = False, halls: Iterable[HallRow] | None = ()
) -> NoticePaper:
    """The 一次性告知书, in large print where that is wanted; `halls` are those that it names."""
    savings = telling.savings
    pairs = (
        (_("跑动") + ("" if telling.visits_confirmed else "※"), savings.visits, _("{number} 次")),
        (_("表格"), savings.forms, _("{number} 张")),
        (_("材料"), savings.materials, _("{number} 份")),
        (_("填写"), savings.fields, _("{number} 栏")),
    )
    return NoticePaper(
        head_of(telling, link),
        intro=_first_words(telling),
        savings=tuple(
            Saving(name, unit.format(number=before), unit.format(number=after)) for name, (before, after), unit in pairs
        ),
        joint=telling.joint,
        items=tuple(map(_item, telling.applying)),
        counter_items=tuple(map(_item, telling.counter)),
        materials=tuple(map(_material, telling.materials)),
        counter_materials=tuple(map(_material, telling.counter_materials)),
        outside=tuple(Outside(row.name, _("；").join(row.reasons)) for row in telling.not_applying),
        notes=(
            *map(_note, telling.notes),
            *map(PrintedNote, filter(None, [coming_words(telling.bundle, telling.today)])),
        ),
        halls=halls_on_paper(halls),
        answers=tuple(Answer(row.question, row.answer) for row in telling.answers),
        large=large,
    )


def _first_words(telling: Telling) -> str:
    """How much there is to do, until when, what to bring: the answer, in a line."""
    answer = answer_of(telling)
    said = [answer.verdict]
    if answer.urgent:
        said.append(_("最晚 {day}：{item}").format(day=answer.urgent.day, item=answer.urgent.item))
    if answer.first:
        said.append(_("带上：{papers}").format(papers=papers_words(answer)))
    return _("；").join(said)


def halls_on_paper(rows: Iterable[HallRow] | None) -> tuple[PrintedHall, ...]:
    """The halls as papers name them; where nobody knows them a line that says so."""
    return (PrintedHall(str(HALLS_UNKNOWN), ()),) if rows is None else tuple(map(hall_on_paper, rows))


def hall_on_paper(row: HallRow) -> PrintedHall:
    """A hall as papers name it; whether it is open now is nothing for a paper."""
    phone = _("电话：{phone}").format(phone=row.phone)
    sample = _("样例：这个大厅是演示用的，不是真的。") if row.sample else ""
    return PrintedHall(row.name, tuple(filter(None, [sample, row.address, row.way, phone, *row.hours, *row.helps])))


def _item(row: ItemRow) -> PrintedItem:
    result, basis = row.fact("result"), row.fact("basis")
    due = PrintedFact(row.deadline, row.deadline_confirmed) if row.deadline else _said(row.fact("days"))
    return PrintedItem(
        str(row.number),
        row.name,
        row.department,
        why=_("；").join(row.reasons),
        result=result.text if result else "",
        due=due,
        fee=_said(row.fee),
        where=_said(row.fact("where") or row.fact("how")),
        basis=basis.text if basis else "",
        confirmed=row.confirmed,
        contests=tuple(PrintedFact(contest.text, contest.confirmed) for contest in row.contests),
    )


def _said(fact: Fact | None) -> PrintedFact | None:
    return PrintedFact(fact.text, fact.confirmed) if fact else None


def _note(remark: Remark) -> PrintedNote:
    return PrintedNote(remark.text if remark.confirmed else f"{remark.text}※")


def _material(row: MaterialRow) -> Material:
    hints = [row.hint, *row.notes]
    if row.each > 1:
        hints.insert(0, _("每人一份，共 {number} 人").format(number=row.each))
    return Material(
        row.name,
        originals=row.originals,
        copies=row.copies,
        used_for=tuple(map(str, row.numbers)),
        hint=" ".join(filter(None, hints)),
        replaced_by=row.waiver,
        separately=_("分开办要{apart}").format(apart=row.apart) if row.apart else "",
        confirmed=row.confirmed,
        choices=tuple(map(_material, row.choices)),
    )
