"""A question page, put together of pieces: the frame, the question, and what is known so far."""

from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from bundles.model import NONE, Bundle, Question
from bundles.walking.answers import Refusal
from bundles.walking.walks import Walk
from guide.asking.growing import growing_list
from guide.asking.phrases import ASKING
from guide.asking.rows import choice_rows, date_boxes, picked_in, refusal_words, target_of
from guide.cases.case import Case
from guide.language.frames import framed
from guide.language.pieces import Voice, hole, joined, line, piece, rendered, voice_for
from guide.translations.sounds import recorded_at, recordings_of


def question_page(
    request: HttpRequest, case: Case, walk: Walk, question: Question, refusals: list[Refusal], by_table: str = ""
) -> str:
    """The page of the question that the walk asks, as it is sent; `refusals` are what was wrong with its answer.

    `by_table` is a link to the table that would answer it, where there is one.
    """
    voice = voice_for(request)
    problems = [(target_of(question, refusal), refusal_words(case, refusal)) for refusal in refusals]
    begun = bool(walk.asked)
    return framed(
        request,
        voice,
        "asking/ask.html",
        (case.bundle, case.region.code, begun),
        lambda: {"bundle": case.bundle, "region": case.region, "begun": begun},
        title=_title(case, question, bool(problems), voice),
        back=back_from(case, walk),
        problems=rendered("parts/problems.html", voice, {"problems": problems}) if problems else "",
        progress=progress_of(walk, voice),
        answered=answered_besides(case, question, voice),
        asked=_asked(case, walk, question, problems, voice),
        growing=growing_list(case, walk, voice),
        table=by_table,
    )


def back_from(case: Case, walk: Walk) -> str:
    """The address of what comes before: the last question that was answered, else the start page."""
    if walk.asked:
        return case.address("ask", change=walk.asked[-1])
    return f"{reverse('start', args=[case.bundle.id])}?region={case.region.code}"


def _title(case: Case, question: Question, wrong: bool, voice: Voice) -> SafeString:
    context = {"bundle": case.bundle, "question": question, "problems": wrong}
    return piece("asking/title.html", (case.bundle, question.id, wrong), voice, lambda: context).fill()


def progress_of(walk: Walk, voice: Voice) -> SafeString:
    """In which part the walk is, which question this is, and how many may follow."""
    number, most = len(walk.asked) + 1, walk.remaining[1]
    asked = walk.question.id if walk.question else ""

    def words() -> str:
        name = "progress" if most > 1 else "last"
        return str(ASKING[name]) % {"number": number, "more": most - 1}

    def context() -> dict[str, object]:
        part, parts = _parts(walk.bundle, asked)
        return {"part": part, "parts": parts, "name": parts[part - 1][0] if parts else "", "numbers": hole("numbers")}

    numbers = line("progress", (number, most), voice, words)
    return piece("asking/progress.html", (walk.bundle, asked), voice, context).fill(numbers=numbers)


def _parts(bundle: Bundle, asked: str) -> tuple[int, list[tuple[str, int, int]]]:
    """The number of the part, from 1, in which a question stands, and the parts: name, questions that lie behind, all.

    A part is what goes by one heading. There are none where a question has no heading, or all have the same.
    """
    sections = [question.section for question in bundle.questions]
    names = list(dict.fromkeys(sections))
    if "" in names or len(names) == 1:
        return 0, []
    place = [question.id for question in bundle.questions].index(asked)
    parts = [(name, sections[:place].count(name), sections.count(name)) for name in names]
    part = names.index(sections[place])
    whole = [(name, of if number < part else done, of) for number, (name, done, of) in enumerate(parts)]
    return part + 1, whole


def answered_besides(case: Case, question: Question, voice: Voice) -> SafeString:
    """The answers to all other questions, for the form to send along."""
    pairs = case.pairs(without=question.id)
    return joined(piece("asking/answered.html", pair, voice, partial(_pair, *pair)).fill() for pair in pairs)


def _pair(name: str, value: str) -> dict[str, object]:
    return {"name": name, "value": value}


def _asked(case: Case, walk: Walk, question: Question, problems: list[tuple[str, str]], voice: Voice) -> SafeString:
    """The question with its choices or boxes; kept where nothing is wrong."""
    picked = picked_in(case, question)
    kind = question.type if question.type in ("date", "number") else "choices"

    def context() -> dict[str, object]:
        return {
            "question": question,
            "part": f"asking/{kind}.html",
            "problems": problems,
            "choices": choice_rows(question, walk.offered, picked),
            "none": NONE in picked,
            "typed": "".join(case.typed.get(question.id, [])[:1]),
            "date_boxes": date_boxes(case, question),
            "recordings": recordings_of(question, walk.offered),
        }

    if problems:
        return rendered("asking/asked.html", voice, context())
    typed = tuple(case.typed.get(question.id, ()))
    key = (case.bundle, case.rules.today, question.id, walk.offered, tuple(picked), typed, recorded_at())
    return piece("asking/asked.html", key, voice, context).fill()
