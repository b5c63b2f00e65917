"""The functions that bundles may name, by the matter they belong to."""

from . import closures as closures
from . import disability as disability
from . import homes as homes
from . import marriages as marriages
from . import pensions as pensions
from . import survivors as survivors
from . import times_taken as times_taken
from .law import law_for
from .registry import (
    FIGURES,
    FUNCTIONS,
    Age,
    Days,
    Figure,
    Function,
    Money,
    Month,
    Months,
    Percent,
    Raw,
    Years,
    computes,
    figures,
)  # fmt: skip

__all__ = [
    "FIGURES", "FUNCTIONS", "Age", "Days", "Figure", "Function", "Money", "Month", "Months", "Percent", "Raw", "Years",
    "computes", "figures", "law_for",
]  # fmt: skip
