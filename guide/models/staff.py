"""Staff: where they work, what they did, and counts that hold no person."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from guide.models.halls import Hall

DEEDS = (
    ("log-in", "登录"),
    ("log-out", "退出"),
    ("locked", "连错五次，锁住一小时"),
    ("locked-address", "一个地址错得太多，锁住一小时"),
    ("change-password", "改自己的密码"),
    ("second-factor", "设第二步验证"),
    ("no-second-factor", "去掉第二步验证"),
    ("next", "接待下一位"),
    ("begin", "从头问起"),
    ("open-code", "用办事码打开"),
    ("open-marks", "用纸上的勾打开"),
    ("open-file", "用申请表文件打开"),
    ("print-missing", "打印补正告知"),
    ("print-form", "打印申请表"),
    ("print-hand-over", "打印分送部门的表"),
    ("export-hand-over", "导出分送部门的数据"),
    ("print-receipt", "打印回执"),
    ("edit-hall", "改大厅信息"),
    ("import-halls", "导入大厅"),
    ("export-halls", "导出大厅"),
    ("edit-account", "改账号"),
    ("edit-translation", "改译文"),
)
KINDS = (("begun", "开始"), ("finished", "答完"), ("stopped", "不能一起办"), ("missing", "缺的材料"))


class Post(models.Model):
    """The hall in which a member of staff works."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="post", verbose_name="账号"
    )
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="posts", verbose_name="大厅")

    class Meta:
        verbose_name = verbose_name_plural = "工位"
        permissions = (
            ("serve", "在窗口帮人办"),
            ("kiosk", "开关自助机"),
            ("count", "看统计"),
            ("administer", "管账号、看操作记录"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.hall}"


class DeedsStay(RuntimeError):
    """Somebody tried to change or delete what the audit log says."""

    def __init__(self) -> None:
        super().__init__("what the audit log says is never changed")


def _refuse(*_args: Any, **_more: Any) -> NoReturn:
    raise DeedsStay


class Deeds(models.QuerySet["Deed"]):
    """To read and to add to."""

    update = delete = bulk_update = _update = _raw_delete = _refuse


class Deed(models.Model):
    """Who did what and when. `what` names a bundle, a hall, an account or a place, never an applicant or a case.

    Nothing is ever changed or deleted, neither here nor past these lines: `staff.sealing` has the database refuse it.
    """

    name = models.CharField("用户名", max_length=150, blank=True)  # as it was then: accounts may be renamed
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="deeds", verbose_name="谁"
    )
    deed = models.CharField("做了什么", max_length=20, choices=DEEDS)
    what = models.CharField("哪一件", max_length=80, blank=True)
    at = models.DateTimeField("什么时候", auto_now_add=True, db_index=True)

    objects = Deeds.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_deed_display()}"

    def save(self, *args: Any, **more: Any) -> None:
        if not self._state.adding:
            raise DeedsStay
        if self.by is not None:
            self.name = self.by.get_username()
        super().save(*args, **more)

    delete = _refuse


class Failures(models.Model):
    """How often a log-in failed, counted under one key until `ends`; neither names nor addresses can be read from it.

    `key` is a digest of what is counted together, `account` one of the name that was typed (empty for an address).
    """

    key = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=64, blank=True, db_index=True)
    number = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败"

    def __str__(self) -> str:
        return f"{self.number} {self.ends:%Y-%m-%d %H:%M}"


class Tally(models.Model):
    """How often something happened at a hall's counter on a day. `material` is empty but for the kind "missing"."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="tallies", verbose_name="大厅")
    day = models.DateField("哪天")
    bundle = models.CharField("一件事", max_length=80)
    kind = models.CharField("什么", max_length=8, choices=KINDS)
    material = models.CharField("材料", max_length=80, blank=True)
    number = models.PositiveIntegerField("几次", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "统计"
        constraints = (models.UniqueConstraint(fields=("hall", "day", "bundle", "kind", "material"), name="one_tally"),)

    def __str__(self) -> str:
        return f"{self.day} {self.bundle} {self.kind} {self.number}"
