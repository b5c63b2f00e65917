"""What grows with the number of bundles: the catalogue as it is, and with copies of its bundles under other ids.

Each size is measured in a process of its own: `python -m tests.bench.growth 60` prints its figures as JSON.
"""

import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bundles.loading import CATALOGUE, PROVINCE, Catalogue, catalogue
from bundles.proving.proofs import prove
from bundles.walking.editions import edition
from bundles.walking.walks import navigation_of
from tests.bench.figures import Figure, milliseconds

SIZES = (16, 60)
ALIKE = 1.5  # times, what grows as the number of bundles does


def growth_figures() -> Iterator[Figure]:
    """Each figure at the largest size, with what it is to the smallest, bundle for bundle."""
    small, large = (_in_a_process(size) for size in SIZES)
    more = SIZES[1] / SIZES[0]
    for name, value in large.items():
        unit = "MB" if "memory" in name else "ms"
        yield Figure(f"{name}, {SIZES[0]} bundles", small[name], unit)
        yield Figure(f"{name}, {SIZES[1]} bundles", value, unit)
        aim = f"≤ {ALIKE}" if value > 1 else ""
        yield Figure(f"{name}, growth to that of bundles", value / max(small[name], 0.001) / more, "", aim)


def _in_a_process(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.growth", str(size)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # ours
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def copied(folder: Path, size: int) -> None:
    """A catalogue of so many bundles: each as often as it takes, under ids of their own."""
    shutil.copytree(CATALOGUE, folder, dirs_exist_ok=True)
    bundles = sorted(path.parent for path in CATALOGUE.glob("*/bundle.yaml"))
    for number, bundle in enumerate(islice(cycle(bundles), len(bundles), size)):
        shutil.copytree(bundle, folder / f"{bundle.name}-{number}")


def measured(folder: Path) -> dict[str, float]:
    """The figures of a catalogue in this process, whose site shows no other."""
    Catalogue.__init__.__defaults__ = (folder,)  # before anything opens the one that comes with the program
    figures: dict[str, float] = {}

    def take(name: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        figures[name] = (time.perf_counter() - start) * 1000

    import config.wsgi  # noqa: F401, PLC0415  # sets Django up, once the catalogue is another
    from tests.bench.pages import get  # noqa: PLC0415  # the same

    opened = catalogue()
    today = date.today()  # noqa: DTZ011  # any day
    take("load all bundles", lambda: [opened.bundle(id) for id in opened.ids])
    take("open them in 205 regions", lambda: [opened.bundle(id, code) for id in opened.ids for code in opened.regions])
    rules = [edition(opened.bundle(id), today) for id in opened.ids]
    take("compile them", lambda: [navigation_of(one) for one in rules])
    six = opened.ids[:6]
    take("prove the first six", lambda: [prove(opened.bundle(id), PROVINCE, today, opened.common) for id in six])
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    take("first home page", partial(get, "/"))
    figures["home page"] = milliseconds(partial(get, "/"), 9)
    take("first search", partial(get, _typed("生孩子")))
    figures["search"] = milliseconds(partial(get, _typed("上户口")), 9)
    return figures


def _typed(word: str) -> str:
    return f"/?find={word}".encode().decode("latin-1")


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        copied(Path(made), int(sys.argv[1]))
        json.dump(measured(Path(made)), sys.stdout)
