"""The settings for tests: as in production, but static files are served as they lie and passwords hashed quickly."""

from config.settings import *  # noqa: F403  # the same settings, then the differences

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for accounts that live a second
WHITENOISE_AUTOREFRESH = True
