"""Conditions over marks and boxes in words, as the questionnaire on paper prints them: （1A或1C），并且3B没勾."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..conditions import Answered, Condition, Every, FactIs, Not, Resulted, Some

Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class MarkPhrases:
    """What joins the marks. Ticked and not ticked are the only things that a mark or box can be."""

    also: str = "，并且"
    either: str = "；或者"
    any_of: str = "或"
    listed: str = "、"
    unticked: str = "{marks}没勾"
    all_unticked: str = "{marks}都没勾"
    together: str = "（{condition}）"


def mark_words(condition: Condition, names: Names, phrases: MarkPhrases) -> str:
    """The condition in words. `names` as in `PaperQuestionnaire.names`. What always or never holds has no words: "".

    Raises KeyError for an answer without a mark, and TypeError for what paper can't say: denials of lists, params.
    """
    match condition:
        case Answered() | Resulted():
            return phrases.any_of.join(_marks(condition, names))
        case FactIs(box, holds):
            name = names["", box]
            return name if holds else phrases.unticked.format(marks=name)
        case Not(Answered() | Resulted() as test):
            marks = _marks(test, names)
            phrase = phrases.unticked if len(marks) == 1 else phrases.all_unticked
            return phrase.format(marks=phrases.listed.join(marks))
        case Every(parts):
            return phrases.also.join(_within(part, names, phrases) for part in parts)
        case Some(parts):
            if all(map(_is_ticked, parts)):
                return phrases.any_of.join(mark_words(part, names, phrases) for part in parts)
            return phrases.either.join(_within(part, names, phrases) for part in parts)
        case _:
            message = f"paper can't say {condition}"
            raise TypeError(message)


def _marks(test: Answered | Resulted, names: Names) -> list[str]:
    """The names of the test's marks, in the order in which they are printed."""
    owner, values = (test.question, test.choices) if isinstance(test, Answered) else (test.computed, test.results)
    return sorted(names[owner, value] for value in values)


def _is_ticked(part: Condition) -> bool:
    return isinstance(part, Answered | Resulted) or (isinstance(part, FactIs) and part.holds)


def _within(part: Condition, names: Names, phrases: MarkPhrases) -> str:
    """A part of a list; what is itself more than one thing stands in brackets."""
    text = mark_words(part, names, phrases)
    several = (
        len(part.parts) > 1
        if isinstance(part, Every | Some)
        else isinstance(part, Answered | Resulted) and len(_marks(part, names)) > 1
    )
    return phrases.together.format(condition=text) if several else text
