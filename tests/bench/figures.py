"""What a bench yields: figures with their aims; and how times are taken."""

import statistics
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Figure(NamedTuple):
    """`aim` is what the figure is to stay under or above, in words; "" where it is only told."""

    name: str
    value: float
    unit: str
    aim: str = ""


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of `work` over some rounds."""
    return statistics.median(_time_of(work, time.perf_counter) for _round in range(rounds))


def cpu_of(work: Callable[[], object]) -> float:
    """The milliseconds of CPU that this process needs for `work`."""
    return _time_of(work, time.process_time)


def _time_of(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return (clock() - start) * 1000


def spread(name: str, times: Iterable[float], aims: tuple[str, str, str] = ("", "", "")) -> list[Figure]:
    """Mean, 95th and 99th percentile of some milliseconds."""
    ordered = sorted(times)
    values = (statistics.fmean(ordered), percentile(ordered, 95), percentile(ordered, 99))
    labels = ("mean", "p95", "p99")
    return [
        Figure(f"{name}, {label}", value, "ms", aim) for label, value, aim in zip(labels, values, aims, strict=True)
    ]


def percentile(ordered: list[float], hundredths: int) -> float:
    """The value below which so many hundredths of the ordered values lie."""
    return ordered[min(len(ordered) - 1, len(ordered) * hundredths // 100)]
