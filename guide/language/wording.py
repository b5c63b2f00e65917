"""How answers, dates, people and papers are said on a page, in the active language."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as said

from bundles.computing import Age, Days, Figure, Money, Month, Months, Percent, Years
from bundles.dictionary import MaterialEntry, Region
from bundles.loading import catalogue
from bundles.model import Bundle, Choice, Question
from bundles.results.notices import MaterialNeed
from bundles.results.outcomes import written
from bundles.results.speech import TEN_THOUSAND, Speech
from bundles.values import Band, CalendarMonths, CalendarYear, EndOf, ParamRef, Span
from bundles.walking.answers import Answer
from bundles.walking.compiling import Reason
from guide.language.languages import say
from guide.language.pairs import chinese, own

TOO_SHORT = 4  # characters: 一样 or 没有 says nothing without its question
# What the offline page says too (guide/offline/phrases.py), by name
SAYING = {
    "comma": said("、"),
    "and": said("，"),
    "day": said("{year} 年 {month} 月 {day} 日"),
    "month": said("{year} 年 {month} 月"),
    "age": said("{years} 岁"),
    "age_months": said("{years} 岁 {months} 个月"),
    "yuan": said("{yuan} 元"),
    "ten_thousands": said("{number} 万元"),
    "years_months": said("{years} 年 {months} 个月"),
    "by_counter": said("（由窗口核算）"),
    "days": said("{number} 天"),
    "working days": said("{number} 个工作日"),
    "months": said("{number} 个月"),
    "years": said("{number} 年"),
    "with_unit": said("{number} {unit}"),
    "none": said("都没有"),
    "none_ticked": said("都没有选"),
    "quoted": said("“{choice}”"),
    "not_ticked": said("没有选{choices}"),
    "question_answer": said("{question} {answer}"),
    "whose": said("{person}的{material}"),
    "originals": said("原件 {number}"),
    "copies": said("复印件 {number}"),
    "each_of": said("每{unit} {number} 份"),
    "with_each": said("{number}（{each}）"),
    "either": said("{these} 或 {last}"),
    "waived_e-certificate": said("已有电子证照可免交"),
    "waived_data-check": said("部门核验得到可免交"),
    "waived_made-here": said("在这里生成，签名即可"),
    "waived_commitment": said("可以写承诺书代替"),
    "waived_earlier-item": said("前面的事项办好后自动带入"),
    "waived": said("有的情况可免交"),
    "large": said("大字"),
    "prevails": said("以中文为准。下面带中文的译文还没有人审核过，只供参考。"),
}


def together(texts: Iterable[object]) -> str:
    """Several texts in one line."""
    return SAYING["comma"].join(map(str, texts))


def either(texts: Sequence[str]) -> str:
    """Several texts of which one holds: A、B 或 C."""
    *these, last = texts
    return SAYING["either"].format(these=together(these), last=last) if these else last


def day_words(day: date) -> str:
    """2026 年 12 月 10 日."""
    return SAYING["day"].format(year=day.year, month=day.month, day=day.day)


def figure_words(figure: Figure | None) -> str:
    """What a walk worked out: a month, an age, an amount."""
    match figure:
        case None:
            return str(SAYING["by_counter"])
        case Month(year, month):
            return SAYING["month"].format(year=year, month=month)
        case date():
            return day_words(figure)
        case Age(years, months):
            return SAYING["age_months" if months else "age"].format(years=years, months=months)
        case Money(yuan):
            return _money_words(yuan)
        case Months(number):
            return _months_words(*divmod(number, 12))
        case _:
            return _counted_words(figure)


def _counted_words(figure: Percent | Days | Years | int | Decimal) -> str:
    match figure:
        case Percent(value):
            return f"{value:f}%"
        case Days(number):
            return SAYING["days"].format(number=number)
        case Years(number):
            return SAYING["years"].format(number=number)
        case _:
            return f"{figure:f}" if isinstance(figure, Decimal) else str(figure)


def _money_words(yuan: Decimal) -> str:
    """Yuan, or 万元 where that is a plain number."""
    if yuan and not yuan % TEN_THOUSAND:
        return SAYING["ten_thousands"].format(number=f"{yuan / TEN_THOUSAND:f}")
    return SAYING["yuan"].format(yuan=f"{yuan:f}")


def _months_words(years: int, months: int) -> str:
    if years and months:
        return SAYING["years_months"].format(years=years, months=months)
    return SAYING["years"].format(number=years) if years else SAYING["months"].format(number=months)


def speech() -> Speech:
    """How the catalogue's texts are said in the active language, as pairs."""
    return Speech(get_language() or settings.LANGUAGE_CODE, say, figure_words)


