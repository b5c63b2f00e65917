"""The phrases of the offline page in the active language, by the names by which its scripts ask for them."""

from django.utils.translation import gettext as _

from bundles.walking.answers import REFUSALS
from guide.cases.codes import code_phrases
from guide.language.wording import figure_words, waiver_words

WAIVERS = ("e-certificate", "data-check", "made-here", "commitment", "earlier-item")


def offline_phrases() -> dict[str, str]:
    """Every phrase; `{name}` or `%(name)s` in one stands for a word that the page puts in."""
    return _saying() | _frame() | _code() | _questions() | _refusals() | _notice() | _form() | _mistakes()


def _saying() -> dict[str, str]:
    """How dates, amounts, answers and reasons are said, as guide/language/wording.py says them."""
    return {
        "comma": _("、"),
        "and": _("，"),
        "day": _("{year} 年 {month} 月 {day} 日"),
        "month": _("{year} 年 {month} 月"),
        "age": _("{years} 岁"),
        "age_months": _("{years} 岁 {months} 个月"),
        "yuan": _("{yuan} 元"),
        "ten_thousands": _("{number} 万元"),
        "years_months": _("{years} 年 {months} 个月"),
        "years_alone": _("{number} 年"),
        "months_alone": _("{number} 个月"),
        "by_counter": figure_words(None),
        "days": _("{number} 天"),
        "working days": _("{number} 个工作日"),
        "months": _("{number} 个月"),
        "years": _("{number} 年"),
        "with_unit": _("{number} {unit}"),
        "none_ticked": _("都没有选"),
        "quoted": _("“{choice}”"),
        "not_ticked": _("没有选{choices}"),
        "question_answer": _("{question} {answer}"),
        "whose": _("{person}的{material}"),
        "originals": _("原件 {number}"),
        "copies": _("复印件 {number}"),
        "unless_holiday": _("{day}（遇节假日顺延）"),
        "ask_deadline": _("期限以当地窗口为准"),
        "waived": waiver_words("otherwise"),
        **{f"waived_{name}": waiver_words(name) for name in WAIVERS},
    }


def _frame() -> dict[str, str]:
    """What stands around every view."""
    return {
        "offline": _("离线版。规则是 {day} 的，按“{place}”的规定来说。"),
        "no_network": _("现在没有网。这是存在这台机器里的离线版，规则是 {day} 的；有网以后刷新，就是最新的。"),
        "over": _("{day} 起规则有变，这一份旧了，只能参考。请换新的，或者打 12345 问。"),
        "other_place": _("您选的地区没有存下来，这里按“{place}”的规定说。"),
        "prevails": _("以中文为准。下面带中文的译文还没有人审核过，只供参考。"),
        "private": _("您答的、填的只在这一页里，不发送，也不保存。关掉或者按“清除”就没有了。"),
        "browsers": _("2020 年底以后的浏览器都能用：Chrome 87、Edge 87、Firefox 84、Safari 14 或更新的。"),
        "start": _("开始"),
        "wipe": _("清除"),
        "wiped": _("都清除了。"),
        "large": _("大字"),
        "back": _("上一题"),
        "to_start": _("回到开头"),
        "unsure": _("以当地窗口为准"),
        "print": _("打印"),
        "because": _("因为："),
    }


def _code() -> dict[str, str]:
    """Going on with a case code; what the page can't open, the site can."""
    return code_phrases() | {
        "with_code": _("用办事码接着办"),
        "code_hint": _("印在告知书上，四个字一组。大小写都行，短横可以不写。"),
        "open": _("打开"),
        "code_bundle": _("这个码说的是另一件事。请打开那一件事的文件，或者有网时再打开。"),
        "code_version": _("这个码是按另一版规则做的，这里打不开。请从头回答一遍，或者有网时再打开。"),
    }


def _questions() -> dict[str, str]:
    return {
        "progress": _("第 %(number)s 题，答完这题最多还有 %(more)s 题"),
        "last": _("第 %(number)s 题，最后一题"),
        "go_on": _("继续"),
        "none": _("都没有"),
        "year": _("年"),
        "month_box": _("月"),
        "day_box": _("日"),
        "why": _("为什么问这个"),
        "known": _("已经清楚的"),
        "does": _("要办："),
        "by_counter_item": _("由窗口决定"),
        "does_not": _("不用办："),
        "still_open": _("还有 %(open)s 件要看后面的回答。"),
        "so_far": _("到现在要带 %(number)s 份材料"),
        "answers": _("您的回答"),
        "change": _("改"),
        "stopped": _("这件事现在不能这样办"),
        "instead": _("可以这样做"),
        "not_so": _("不是这个情况？改一改下面的回答就行。拿不准的，请打 12345 或者问窗口。"),
    }


