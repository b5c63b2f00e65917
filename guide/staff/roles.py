"""The roles of staff: groups with the permissions that each role's work needs, and no more."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

HALL_MODELS = ("region", "hall", "window", "hours", "dayoff", "laterrule")
_HALLS = ("edit_halls", "count", "kiosk", *(f"{verb}_{model}" for verb in ("add", "change", "delete", "view")
                                   for model in HALL_MODELS))  # fmt: skip
_ACCOUNTS = ("add_user", "change_user", "view_user", "view_deed", "add_post", "change_post", "delete_post", "view_post")
ROLES = {
    "clerk": ("窗口人员", ("serve", "kiosk")),
    "hall-editor": ("大厅信息员", _HALLS),
    "translator": ("译者", ("translate",)),
    "reviewer": ("译文审核员", ("translate", "review")),
    "administrator": ("管理员", ("administer", "every_hall", *_HALLS, *_ACCOUNTS)),
}
# Who can change accounts, or what is published: for them a password alone opens nothing.
WITH_SECOND_FACTOR = ("guide.administer", "guide.review")


def group_of(role: str) -> Group:
    """The group of one of ROLES."""
    return Group.objects.get(name=ROLES[role][0])


def make_roles(using: str = "default", **_signal: object) -> None:
    """After each migration: the groups have exactly the permissions that stand here."""
    for label in ("auth", "guide"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    for name, codes in ROLES.values():
        group, _made = Group.objects.using(using).get_or_create(name=name)
        known = Permission.objects.using(using).filter(content_type__app_label__in=("guide", "auth"))
        group.permissions.set(known.filter(codename__in=codes))
