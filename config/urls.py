"""Chinese stands without a prefix, every other language under its code: `/newborn/`, `/bo/newborn/`.

The back office is in Chinese alone.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from guide.admin import office

urlpatterns = [
    path("admin/", office.urls),
    *i18n_patterns(path("", include("guide.urls")), prefix_default_language=False),
]
