"""For who watches over the guide: whether it lives, whether it can serve, and figures for Prometheus.

Nothing here knows of a person: requests are counted by the name of their address, never by the address itself.
"""

import hmac
import os
from functools import lru_cache
from time import perf_counter

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from bundles.faults import BundleError
from bundles.loading import catalogue
from guide.web.requests import Respond

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("guide_requests", "Requests by the name of their address and the status.", ("page", "status"))
TIMES = Histogram("guide_seconds", "Seconds until the answer was made.", ("page",), buckets=SECONDS)


def counted(respond: Respond) -> Respond:
    """Middleware, outermost: counts every answer and how long it took."""

    def answer(request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        response = respond(request)
        match = request.resolver_match
        page = (match.view_name if match else "") or "other"
        requests, times = _counters(page, response.status_code)
        requests.inc()
        times.observe(perf_counter() - start)
        return response

    return answer


@lru_cache(maxsize=1024)
def _counters(page: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(page, str(status)), TIMES.labels(page)


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """What can be served: questions need the bundles alone; forms, halls and the counter need the database too.

    503 only where not even questions can be answered.
    """
    found = {"questions": _catalogue_opens(), "database": _database_answers()}
    return JsonResponse(found, status=200 if found["questions"] else 503)


def _catalogue_opens() -> bool:
    try:
        return bool(catalogue().ids)
    except BundleError:
        return False


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of all workers; for who brings METRICS_TOKEN. Raises Http404 for everybody else."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    """Of all workers where they share a folder, as `config.serving` makes it; of this process else."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # registers itself
    return together
