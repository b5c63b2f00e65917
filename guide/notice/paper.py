"""A telling -> the papers."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from bundles.results.notices import GROUPS, MaterialNeed, ToldItem
from guide.halls.rows import HALLS_UNKNOWN, HallRow
from guide.language.languages import say
from guide.language.wording import coming_words, rules_words, together
from guide.notice.answer import Answer, answer_of, papers_words, saved_figures
from guide.notice.phrases import NOTICE
from guide.notice.rows import Fact, ItemRow, MaterialRow, Telling
from guide.notice.visits import VisitRow, follows, visits_in_words, wishes_of
from guide.papers import (
    Head,
    Material,
    NoticePaper,
    PaperGroup,
    PrintedFact,
    PrintedHall,
    PrintedItem,
    PrintedVisit,
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
    visits = visits_in_words(telling)
    answer = answer_of(telling, visits)
    coming = coming_words(telling.bundle, telling.today)
    return NoticePaper(
        head_of(telling, link),
        verdict=PrintedFact(answer.verdict, answer.verdict_confirmed),
        lead=answer.lead,
        urgent=_urgent(answer),
        first=_first(answer),
        joint=telling.joint,
        visits=tuple(map(_visit, visits)),
        groups=tuple(_groups(telling)),
        items=tuple(_item(telling.item(told), apart=row.where is None) for row in visits for told in row.items),
        counter_items=tuple(_item(row, apart=True, fee=True) for row in telling.counter),
        materials=tuple(_papers(telling, telling.needs(counter=False))),
        counter_materials=tuple(_papers(telling, telling.needs(counter=True))),
        also=together(telling.name(told) for told, _question in wishes_of(telling)),
        outside=tuple(map(telling.name, telling.notice.with_standing("not"))),
        notes=(
            *(PrintedFact(remark.text, remark.confirmed) for remark in map(telling.remark, telling.notice.own_notes)),
            *map(PrintedFact, filter(None, [coming])),
        ),
        halls=halls_on_paper(halls),
        savings=_savings(telling),
        large=large,
    )


def _urgent(answer: Answer) -> PrintedFact | None:
    """The most urgent day, and of what it is the last."""
    if answer.urgent is None:
        return None
    text = _("最晚 {day}（{left}）：{item}").format(
        day=answer.urgent.day, left=answer.urgent.left, item=answer.urgent.item
    )
    return PrintedFact(text, answer.urgent.confirmed)


def _first(answer: Answer) -> str:
    """Where to go first, and how much to bring."""
    if not answer.first:
        return ""
    where = _("{label}：{name}").format(label=NOTICE["first" if answer.trip else "first_home"], name=answer.first)
    papers = _("{label}：{name}").format(label=NOTICE["bring_it"], name=papers_words(answer))
    return _("；").join((where, papers))


def _savings(telling: Telling) -> tuple[PrintedFact, ...]:
    """What separate handling would ask, and what this asks."""
    if not telling.notice.applying:
        return ()
    figures = saved_figures(telling.savings)
    apart, here = (NOTICE[f"saved_{name}"] % figures for name in ("apart", "here"))
    return (PrintedFact(apart), PrintedFact(here, telling.visits_confirmed))


def _visit(row: VisitRow) -> PrintedVisit:
    urgent, telling = row.urgent, row.telling
    when = PrintedFact(row.when, urgent.confirmed) if urgent else PrintedFact(row.order) if row.order else None
    return PrintedVisit(
        str(row.number),
        PrintedFact(row.place, row.where.confirmed if row.where else True),
        when,
        _where(row),
        tuple(_done(telling, told) for told in row.items),
        "" if row.entry.follows else row.take,
        tuple(PrintedFact(remark.text, remark.confirmed) for remark in map(telling.remark, row.notes)),
    )


def _where(row: VisitRow) -> PrintedFact | None:
    """Where exactly, where that says more than the place's name; that nobody knows it."""
    if row.where:
        return PrintedFact(row.where.text) if row.where.text != row.place else None
    return PrintedFact(str(NOTICE["no_address"])) if row.unknown else None


