"""The state of every translation: what the PO file says, with what reviewers have said since laid over it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from guide.models import Verdict
from guide.translations.glossaries import Glossary, read_glossary
from guide.translations.pofiles import Entry, Key, compile_language, path_of, read_entries, write_entries
from guide.translations.reviews import Review


class Overtaken(Exception):  # it says what happened
    """Somebody else gave a verdict on the message in the meantime."""


@dataclass(frozen=True, slots=True)
class MessageState:
    """A message as it stands now. `seen` is the number of its last verdict, undone or not; 0 before the first."""

    entry: Entry
    seen: int
    can_undo: bool

    @property
    def reviewed(self) -> bool:
        return self.entry.review is not None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: float) -> dict[Key, Entry]:
    return read_entries(path)


def published(language: str) -> dict[Key, Entry]:
    """The PO file's entries; read again when the file has changed."""
    path = path_of(language)
    return _read(path, path.stat().st_mtime)


@lru_cache(maxsize=4)
def _glossary(path: Path, language: str, _changed: float) -> Glossary:
    return read_glossary(path, language)


def glossary_of(language: str) -> Glossary:
    """The language's glossary, `locale/<language>/glossary.csv`; an empty one where there is none."""
    path = path_of(language).parent.parent / "glossary.csv"
    return _glossary(path, language, path.stat().st_mtime if path.exists() else 0)


def states(language: str) -> list[MessageState]:
    """Every message of the language, in the PO file's order."""
    given: dict[str, list[Verdict]] = {}
    for verdict in Verdict.objects.filter(language=language):
        given.setdefault(verdict.message, []).append(verdict)
    return [_state(entry, given.get(entry.id, [])) for entry in published(language).values()]


def state_of(language: str, id: str) -> MessageState | None:
    """One message; None where there is none of that id."""
    entry = next((entry for entry in published(language).values() if entry.id == id), None)
    return _state(entry, history(language, id)) if entry else None


def history(language: str, id: str) -> list[Verdict]:
    """All verdicts on a message, the first first."""
    return list(Verdict.objects.filter(language=language, message=id).select_related("by", "undone_by"))


def _state(entry: Entry, verdicts: list[Verdict]) -> MessageState:
    """The last verdict that is neither undone nor published counts; what is published stands in the file."""
    seen = verdicts[-1].number if verdicts else 0
    counting = [verdict for verdict in verdicts if verdict.undone_by_id is None and not verdict.published]
    if not counting:
        return MessageState(entry, seen, can_undo=False)
    last = counting[-1]
    review = Review(last.name, last.day) if last.reviewed else None
    return MessageState(replace(entry, translation=last.translation, review=review), seen, can_undo=True)


def give_verdict(
    language: str, entry: Entry, seen: int, user: User, translation: str, review: Review | None
) -> None:  # fmt: skip
    """Keeps a reviewer's word on a message. Raises Overtaken where `seen` is no longer its last verdict."""
    with transaction.atomic():
        _must_be_last(language, entry.id, seen)
        try:
            with transaction.atomic():
                Verdict.objects.create(
                    language=language, message=entry.id, number=seen + 1, context=entry.context, text=entry.text,
                    translation=translation, reviewed=review is not None, by=user,
                    name=review.name if review else name_of(user), day=review.day if review else timezone.localdate(),
                )  # fmt: skip
        except IntegrityError as error:
            raise Overtaken from error


def undo(language: str, entry: Entry, seen: int, user: User) -> None:
    """Takes the last counting verdict back; what stood before it counts again. Raises Overtaken as `give_verdict`."""
    with transaction.atomic():
        _must_be_last(language, entry.id, seen)
        last = (
            Verdict.objects.select_for_update()
            .filter(language=language, message=entry.id, undone_by=None, published=False)
            .order_by("-number")
            .first()
        )
        if last is not None:
            last.undone_by = user
            last.save(update_fields=["undone_by"])


def _must_be_last(language: str, id: str, seen: int) -> None:
    last = Verdict.objects.filter(language=language, message=id).order_by("-number").values_list("number", flat=True)
    if (last.first() or 0) != seen:
        raise Overtaken


def name_of(user: User) -> str:
    """What a reviewer is called in the record."""
    return user.get_full_name().strip() or user.get_username()


def publish(language: str) -> int:
    """Writes all that counts into the PO file and compiles it; how many verdicts that were."""
    with transaction.atomic():
        counting = Verdict.objects.select_for_update().filter(language=language, published=False)
        number = counting.filter(undone_by=None).count()
        entries = [state.entry for state in states(language)]
        path_of(language).write_bytes(write_entries(entries, language))
        counting.update(published=True)
    compile_language(language)
    return number


def exported(entries: Iterable[Entry], language: str) -> bytes:
    """Entries as a PO file for a translator's own program; it remembers what each translation was, see `importing`."""
    return write_entries(entries, language, remember=True)
