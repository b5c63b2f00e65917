"""The proxy that is shipped, in front of the real server: TLS, limits, nothing of answers in its log, idle sockets."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from getpass import getuser
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from tests.config.test_serving import ANNOUNCED, HEADERS, QUESTION, SECONDS, Running, served

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
SHIPPED = Path(settings.BASE_DIR) / "config" / "deploy" / "nginx.conf"
IDLE = 200
NICE = 15  # as guide-papers.service has it
pytestmark = pytest.mark.xdist_group("server")
AROUND = """
daemon off;
user {user} {user};
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {shipped}
}}
"""


@dataclass(frozen=True)
class Proxy:
    port: int
    folder: Path

    def get(self, path: str, source: str = "127.0.0.1", **headers: str) -> HTTPResponse:
        """The answer through TLS, asked from an address of this machine."""
        trust = ssl.create_default_context(cafile=self.folder / "cert.pem")
        connection = HTTPSConnection(
            "guide.example", self.port, timeout=SECONDS, context=trust, source_address=(source, 0)
        )
        connection._create_connection = lambda _to, timeout, origin: socket.create_connection(  # type: ignore[attr-defined]
            ("127.0.0.1", self.port), timeout, origin
        )
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        connection.close()
        return response

    def socket(self, sent: bytes, source: str) -> socket.socket:
        trust = ssl.create_default_context(cafile=self.folder / "cert.pem")
        plain = socket.create_connection(("127.0.0.1", self.port), SECONDS, (source, 0))
        made = trust.wrap_socket(plain, server_hostname="guide.example")
        made.sendall(sent)
        return made


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def certificate(folder: Path) -> None:
    """A certificate of our own for guide.example, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "guide.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("guide.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def configured(folder: Path, plain: int, tls: int, behind: Running, papers: Running) -> Path:
    """The shipped configuration with the names and ports of this test, and nothing else changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    for shipped, here in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl http2;"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{behind.port};"),
        ("server 127.0.0.1:8001;", f"server 127.0.0.1:{papers.port};"),
        ("/etc/ssl/guide/fullchain.pem", f"{folder}/cert.pem"),
        ("/etc/ssl/guide/privkey.pem", f"{folder}/key.pem"),
        ("/var/log/nginx/guide.log", f"{folder}/guide.log"),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    file = folder / "nginx.conf"
    file.write_text(AROUND.format(folder=folder, shipped=text, user=getuser()))
    return file


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with proxied(tmp_path_factory.mktemp("proxy")) as proxy:
        yield proxy


@contextmanager
def proxied(folder: Path) -> Iterator[Proxy]:
    """The servers for questions and for papers behind the proxy, each on a port of its own."""
    certificate(folder)
    told = {"HTTPS": "1", "ALLOWED_HOSTS": "guide.example,localhost", "TRUSTED_PROXIES": "127.0.0.1"}
    with served(folder / "var", **told) as running, served(folder / "var", **told, WORKERS="1") as papers:
        os.setpriority(os.PRIO_PGRP, papers.pid, NICE)
        proxy = Proxy(free_port(), folder)
        file = configured(folder, free_port(), proxy.port, running, papers)
        process = subprocess.Popen([NGINX, "-p", folder, "-c", file])  # noqa: S603  # Debian's
        try:
            until_it_answers(proxy)
            yield proxy
        finally:
            process.terminate()
            process.wait(30)


def until_it_answers(proxy: Proxy) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if proxy.get(QUESTION).status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError((proxy.folder / "error.log").read_text())


def logged_until(proxy: Proxy, *lines: str) -> str:
    """The proxy's log once it holds these: nginx writes a line after its answer has gone out."""
    end = time.monotonic() + SECONDS
    while not all(line in (log := (proxy.folder / "guide.log").read_text()) for line in lines):
        assert time.monotonic() < end, log
        time.sleep(0.02)
    return log


def test_200_idle_sockets_stop_nobody(proxy: Proxy) -> None:
    """From a hundred addresses, each with two; a body that is announced, or a line that never ends."""
    with ExitStack() as idle:
        for number in range(IDLE):
            sent, source = (ANNOUNCED, HEADERS)[number % 2], f"127.0.0.{2 + number // 2}"
            idle.enter_context(closing(proxy.socket(sent.replace(b"localhost", b"guide.example"), source)))
        for _number in range(10):
            assert proxy.get(QUESTION).status == 200


def test_one_address_cannot_take_all_papers(proxy: Proxy) -> None:
    paper = "/newborn/poster.pdf?region=513301&size=A4"
    statuses = [proxy.get(paper, "127.0.1.1").status for _number in range(20)]
    assert 429 in statuses
    assert proxy.get(paper, "127.0.1.2").status in (200, 503)
    assert proxy.get(QUESTION, "127.0.1.1").status == 200


def test_its_log_holds_no_answer_and_no_case_code(proxy: Proxy) -> None:
    proxy.get("/newborn/ask?birth_date=2026-11-12&region=513301")
    proxy.get("/c/JXWF-50X3-CC8G-WD36")
    proxy.get("/bo/c/JXWF-50X3-CC8G-WD36/")
    log = logged_until(proxy, '"GET /newborn/ask" 200', '"GET /c/..."', '"GET /bo/c/..."')
    assert not re.search("birth_date|JXWF|513301", log)


def test_pages_are_compressed_and_sent_under_tls_alone(proxy: Proxy) -> None:
    page = proxy.get(QUESTION, **{"Accept-Encoding": "gzip"})
    assert page.getheader("Content-Encoding") == "gzip"
    assert "max-age" in (page.getheader("Strict-Transport-Security") or "")


def test_watching_is_for_this_machine_alone(proxy: Proxy) -> None:
    assert proxy.get("/health/live").status == 200
    assert proxy.get("/health/live", "127.0.0.9").status == 403


def test_a_body_past_the_limit_is_refused_here(proxy: Proxy) -> None:
    announced = b"POST /wipe HTTP/1.1\r\nHost: guide.example\r\nContent-Length: 99999999\r\n\r\n"
    with closing(proxy.socket(announced, "127.0.0.1")) as told:
        assert b" 413 " in told.recv(200)
