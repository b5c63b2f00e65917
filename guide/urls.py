"""The addresses of the guide."""

from django.urls import path

from guide import health
from guide.asking import about, codes, home
from guide.asking import views as questionnaire
from guide.cases.case import WITHIN
from guide.counter import checking, second_window
from guide.counter import views as counter
from guide.counter.aside import back, of_a_case
from guide.editors import views as editors
from guide.form import views as filing
from guide.halls import views as halls
from guide.kiosk import views as kiosks
from guide.notice import views as results
from guide.offline import views as offline
from guide.prints import views as prints
from guide.staff import entrance
from guide.staff import views as staff
from guide.translations import desk, sounds
from guide.web import signposts
from guide.web.requests import own_links_only

urlpatterns = [
    # First, as nine of ten requests are for it; no other address ends so.
    path("<slug:bundle>/ask", questionnaire.ask, name="ask"),
    path("", home.home, name="home"),
    path("region", home.choose_region, name="region"),
    path("look", home.change_look, name="look"),
    path("privacy", about.privacy, name="privacy"),
    path("accessibility", about.accessibility, name="accessibility"),
    path("wipe", filing.wipe, name="wipe"),
    path("offline.zip", offline.kit, name="offline-kit"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("c/", codes.ask_for_code, name="codes"),
    path("c/<path:code>", codes.open_by_code, name="code"),
    path("robots.txt", signposts.robots, name="robots"),
    path(".well-known/security.txt", signposts.security, name="security-txt"),
    path("faults", editors.faults, name="faults"),
    path("bundle.schema.json", editors.schema, name="schema"),
    path("staff/", staff.staff, name="staff"),
    path("staff/kiosk", kiosks.switch, name="kiosk"),
    path("kiosk/reset", kiosks.reset, name="kiosk-reset"),
    path("staff/figures", staff.figures, name="figures"),
    path("staff/halls", halls.import_halls, name="halls"),
    path("staff/halls.csv", halls.export_halls, name="halls-export"),
    path("staff/login", entrance.log_in, name="login"),
    path("staff/second-factor", entrance.second_factor, name="second-factor"),
    path("staff/second-factor/setup", entrance.set_up_second_factor, name="second-factor-setup"),
    path("staff/password", entrance.change_password, name="password"),
    path("staff/logout", entrance.log_out, name="logout"),
    path("desk/", desk.desk, name="desk"),
    path("desk/<slug:language>/", desk.messages, name="messages"),
    path("desk/<slug:language>/export.po", desk.export, name="export"),
    path("desk/<slug:language>/import", desk.upload, name="import"),
    path("desk/<slug:language>/recordings", desk.recordings, name="recordings"),
    path("desk/<slug:language>/<slug:id>", desk.message, name="message"),
    path("sound/<slug:language>/<slug:id>", sounds.sound, name="sound"),
    path("handover.schema.json", checking.handover_schema, name="handover-schema"),
    path("counter/", counter.home, name="counter"),
    path("counter/open", counter.open_case, name="counter-open"),
    path("counter/file", counter.open_file, name="counter-file"),
    path("counter/back", back, name="counter-back"),
    path("counter/next", counter.next_applicant, name="counter-next"),
    path("counter/facing", second_window.waiting, name="counter-waiting"),
    path("counter/<slug:bundle>/", counter.ask, name="counter-ask"),
    path("counter/<slug:bundle>/table", of_a_case(questionnaire.table), {"within": WITHIN}, name="counter-table"),
    path("counter/<slug:bundle>/facing", second_window.facing, name="counter-facing"),
    path("counter/<slug:bundle>/check", checking.check, name="counter-check"),
    path("counter/<slug:bundle>/missing.pdf", checking.missing, name="counter-missing"),
    path("counter/<slug:bundle>/handover", checking.handover, name="counter-handover"),
    path("counter/<slug:bundle>/handover.pdf", checking.handover_paper, name="counter-handover-paper"),
    path("counter/<slug:bundle>/handover.json", checking.handover_data, name="counter-handover-data"),
    path("counter/<slug:bundle>/receipt.pdf", checking.receipt, name="counter-receipt"),
    path("counter/<slug:bundle>/form", of_a_case(filing.form), {"within": WITHIN}, name="counter-form"),
    path("counter/<slug:bundle>/form/ready", of_a_case(filing.ready), {"within": WITHIN}, name="counter-form-ready"),
    path(
        "counter/<slug:bundle>/form.pdf",
        of_a_case(own_links_only("counter")(filing.form_paper)),
        {"within": WITHIN},
        name="counter-form-paper",
    ),
    path("prints", prints.prints, name="prints"),
    path("booklet.pdf", prints.booklet, name="booklet"),
    path("<slug:bundle>/", home.start, name="start"),
    path("<slug:bundle>/poster.pdf", prints.poster, name="poster"),
    path("<slug:bundle>/offline.html", offline.page, name="offline"),
    path("<slug:bundle>/map", editors.bundle_map, name="map"),
    path("<slug:bundle>/rules", editors.rules, name="rules"),
    path("<slug:bundle>/scenarios", editors.scenarios, name="scenarios"),
    path("<slug:bundle>/differences", editors.differences, name="differences"),
    path("<slug:bundle>/unconfirmed", editors.unconfirmed, name="unconfirmed"),
    path("<slug:bundle>/table", questionnaire.table, name="table"),
    path("<slug:bundle>/notice", results.notice, name="notice"),
    path("<slug:bundle>/notice.png", results.notice_image, name="notice-picture"),
    path("<slug:bundle>/notice.pdf", results.notice_paper, name="notice-paper"),
    path("<slug:bundle>/paper-plain.pdf", prints.citizens_paper, name="citizens-paper"),
    path("<slug:bundle>/paper.pdf", prints.questionnaire_paper, name="paper"),
    path("<slug:bundle>/list.pdf", results.list_paper, name="list-paper"),
    path("<slug:bundle>/calendar.ics", results.calendar, name="calendar"),
    path("<slug:bundle>/form", filing.form, name="form"),
    path("<slug:bundle>/form/ready", filing.ready, name="form-ready"),
    path("<slug:bundle>/form.pdf", filing.form_paper, name="form-paper"),
    path("api/<slug:bundle>/walk", results.api_walk, name="api-walk"),
]
