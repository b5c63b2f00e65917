"""Fills an empty guide with sample halls, and staff of each role, to show all of it."""

from argparse import ArgumentParser
from datetime import time
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from guide.models import Hall, Hours, LaterRule, Post, Region, Window
from guide.staff.roles import ROLES, group_of
from guide.staff.second_factor import needs_second_factor, secret_of, turn_on

PASSWORD = "demo-demo-demo"  # noqa: S105 - of sample accounts, printed for all to see
KEY = "64656d6f" * 5  # of their second factor: known to all, like the password
SPARE_CODES = tuple(f"demo{number}" for number in range(1, 10))
NAMES = {
    "clerk": "窗口 小王",
    "hall-editor": "信息员 小李",
    "translator": "译者 卓玛",
    "reviewer": "审核 扎西",
    "administrator": "管理员",
}
HALLS = (
    ("513301", "样例大厅（康定）", "康定市样例路 1 号", "0836-0000000", True),
    ("510104", "样例大厅（锦江）", "成都市锦江区样例路 2 号", "028-00000000", False),
)
POSTED = ("clerk", "hall-editor")  # whose role says nothing without a hall
MORNING, SUMMER, WINTER = (time(9), time(12)), (time(14, 30), time(18)), (time(14), time(17, 30))


class Command(BaseCommand):
    help = "Adds sample halls, marked as samples, and an account of each role. Refuses where real halls are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", default=PASSWORD, help="of every sample account")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        if Hall.objects.filter(sample=False).exists():
            raise CommandError("这里有真的大厅。样例只能放进空的数据库：换一个 VAR_DIR 或 DATABASE_URL。")
        halls = [self._hall(*told) for told in HALLS]
        for role, (title, _codes) in ROLES.items():
            user, _made = User.objects.get_or_create(username=f"demo-{role}", defaults={"first_name": NAMES[role]})
            user.set_password(options["password"])
            user.save()
            user.groups.set([group_of(role)])
            if role in POSTED:
                Post.objects.update_or_create(user=user, defaults={"hall": halls[0]})
            self.stdout.write(f"{title}：{user.username} / {options['password']}")
            if needs_second_factor(user):
                turn_on(user, KEY, codes=SPARE_CODES)
                self.stdout.write(
                    f"  第二步验证填 {'、'.join(SPARE_CODES)} 中没用过的一个；或者验证器密钥 {secret_of(KEY)}"
                )

    def _hall(self, code: str, name: str, address: str, phone: str, tibetan: bool) -> Hall:
        region, _made = Region.objects.get_or_create(code=code)
        about = {"address": address, "phone": phone, "step_free": True, "low_counter": True, "sample": True}
        hall, made = Hall.objects.get_or_create(region=region, name=name, defaults=about)
        if made:
            self._fill(hall, tibetan)
        return hall

    def _fill(self, hall: Hall, tibetan: bool) -> None:
        Window.objects.create(hall=hall, name="1 号综合窗口", languages=["zh"])
        Window.objects.create(hall=hall, name="2 号综合窗口", languages=["zh", "bo"] if tibetan else ["zh", "sign"])
        for day in range(5):
            for season, afternoon in (("summer", SUMMER), ("winter", WINTER)):
                for opens, closes in (MORNING, afternoon):
                    Hours.objects.create(hall=hall, season=season, weekday=day, opens=opens, closes=closes)
        LaterRule.objects.get_or_create(
            region=hall.region, material="household-register", defaults={"days": 10, "basis": "样例：不是真的清单"}
        )
