"""The notice as a page, put together of pieces: a row an item, a row a material, a line a note or an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from bundles.model import Note
from bundles.results.notices import GROUPS, Group, MaterialNeed, ToldItem
from bundles.walking.compiling import Reason
from guide.cases.answers import answer_lines, figures, given
from guide.cases.case import Case
from guide.cases.onward import onward
from guide.halls.rows import halls_for
from guide.language.frames import framed
from guide.language.languages import say
from guide.language.pieces import Voice, hole, joined, line, part, piece, sent, voice_for
from guide.language.wording import coming_words, day_words, material_entry, together
from guide.notice.answer import Answer, answer_of, papers_words, saved_figures
from guide.notice.phrases import NOTICE
from guide.notice.rows import Telling
from guide.notice.visits import VisitRow, follows, used_words, visits_in_words, wishes_of
from guide.papers.qr import qr_svg
from guide.web.public import from_outside

NOTHING = SafeString()
MARKED = 'class="mark"'  # each unconfirmed fact


def notice_page(request: HttpRequest, case: Case, telling: Telling) -> str:
    """The page of a finished walk, as it is sent."""
    voice = voice_for(request)
    parts = _Parts(case, telling, voice, visits_in_words(telling))
    today = timezone.localdate()
    coming = coming_words(case.bundle, today)
    address = from_outside(request, reverse("code", args=[telling.code]))
    asked = telling.walk.asked
    return framed(
        request,
        voice,
        "notice/notice.html",
        (case.bundle, case.region.code, coming),
        lambda: {"bundle": case.bundle, "region": case.region, "coming": coming},
        back=part("notice/back.html", voice, {}, url=case.address("ask", change=asked[-1])) if asked else "",
        sorted=sent(NOTICE["sorted_out"] % {"number": len(asked), "day": day_words(today)}, voice),
        joint=part("notice/joint.html", voice, {"joint": telling.joint}),
        actions=parts.actions(address),
        **parts.told(),
        code=part("notice/case-code.html", voice, {}, qr=SafeString(qr_svg(address)), code=telling.code),
        also=parts.also(),
        others=parts.others(),
        answers=answer_lines(case, telling.walk, voice),
        skipped=parts.skipped(),
        sources=parts.sources(),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a notice's page; each is empty where there is nothing to tell."""

    case: Case
    telling: Telling
    voice: Voice
    rows: list[VisitRow]

    def told(self) -> dict[str, SafeString]:
        """What may be unconfirmed, and how often it is."""
        answer = answer_of(self.telling, self.rows)
        placed, halls = self._at_halls()
        found = {
            "verdict": part("notice/verdict.html", self.voice, {"confirmed": answer.verdict_confirmed},
                            verdict=sent(answer.verdict, self.voice)),
            "answer": self.answer(answer),
            "items": self.visits(placed) + self.counter_items(),
            "materials": self.materials(counter=False) + self.materials(counter=True),
            "notes": self.notes(),
            "savings": self.savings(),
        }  # fmt: skip
        number = sum(text.count(MARKED) for text in found.values())
        marks = part("notice/marks.html", self.voice, {"number": number}) if number else NOTHING
        lead = part("notice/lead.html", self.voice, {}, text=sent(answer.lead, self.voice)) if answer.lead else NOTHING
        return {"lead": lead, "marks": marks, "halls": halls, **found}

    def answer(self, answer: Answer) -> SafeString:
        """The card: the most urgent day, where to go first, how much to bring."""
        if not answer.first:
            return NOTHING
        urgent = answer.urgent
        day = {"day": sent(urgent.day, self.voice), "left": sent(urgent.left, self.voice)} if urgent else {}
        kept = replace(
            answer, urgent=replace(urgent, day="", left="") if urgent else None, verdict="", lead="", what=""
        )
        filling = {"papers": sent(papers_words(answer), self.voice), "what": sent(answer.what, self.voice)}
        context = {"answer": kept, "urgent": kept.urgent, "now": not answer.lead}  # a verdict says when
        return part("notice/answer.html", self.voice, context, **filling, **day)

    def savings(self) -> SafeString:
        if not self.telling.notice.applying:
            return NOTHING
        figures_of = saved_figures(self.telling.savings)
        said = {name: sent(NOTICE[f"saved_{name}"] % figures_of, self.voice) for name in ("apart", "here")}
        return part("notice/savings.html", self.voice, {"unsure": not self.telling.visits_confirmed}, **said)

    def actions(self, address: str) -> SafeString:
        """What one can do with the notice; `address` opens it by its code, which spells out no answer."""
        dated = bool(self.telling.to_come)
        return part(
            "notice/actions.html",
            self.voice,
            {"dated": dated},
            address=address,
            form=self.case.address("form"),
            paper=self.case.address("notice-paper"),
            picture=self.case.address("notice-picture"),
            calendar=self.case.address("calendar") if dated else "",
        )

    def _at_halls(self) -> tuple[SafeString, SafeString]:
        """What is known of halls: where it stands at a visit, or where all can be handed in, and where by itself."""
        halls = self.halls()
        here = self._at_once or any(row.entry.hall for row in self.rows)
        return (halls, NOTHING) if here and halls else (NOTHING, halls)

    @property
    def _at_once(self) -> bool:
        """Whether one window may take what is done at several places."""
        return bool(self.telling.notice.joint) and len(self.rows) > 1

    def visits(self, halls: SafeString) -> SafeString:
        """The places in the order in which one goes there; first the window that takes all, where there may be one."""
        if not self.rows:
            return NOTHING
        at_once = self._at_once
        first = None if at_once else next((row for row in self.rows if row.entry.hall), None)
        found = joined(self._visit(row, halls if row is first else NOTHING) for row in self.rows)
        context = {"at_once": at_once, "number": len(self.rows), "unsure": not self.telling.visits_confirmed}
        return part("notice/visits.html", self.voice, context, halls=halls if at_once else NOTHING, rows=found)

    def _visit(self, row: VisitRow, halls: SafeString) -> SafeString:
        urgent, where = row.urgent, row.where
        context = {
            "place": row.place,
            "home": not row.visit.trip,
            "where": where,
            "unknown": row.unknown and not halls,
            "dated": bool(urgent),
            "unsure": bool(urgent and not urgent.confirmed),
            "order": "" if urgent else row.order,
            "take": bool(row.papers) and not row.entry.follows,
            "exact": bool(where and where.text != row.place),
        }
        return part(
            "notice/visit.html",
            self.voice,
            context,
            number=str(row.number),
            day=sent(row.when, self.voice),
            halls=halls,
            items=joined(self._item(told, apart=where is None) for told in row.items),
            papers=line("take", row.paper_key, self.voice, lambda: row.take),
            mind=self._mind(row.notes),
        )

    def counter_items(self) -> SafeString:
        """What the counter decides."""
        rows = [self._item(told, apart=True) for told in self.telling.notice.with_standing("counter")]
        return self._listed("notice/items.html", rows)

    def _item(self, told: ToldItem, apart: bool) -> SafeString:
        """An item and, folded, how it is done; `apart` where it says itself where that is."""
        telling, due = self.telling, told.due
        reasons = self._reasons(telling.why[told.id])
        words = tuple(told.words.items())
        worked_out = figures(telling.walk, *(said.value for said in told.words.values()))
        shape = (apart, bool(due), due is None or due.confirmed, bool(reasons), *telling.contests(told))

        def context() -> dict[str, object]:
            row = telling.item(told)
            return {
                "row": row,
                "facts": [fact for fact in row.facts if fact != row.fee and (apart or fact.word != "where")],
                "follows": follows(told, telling.bundle),
                "deadline": hole("deadline") if due else "",
                "reasons": hole("reasons") if reasons else "",
            }

        return piece(
            "notice/item.html", (telling.bundle, told.id, words, worked_out, *shape), self.voice, context
        ).fill(deadline=sent(telling.deadline(due), self.voice) if due else "", reasons=reasons)

    def _mind(self, notes: Sequence[Note]) -> SafeString:
        """What to mind at a visit: the first note, and the others folded."""
        if not notes:
            return NOTHING
        first, *rest = map(self._note, notes)
        return part("notice/mind.html", self.voice, {"more": len(rest)}, first=first, rest=joined(rest))

    def _reasons(self, reasons: Sequence[Reason]) -> SafeString:
        """The answers because of which something is as it is; empty without any."""
        if not reasons:
            return NOTHING
        walk = self.telling.walk
        key = (walk.bundle, given(walk, reasons))
        return line("because", key, self.voice, lambda: NOTICE["because"] + together(self.telling.words_of(reasons)))

    def materials(self, counter: bool) -> SafeString:
        """The papers by where they come from."""
        asked = self.telling.needs(counter=counter)
        if not asked:
            return NOTHING
        said: set[str] = set()  # a hint stands at the first paper that it is about
        parts = {group: [needs for needs in asked if needs[0].group == group] for group in GROUPS}
        groups = joined(self._group(group, found, said) for group, found in parts.items())
        list_address = self.case.address("list-paper")
        return part("notice/materials.html", self.voice, {"counter": counter}, groups=groups, list=list_address)

    def _group(self, group: Group, asked: list[list[MaterialNeed]], said: set[str]) -> SafeString:
        rows = [self._material(needs[0], said) if len(needs) == 1 else self._choice(needs, said) for needs in asked]
        anyway = group == "own" and any(need.waived_by for needs in asked for need in needs)
        return self._listed("notice/group.html", rows, group=f"group_{group}", anyway=anyway)

    def _choice(self, needs: list[MaterialNeed], said: set[str]) -> SafeString:
        """Papers of which one is enough, as one row."""
        telling = self.telling
        row = telling.choice(needs)
        return part(
            "notice/choice.html",
            self.voice,
            {"name": row.name, "notes": tuple(row.notes)},
            used=self._used(needs[0]),
            choices=joined(self._material(need, said, "notice/alternative.html") for need in needs),
        )

    def _material(self, need: MaterialNeed, said: set[str], template: str = "notice/material.html") -> SafeString:
        telling = self.telling
        count = (*telling.numbers_of(need), need.apart, telling.each(need))
        spared = need.group == "spared"
        hints = (material_entry(telling.bundle, need.id).hint, *need.notes)
        fresh = tuple(text for text in dict.fromkeys(hints) if text and text not in said)
        said.update(fresh)
        key = (telling.bundle, need.id, need.of, telling.waiver(need), fresh, need.confirmed, spared)

        def row() -> dict[str, object]:
            return {"row": telling.material(need)}

        def context() -> dict[str, object]:
            waiver = telling.waiver(need) if need.group in ("own", "spared") else ""  # the others' group says it
            return row() | {
                "spared": spared,
                "waiver": waiver,
                "hints": [say(text) for text in fresh],
                "count": hole("count"),
                "used": hole("used"),
            }

        return piece(template, key, self.voice, context).fill(
            count=piece("notice/count.html", count, self.voice, row).fill(),
            used=self._used(need),
        )

    def _used(self, need: MaterialNeed) -> SafeString:
        """At which visits a paper is handed in, or for which items."""
        return sent(used_words(self.telling, need), self.voice)

    def notes(self) -> SafeString:
        return self._listed("notice/notes.html", [self._note(note) for note in self.telling.notice.own_notes])

    def _note(self, note: Note) -> SafeString:
        """Where a note leads, the address has the answers that go along."""
        telling = self.telling
        following = onward(telling.walk, telling.region, note)
        title = following.title if following else ""

        def context() -> dict[str, object]:
            return {
                "text": telling.tell(note.tell, note.until),
                "title": title,
                "url": hole("url"),
                "confirmed": telling.confirmed(note.tell, note.confirmed),
            }

        key = (telling.bundle, note.tell, note.confirmed, title, figures(telling.walk, note.tell))
        return piece("notice/note.html", key, self.voice, context).fill(url=following.address if following else "")

    def halls(self) -> SafeString:
        halls = halls_for(self.telling.region, self.telling.bundle.id)
        return part("parts/halls.html", self.voice, {"halls": halls if halls is None else tuple(halls)})

    def also(self) -> SafeString:
        """What one could have done besides, each with the question that asks for it."""
        rows = []
        for told, question in wishes_of(self.telling):
            address = self.case.address("ask", change=question)
            context = {"name": self.telling.name(told)}
            rows.append(part("notice/wish.html", self.voice, context, address=address))
        return self._listed("notice/also.html", rows)

    def others(self) -> SafeString:
        """The items that aren't needed, and why."""
        telling = self.telling
        wishes = {told.id for told, _question in wishes_of(telling)}
        rows = [self._other(told) for told in telling.notice.with_standing("not") if told.id not in wishes]
        return self._listed("notice/others.html", rows)

    def _other(self, told: ToldItem) -> SafeString:
        name = told.words.get("name")
        key = (told.id, name, figures(self.telling.walk, name.value) if name else ())
        beaten = self.telling.beaten(told)
        why = sent(together(beaten), self.voice) if beaten else self._reasons(self.telling.why[told.id])
        return self._why("item", key, why, partial(self.telling.name, told))

    def skipped(self) -> SafeString:
        """The questions that weren't asked, and why."""
        skipped = self.telling.walk.skipped()
        rows = [
            self._why("question", (asked.id,), self._reasons(reasons), partial(say, asked.ask))
            for asked, reasons in skipped
        ]
        return self._listed("notice/skipped.html", rows)

    def _why(self, kind: str, key: tuple[object, ...], why: SafeString, name: Callable[[], str]) -> SafeString:
        """A line of what doesn't arise, and why."""

        def context() -> dict[str, object]:
            return {"kind": kind, "name": name(), "reasons": hole("reasons") if why else ""}

        whole = (kind, self.telling.bundle, *key, bool(why))
        return piece("notice/why.html", whole, self.voice, context).fill(reasons=why)

    def sources(self) -> SafeString:
        rows = [part("notice/source.html", self.voice, {"source": source}) for source in self.telling.sources]
        return self._listed("notice/sources.html", rows)

    def _listed(self, template: str, rows: list[SafeString], **context: object) -> SafeString:
        """Rows under their heading."""
        return part(template, self.voice, {**context, "number": len(rows)}, rows=joined(rows)) if rows else NOTHING
