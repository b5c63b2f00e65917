"""A server with two workers, and clients that ask it as fast as it answers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench.figures import percentile

CONNECTIONS = 8


class Asked(NamedTuple):
    """A request as it goes over the line, without its last blank line; `body` is a form's."""

    path: str
    headers: str = ""
    body: str = ""


class Rate(NamedTuple):
    """Answers a second, and how long one took in milliseconds."""

    a_second: float
    p50: float
    p99: float


@contextmanager
def server(
    module: str = "config.serving", first: str = "/newborn/ask", **environment: str
) -> Iterator[tuple[int, int, float]]:
    """The server: its port, its process, and the seconds until it answered for the first time."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    told = {**os.environ, "DEBUG": "0", "PORT": str(port), **environment}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", module], env=told)  # noqa: S603  # ours
    try:
        while not _answers(port, first):
            time.sleep(0.02)
        yield port, process.pid, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def _answers(port: int, path: str) -> bool:
    try:
        return len(fetch(port, [Asked(path)])) == 1
    except OSError:
        return False


def fetch(port: int, asked: Sequence[Asked]) -> list[float]:
    """Asks one after the other on one connection; the milliseconds of those that were answered with 200."""
    times = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        stream = connection.makefile("rb")
        for one in asked:
            start = time.perf_counter()
            connection.sendall(_request(one))
            good = b" 200 " in stream.readline()
            length = 0
            while (header := stream.readline()) not in (b"\r\n", b""):
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            stream.read(length)
            if good:
                times.append((time.perf_counter() - start) * 1000)
    return times


def _request(asked: Asked) -> bytes:
    method = "POST" if asked.body else "GET"
    form = (
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(asked.body)}\r\n"
        if asked.body
        else ""
    )
    return f"{method} {asked.path} HTTP/1.1\r\nHost: localhost\r\n{asked.headers}{form}\r\n{asked.body}".encode()


def rate(port: int, asked: Sequence[Asked], connections: int = CONNECTIONS) -> Rate:
    """How fast they are answered over some connections at once."""
    shares = [asked[share::connections] for share in range(connections)]
    start = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        times = sorted(spent for share in pool.map(lambda share: fetch(port, share), shares) for spent in share)
    if len(times) < len(asked):
        raise SystemExit(f"only {len(times)} of {len(asked)} pages came with status 200")
    return Rate(len(times) / (time.perf_counter() - start), percentile(times, 50), percentile(times, 99))


def memory(pid: int) -> float:
    """Resident memory of a process's largest child in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max(_resident(child) for child in children)


def _resident(pid: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