def _done(telling: Telling, told: ToldItem) -> PrintedFact:
    """What is done at a place, and what it costs; of what follows by itself that nobody has to go."""
    item = telling.item(told)
    if follows(told, telling.bundle):
        return PrintedFact(_("{name}（{fee}）").format(name=item.name, fee=NOTICE["follows"]), item.confirmed)
    if item.fee is None:
        return PrintedFact(item.name, item.confirmed)
    sure = item.confirmed and item.fee.confirmed
    return PrintedFact(_("{name}（{fee}）").format(name=item.name, fee=item.fee.text), sure)


def _groups(telling: Telling) -> Iterator[PaperGroup]:
    """The papers by where they come from."""
    asked = telling.needs(counter=False)
    for group in GROUPS:
        found = [needs for needs in asked if needs[0].group == group]
        if found:
            anyway = group == "own" and any(need.waived_by for needs in found for need in needs)
            remark = str(NOTICE["take_anyway_all"]) if anyway else ""
            papers = tuple(_papers(telling, found))
            yield PaperGroup(str(NOTICE[f"group_{group}"]), papers, remark, ticked=group != "spared")


def _papers(telling: Telling, asked: Iterable[list[MaterialNeed]]) -> Iterator[Material]:
    """Rows of papers; of what the counter decides each says for which items it is."""
    for needs in asked:
        row = telling.material(needs[0]) if len(needs) == 1 else telling.choice(needs)
        applying = any(id in telling.visit_numbers for id in needs[0].items)
        used = "" if applying else NOTICE["for_named"].format(names=together(row.items))
        # Which papers an applicant takes to which place stands with the places
        yield _material(row, used, spared=needs[0].group == "spared")


def halls_on_paper(rows: Iterable[HallRow] | None) -> tuple[PrintedHall, ...]:
    """The halls as papers name them; where nobody knows them a line that says so."""
    return (PrintedHall(str(HALLS_UNKNOWN), ()),) if rows is None else tuple(map(hall_on_paper, rows))


def hall_on_paper(row: HallRow) -> PrintedHall:
    """A hall as papers name it; whether it is open now is nothing for a paper."""
    phone = _("电话：{phone}").format(phone=row.phone)
    sample = _("样例：这个大厅是演示用的，不是真的。") if row.sample else ""
    return PrintedHall(row.name, tuple(filter(None, [sample, row.address, row.way, phone, *row.hours, *row.helps])))


def _item(row: ItemRow, apart: bool, fee: bool = False) -> PrintedItem:
    """What is said of an item beyond its place; `apart` where it says itself where that is, `fee` where nothing did."""
    result = row.fact("result")
    due = PrintedFact(row.deadline, row.deadline_confirmed) if row.deadline else _said(row.fact("days"))
    return PrintedItem(
        row.name,
        row.department,
        result=result.text if result else "",
        due=due,
        fee=_said(row.fee) if fee else None,
        where=_said(row.fact("where")) if apart else None,
        how=_said(row.fact("how")),
        confirmed=row.confirmed,
        contests=tuple(PrintedFact(contest.text, contest.confirmed) for contest in row.contests),
    )


def _said(fact: Fact | None) -> PrintedFact | None:
    return PrintedFact(fact.text, fact.confirmed) if fact else None


def _material(row: MaterialRow, used: str, spared: bool) -> Material:
    hints = [row.hint, *row.notes]
    if row.each > 1:
        hints.insert(0, _("每人一份，共 {number} 人").format(number=row.each))
    return Material(
        row.name,
        originals=row.originals,
        copies=row.copies,
        used=used,
        hint=" ".join(filter(None, hints)),
        replaced_by=row.waiver if spared else "",
        confirmed=row.confirmed,
        choices=tuple(_material(choice, "", spared) for choice in row.choices),
    )