def _refusals() -> dict[str, str]:
    """What is said of an answer that can't be used; `refused_` and the code of the engine."""
    nothing = {
        "nothing_many": _("请选择，或选“都没有”"),
        "nothing_date": _("请写出年、月、日"),
        "nothing_number": _("请写一个数字"),
        "nothing_choice": _("请选一项"),
    }
    return nothing | {f"refused_{code}": _(text) for code, text in REFUSALS.items()}


def _notice() -> dict[str, str]:
    return {
        "title": _("您的一次性告知书"),
        "sorted_out": _("%(day)s，按您的 %(number)s 个回答整理。"),
        "doing": _("要办的 %(number)s 件事，照这个顺序"),
        "counter_items": _("要窗口决定的 %(number)s 件"),
        "bring": _("带上这 %(number)s 份材料"),
        "once": _("一样只交一次，后面的事项接着用。备齐一样，勾一样。"),
        "bring_too": _("窗口决定要办的话，还要带"),
        "mind": _("请留意"),
        "not_needed": _("不用办的 %(number)s 件，和为什么"),
        "department": _("部门"),
        "latest": _("最晚"),
        "not_written": _("没有写明"),
        "fact_result": _("办成后得到"),
        "fact_where": _("在哪里办"),
        "fact_how": _("怎么办"),
        "fact_fee": _("费用"),
        "fact_days": _("多久办好"),
        "fact_legal_days": _("法定时限"),
        "fact_basis": _("依据"),
        "ask_fee": _("请问窗口"),
        "wish": _("自愿办"),
        "each": _("每人各一份 × %(number)s"),
        "apart_count": _("分开办要%(apart)s"),
        "for": _("给哪几件用"),
        "for_items": _("第 %(numbers)s 件"),
        "joined": _("这些事项可以合在一起，一次申请。"),
        "apart": _("这些事项不能全部合在一起办，请先问当地窗口哪些要分开办。"),
        "saved_visits": _("跑动（次）"),
        "saved_forms": _("表格（张）"),
        "saved_materials": _("材料（份）"),
        "saved_fields": _("填写（栏）"),
        "saved": _("划掉的是一件一件分开办时要的，后面是合在一起办要的。"),
        "halls": _("在哪里办"),
        "phone": _("电话"),
        "code": _("办事码"),
        "code_picture": _("办事码的二维码"),
        "code_use": _("到任何窗口报这个码，或者给他们扫一下，不用从头回答。里面没有姓名和证件号。"),
        "fill_form": _("填申请表"),
    }


def _form() -> dict[str, str]:
    return {
        "form": _("联办申请表"),
        "to_notice": _("回到告知书"),
        "boxes": _(
            "一共 %(count)s 栏，同一个人的同一件事只问一次。不知道的先空着，打印出来是空格，可以用笔写。签名在纸上签。"
        ),
        "choose": _("请选择"),
        "optional": _("可以不填。"),
        "turn": _("{person}（第 {turn} 位）"),
        "same": _("就是{other}，空着的照{other}的填"),
        "more": _("“%(person)s”之后再加一位"),
        "fewer": _("去掉“%(person)s”"),
        "print_form": _("查一遍，打印"),
        "mend": _("请改一下："),
        "signed": _("签名"),
        "dated": _("日期"),
    }


def _mistakes() -> dict[str, str]:
    """What is wrong in a box, as `form.validation` says it; `wrong_` and the name in static/offline/checks.js."""
    return {
        "wrong_id_length": _("身份证号是 18 位，这里有 {count} 位。请对照证件再看一遍。"),
        "wrong_id_letters": _("身份证号只有数字，最后一位可以是 X。请对照证件再看一遍。"),
        "wrong_id_sum": _("这个身份证号对不上，可能有一位写错了。请对照证件再看一遍。"),
        "wrong_id_future": _("身份证号里的出生日期还没有到，可能有一位写错了。请对照证件再看一遍。"),
        "wrong_credit_code": _("统一社会信用代码是 18 位，这一个对不上。请对照营业执照再看一遍。"),
        "wrong_phone": _("手机号是 11 位数字；座机请连区号一起写，例如 028-12345678。"),
        "wrong_name": _("名字里有数字或符号。请照证件上的写；中间的点写“·”。"),
        "wrong_date": _("请写年、月、日，例如 2026-11-22。"),
        "wrong_year": _("请核对年份。"),
        "wrong_number": _("请只写数字，例如 3 或 3.5。"),
        "wrong_bank_account": _("银行账号只有数字，一般 12 到 19 位。请对照银行卡再看一遍。"),
        "wrong_postcode": _("邮政编码是 6 位数字。"),
        "wrong_email": _("电子邮箱要像 name@example.com 这样写。"),
        "wrong_document": _("请照证件上印的号码写。"),
        "wrong_derived": _("和证件号里的不一样：证件号里是 {value}。请核对。"),
    }
