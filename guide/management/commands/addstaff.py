"""Gives a member of staff an account for the review desk."""

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.models import Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

ROLES = {"translator": ("translate",), "reviewer": ("translate", "review")}


class Command(BaseCommand):
    help = "Makes an account, or gives an existing one another role and password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="as the record of reviews shall call them")
        parser.add_argument("--role", choices=sorted(ROLES), default="translator")

    def handle(self, **options: Any) -> None:
        password = os.environ.get("STAFF_PASSWORD") or getpass("密码，至少 10 位：")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user, made = User.objects.get_or_create(username=options["username"])
        user.first_name = options["name"] or user.first_name
        user.set_password(password)
        user.save()
        codes = ROLES[options["role"]]
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="guide", codename__in=codes))
        self.stdout.write(f"{user.username}: {'新账号' if made else '改了'}, {options['role']}")
