"""What the law sets, as data for static/offline/figures.js: the constants in capitals of the modules here.

A constant that isn't the law's (a unit, a type) begins with an underscore there.
"""

from collections.abc import Iterable
from types import ModuleType

from . import homes, pensions, survivors

# A function's name begins with that of its module; homes asks pensions for the age of retirement.
_READ = {"homes": (homes, pensions), "pensions": (pensions,), "survivors": (survivors,)}


def law_for(functions: Iterable[str]) -> dict[str, dict[str, object]]:
    """Of every module that these functions read (`homes.deed_tax`), its constants by name, as they are now."""
    modules = {module for name in functions for module in _READ.get(name.partition(".")[0], ())}
    return {_name(module): _constants(module) for module in sorted(modules, key=_name)}


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _constants(module: ModuleType) -> dict[str, object]:
    return {name: value for name, value in vars(module).items() if name.isupper() and not name.startswith("_")}