def speech_for_data() -> Speech:
    """The same in the active language alone, for those who read data."""

    def plain(text: str, question: str = "", /) -> str:
        return own(say(text, question))

    return Speech(get_language() or settings.LANGUAGE_CODE, plain, figure_words, own)


def rules_words(bundle: Bundle) -> str:
    """Which rules these are: version, day of the last check, day on which they began."""
    parts = [_("第 {version} 版").format(version=bundle.version)]
    if bundle.reviewed:
        parts.append(_("{day} 核对").format(day=bundle.reviewed))
    if bundle.since:
        parts.append(_("{day} 起施行").format(day=day_words(bundle.since)))
    return SAYING["and"].join(parts)


def coming_words(bundle: Bundle, today: date) -> str:
    """That the rules will change, and when; nothing where no change is known."""
    days = bundle.changes_after(today)
    if not days:
        return ""
    return _("{day} 起规则有变。那天以后来办，请重新答一遍。").format(day=day_words(days[0]))


def span_words(span: Span) -> str:
    """How long a period is."""
    return SAYING[span.unit].format(number=span.number)


def answer_words(question: Question, answer: Answer) -> str:
    """An answer as one would say it: the labels of what was chosen, a date, a number with its unit."""
    match answer:
        case Decimal():
            number = str(written(answer, question))
            unit = say(question.unit)
            return SAYING["with_unit"].format(number=number, unit=unit) if unit else number
        case date():
            return day_words(answer)
        case frozenset() if not answer:
            return say(question.none) or str(SAYING["none_ticked"])
        case _:
            picked = answer if isinstance(answer, frozenset) else {answer}
            choices = [choice for choice in question.choices if choice.id in picked]
            return SAYING["comma"].join(choice_words(question, choice) for choice in choices)


def none_words(question: Question) -> str:
    """What choosing none of a question's choices is called."""
    return say(question.none) or str(SAYING["none"])


def choice_words(question: Question, choice: Choice) -> str:
    """An answer's label, in the words that fit its question."""
    return say(choice.label, question.ask)


def band_words(question: Question, band: str) -> str:
    """A band of a date or number question: its label, else its limits in words."""
    if not question.bands:
        return _("填写")
    entry = next(entry for entry in question.bands if entry.id == band)
    if entry.label:
        return say(entry.label)
    phrases = {
        "up_to": _("不超过{limit}"), "under": _("不到{limit}"), "before": _("{limit}以前"),
        "within_next": _("今后{limit}以内"), "year": "{limit}", "months": "{limit}", None: _("其余"),
    }  # fmt: skip
    return phrases[entry.kind].format(limit=_limit_words(entry))


def _limit_words(band: Band) -> str:
    match band.limit:
        case Span():
            return span_words(band.limit)
        case ParamRef(name):
            return name
        case CalendarYear(plus):
            near = {0: _("今年"), -1: _("去年"), 1: _("明年")}
            return near.get(plus) or (_("{number} 年前的那一年") if plus < 0 else _("{number} 年后的那一年")).format(
                number=abs(plus)
            )
        case CalendarMonths(months):
            return SAYING["comma"].join(_("{month} 月").format(month=month) for month in sorted(months))
        case limit:
            return str(limit or "")


def end_words(end: EndOf) -> str:
    """Up to which day: the end of the month or year of a day, or of a later one."""
    if end.unit == "year":
        return _("{number} 年后的年底").format(number=end.plus) if end.plus else _("当年年底")
    return _("{number} 个月后的月底").format(number=end.plus) if end.plus else _("当月月底")


