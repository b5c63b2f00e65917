"""Prints the figures as a table, and writes them into `var/bench.json`.

`make bench ARGS="pages load"` takes some parts.
"""

import json
import sys

from django.conf import settings

import config.wsgi  # noqa: F401  # sets Django up, before the site below is imported
from tests.bench import growth, load, pages, rules

PARTS = {
    "rules": (rules.rules_figures,),
    "pages": (pages.page_figures,),
    "papers": (pages.paper_figures, pages.weasy_figures, rules.paper_figures),
    "load": (load.load_figures,),
    "growth": (growth.growth_figures,),
}


def main() -> None:
    figures = []
    for part in sys.argv[1:] or PARTS:
        for figures_of in PARTS[part]:
            for figure in figures_of():
                print(f"{figure.name:<62}{figure.value:>12,.2f} {figure.unit:<10}{figure.aim}", flush=True)
                figures.append(figure._asdict())
    (settings.VAR_DIR / "bench.json").write_text(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
