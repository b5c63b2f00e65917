"""Starts Firefox and WebKitGTK, a new one a test, and ends them by the id of their processes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.engines.driver import SECONDS, Browser, Marionette, OverHttp

PACKAGES = {"firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
MINI_BROWSER = "webkit2gtk-4*/MiniBrowser"  # in a folder of /usr/lib
# Firefox asks nobody for anything of its own
QUIET: dict[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "marionette.port": 0,  # one that is free
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
}


def installed(name: str) -> str:
    """Where a program lies."""
    found = shutil.which(name)
    assert found, f"{name} isn't installed: apt-get install {PACKAGES[name]} (.ci/run does it)"
    return found


def soon(look: Callable[[], Any]) -> Any:
    """What the function gives as soon as that is something; what isn't there yet may raise."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if found := look():
                return found
        except (OSError, ValueError):
            pass
        time.sleep(0.02)
    raise AssertionError(f"nothing within {SECONDS} s")


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody does; raises where nobody does yet."""
    socket.create_connection(("127.0.0.1", port), SECONDS).close()
    return True


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kills a process and all that it started: its group bears its id."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(SECONDS)


@contextmanager
def running(command: list[str], fds: tuple[int, ...] = (), **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process in a group of its own, ended afterwards."""
    process = subprocess.Popen(  # noqa: S603  # ours
        command,
        env=os.environ | environment,
        pass_fds=fds,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        end(process)


@contextmanager
def firefox(folder: Path, site: str, **more: bool | int | str) -> Iterator[Browser]:
    """Firefox with a profile of its own; `more` of its settings, with `__` for dots."""
    settings = QUIET | {name.replace("__", "."): value for name, value in more.items()}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items())
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    told = folder / "MarionetteActivePort"
    command = [installed("firefox-esr"), "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with running(command, MOZ_DISABLE_CONTENT_SANDBOX="1") as process:
        port = soon(lambda: int(told.read_text()))
        with closing(soon(lambda: Marionette(port))) as transport:
            yield Browser(transport, lambda: end(process), site)


@contextmanager
def webkit(display: str, site: str) -> Iterator[Browser]:
    """WebKitGTK's small browser, on a screen that nobody sees."""
    driver = installed("WebKitWebDriver")
    binary = next(Path("/usr/lib").glob(f"*/{MINI_BROWSER}"))
    port = free_port()
    options = {"binary": str(binary), "args": ["--automation"]}
    with running([driver, f"--port={port}"], DISPLAY=display, WEBKIT_DISABLE_COMPOSITING_MODE="1") as process:
        soon(lambda: listens(port))
        transport = OverHttp(port, {"webkitgtk:browserOptions": options})
        yield Browser(transport, lambda: end(process), site)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of an X screen for this run."""
    reads, writes = os.pipe()
    command = [installed("Xvfb"), "-displayfd", str(writes), "-screen", "0", "1400x1100x24", "-nolisten", "tcp"]
    with running(command, (writes,)):
        os.close(writes)
        with os.fdopen(reads) as number:
            yield f":{number.readline().strip()}"


@pytest.fixture(params=["firefox", "webkit"])
def browser(request: pytest.FixtureRequest, tmp_path: Path, live_server: LiveServer) -> Iterator[Browser]:
    """A new one, of each engine."""
    site = live_server.url
    if request.param == "firefox":
        with firefox(tmp_path, site) as started:
            yield started
    else:
        with webkit(request.getfixturevalue("display"), site) as started:
            yield started


@pytest.fixture
def forced_colours(tmp_path: Path, live_server: LiveServer) -> Iterator[Browser]:
    """A Firefox whose owner sees every page in white on black."""
    colours = {"foreground_color": "#ffffff", "background_color": "#000000"}
    more = {f"browser__display__{name}": value for name, value in colours.items()}
    dark = {f"browser__display__{name}__dark": value for name, value in colours.items()}
    with firefox(tmp_path, live_server.url, browser__display__document_color_use=2, **more, **dark) as started:
        yield started
