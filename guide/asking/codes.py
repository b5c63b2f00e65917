"""Case codes: all answers of a walk, typed in at any counter or scanned."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bundles.results.case_codes import CodeError, plain
from guide.cases.codes import GROUP, MOST_SHOWN, code_in, code_problem, read_code


@require_safe
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """The box for a code, and the way from it to the code's address."""
    typed = plain(code_in(request.GET.get("code", "")).replace("/", ""))
    if typed:
        return HttpResponseRedirect(reverse("code", args=[grouped(typed[:MOST_SHOWN])]))
    return render(request, "asking/code.html", {"typed": "", "problem": ""})


def grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


@require_safe
def open_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The notice that a code stands for; a wrong code says which part can't be right."""
    code = code_in(code)
    try:
        read = read_code(code)
    except CodeError as error:
        context = {
            "typed": grouped(plain(code)[:MOST_SHOWN]),
            "problem": code_problem(error, plain(code)),
            "groups": _groups(error, plain(code)[:MOST_SHOWN]),
        }
        return render(request, "asking/code.html", context, status=404)
    page = "ask" if read.missing else "notice"
    return HttpResponseRedirect(f"{reverse(page, args=[read.bundle.id])}?{read.query}")


def _groups(error: CodeError, code: str) -> list[tuple[str, bool]]:
    """The code's groups, and whether each holds a suspect character."""
    suspects = {place // GROUP for place in error.positions}
    return [(code[start : start + GROUP], start // GROUP in suspects) for start in range(0, len(code), GROUP)]
