"""What others do: a bare Django page with four radios, by hand and as a form, and a wizard of django-formtools.

Run as a module it serves them, by the same server and with as many workers as the guide.
"""

import os

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

CHOICES = [("hospital", "在医院"), ("home", "在家里"), ("way", "在路上"), ("abroad", "在国外")]
HEAD = "<!DOCTYPE html><html lang=zh-Hans><head><title>{{ ask }}</title></head><body><h1>{{ ask }}</h1><form{{ how }}>"
PAGE = """{% for value, label in choices %}<label><input type=radio name=answer value="{{ value }}">{{ label }}</label>
{% endfor %}<button>继续</button></form></body></html>"""
STEP = "{{ wizard.management_form }}{{ wizard.form.as_p }}<button>继续</button></form></body></html>"
FORM = "{{ form }}<button>继续</button></form></body></html>"
TEMPLATES = {"page.html": HEAD + PAGE, "form.html": HEAD + FORM, "step.html": HEAD + STEP}
# As `startproject` has them, but for accounts
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
LOADERS = [
    ("django.template.loaders.locmem.Loader", TEMPLATES),
    "django.template.loaders.app_directories.Loader",
]
STEP_BODY = "wizard-current_step=0&0-answer=home"

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["localhost"],
        SECRET_KEY="of a bench alone",
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.sessions", "django.contrib.messages", "formtools"],
        MIDDLEWARE=MIDDLEWARE,
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": ["django.template.context_processors.request"],
                    "loaders": [("django.template.loaders.cached.Loader", LOADERS)],
                },
            }
        ],
    )

from formtools.wizard.views import CookieWizardView  # noqa: E402  # once the settings are there
from granian import Granian  # noqa: E402
from granian.constants import Interfaces  # noqa: E402

from config.serving import Server  # noqa: E402
from config.wsgi import application as django  # noqa: E402


def page(request: HttpRequest) -> HttpResponse:
    """Four radios by one template."""
    return render(request, "page.html", {"ask": "孩子在哪里出生？", "choices": CHOICES, "how": ""})


def form_page(request: HttpRequest) -> HttpResponse:
    """The same as a form of Django's, with its own templates."""
    return render(request, "form.html", {"ask": "孩子在哪里出生？", "form": Step(), "how": ""})


class Step(forms.Form):
    """One question."""

    answer = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)


class Wizard(CookieWizardView):  # type: ignore[misc]  # without types
    """Three steps, whose answers stand in a signed cookie."""

    template_name = "step.html"


urlpatterns = [
    path("page", page),
    path("form", form_page),
    path("wizard", csrf_exempt(Wizard.as_view([("0", Step), ("1", Step), ("2", Step)]))),
]
application = Server(django)

if __name__ == "__main__":
    Granian(
        "tests.bench.peers:application",
        port=int(os.environ["PORT"]),
        interface=Interfaces.RSGI,
        workers=int(os.environ.get("WORKERS", "2")),
    ).serve()
