"""The review desk: translations beside their Chinese, for translators and reviewers who have logged in."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guide.cases.bundles import all_bundles
from guide.language.languages import style_of
from guide.staff.auditing import log_deed
from guide.staff.guards import only_with, staff_only
from guide.translations.appearing import appears
from guide.translations.checks import breaks, doubts
from guide.translations.po_imports import Imported, import_po
from guide.translations.pofiles import MOST_BYTES, NotReadable, path_of
from guide.translations.reviews import Review
from guide.translations.sounds import sound_of, spoken
from guide.translations.verdicts import (
    MessageState,
    Overtaken,
    exported,
    give_verdict,
    glossary_of,
    history,
    name_of,
    state_of,
    states,
    undo,
)
from guide.web.gate import dear

ROWS = 50
REVIEW = "guide.review"
translators_only = only_with("guide.translate")


@dataclass(frozen=True, slots=True)
class Wish:
    """Which messages the reader wants to see."""

    bundle: str
    status: str
    find: str

    def fits(self, state: MessageState) -> bool:
        entry = state.entry
        in_bundle = not self.bundle or self.bundle in (entry.bundles or ["-"])
        wanted = {"draft": not state.reviewed, "reviewed": state.reviewed}.get(self.status, True)
        return in_bundle and wanted and any(self.find in text for text in (entry.text, entry.translation, entry.id))

    @property
    def query(self) -> str:
        return urlencode({"bundle": self.bundle, "status": self.status, "find": self.find})


def _wish(parameters: QueryDict) -> Wish:
    return Wish(*(parameters.get(name, "").replace("\0", "").strip()[:60] for name in ("bundle", "status", "find")))


def _language(language: str) -> str:
    """A language that can be translated into. Raises Http404."""
    if language == settings.LANGUAGE_CODE or language not in dict(settings.LANGUAGES) or not path_of(language).exists():
        raise Http404(_("没有“{name}”这种语言。").format(name=language[:16]))
    return language


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("the views are for those who have logged in")
    return request.user


@staff_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The languages, each with how far its review is."""
    rows = []
    for code, name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and path_of(code).exists():
            found = states(code)
            rows.append((code, name, sum(state.reviewed for state in found), len(found)))
    return render(request, "translations/languages.html", {"rows": rows})


@translators_only
@require_safe
def messages(request: HttpRequest, language: str) -> HttpResponse:
    """The language's messages, as many as fit the reader's wish."""
    wish, everything = _wish(request.GET), states(_language(language))
    found = [state for state in everything if wish.fits(state)]
    page: Page[MessageState] = Paginator(found, ROWS).get_page(request.GET.get("page"))
    bundles = [(bundle.id, bundle.title) for bundle in all_bundles()]
    context = _context(language) | {
        "page": page,
        "found": len(found),
        "reviewed": sum(state.reviewed for state in found),
        "wish": wish,
        "bundles": bundles,
    }
    return render(request, "translations/messages.html", context)


def _context(language: str) -> dict[str, Any]:
    name = dict(settings.LANGUAGES)[language]
    return {"tongue": language, "tongue_name": name, "own_style": style_of(language)}


@translators_only
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, language: str, id: str) -> HttpResponse:
    """One message: its Chinese, its translation, the glossary's words, where it appears, what reviewers said."""
    state = state_of(_language(language), id)
    if state is None:
        raise Http404(_("没有这条译文，可能原文已经改了。"))
    if request.method == "POST":
        log_deed(request, "edit-translation", f"{language} {id}")
        return _answered(request, language, state)
    return _show(request, language, state, state.entry.translation)


def _show(
    request: HttpRequest, language: str, state: MessageState, typed: str, problem: str = "", status: int = 200
) -> HttpResponse:
    entry, glossary = state.entry, glossary_of(language)
    context = _context(language) | {
        "state": state,
        "entry": entry,
        "typed": typed,
        "problem": problem,
        "breaks": list(breaks(entry.chinese, typed)) if typed else [],
        "doubts": list(doubts(entry, typed, glossary, language)) if typed else [],
        "terms": [(term, term.stands_in(typed)) for term in glossary.terms_in(entry.chinese, entry.answers)],
        "places": appears(entry, language),
        "history": list(reversed(history(language, entry.id))),
        "sound": sound_of(language, entry.id),
        "wish": _wish(request.GET),
        "may_review": request.user.has_perm(REVIEW),
    }
    return render(request, "translations/message.html", context, status=status)


