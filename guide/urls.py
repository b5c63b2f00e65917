"""The addresses of the guide."""

from django.urls import path

from guide.views import codes, filing, home, questionnaire, results

urlpatterns = [
    path("", home.home, name="home"),
    path("region", home.choose_region, name="region"),
    path("look", home.change_look, name="look"),
    path("wipe", filing.wipe, name="wipe"),
    path("c/", codes.ask_for_code, name="codes"),
    path("c/<str:code>", codes.open_by_code, name="code"),
    path("<slug:bundle>/", home.start, name="start"),
    path("<slug:bundle>/ask", questionnaire.ask, name="ask"),
    path("<slug:bundle>/notice", results.notice, name="notice"),
    path("<slug:bundle>/notice.pdf", results.notice_paper, name="notice-paper"),
    path("<slug:bundle>/calendar.ics", results.calendar, name="calendar"),
    path("<slug:bundle>/form", filing.form, name="form"),
    path("<slug:bundle>/form/ready", filing.ready, name="form-ready"),
    path("<slug:bundle>/form.pdf", filing.form_paper, name="form-paper"),
    path("api/<slug:bundle>/walk", results.api_walk, name="api-walk"),
]
