"""A PO file that comes back from a translator: what is new in it becomes verdicts; what others changed stays."""

from dataclasses import dataclass, field
from typing import BinaryIO

from django.contrib.auth.models import User

from guide.translations.checks import breaks
from guide.translations.pofiles import Entry, read_entries
from guide.translations.reviews import digest
from guide.translations.verdicts import MessageState, Overtaken, give_verdict, states


@dataclass(slots=True)
class Imported:
    """What came of an import: entries taken over, as they were, in conflict, faulty, and unknown here."""

    taken: list[Entry] = field(default_factory=list)
    same: int = 0
    unsure: int = 0  # marked as fuzzy by whoever made the file
    conflicts: list[tuple[MessageState, Entry]] = field(default_factory=list)
    broken: list[tuple[Entry, list[str]]] = field(default_factory=list)
    unknown: list[Entry] = field(default_factory=list)


def import_po(language: str, file: BinaryIO, user: User, may_review: bool) -> Imported:
    """Takes over a PO file's translations. Raises NotReadable.

    An entry that was exported from here says what its translation was then; where that is no longer what counts, and
    the two differ, nothing is written and the conflict is told. Reviews count only from somebody who `may_review`.
    """
    result = Imported()
    known = {state.entry.key: state for state in states(language)}
    for entry in read_entries(file).values():
        state = known.get(entry.key)
        if state is None:
            result.unknown.append(entry)
        elif entry.translation and entry.fuzzy:
            result.unsure += 1
        elif entry.translation:
            _take(language, state, entry, user, may_review, result)
    return result


def _take(language: str, state: MessageState, entry: Entry, user: User, may_review: bool, result: Imported) -> None:
    review = entry.review if may_review else None
    if entry.translation == state.entry.translation and (review is None or state.reviewed):
        result.same += 1
    elif faults := list(breaks(state.entry.chinese, entry.translation)):
        result.broken.append((entry, faults))
    elif _changed_meanwhile(state, entry):
        result.conflicts.append((state, entry))
    else:
        try:
            give_verdict(language, state.entry, state.seen, user, entry.translation, review)
            result.taken.append(entry)
        except Overtaken:
            result.conflicts.append((state, entry))


def _changed_meanwhile(state: MessageState, entry: Entry) -> bool:
    """Whether what counts now isn't what the entry was made from; a foreign file may only replace untouched drafts."""
    if not entry.made_from:
        return state.seen > 0 or state.reviewed
    return entry.made_from != digest(state.entry.translation)
