"""A factory for every model: rows that are right by themselves, and belong to nobody."""

from datetime import date, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation

from guide.models import DayOff, Deed, Draft, Failures, Hall, Hours, LaterRule, Post, Region, Tally, Verdict, Window
from guide.staff.roles import group_of
from guide.staff.second_factor import needs_second_factor

PASSWORD = "a long password"


class UserFactory(DjangoModelFactory[User]):
    """A member of staff; `role=` is one of guide.roles.ROLES."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda number: f"staff-{number}")
    first_name = LazyAttribute(lambda user: f"{user.username} 老师")
    password = Password(PASSWORD)

    @post_generation
    def role(self: Any, create: bool, extracted: str | None, **_more: Any) -> None:
        if create and extracted:
            self.groups.set([group_of(extracted)])


class PhoneFactory(DjangoModelFactory[TOTPDevice]):
    """The second factor of a member of staff."""

    class Meta:
        model = TOTPDevice

    user = SubFactory(UserFactory, role="administrator")
    key = "0123456789abcdef0123456789abcdef01234567"


@receiver(user_logged_in)
def _force_login_shows_the_second_factor(request: HttpRequest, user: User, **_signal: Any) -> None:
    """`Client.force_login`, whose request has no address, comes past the second factor as it does past the password."""
    if not request.path and needs_second_factor(user):
        phone = TOTPDevice.objects.filter(user=user).first() or PhoneFactory.create(user=user)
        request.session[DEVICE_ID_SESSION_KEY] = phone.persistent_id


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "513301"


class HallFactory(DjangoModelFactory[Hall]):
    class Meta:
        model = Hall

    region = SubFactory(RegionFactory)
    name = Sequence(lambda number: f"{number} 号大厅")
    address = "测试路 1 号"
    phone = "0836-0000000"


class WindowFactory(DjangoModelFactory[Window]):
    class Meta:
        model = Window

    hall = SubFactory(HallFactory)
    name = Sequence(lambda number: f"{number} 号窗口")


class HoursFactory(DjangoModelFactory[Hours]):
    class Meta:
        model = Hours

    hall = SubFactory(HallFactory)
    weekday = 0
    opens = time(9)
    closes = time(17)


class DayOffFactory(DjangoModelFactory[DayOff]):
    class Meta:
        model = DayOff

    hall = SubFactory(HallFactory)
    first = date(2026, 11, 25)
    last = SelfAttribute("first")


class LaterRuleFactory(DjangoModelFactory[LaterRule]):
    class Meta:
        model = LaterRule

    region = SubFactory(RegionFactory)
    material = "household-register"
    days = 10
    basis = "测试用"


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post

    user = SubFactory(UserFactory, role="clerk")
    hall = SubFactory(HallFactory)


class DeedFactory(DjangoModelFactory[Deed]):
    class Meta:
        model = Deed

    by = SubFactory(UserFactory)
    deed = "next"


class FailuresFactory(DjangoModelFactory[Failures]):
    class Meta:
        model = Failures

    key = Sequence(lambda number: f"{number:032x}")
    number = 1
    ends = LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class TallyFactory(DjangoModelFactory[Tally]):
    class Meta:
        model = Tally

    hall = SubFactory(HallFactory)
    day = date(2026, 11, 25)
    bundle = "newborn"
    kind = "begun"
    number = 1


class DraftFactory(DjangoModelFactory[Draft]):
    class Meta:
        model = Draft

    id = Sequence(lambda number: f"{number:064x}")
    sealed = b"sealed"
    expires = LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class VerdictFactory(DjangoModelFactory[Verdict]):
    class Meta:
        model = Verdict

    language = "bo"
    message = Sequence(lambda number: f"{number:012x}")
    number = 1
    text = "继续"
    translation = "མུ་མཐུད།"
    reviewed = True
    by = SubFactory(UserFactory, role="reviewer")
    name = LazyAttribute(lambda verdict: verdict.by.first_name)
    day = date(2026, 11, 25)
