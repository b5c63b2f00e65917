"""Before the tests: messages are compiled, as `make` does it, and tables can be emptied, the audit log's too."""

import pytest
from django.apps import apps
from django.db.models.signals import post_migrate

from guide.translations.pofiles import compile_language, languages


def pytest_configure() -> None:
    for language in languages():
        compile_language(language)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Tests with a server of their own empty all tables after them; tests of the log seal it themselves."""
    from guide.staff.sealing import seal_deeds  # noqa: PLC0415 - once the settings are there

    post_migrate.disconnect(seal_deeds, sender=apps.get_app_config("guide"))
