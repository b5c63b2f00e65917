"""YAML -> model: what is written in `catalogue/` becomes bundles, and every fault is named with file and line."""

from .catalogue import CATALOGUE, PROVINCE, Catalogue, UnknownBundle, UnknownRegion, catalogue

__all__ = ["CATALOGUE", "PROVINCE", "Catalogue", "UnknownBundle", "UnknownRegion", "catalogue"]
