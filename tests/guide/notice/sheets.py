"""On how many sheets notices are printed: `python -m tests.guide.notice.sheets [bundle …]` does all scenarios.

In normal print; in Chinese at most 2 pages in the median and 4 at worst, in Tibetan with Chinese twice as many.
"""

import io
import sys
from collections.abc import Iterator
from statistics import median

from django.test.utils import setup_databases
from django.utils import translation
from pypdf import PdfReader

import config.wsgi  # noqa: F401  # sets Django up, before the site below is imported
from bundles.loading import catalogue
from guide.notice.paper import notice_paper_of
from guide.notice.rows import Telling
from guide.papers import notice_pdf, words_now
from tests.guide.test_every_bundle import finished

LANGUAGES = (("zh-hans", 2, 4), ("bo", 4, 8))


def all_printed(ids: list[str], language: str) -> Iterator[tuple[int, str, str]]:
    """How many pages the notice of each scenario has."""
    with translation.override(language):
        for id in ids:
            for scenario, walk in finished(id):
                telling = Telling(walk, catalogue().region(scenario.region or "510000"))
                pdf = notice_pdf(notice_paper_of(telling, "https://guide.example/"), words_now(), both=language == "bo")
                yield len(PdfReader(io.BytesIO(pdf)).pages), id, scenario.id


def main(ids: list[str]) -> None:
    setup_databases(verbosity=0, interactive=False)
    for language, middle, most in LANGUAGES:
        rows = sorted(all_printed(ids or list(catalogue().ids), language))
        pages, id, name = rows[-1]
        over = sum(row[0] > most for row in rows)
        told = f"median {median(row[0] for row in rows)} [{middle}], worst {pages} ({id} {name}) [{most}]"
        sys.stdout.write(f"{language}: {told}, {over} over\n")


if __name__ == "__main__":
    main(sys.argv[1:])
