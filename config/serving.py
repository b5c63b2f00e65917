"""Serves the guide: requests come from granian whole, answers go to it whole, so no thread of ours waits for a socket.

A body is awaited on the event loop, with a limit on its size and on its time; only then a thread works on the request.
An answer is handed over in one piece; granian keeps it for a reader who doesn't read. `python -m config.serving` starts
the workers, brings back one that died or grew too large, and ends those that don't stop.
"""

import asyncio
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from config.wsgi import application as django
from guide.web import gate
from guide.web.public import warn_if_unknown

QUESTION_THREADS = 4  # a worker's; more would only take the interpreter from each other
THREADS = QUESTION_THREADS + gate.PLACES  # papers, and those who wait for one, leave the others free
BODY_SECONDS = 30  # for a whole body to come
MOST_BODY = 20 * 1024 * 1024  # bytes; a translation's PO file is the largest that anybody sends
MOST_WAITING = 4 * MOST_BODY  # bytes of bodies that a worker keeps while they come
WORKER_MEMORY = 700  # MiB, past which a worker is replaced
STOP_SECONDS = 15  # for a worker to end what it does
RESPAWN_SECONDS = 8  # that a new worker has before the old one is told to end
SWITCH_SECONDS = 0.001  # after which a thread that works on a paper lets one that answers a question in
MOST_DEATHS, MINUTE = 20, 60.0  # of workers, in so many seconds
RSS_SECONDS = 10  # between two looks at a worker's memory
Headers = list[tuple[str, str]]


class Scope(Protocol):
    """What granian tells of a request (RSGI 1.6); `path` is decoded, `headers` are read by name, or all as pairs."""

    method: str
    path: str
    query_string: str
    scheme: str
    http_version: str
    server: str
    client: str
    authority: str | None
    headers: Any


class Answering(Protocol):
    """How granian takes an answer, and gives a body: chunk by chunk, as it comes."""

    def __aiter__(self) -> Any: ...

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...


class BodyRefused(Exception):
    """A body that isn't taken; carries the status of the answer."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class Server:
    """One worker's application. `answer` is a WSGI application."""

    def __init__(self, answer: Callable[..., Iterable[bytes]], body_seconds: float = BODY_SECONDS) -> None:
        self._answer = answer
        self._body_seconds = body_seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._waiting = 0  # bytes of bodies on their way
        sys.setswitchinterval(SWITCH_SECONDS)

    async def __rsgi__(self, scope: Scope, answering: Answering) -> None:
        try:
            body = await self._body(scope, answering)
        except BodyRefused as refused:
            answering.response_bytes(refused.status, [("connection", "close")], b"")
            return
        loop = asyncio.get_running_loop()
        answering.response_bytes(*await loop.run_in_executor(self._threads, self._answered, environ(scope, body)))

    async def _body(self, scope: Scope, answering: Answering) -> bytes:
        """The whole body. Raises BodyRefused for one that is too large, too slow, or one too many."""
        if "content-length" not in scope.headers and "transfer-encoding" not in scope.headers:
            return b""
        if _announced(scope) > MOST_BODY:
            raise BodyRefused(413)
        body = bytearray()  # one piece, however small those are in which it comes
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in answering:
                    body += chunk
                    self._waiting += len(chunk)
                    if self._waiting > MOST_WAITING:
                        raise BodyRefused(503)
                    if len(body) > MOST_BODY:
                        raise BodyRefused(413)
        except TimeoutError:
            raise BodyRefused(408) from None
        finally:
            self._waiting -= len(body)
        return bytes(body)

    def _answered(self, environ: dict[str, Any]) -> tuple[int, Headers, bytes]:
        told: list[tuple[int, Headers]] = []

        def start(status: str, headers: Headers, _error: Any = None) -> None:
            told.append((int(status.partition(" ")[0]), headers))

        pieces = self._answer(environ, start)
        try:
            body = b"".join(pieces)
        finally:
            if close := getattr(pieces, "close", None):
                close()
        status, headers = told[-1]
        return status, headers, body


def _announced(scope: Scope) -> int:
    """The length that the request announces; 0 where it says none that can be read."""
    length = scope.headers.get("content-length") or "0"
    return int(length) if length.isascii() and length.isdecimal() else 0


def environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """A request as WSGI has it (PEP 3333)."""
    host, _, port = scope.server.rpartition(":")
    told = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    told |= _as_variables(scope.headers.items())
    if scope.authority:
        told["HTTP_HOST"] = scope.authority
    if body or "CONTENT_LENGTH" in told:
        told["CONTENT_LENGTH"] = str(len(body))
    return told


def _as_variables(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by the names that CGI gives them, joined where one comes twice; with a `_` it could pass for another."""
    found: dict[str, str] = {}
    for name, value in headers:
        if "_" in name:
            continue
        plain = name.upper().replace("-", "_")
        key = plain if plain in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{plain}"
        between = "; " if plain == "COOKIE" else ","
        found[key] = f"{found[key]}{between}{value}" if key in found else value
    return found


application = Server(django)


def main() -> None:
    """Starts the workers; HOST, PORT, WORKERS and WORKER_MEMORY (MiB) of the environment say where and how many."""
    warn_if_unknown()
    multiprocessing.set_start_method("spawn")  # a worker reads the code anew, so that a reload brings what changed
    with TemporaryDirectory(prefix="guide-metrics-") as figures:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures  # where the workers' counts lie together
        _serve()


class Supervisor(Granian):  # type: ignore[misc, valid-type]  # one of several servers, by the system
    """Brings workers back however often they die, up to MOST_DEATHS a minute: then something else is wrong.

    Granian by itself ends with the second death of a worker within six seconds, so killing one twice would stop all.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)

    def _respawn_workers(self, workers: list[int], *args: Any, **more: Any) -> None:
        now = time.monotonic()
        in_a_minute = len(self._deaths) == MOST_DEATHS and now - self._deaths[0] < MINUTE
        self._deaths.extend(now for _worker in workers)
        super()._respawn_workers(workers, *args, **more)
        if not in_a_minute:
            self.respawned_wrks.clear()  # what granian counts a loop of crashes by


def _serve() -> None:
    Supervisor(
        "config.serving:application",
        address=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        interface=Interfaces.RSGI,
        workers=int(os.environ.get("WORKERS", "2")),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_max_rss=int(os.environ.get("WORKER_MEMORY", str(WORKER_MEMORY))),
        rss_sample_interval=RSS_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


if __name__ == "__main__":
    main()
