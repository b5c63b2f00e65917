from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.autoreload import BaseReloader, autoreload_started

from bundles.loading import CATALOGUE


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = "一次告知"

    def ready(self) -> None:
        # These register themselves, once the settings are there.
        from guide.counter import leaving  # noqa: F401, PLC0415
        from guide.staff import auditing, lockouts, sessions  # noqa: F401, PLC0415
        from guide.staff.roles import make_roles  # noqa: PLC0415
        from guide.staff.sealing import seal_deeds  # noqa: PLC0415
        from guide.web import public  # noqa: F401, PLC0415

        autoreload_started.connect(watch_rules)
        post_migrate.connect(make_roles, sender=self)
        post_migrate.connect(seal_deeds, sender=self)


def watch_rules(sender: BaseReloader, **_kwargs: Any) -> None:
    """Has the development server start anew when a file of the catalogue changes: a bundle's, a dictionary's."""
    sender.watch_dir(CATALOGUE, "**/*.yaml")
