"""One gate a process for dear work: papers, the kit, imports. More than `PLACES` never take a thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

AT_ONCE = 1  # in a process
WAITING = 2  # more than these are told at once to come again
PLACES = AT_ONCE + WAITING
PATIENCE = 5.0  # seconds that one waits for a place
RETRY_SECONDS = 5  # what the answer says
ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponse])


class Full(Exception):
    """No place came free in time."""


class Gate:
    """Lets `at_once` in; up to `waiting` others wait for at most `patience` seconds."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._places = BoundedSemaphore(at_once)
        self._queue = BoundedSemaphore(at_once + waiting)
        self._patience = patience

    @contextmanager
    def entered(self) -> Iterator[None]:
        """A place as long as the work takes. Raises Full."""
        if not self._queue.acquire(blocking=False):
            raise Full
        try:
            if not self._places.acquire(timeout=self._patience):
                raise Full
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._queue.release()


_gate = Gate()


def dear(view: ViewT) -> ViewT:
    """A view whose work passes the gate; past it, a page that says when to ask again (503 with Retry-After)."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        try:
            with _gate.entered():
                return view(request, *args, **more)
        except Full:
            return _come_again(request)

    return opened  # type: ignore[return-value]  # takes what the view takes


def _come_again(request: HttpRequest) -> HttpResponse:
    again = request.get_full_path() if request.method == "GET" else ""
    response = render(request, "busy.html", {"again": again, "seconds": RETRY_SECONDS}, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    vars(response)["_has_been_logged"] = True  # that many ask at once is no fault of ours to look into
    return response
