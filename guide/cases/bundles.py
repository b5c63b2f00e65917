"""The bundles of the catalogue as the site opens them."""

import logging
from functools import cache

from django.http import Http404
from django.utils.translation import gettext as _

from bundles.dictionary import Region
from bundles.faults import BundleError
from bundles.loading import UnknownBundle, UnknownRegion, catalogue
from bundles.model import Bundle
from guide.web.rules import rules_of


def all_bundles() -> list[Bundle]:
    """Every bundle as it holds in the province. One that can't be read is left out, and the log says why."""
    return bundles_in(None)


def bundles_in(region: str | None) -> list[Bundle]:
    """The same as they hold in a region. Raises UnknownRegion."""
    return [bundle for id in catalogue().ids if (bundle := readable(id, region)) is not None]


@cache
def readable(id: str, region: str | None = None) -> Bundle | None:
    """The bundle in a region; None where it can't be read, and the log says why.

    Raises UnknownBundle, UnknownRegion.
    """
    try:
        return rules_of(catalogue, id, region)
    except BundleError as error:
        logging.getLogger(__name__).exception("%s can't be read:\n%s", id, error)
        return None


def open_bundle(id: str, region: str | None) -> tuple[Bundle, Region]:
    """The bundle in a region. Raises Http404 in words where either is unknown, or the bundle can't be read."""
    try:
        place = catalogue().region(region)
        return rules_of(catalogue, id, place.code), place
    except UnknownBundle:
        raise Http404(_("没有“{name}”这件事。").format(name=id[:60])) from None
    except BundleError as error:
        logging.getLogger(__name__).error("%s can't be read:\n%s", id, error)  # its faults say all
        raise Http404(_("“{name}”的规则正在修改，这会儿打不开。请到窗口办理。").format(name=id)) from None
    except UnknownRegion:
        raise Http404(_("没有代码是“{name}”的地区。").format(name=(region or "")[:60])) from None
