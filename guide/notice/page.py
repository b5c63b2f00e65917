"""The notice as a page, put together of pieces: a row an item, a row a material, a line a note or an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from bundles.model import Note
from bundles.results.notices import MaterialNeed, ToldItem
from bundles.walking.compiling import Reason
from bundles.walking.walks import Standing
from guide.cases.answers import answer_lines, figures, given
from guide.cases.case import Case
from guide.cases.onward import onward
from guide.halls.rows import halls_for
from guide.language.frames import framed
from guide.language.languages import say
from guide.language.pieces import Voice, hole, joined, line, part, piece, sent, voice_for
from guide.language.wording import coming_words, day_words, together
from guide.notice.phrases import NOTICE
from guide.notice.rows import Telling
from guide.papers.qr import qr_svg
from guide.web.public import from_outside

NOTHING = SafeString()


def notice_page(request: HttpRequest, case: Case, telling: Telling) -> str:
    """The page of a finished walk, as it is sent."""
    voice = voice_for(request)
    parts = _Parts(case, telling, voice)
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
        savings=parts.savings(),
        joint=part("notice/joint.html", voice, {"joint": telling.joint}),
        actions=parts.actions(),
        items=parts.items("applies") + parts.items("counter"),
        materials=parts.materials(counter=False) + parts.materials(counter=True),
        notes=parts.notes(),
        halls=parts.halls(),
        code=part("notice/case-code.html", voice, {}, qr=SafeString(qr_svg(address)), code=telling.code),
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

    def savings(self) -> SafeString:
        if not self.telling.notice.applying:
            return NOTHING
        bundle, savings = self.telling.bundle, self.telling.savings
        unsure = bundle.visits_before is not None and not bundle.visits_confirmed
        return part(
            "notice/savings.html",
            self.voice,
            {"unsure": unsure},
            visits=self._saved(savings.visits),
            forms=self._saved(savings.forms),
            materials=self._saved(savings.materials),
            fields=self._saved(savings.fields),
        )

    def _saved(self, figures: tuple[int, int]) -> SafeString:
        apart, together = figures
        return part("notice/saved.html", self.voice, {"apart": apart, "together": together})

    def actions(self) -> SafeString:
        """What one can do with the notice."""
        notice = self.telling.notice
        dated = bool(self.telling.to_come)
        listed = any(not need.counter for need in notice.materials)
        return part(
            "notice/actions.html",
            self.voice,
            {"dated": dated, "listed": listed},
            form=self.case.address("form"),
            paper=self.case.address("notice-paper"),
            list=self.case.address("list-paper") if listed else "",
            calendar=self.case.address("calendar") if dated else "",
        )

    def items(self, standing: Standing) -> SafeString:
        rows = [self._item(told) for told in self.telling.notice.with_standing(standing)]
        return self._listed("notice/items.html", rows, standing=standing)

    def _item(self, told: ToldItem) -> SafeString:
        telling, due = self.telling, told.due
        reasons = self._reasons(telling.why[told.id])
        words = tuple(told.words.items())
        worked_out = figures(telling.walk, *(said.value for said in told.words.values()))
        shape = (bool(due), due is None or due.confirmed, bool(reasons), *telling.contests(told))

        def context() -> dict[str, object]:
            return {
                "row": telling.item(told),
                "number": hole("number"),
                "deadline": hole("deadline") if due else "",
                "reasons": hole("reasons") if reasons else "",
            }

        return piece(
            "notice/item.html", (telling.bundle, told.id, words, worked_out, *shape), self.voice, context
        ).fill(
            number=str(telling.numbers[told.id]),
            deadline=sent(telling.deadline(due), self.voice) if due else "",
            reasons=reasons,
        )

    def _reasons(self, reasons: Sequence[Reason]) -> SafeString:
        """The answers because of which something is as it is; empty without any."""
        if not reasons:
            return NOTHING
        walk = self.telling.walk
        key = (walk.bundle, given(walk, reasons))
        return line("because", key, self.voice, lambda: NOTICE["because"] + together(self.telling.words_of(reasons)))

    def materials(self, counter: bool) -> SafeString:
        asked = self.telling.needs(counter=counter)
        rows = [self._material(needs[0]) if len(needs) == 1 else self._choice(needs) for needs in asked]
        return self._listed("notice/materials.html", rows, counter=counter)

    def _choice(self, needs: list[MaterialNeed]) -> SafeString:
        """Papers of which one is enough, as one row."""
        telling = self.telling
        row = telling.choice(needs)
        return part(
            "notice/choice.html",
            self.voice,
            {"name": row.name, "notes": tuple(row.notes)},
            numbers=self._numbers(tuple(row.numbers)),
            choices=joined(self._material(need, "notice/alternative.html") for need in needs),
        )

    def _material(self, need: MaterialNeed, template: str = "notice/material.html") -> SafeString:
        telling = self.telling
        reasons = self._reasons(telling.why_asked(need))
        count = (*telling.numbers_of(need), need.apart, telling.each(need))
        key = (telling.bundle, need.id, need.of, telling.waiver(need), need.notes, need.confirmed, bool(reasons))

        def row() -> dict[str, object]:
            return {"row": telling.material(need)}

        def context() -> dict[str, object]:
            names = ("count", "numbers", "reasons") if reasons else ("count", "numbers")
            return row() | {name: hole(name) for name in names}

        return piece(template, key, self.voice, context).fill(
            count=piece("notice/count.html", count, self.voice, row).fill(),
            numbers=self._numbers(tuple(telling.numbers[item] for item in need.items)),
            reasons=reasons,
        )

    def _numbers(self, numbers: tuple[int, ...]) -> SafeString:
        """For which items a material is."""
        return line("for", numbers, self.voice, lambda: NOTICE["for_items"] % {"numbers": together(numbers)})

    def notes(self) -> SafeString:
        return self._listed("notice/notes.html", [self._note(note) for note in self.telling.notice.notes])

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

    def others(self) -> SafeString:
        """The items that aren't needed, and why."""
        telling = self.telling
        rows = [self._other(told) for told in telling.notice.with_standing("not")]
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