def _answered(request: HttpRequest, language: str, state: MessageState) -> HttpResponse:
    """Keeps the reviewer's word and goes to the next message; whatever stands in the way is told, and nothing lost."""
    action = request.POST.get("action", "")
    typed = " ".join(request.POST.get("translation", "").replace("\0", "").split())
    if action == "approve" and not request.user.has_perm(REVIEW):
        return _show(request, language, state, typed, _("您只能改译文，不能通过。请按“只保存”。"), 403)
    if action != "undo" and list(breaks(state.entry.chinese, typed)):
        return _show(request, language, state, typed, _("还不能保存，请先照下面改。"), 400)
    try:
        seen = int(request.POST.get("seen", ""))
    except ValueError:
        seen = -1
    try:
        _carry_out(language, state, seen, _user(request), action, typed)
    except Overtaken:
        fresh = state_of(language, state.entry.id) or state
        problem = _("您看的时候，别人刚改过这条。现在是：{text}。您写的还在框里，请比一比再保存。")
        return _show(request, language, fresh, typed, problem.format(text=fresh.entry.translation), 409)
    if action == "undo":
        return HttpResponseRedirect(f"{reverse('message', args=[language, state.entry.id])}?{_wish(request.GET).query}")
    return HttpResponseRedirect(_next(request, language, state))


def _carry_out(language: str, state: MessageState, seen: int, user: User, action: str, typed: str) -> None:
    if action == "undo":
        undo(language, state.entry, seen, user)
        return
    review = Review(name_of(user), timezone.localdate()) if action == "approve" else None
    give_verdict(language, state.entry, seen, user, typed, review)


def _next(request: HttpRequest, language: str, state: MessageState) -> str:
    """The message after this one among those that the reader wants to see; the list after the last."""
    wish = _wish(request.GET)
    everything = states(language)
    place = next(number for number, other in enumerate(everything) if other.entry.key == state.entry.key)
    following = next((other for other in everything[place + 1 :] if wish.fits(other)), None)
    page = (
        reverse("message", args=[language, following.entry.id]) if following else reverse("messages", args=[language])
    )
    return f"{page}?{wish.query}"


@translators_only
@require_safe
@dear
def export(request: HttpRequest, language: str) -> HttpResponse:
    """The messages of the reader's wish as a PO file."""
    wish = _wish(request.GET)
    entries = [state.entry for state in states(_language(language)) if wish.fits(state)]
    response = HttpResponse(exported(entries, language), content_type="text/x-gettext-translation; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{language}.po"'
    return response


@translators_only
@require_POST
@dear
def upload(request: HttpRequest, language: str) -> HttpResponse:
    """Takes a PO file over, and says what came of it."""
    file = request.FILES.get("file")
    problem, result = "", Imported()
    if file is None or file.size is None or file.size > MOST_BYTES:
        problem = _("请选一个 PO 文件，不超过 8 MB。")
    else:
        try:
            log_deed(request, "edit-translation", language)
            result = import_po(_language(language), BytesIO(file.read()), _user(request), request.user.has_perm(REVIEW))
        except NotReadable as error:
            problem = _("这个文件读不懂：{error}。什么也没有改。").format(error=str(error)[:200])
    context = _context(_language(language)) | {"result": result, "problem": problem}
    return render(request, "translations/imported.html", context, status=400 if problem else 200)


@translators_only
@require_safe
def recordings(request: HttpRequest, language: str) -> HttpResponse:
    """What a speaker of the language is to read aloud: a script to print, with the name of each recording."""
    bundle = next((bundle for bundle in all_bundles() if bundle.id == request.GET.get("bundle")), None)
    wanted = {key for question in bundle.questions for key in spoken(question)} if bundle else set()
    rows = [
        (state.entry, sound_of(language, state.entry.id))
        for state in states(_language(language))
        if state.entry.key in wanted
    ]
    context = _context(language) | {
        "rows": rows,
        "missing": sum(sound is None for _entry, sound in rows),
        "chosen": bundle,
        "bundles": [(bundle.id, bundle.title) for bundle in all_bundles()],
    }
    return render(request, "translations/recordings.html", context)
