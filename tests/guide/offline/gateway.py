"""What lies between a phone and the site: it passes on what is asked, or answers itself, or hangs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that isn't the site's."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    after: float = 0.0  # seconds


class Gateway:
    """`says` answers for a path; the site does where it gives None."""

    def __init__(self, site: str) -> None:
        self.site = urlsplit(site).netloc
        self.says: Callable[[str], Reply | None] = lambda _path: None
        self.closed = Event()
        self.url = ""

    def passed_on(self, path: str, headers: dict[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
        line = HTTPConnection(self.site)
        line.request("GET", path, headers=headers | {"Host": self.site, "Accept-Encoding": "identity"})
        answer = line.getresponse()
        found = answer.status, answer.getheaders(), answer.read()
        line.close()
        return found


@contextmanager
def gateway(site: str) -> Iterator[Gateway]:
    between = Gateway(site)

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = between.says(self.path)
            if reply:
                until = time.monotonic() + reply.after
                while time.monotonic() < until and not between.closed.wait(0.05):
                    pass
                status, headers, body = reply.status, list(reply.headers.items()), reply.body.encode()
            else:
                status, headers, body = between.passed_on(self.path, dict(self.headers))
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Asked)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    between.url = f"http://localhost:{server.server_port}"
    yield between
    between.closed.set()
    server.shutdown()
    server.server_close()
