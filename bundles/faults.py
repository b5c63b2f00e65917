"""What can be wrong with a bundle file: codes, and faults that say where, what and how to mend it."""

from dataclasses import dataclass

from .model import Bundle, Place

CODES = {
    "L01": "文件读不懂：YAML 语法错误",
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
}


HARMLESS = frozenset({"L02", "L03", "L05", "L06", "L19"})  # what is left of the file still hangs together


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `id` names the culprit, `remedy` is one sentence."""

    place: Place
    code: str
    id: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {CODES[self.code]}：{self.id}。{self.message}{self.remedy}"


class BundleError(Exception):
    """A bundle file that can't be used; carries all its faults.

    `bundle` is what could be read where every name resolves, so that its logic can be looked at too.
    """

    def __init__(self, faults: list[Fault], bundle: Bundle | None = None) -> None:
        self.bundle = bundle if all(fault.code in HARMLESS for fault in faults) else None
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.place.file, fault.place.line, fault.code)))
        super().__init__("\n".join(map(str, self.faults)))
