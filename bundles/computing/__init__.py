"""The functions that bundles may name, by the matter they belong to."""

from . import homes as homes
from . import pensions as pensions
from . import survivors as survivors
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
