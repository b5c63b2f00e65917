"""Gives a member of staff an account."""

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from guide.models import Deed, Hall, Post
from guide.staff.auditing import MOST
from guide.staff.lockouts import unlock
from guide.staff.roles import ROLES, group_of
from guide.staff.second_factor import turn_off


class Command(BaseCommand):
    help = "Makes an account, or gives an existing one another role and password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="as the record of reviews shall call them")
        parser.add_argument("--role", choices=sorted(ROLES), default="clerk")
        parser.add_argument("--hall", default="", help="the name of the hall in which they work")
        parser.add_argument(
            "--new-phone", action="store_true", help="takes the second factor away; the next log-in sets it up again"
        )

    def handle(self, **options: Any) -> None:
        password = os.environ.get("STAFF_PASSWORD") or getpass("密码，至少 10 位：")
        try:
            validate_password(password, User(username=options["username"], first_name=options["name"]))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        hall = _hall(options["hall"])
        user, made = User.objects.get_or_create(username=options["username"])
        user.first_name = options["name"] or user.first_name
        user.set_password(password)
        user.save()
        unlock(user)
        if options["new_phone"]:
            turn_off(user)
            Deed.objects.create(by=None, deed="no-second-factor", what=user.get_username()[:MOST])
        user.groups.set([group_of(options["role"])])
        user.user_permissions.clear()
        if hall:
            Post.objects.update_or_create(user=user, defaults={"hall": hall})
        self.stdout.write(f"{user.username}: {'新账号' if made else '改了'}, {ROLES[options['role']][0]}")


def _hall(name: str) -> Hall | None:
    """The hall of that name. Raises CommandError where there is none, or more than one."""
    found = list(Hall.objects.filter(name=name)[:2]) if name else []
    if name and len(found) != 1:
        raise CommandError(f"叫“{name}”的大厅有 {len(found)} 个。先在 /admin/ 里写好，名字要唯一。")
    return found[0] if found else None
