"""The addresses of the guide."""

from django.urls import path

from guide.views import codes, desk, editors, filing, home, questionnaire, results, sounds, staff

urlpatterns = [
    path("", home.home, name="home"),
    path("region", home.choose_region, name="region"),
    path("look", home.change_look, name="look"),
    path("wipe", filing.wipe, name="wipe"),
    path("c/", codes.ask_for_code, name="codes"),
    path("c/<str:code>", codes.open_by_code, name="code"),
    path("faults", editors.faults, name="faults"),
    path("bundle.schema.json", editors.schema, name="schema"),
    path("staff/login", staff.log_in, name="login"),
    path("staff/logout", staff.log_out, name="logout"),
    path("desk/", desk.desk, name="desk"),
    path("desk/<slug:language>/", desk.messages, name="messages"),
    path("desk/<slug:language>/export.po", desk.export, name="export"),
    path("desk/<slug:language>/import", desk.upload, name="import"),
    path("desk/<slug:language>/recordings", desk.recordings, name="recordings"),
    path("desk/<slug:language>/<slug:id>", desk.message, name="message"),
    path("sound/<slug:language>/<slug:id>", sounds.sound, name="sound"),
    path("<slug:bundle>/", home.start, name="start"),
    path("<slug:bundle>/map", editors.bundle_map, name="map"),
    path("<slug:bundle>/rules", editors.rules, name="rules"),
    path("<slug:bundle>/scenarios", editors.scenarios, name="scenarios"),
    path("<slug:bundle>/ask", questionnaire.ask, name="ask"),
    path("<slug:bundle>/notice", results.notice, name="notice"),
    path("<slug:bundle>/notice.pdf", results.notice_paper, name="notice-paper"),
    path("<slug:bundle>/calendar.ics", results.calendar, name="calendar"),
    path("<slug:bundle>/form", filing.form, name="form"),
    path("<slug:bundle>/form/ready", filing.ready, name="form-ready"),
    path("<slug:bundle>/form.pdf", filing.form_paper, name="form-paper"),
    path("api/<slug:bundle>/walk", results.api_walk, name="api-walk"),
]
