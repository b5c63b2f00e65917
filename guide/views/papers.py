"""The blank questionnaire on paper: the same for everybody, so one that was made is kept."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from guide.cases import open_bundle, region_of
from guide.keeping import Kept
from guide.papers import words_now
from guide.papers.questionnaire import questionnaire_pdf
from guide.questionnaires import questionnaire_paper_of
from guide.showing import wants_both, wants_large

MOST_PAPERS = 24  # half a megabyte each; in Tibetan one takes seconds to make
KEPT: Kept[bytes] = Kept(MOST_PAPERS)


@require_safe
def questionnaire_paper(request: HttpRequest, bundle: str) -> HttpResponse:
    """The questionnaire as PDF: `?region=`, else the region chosen before; `?large=1` and `?both=1` as everywhere."""
    known = region_of(request)
    opened, region = open_bundle(bundle, request.GET.get("region") or (known.code if known else None))
    today, large, both = timezone.localdate(), wants_large(request), wants_both(request)
    link = request.build_absolute_uri(f"{reverse('start', args=[bundle])}?region={region.code}")
    key = (opened, today, link, translation.get_language(), large, both)
    pdf = KEPT.get(key)
    if pdf is None:
        pdf = questionnaire_pdf(questionnaire_paper_of(opened, region, today, link, large), words_now(), both)
        KEPT.put(key, pdf)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{bundle}-paper.pdf"'
    return response
