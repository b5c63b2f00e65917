"""What the one form says around its boxes, by name: read by templates and boxes, and by the offline page."""

from django.utils.translation import gettext_lazy as said

FORM = {
    "form": said("联办申请表"),
    "to_notice": said("回到告知书"),
    "boxes": said(
        "一共 %(count)s 栏，同一个人的同一件事只问一次。不知道的先空着，打印出来是空格，可以用笔写。签名在纸上签。"
    ),
    "choose": said("请选择"),
    "optional": said("可以不填。"),
    "turn": said("{person}（第 {turn} 位）"),
    "same": said("就是{other}，空着的照{other}的填"),
    "more": said("“%(person)s”之后再加一位"),
    "fewer": said("去掉“%(person)s”"),
    "as_printed": said("照证件写的就是这样"),
    "wrong_derived": said("和证件号里的不一样：证件号里是 {value}。请核对。"),
}
