from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = "一次告知"

    def ready(self) -> None:
        from guide import checks  # noqa: F401, PLC0415 - registers itself, once the settings are there
