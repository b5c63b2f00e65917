"""Where staff help: regions, halls, their hours and windows. Which regions and bundles exist the catalogue says."""

from collections.abc import Iterable
from datetime import time
from itertools import groupby, pairwise

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from bundles.loading import catalogue

LANGUAGES = (("zh", "汉语"), ("bo", "藏语"), ("ii", "彝语"), ("sign", "手语"), ("en", "英语"))
SEASONS = (("all", "全年"), ("summer", "夏季"), ("winter", "冬季"))
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_phone = RegexValidator(r"^[0-9][0-9 \-]{2,19}$", "电话写成 0836-1234567 或 12345 这样。")

# A file of halls writes days off one after the other: `2027-02-11 至 2027-02-17 藏历新年；2027-02-20 上班`.
_reason = RegexValidator(
    r"\A(?!上班|[至到~])[^;；\r\n]*\Z", "写成一行，不要有分号，也不要用“上班”“至”“到”开头。例如：藏历新年"
)


def known_region(code: str) -> None:
    """Raises ValidationError where the catalogue has no such region."""
    if code not in catalogue().regions:
        raise ValidationError(f"没有代码是“{code}”的地区。代码是六位数，见 bundles/catalogue/regions.yaml。")


def known_material(id: str) -> None:
    """Raises ValidationError where the catalogue has no such material."""
    if id not in catalogue().entries.dictionaries.materials:
        raise ValidationError(f"没有编号是“{id}”的材料，见 bundles/catalogue/materials.yaml。")


def known_bundles(ids: object) -> None:
    """Raises ValidationError where one of a list is no bundle."""
    _among(ids, catalogue().ids, "没有编号是“{}”的一件事。")


def known_languages(ids: object) -> None:
    """Raises ValidationError where one of a list is no language that a window can speak."""
    _among(ids, dict(LANGUAGES), "没有“{}”这种语言。可以写：" + "、".join(dict(LANGUAGES)))


def _among(ids: object, known: "dict[str, str] | tuple[str, ...]", problem: str) -> None:
    if not isinstance(ids, list):
        raise ValidationError("这里要一个列表。")
    for id in ids:
        if id not in known:
            raise ValidationError(problem.format(id))


def whole_minutes(moment: time) -> None:
    """Raises ValidationError where a time says seconds."""
    if moment.second or moment.microsecond:
        raise ValidationError("写到几点几分就行，不要写秒。")


class Region(models.Model):
    """What a region of the catalogue says of its halls: its hotline, and from when to when its summer hours hold."""

    code = models.CharField("地区代码", max_length=12, primary_key=True, validators=[known_region])
    hotline = models.CharField("热线电话", max_length=20, default="12345", validators=[_phone])
    summer_from_month = models.PositiveSmallIntegerField(
        "夏季从几月", default=5, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    summer_to_month = models.PositiveSmallIntegerField(
        "夏季到几月（含）", default=9, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )

    class Meta:
        verbose_name = verbose_name_plural = "地区"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name in the catalogue; the bare code where the catalogue no longer has it."""
        found = catalogue().regions.get(self.code)
        return found.name if found else self.code


class Hall(models.Model):
    """A service hall. `sample` marks one that was made up for the demonstration."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="halls", verbose_name="地区")
    name = models.CharField("名称", max_length=80)
    address = models.CharField("地址", max_length=200)
    way = models.CharField("怎么去", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True, validators=[_phone])
    step_free = models.BooleanField("无台阶可进", default=False)
    low_counter = models.BooleanField("有低位柜台", default=False)
    sample = models.BooleanField("样例（不是真的）", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "大厅"
        ordering = ("region", "name")
        constraints = (models.UniqueConstraint(fields=("region", "name"), name="one_hall_of_a_name"),)
        permissions = (("edit_halls", "改大厅信息"), ("every_hall", "所有地区的大厅都能改"))

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """A window of a hall. Without `bundles` it handles all of them."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="windows", verbose_name="大厅")
    name = models.CharField("窗口", max_length=40)
    bundles = models.JSONField("办哪几件事（编号；空着是都办）", default=list, blank=True, validators=[known_bundles])
    languages = models.JSONField("说哪些话（编号）", default=list, blank=True, validators=[known_languages])

    class Meta:
        verbose_name = verbose_name_plural = "窗口"
        ordering = ("hall", "name")
        constraints = (models.UniqueConstraint(fields=("hall", "name"), name="one_window_of_a_name"),)

    def __str__(self) -> str:
        return self.name

    def handles(self, bundle: str) -> bool:
        return not self.bundles or bundle in self.bundles


class Hours(models.Model):
    """From when to when a hall is open on one weekday (0 is Monday), all year or in one season."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="hours", verbose_name="大厅")
    season = models.CharField("季节", max_length=8, choices=SEASONS, default="all")
    weekday = models.PositiveSmallIntegerField("星期", choices=list(enumerate(WEEKDAYS)))
    opens = models.TimeField("开门", validators=[whole_minutes])
    closes = models.TimeField("关门", validators=[whole_minutes])

    class Meta:
        verbose_name = verbose_name_plural = "办公时间"
        ordering = ("season", "weekday", "opens")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="closes_after_it_opens",
                violation_error_message="关门要晚于开门。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_season_display()}{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


def without_overlaps(hours: Iterable[Hours]) -> None:
    """Raises ValidationError where two rows of a hall say the same moment of one day and season."""
    rows = sorted(hours, key=lambda row: (row.season, row.weekday, row.opens))
    for _day, group in groupby(rows, key=lambda row: (row.season, row.weekday)):
        for before, after in pairwise(group):
            if after.opens < before.closes:
                raise ValidationError(f"两段时间重叠了：{before}，{after}。")


class DayOff(models.Model):
    """Days on which a hall is closed although its hours say otherwise, or `open` although they don't."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="days_off", verbose_name="大厅")
    first = models.DateField("从哪天")
    last = models.DateField("到哪天（含）")
    open = models.BooleanField("照常上班（调休）", default=False)
    why = models.CharField("为什么", max_length=40, blank=True, validators=[_reason])

    class Meta:
        verbose_name = verbose_name_plural = "放假和调休"
        ordering = ("first",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="ends_after_it_begins",
                violation_error_message="结束的那天不能早于开始的那天。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class LaterRule(models.Model):
    """A material that a region's own list lets an applicant hand in later (容缺受理), and within how many days."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="later", verbose_name="地区")
    material = models.CharField("材料编号", max_length=80, validators=[known_material])
    days = models.PositiveSmallIntegerField("几天内补交", validators=[MinValueValidator(1)])
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "容缺受理"
        ordering = ("region", "material")
        constraints = (models.UniqueConstraint(fields=("region", "material"), name="one_rule_a_material"),)

    def __str__(self) -> str:
        return self.material
