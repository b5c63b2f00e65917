"""All settings. Each that an operator may change is read from the environment; the README has the table."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.conf import locale

from config.environment import (
    close_database,
    database,
    own_folder,
    proxies,
    public_address,
    secret_key,
    switch,
    words,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = own_folder(Path(os.environ.get("VAR_DIR", BASE_DIR / "var")))

DEBUG = switch("DEBUG")
SECRET_KEY = secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
# Where the site is found from outside: links, QR codes and calendars say so. Its path is where everything stands.
PUBLIC_ORIGIN, _host, _root = public_address("PUBLIC_URL")
FORCE_SCRIPT_NAME = _root or None
if PUBLIC_ORIGIN:
    ALLOWED_HOSTS.append(_host)
    CSRF_TRUSTED_ORIGINS.append(PUBLIC_ORIGIN)
# With HTTPS there is a web server in front; unless told where, it is on this machine.
TRUSTED_PROXIES = proxies("TRUSTED_PROXIES", "127.0.0.0/8,::1,unix" if switch("HTTPS") else "")
USE_X_FORWARDED_HOST = True  # of these servers alone: guide/staff/addresses.py drops what others say

# The questionnaire needs neither users nor sessions: its state is the address. Staff log in to their desks.
INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "guide",
]
MIDDLEWARE = [
    "guide.health.counted",
    "guide.staff.addresses.hear_known_proxies_alone",
    "guide.web.headers.kept_as_said",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guide.web.headers.PolicyOfPages",
    "guide.web.requests.sound_requests",
    "guide.web.pasted.as_meant",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guide.language.languages.language_of_the_address",
    "guide.error_pages.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "guide.staff.second_factor.nobody_without_it",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guide.kiosk.mode.kiosk_mode",
    "guide.language.pages.both_languages",  # before anybody counts the length
    "guide.error_pages.told_in_words",  # innermost
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guide.context.page",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["crispy"]
CRISPY_TEMPLATE_PACK = "crispy"

DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))}
close_database(DATABASES["default"])
# Each worker keeps rendered parts of question pages; nothing of a person is among them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2_000}},
}
# A form's file that a clerk opens stays in memory and never touches the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
# The longest form, of 50 persons in each group that grows, has some 1,700 boxes, and a tick box beside every odd name.
# What an address may say is bounded by itself (guide/web/requests.py).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024  # bytes; a translation's PO file is the largest that anybody sends
# Staff. A session ends with the browser, or eight hours after the log-in; who tries passwords has to rest.
AUTHENTICATION_BACKENDS = ["guide.staff.lockouts.Guard", "django.contrib.auth.backends.ModelBackend"]
_PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_PASSWORDS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "first_name")},
    },
    {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "staff"
SESSION_ENGINE = "guide.staff.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("bo", "བོད་ཡིག")]
# Django doesn't know every language of the province by itself.
for code, name in LANGUAGES:
    locale.LANG_INFO.setdefault(code, {"bidi": False, "code": code, "name": name, "name_local": name})
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = f"{_root}/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# More TrueType and OpenType fonts for the printed papers, for names with rare characters.
GUIDE_FONT_DIR = os.environ.get("GUIDE_FONT_DIR", "")

# Where spoken Tibetan lies, a file for each message; see /bo/desk/ for the list to record.
RECORDINGS_DIR = Path(os.environ.get("RECORDINGS_DIR", VAR_DIR / "recordings"))

# With it, /metrics answers who brings it as a bearer token; without one nobody.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")

# Who answers for what is typed into the form (个人信息保护法 17); the privacy notice names them.
OPERATOR_NAME = os.environ.get("OPERATOR_NAME", "")
OPERATOR_CONTACT = os.environ.get("OPERATOR_CONTACT", "12345")

# Nothing but our own files: no inline script, no inline style, no frame around a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # answers stand in the address
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_PATH = SESSION_COOKIE_PATH = f"{_root}/"
CSRF_FAILURE_VIEW = "guide.error_pages.forged"

# Whether other sites under the same name speak TLS alone is for their owners to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if switch("HTTPS"):
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [rf"^({_root[1:]}/)?health/"]  # asked from this machine, without TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = True

LOG_FORMAT = "json" if os.environ.get("LOG_FORMAT") == "json" else "line"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nobodys_words": {"()": "guide.web.logs.NobodysWords"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "guide.web.logs.AsJson"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["nobodys_words"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
