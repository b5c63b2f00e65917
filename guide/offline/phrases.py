"""The phrases of the offline page in the active language, by the names by which its scripts ask for them.

What the site says too stands with its matter, in the room that says it; here is what only a file says.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as said

from bundles.walking.answers import REFUSALS
from guide.asking.phrases import ASKING
from guide.cases.codes import code_phrases
from guide.form.phrases import FORM
from guide.form.validation import MISTAKES
from guide.language.wording import SAYING
from guide.notice.phrases import NOTICE
from guide.papers.labels import words_now

OFFLINE = {
    "offline": said("离线版。规则是 {day} 的，按“{place}”的规定来说。"),
    "no_network": said(
        "现在没有网，或者网站不通。这是存在这台机器里的离线版，规则是 {day} 的，按“{place}”的规定来说；通了请刷新。"
    ),
    "over": said("{day} 起规则有变，这一份旧了，只能参考。请换新的，或者打 12345 问。"),
    "other_place": said("您选的地区没有存下来，这里按“{place}”的规定说。"),
    "private": said("您答的、填的都不发送。填的只在这一页里，关掉就没有了；答的写在网址里，公用电脑用完请按“清除”。"),
    "browsers": said("2020 年夏天以后的浏览器都能用：Chrome 80、Edge 80、Firefox 78、Safari 13.1 或更新的。"),
    "wipe": said("清除"),
    "wiped": said("都清除了。"),
    "print_form": said("查一遍，打印"),
    "signed": said("签名"),
    # A case code that this page can't open and the site can
    "code_bundle": said("这个码说的是另一件事。请打开那一件事的文件，或者有网时再打开。"),
    "code_version": said("这个码是按另一版规则做的，这里打不开。请从头回答一遍，或者有网时再打开。"),
}


# What only some bundles have need of, by what they have.
OF_TABLES = (
    "row", "row_more", "row_fewer", "with_hint", "directly", "by_table", "refused_not-filled", "refused_no-rows",
    "refused_too-many-rows",
)  # fmt: skip
# What the site alone says
ON_THE_SITE = (
    "see_list", "share", "calendar", "picture", "large_list", "no_printer", "also", "also_too", "for_items",
    "take_anyway_all",
)  # fmt: skip
OF_RIVALS = ("one_of", "one_of_counter", "counter_decides", "beaten")
OF_CHOICES = ("any_of", "any_of_for", "either")
OF_PERSONS = ("each_of", "with_each")
OF_WAIVERS = ("waived_for",)


def offline_phrases(rules: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Every phrase; `{name}` or `%(name)s` in one stands for a word that the page puts in.

    With a bundle's `rules` as data only those that they have need of.
    """
    tables = SAYING | ASKING | NOTICE | FORM | MISTAKES | code_phrases() | OFFLINE
    phrases = {name: str(text) for name, text in tables.items()} | _refusals() | {"dated": words_now()["date"]}
    spared = _spared(rules) if rules is not None else frozenset()
    return {name: text for name, text in phrases.items() if name not in spared}


def _spared(rules: Mapping[str, Any]) -> frozenset[str]:
    lines = [line for item in rules["items"] for line in item.get("materials", ())]
    counts = [count for line in lines for word in ("originals", "copies") for count in line.get(word, ())]
    needed = (
        (OF_TABLES, "members" in rules),
        (OF_RIVALS, bool(rules["one_of"])),
        (OF_CHOICES, any("any_of" in line for line in lines)),
        (OF_PERSONS, any("per" in count for count in counts)),
        (OF_WAIVERS, any(isinstance(line.get("waived"), list) for line in lines)),
    )
    return frozenset(ON_THE_SITE).union(*(names for names, wanted in needed if not wanted))


def _refusals() -> dict[str, str]:
    """What is said of an answer that can't be used, `refused_` and the code of the engine; of the form's days too."""
    days = {f"wrong_{code}": _(REFUSALS[code]) for code in ("no-such-day", "no-such-month")}
    return {f"refused_{code}": _(text) for code, text in REFUSALS.items()} | days
