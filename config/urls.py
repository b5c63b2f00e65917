"""Chinese stands without a prefix, every other language under its code: `/newborn/`, `/bo/newborn/`.

The back office is in Chinese alone.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from guide.admin import office
from guide.error_pages import bad_request, forbidden, not_found, server_error

handler400 = bad_request
handler403 = forbidden
handler404 = not_found
handler500 = server_error
urlpatterns = [
    path("admin/", office.urls),
    *i18n_patterns(path("", include("guide.urls")), prefix_default_language=False),
]
