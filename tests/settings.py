"""The settings for tests: as in production, but static files are served as they lie."""

from config.settings import *  # noqa: F403  # the same settings, then the differences

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
