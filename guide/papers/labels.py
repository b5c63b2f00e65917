"""The fixed words of the papers, in Chinese, marked for translation."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as said

from guide.language.pairs import in_both

WORDS = {
    "notice": said("一次性告知书"),
    "form": said("一件事联办申请表"),
    "prevails": said("以中文为准。下面带中文的译文还没有人审核过，只供参考。"),  # on translated papers
    "place": said("地区"),
    "date": said("日期"),
    "rules": said("规则版本"),
    "code": said("办事码"),
    "qr": said("二维码，内容是办事码 {code}"),
    "page": said("第 {page} 页，共 {pages} 页"),
    "counter_items": said("要由窗口判定的 {count} 件事"),
    "item": said("事项"),
    "due": said("最晚时间"),
    "fee": said("费用"),
    "where": said("在哪里办"),
    "department": said("部门"),
    "result": said("办完拿到"),
    "basis": said("依据"),
    "counter_materials": said("窗口判定要办时才需要"),
    "material": said("材料"),
    "originals": said("原件"),
    "copies": said("复印件"),
    "between": said("、"),
    "colon": said("："),
    "outside": said("这次不用办的事"),
    "visits": said("照这个顺序，一处一处办"),
    "visit": said("到这里办"),
    "do-here": said("办"),
    "take-here": said("带"),
    "bring": said("要带的，备齐一样勾一样"),
    "mind": said("每一处要留意的"),
    "done": said("这 {count} 件事怎么办"),
    "how": said("怎么办"),
    "also": said("还可以顺便办"),
    "guide": said("这里是办事指南，不是审批决定；和当地窗口说的不一样时，以窗口为准。"),
    "keep": said("到任何窗口报这个码，不用从头回答。码里没有姓名，也没有证件号。"),
    "hotline": said("政务服务热线 12345：问办事、反映问题都可以打。"),
    "applicant": said("申请人"),
    "applicant_body": said("申请单位"),
    "seal": said("（盖章）"),
    "signature": said("{who}签名"),
    "day": "        年      月      日",  # in Chinese always: offices read it
    "applied_items": said("申请办理的事项"),
    "declaration": said("申请人声明"),
    "truth": said("本人承诺：以上所填内容和提交的材料真实、有效；如有不实，愿意承担由此产生的法律责任。"),
    "consent": said(
        "本人知道：表中的姓名、证件号码、住址等信息，只用于办理上面打钩的事项，由办理这些事项的部门使用。"
        "其中的敏感个人信息，只在办理确有必要时收集。"
    ),
    "declared_too": said("并且声明："),
    "by_hand": said("空着的格子请用黑色笔填写；印有〓的，请在旁边的方框里写清楚那个字。"),
    "office": said("受理情况（由窗口填写）"),
    "office_number": said("受理编号"),
    "office_day": said("受理日期"),
    "office_materials": said("收到材料"),
    "office_clerk": said("受理人"),
    "office_opinion": said("受理意见"),
    # The one-page list
    "list": said("材料清单"),
    "list_count": said("带上这 {count} 样，备齐一样勾一样"),
    # What the hall prints for everybody
    "scan": said("扫一扫，答几个问题，就知道您要办哪几件、带什么"),
    "poster_answer": said("扫码，答几个问题"),
    "poster_answer_hint": said("就知道要办哪几件、先去哪里"),
    "poster_ready": said("备齐材料，签好名"),
    "poster_ready_hint": said("手机上填一张表，打印出来签名"),
    "poster_counter": said("到窗口，一次交齐"),
    "poster_counter_hint": said("报办事码，不用从头再说一遍"),
    "poster_scan": said("手机扫一扫"),
    "poster_no_login": said("不用登录"),
    "poster_materials": said("差不多人人都要带"),
    "poster_more": said("别的看您的情况，扫码就知道。"),
    "poster_days": said("别误了日子"),
    "poster_help": said("不用手机？到窗口，替您答、替您打印"),
    "unsure": said("带 ※ 的还没有核实：先打 12345 或问窗口。"),
    "booklet": said("一件事办事手册"),
    "contents": said("目录"),
    "when_needed": said("什么时候要"),
    "booklet_items": said("可能要办的事"),
    "booklet_materials": said("带的材料"),
    "booklet_questions": said("会问您这些问题"),
    # The counter's sheets
    "missing": said("材料补正告知书"),
    "missing_law": said(
        "依据《中华人民共和国行政许可法》第三十二条：材料不齐的，当场或者五日内一次告知需要补正的全部内容。"
    ),
    "missing_count": said("还缺 {count} 样"),
    "lacking": said("缺什么"),
    "how_many": said("缺几份"),
    "what_for": said("给哪几件用"),
    "missing_overdue": said("有的期限已经过了，请尽快补齐，晚了的怎么办，请问窗口"),
    "reference": said("编号"),
    "kept": said("已经看过、收下的，下次不用再带"),
    "check_code": said("核对码"),
    "check_keep": said("下次来，把这两个码报给窗口，看过的不用再看一遍。"),
    "ask": said("有事打 12345"),
    "signed_for": said("申请人签收"),
    "issued_by": said("经办人"),
    "halls": said("可以去这里办"),
    "handover": said("分送部门的申请信息"),
    "handover_only": said("这一张只印本部门办理下面事项需要的信息。"),
    "handover_items": said("本部门办理的事项"),
    "handover_fields": said("申请信息"),
    "handover_materials": said("材料"),
    "not_written": said("没有填"),
    "state": said("情况"),
    "receipt": said("受理回执"),
    "receipt_taken": said("收件回执"),  # while something that has to be there is missing
    "receipt_items": said("受理的 {count} 件事"),
    "receipt_taken_items": said("申请办的 {count} 件事"),
    "receipt_kept": said("收下的 {count} 份材料"),
    "receipt_later": said("说好以后补交的材料"),
    "receipt_lacking": said("还缺的材料，补齐才能受理"),
    "gets": said("办好得到"),
    "given_back": said("退还"),
    "kept_here": said("收下"),
    "ask_where": said("查进度：打 12345，报编号"),
}


def words_now() -> dict[str, str]:
    """The words in the language that is active now."""
    words = {key: gettext(word) for key, word in WORDS.items()}
    return words | {"prevails": in_both(words["prevails"])}
