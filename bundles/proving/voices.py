"""Two voices: applicants read of their own place and next step, editors of searches, doubts and other provinces.

And two clocks: how long an office takes isn't until when one must come. And what a form prints in official words.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..faults import Fault
from ..model import Bundle, Item
from ..reading.trees import nearest
from ..results.outcomes import CITY
from ..results.texts import texts_of
from ..times import promise
from ..values import Place, Span

# Other provinces and their cities, as patterns; those whose names are words, or parts of words and names here, with 市,
# 州 or 地区 only. A street may be called after a city.
PLACES = Path(__file__).with_name("elsewhere.txt").read_text(encoding="utf-8").split()
ELSEWHERE = re.compile(f"(?:{'|'.join(sorted(PLACES, key=len, reverse=True))})(?![东南西北中]?[路街巷岸侧边])")
EDITORS = re.compile(
    r"[没未]有?查到|查不到规定|没有?读到|[没未]有?见到原文|只见到|原文[未没]|原文不|转引|转载|镜像|中介网|据报道|据新闻|据说|待查|待核|存疑"
    r"|外省的?(?:做法|规定|说法|例子|指南|办法)|外省(?:有的|多半|多数|多按|多是|多要|一般|普遍|承诺|有承诺|要求|规定|把它)"
    r"|外地(?:多半|多数|多随|有的|一般)|有的省|别的省(?:有的|一般|规定|要求|承诺|的做法|的规定)|[（(]外省|外省[）)]"
)
# In a text on how long an office takes: a period that runs from something the applicant does, or ends with it
OFFICES = re.compile("(?:检查|评审|受理|收到|申请|申报|审核|审批|接收|齐全|材料|公示|缴费|提交)$")
RUNS = re.compile(
    r"(\w{0,4}?)(?:之日起|以?后|起)\s*[\d一二三四五六七八九十半]+\s*(?:个工作日|个月|工作日|日|天|月|年)以?内"
)
APPLIES = re.compile(r"内(?:申请|申报|申领|提出|备案|补办|去办|来办)|以前(?:办好|申请|申报)")
TAKES = re.compile(r"内(?:办结|办好|办完|发证|决定|审核|审批|出结果|答复)")
LASTS = ("days", "legal_days")


def misvoiced(bundle: Bundle) -> Iterator[Fault]:
    """A fault for each text for applicants that names another province (P15), or speaks as an editor (P16)."""
    for text, place, _question in texts_of(bundle):
        at = place or Place(bundle.file, 1)
        elsewhere, word = _heard(text)
        if elsewhere:
            message = f"说给办事人的话里有外省的地名“{elsewhere}”：{text[:40]}"
            yield Fault(at, "P15", bundle.id, message, "外省的做法写在 remark 里；出处是外省的，给出处写 told: false。")
        if word:
            message = f"说给办事人的话里有编者的话“{word}”：{text[:40]}"
            yield Fault(at, "P16", bundle.id, message, "写在 remark 里；这里只说办事人怎么做，不知道的写 unknown。")


@lru_cache(maxsize=20_000)
def _heard(text: str) -> tuple[str, str]:
    """The other province that a text names, and its word that only an editor says; "" for none."""
    found = (pattern.search(text) for pattern in (ELSEWHERE, EDITORS))
    elsewhere, word = (match[0] if match else "" for match in found)
    return elsewhere, word


def misclocked(bundle: Bundle) -> Iterator[Fault]:
    """A fault (P17) where the time that an office takes stands for the time that an applicant has, or the other way."""
    for item in bundle.items:
        for name in (*LASTS, "due"):
            for variant in item.words.get(name, ()):
                wrong = TAKES.search(variant.value) if name == "due" else _applicants(variant.value)
                if wrong:
                    message = f"{name} 里写的是{'办理时限' if name == 'due' else '办事人的期限'}：{variant.value[:40]}"
                    remedy = (
                        "写在 days 或 legal_days 里。"
                        if name == "due"
                        else "写成 deadline；没有起算日期的写在 due 里。"
                    )
                    yield Fault(variant.place or item.place or Place(bundle.file, 1), "P17", item.id, message, remedy)
        yield from _taken_for_deadlines(bundle, item)


def _applicants(text: str) -> bool:
    """Whether a period in the text is one that the applicant must keep."""
    runs = any(not OFFICES.search(found[1]) for found in RUNS.finditer(text))
    return runs or APPLIES.search(text) is not None


def _taken_for_deadlines(bundle: Bundle, item: Item) -> Iterator[Fault]:
    taken = [variant.value for name in LASTS for variant in item.words.get(name, ())]
    for variant in item.deadline:
        within = variant.value.within
        if isinstance(within, Span) and any(promise(within) in text for text in taken):
            message = f"期限 {promise(within)} 和办理时限一样：{within.number} {within.unit}。"
            remedy = "deadline 是办事人要赶的期限；办理要多久写在 days 或 legal_days 里。"
            yield Fault(variant.place or item.place or Place(bundle.file, 1), "P17", item.id, message, remedy)


def unofficial(bundle: Bundle) -> Iterator[Fault]:
    """A fault (P18) for each choice that fills a box, where what the form prints is missing or not in its options."""
    questions = {question.id: question for question in bundle.questions}
    filled = [(questions[question], field) for field, question in bundle.fills.items() if question in questions]
    for table in bundle.members:
        filled += [(column, table.fills[column.id]) for column in table.columns if column.id in table.fills]
    for question, field in filled:
        entry = bundle.dictionaries.fields.get(field)
        options = entry.options if entry and entry.type == "choice" else ()
        for choice in question.choices:
            said = choice.official
            if said is None and question.type == "yesno":
                said = choice.label
            if said is None or (said and options and said not in options and CITY not in said):
                place = choice.place or question.place or Place(bundle.file, 1)
                wrong = f"表上印的“{said}”不在它的选项里" if said is not None else "没有写表上印什么"
                message = f"选项 {question.id}.{choice.id} 会填进 {field}，{wrong}。"
                remedy = nearest(said, options) if said else '补上 official: 表上的说法；要空着的写 official: ""。'
                yield Fault(place, "P18", choice.id, message, remedy)
