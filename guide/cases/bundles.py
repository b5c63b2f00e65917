"""The bundles of the catalogue as the site opens them."""

import logging
from functools import cache

from django.http import Http404
from django.utils.translation import gettext as _

from bundles.faults import BundleError
from bundles.loading import UnknownBundle, UnknownRegion, catalogue
from bundles.model import Bundle, Region


def all_bundles() -> list[Bundle]:
    """Every bundle as it holds in the province. One that can't be read is left out, and the log says why."""
    return [bundle for id in catalogue().ids if (bundle := _readable(id)) is not None]


@cache
def _readable(id: str) -> Bundle | None:
    try:
        return catalogue().bundle(id)
    except BundleError as error:
        logging.getLogger(__name__).exception("%s can't be read:\n%s", id, error)
        return None


def open_bundle(id: str, region: str | None) -> tuple[Bundle, Region]:
    """The bundle in a region. Raises Http404 in words where either is unknown."""
    try:
        place = catalogue().region(region)
        return catalogue().bundle(id, place.code), place
    except UnknownBundle:
        raise Http404(_("没有“{name}”这件事。").format(name=id[:60])) from None
    except UnknownRegion:
        raise Http404(_("没有代码是“{name}”的地区。").format(name=(region or "")[:60])) from None
