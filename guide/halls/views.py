"""Halls as a spreadsheet: out, and back in with every mistake named by its line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guide.halls.csvs import COLUMNS, FileRefused, Problem, read_halls, write_halls
from guide.halls.rights import regions_of
from guide.models import Hall
from guide.staff.auditing import log_deed
from guide.staff.guards import hall_editors_only, staff_of
from guide.web.gate import dear
from guide.web.requests import own_links_only

MOST_BYTES = 2 * 1024 * 1024


@hall_editors_only
@own_links_only("halls")
@require_safe
@dear
def export_halls(request: HttpRequest) -> HttpResponse:
    """The halls that the editor may change, as CSV."""
    mine = regions_of(staff_of(request))
    halls = Hall.objects.prefetch_related("windows", "hours", "days_off")
    log_deed(request, "export-halls")
    content = write_halls(halls if mine is None else halls.filter(region__in=mine))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="halls.csv"'
    return response


@hall_editors_only
@require_http_methods(["GET", "HEAD", "POST"])
@dear
def import_halls(request: HttpRequest) -> HttpResponse:
    """The page to send a file from; then how many halls it changed, or all that is wrong with it."""
    context: dict[str, object] = {"columns": COLUMNS}
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None or not 0 < (file.size or 0) <= MOST_BYTES:
            context["problems"] = [_("请选一个 CSV 文件，最大 2 MB。")]
        else:
            try:
                mended: list[Problem] = []
                changed = read_halls(file.read(), regions_of(staff_of(request)), mended)
                context |= {"taken": len(changed), "mended": [str(problem) for problem in mended]}
                log_deed(request, "import-halls", str(len(changed)))
                for name in changed:
                    log_deed(request, "edit-hall", name)
            except FileRefused as refused:
                context["problems"] = [str(problem) for problem in refused.problems]
    return render(request, "halls/import.html", context, status=400 if "problems" in context else 200)