def reason_words(bundle: Bundle, reasons: Iterable[Reason], used: Mapping[str, Answer]) -> list[str]:
    """The answers because of which something is told. A bare yes, number, date or word comes with its question."""
    ticks: dict[str, list[str | None]] = {}
    for name, tick in reasons:
        ticks.setdefault(name, []).append(tick)
    return [_reason(bundle.question(name), about, used[name]) for name, about in ticks.items()]


def _reason(question: Question, about: list[str | None], answer: Answer) -> str:
    words = answer_words(question, answer)
    if isinstance(answer, frozenset) and None not in about:
        words = _ticks(question, about, answer)
        none = say(question.none) or SAYING["none_ticked"]
        return words or SAYING["question_answer"].format(question=say(question.ask), answer=none)
    if question.type in ("yesno", "number", "date") or len(chinese(words)) <= TOO_SHORT:
        return SAYING["question_answer"].format(question=say(question.ask), answer=words)
    return words


def _ticks(question: Question, about: list[str | None], answer: frozenset[str]) -> str:
    """What was ticked, else the one that wasn't; nothing where it takes several that weren't."""
    labels = {choice.id: choice_words(question, choice) for choice in question.choices if choice.id in about}
    ticked = [label for id, label in labels.items() if id in answer]
    if ticked:
        return SAYING["comma"].join(ticked)
    if question.least:
        return answer_words(question, answer)  # one must be ticked: what was, explains what wasn't
    if answer:
        quoted = [SAYING["quoted"].format(choice=label) for label in labels.values()]
        return SAYING["not_ticked"].format(choices=SAYING["comma"].join(quoted))
    return _("没有选“{choice}”").format(choice=next(iter(labels.values()))) if len(labels) == 1 else ""


def person_words(bundle: Bundle, person: str | None) -> str:
    """What a person or body is called; nothing for nobody."""
    return say(bundle.dictionaries.persons.get(person, person)) if person else ""


def material_entry(bundle: Bundle, id: str) -> MaterialEntry:
    """The dictionary's entry; a bare one with the id where the dictionary has none."""
    return bundle.dictionaries.materials.get(id) or MaterialEntry(id)


def material_words(bundle: Bundle, need: MaterialNeed) -> str:
    """A material with whose it is."""
    name = say(material_entry(bundle, need.id).name)
    owner = person_words(bundle, need.of)
    return SAYING["whose"].format(person=owner, material=name) if owner else name


def lineage(region: Region) -> list[Region]:
    """From the province down to the region."""
    above = catalogue().regions.get(region.parent or "")
    return [*lineage(above), region] if above else [region]


def place_words(region: Region) -> str:
    """A region with the prefecture it belongs to; the province is named only by itself."""
    names = [say(step.name) for step in lineage(region)]
    return " ".join(names[1:] or names)


def department_words(bundle: Bundle, department: str) -> str:
    return say(bundle.dictionaries.departments.get(department, department))


def place_name(bundle: Bundle, place: str) -> str:
    """Where items are done, by its id."""
    entry = bundle.dictionaries.places.get(place)
    return say(entry.name) if entry else place


def waiver_words(waived_by: str | None) -> str:
    """What spares the applicant a material."""
    return "" if waived_by is None else str(SAYING.get(f"waived_{waived_by}", SAYING["waived"]))


def each_words(question: Question, number: int) -> str:
    """As many for each of those whose number a question asks: 每人 1 份."""
    if not question.unit:
        return f"{number} × {SAYING['quoted'].format(choice=say(question.ask))}"
    return SAYING["each_of"].format(unit=say(question.unit), number=number)


def count_words(originals: int | str, copies: int | str) -> str:
    """How many originals and copies, each a number or words for it."""
    parts = []
    if originals:
        parts.append(SAYING["originals"].format(number=originals))
    if copies:
        parts.append(SAYING["copies"].format(number=copies))
    return SAYING["and"].join(parts)
