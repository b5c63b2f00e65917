"""Before the tests: messages are compiled, as `make` does it."""

from guide.translations.mo_files import compile_language, languages


def pytest_configure() -> None:
    for language in languages():
        compile_language(language)
