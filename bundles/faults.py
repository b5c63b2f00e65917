"""What can be wrong with a bundle's files: codes, and faults that say where, what and how to mend it.

`CODES` are those of bundles, `REGIONS_CODES` of all regions together, `CASE_CODES` of their scenarios. `REMARKS` are
said in the same way, but fail nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .model import Bundle
from .values import Place

CODES = {
    "L01": "文件读不懂",
    "L02": "不认识的键",
    "L03": "缺少必填的键",
    "L04": "值的种类不对",
    "L05": "同一个键写了两次",
    "L06": "编号（id）不合规则",
    "L07": "编号重复",
    "L08": "条件里的名字不存在",
    "L09": "条件里的选项不存在",
    "L10": "条件用了后面才问的问题",
    "L11": "事实互相引用，成了圈",
    "L12": "时间或数值的分段写错",
    "L13": "引用的东西不存在",
    "L14": "期限写错",
    "L15": "事项的先后成了圈",
    "L16": "计算函数不存在",
    "L17": "共用的问题被改了话",
    "L18": "文字里的数字写错",
    "L19": "名字另有用处",
    "L20": "算式写错",
    "L21": "有的回答算不出来",
    "L22": "表格写错",
    "P01": "没有任何回答能到达",
    "P02": "写了条件，却在所有回答下都成立",
    "P03": "这个问题从来不影响结果",
    "P04": "这个选项从来不影响结果",
    "P05": "选项没有条件区分",
    "P06": "条件接受的值没有人能选到",
    "P07": "两个停止的条件相同",
    "P08": "期限没有起算的日期",
    "P09": "词典里没有",
    "P10": "参数没有值，又没有写由窗口决定",
    "P11": "问题只有一个选项",
    "P12": "指名的部门、人或一件事不存在",
    "P13": "算不出来的，没有条件接住",
    "P15": "说给办事人的话里有外省的地名",
    "P16": "说给办事人的话里有编者的话",
    "P17": "办理时限和期限写混了",
    "P18": "会填进表里的选项，没有写表上印什么",
    "P19": "“办得最多的”里，两件事排在同一位",
}
REGIONS_CODES = {"P14": "没有一个地区会问"}
CASE_CODES = {
    "S01": "情形的结果和规则不一样",
    "S02": "情形的回答不能用",
    "S03": "情形答了没有问的问题",
}
REMARKS = {
    "R01": "情形没有走全",
    "R02": "写了没有用上",
    "R03": "表格有空格",
    "R04": "等参数有值才问",
    "R05": "说到期了，或者快到期了",
}
MEANINGS = CODES | REGIONS_CODES | CASE_CODES | REMARKS
ANY_QUESTION = "*"  # stands among doubtful questions where a faulty part may be about any


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `id` names the culprit, `remedy` is one sentence."""

    place: Place
    code: str
    id: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {MEANINGS[self.code]}：{self.id}。{self.message}{self.remedy}"


NAMELESS = frozenset({"L08", "L09", "L13", "L16", "L18", "P09", "P12"})  # something names what isn't there


def gathered(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults in the order of their places; what several places name and nothing is, is one fault, at the first."""
    first: dict[object, Fault] = {}
    again: dict[object, list[Place]] = {}
    for fault in sorted(set(faults), key=lambda fault: (fault.place, fault.code, fault.id)):
        about = fault.id if fault.code.startswith("P") else ""
        key = (fault.code, fault.place.file, about, fault.message) if fault.code in NAMELESS else fault
        if key in first:
            again.setdefault(key, []).append(fault.place)
        first.setdefault(key, fault)
    return tuple(_with_others(fault, again.get(key, ())) for key, fault in first.items())


def _with_others(fault: Fault, places: Iterable[Place]) -> Fault:
    lines = [str(line) for line in dict.fromkeys(place.line for place in places) if line != fault.place.line]
    return replace(fault, message=f"{fault.message}第 {'、'.join(lines)} 行也是。") if lines else fault


class BundleError(Exception):
    """A bundle file that can't be used; carries all its faults.

    `bundle` is what could be read, so that its logic can be looked at too; never for use: nobody knows what was meant.
    `doubtful` are the questions that its faulty parts may be about.
    """

    def __init__(self, faults: Iterable[Fault], bundle: Bundle | None = None, doubtful: Iterable[str] = ()) -> None:
        self.bundle, self.doubtful = bundle, frozenset(doubtful)
        self.faults = gathered(faults)
        super().__init__("\n".join(map(str, self.faults)))
