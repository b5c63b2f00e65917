"""What the pages of questions say, by name: read by templates and rows, and by the offline page."""

from django.utils.translation import gettext_lazy as said

ASKING = {
    "start": said("开始"),
    "progress": said("第 %(number)s 题，后面最多 %(more)s 题"),
    "last": said("第 %(number)s 题，最后一题"),
    "back": said("上一题"),
    "to_start": said("回到开头"),
    "go_on": said("继续"),
    "year": said("年"),
    "month_box": said("月"),
    "day_box": said("日"),
    "why": said("为什么问这个"),
    "mend": said("请改一下："),
    "nothing_many": said("请选择；一样都不选的，选最下面一项"),
    "nothing_date": said("请写出年、月、日"),
    "nothing_number": said("请写一个数字"),
    "nothing_choice": said("请选一项"),
    # A table of people
    "row": said("第 %(number)s 位%(row)s"),
    "row_more": said("再加一位"),
    "row_fewer": said("去掉这一位"),
    "with_hint": said("{choice}（{hint}）"),
    "directly": said("直接回答：%(ask)s"),
    "by_table": said("填表来算：%(ask)s"),
    # The growing list
    "known": said("已经清楚的"),
    "does": said("要办："),
    "by_counter_item": said("由窗口决定"),
    "does_not": said("不用办："),
    "still_open": said("还有 %(open)s 件要看后面的回答。"),
    "so_far": said("到现在要带 %(number)s 份材料"),
    # A stop
    "stopped": said("这件事现在不能这样办"),
    "instead": said("可以这样做"),
    "not_so": said("不是这个情况？改一改下面的回答就行。拿不准的，请打 12345 或者问窗口。"),
    # Going on with a case code
    "with_code": said("用办事码接着办"),
    "code_hint": said("印在告知书上，四个字一组。大小写都行，短横可以不写。"),
    "open": said("打开"),
}
