"""The WSGI application: `granian --interface wsgi config.wsgi:application`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django.setup(set_prefix=False)

from guide.web.requests import Handler  # noqa: E402  # once the settings are there

application = Handler()
