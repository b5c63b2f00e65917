"""Names that mean something else already where names are read: no question and no bundle is called so.

The rules refuse them (L19); the site reads its own from here, so that the two can't differ.
"""

import re

# In conditions, where questions, facts and computed values share one space of names (L06).
CONDITION_WORDS = ("any", "all", "not", "param", "confirmed", "none")

# In the address of a case, beside the answers.
OWN_PARAMETERS = ("region", "q", "change", "blank", "both", "large", "find", "part")
# What counter pages carry along beside them: m1 is the first material's box.
OF_THE_COUNTER = re.compile(r"(checked|tick|by|by_before|also|promised|department|m[0-9]+)\Z")
DATE_PARTS = ("year", "month", "day")  # a date is typed into three boxes, `birth_date-year` and so on

# Elsewhere: `repeat: {child: form}`; and what every object of the offline page's scripts has of itself.
OTHER_USES = frozenset({"form", "constructor"})
# Elements of the pages that ask: labels and scripts find them by these ids, as they find a question by its own.
ELEMENTS = frozenset({
    "data", "desk-bar", "desk-keys", "error", "example", "frame", "grown", "growing", "halls", "hint", "kiosk-reset",
    "look", "main", "not-sent", "not-wiped", "pad", "page", "printed", "problems", "progress", "question", "result",
    "said", "scripts", "still-here", "still-here-ask", "still-here-tell", "tools", "under-way", "unit",
})  # fmt: skip

# What addresses begin with, where else a bundle's id stands: the site's own parts, those kept for later, languages.
ADDRESSES = frozenset({
    "accessibility", "admin", "api", "c", "counter", "desk", "docs", "facts", "faults", "health", "hub", "kiosk",
    "look", "metrics", "prints", "privacy", "region", "sound", "staff", "static", "wipe",
})  # fmt: skip
LANGUAGES = frozenset({"bo", "en", "ii", "zh", "zh-hans"})
# `bundle-schema` reads like the schema's own address; YAML reads the last three as no text.
BUNDLES = ADDRESSES | LANGUAGES | {"bundle-schema", "null", "true", "false"}


def is_parameter(name: str) -> bool:
    """Whether an address says something else than an answer by that name."""
    return name in OWN_PARAMETERS or OF_THE_COUNTER.match(name) is not None


def is_taken(name: str) -> bool:
    """Whether no question may be called so."""
    return is_parameter(name) or name in OTHER_USES or name in ELEMENTS


def date_parameters(question: str) -> tuple[str, ...]:
    """The parameters of a date's three boxes."""
    return tuple(f"{question}-{part}" for part in DATE_PARTS)
