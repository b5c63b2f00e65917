"""Firefox and WebKit by the commands of W3C WebDriver: Firefox takes them through Marionette, WebKitGTK over HTTP.

A command that takes longer than `SECONDS` ends its browser, by the id of its processes, and fails.
"""

import base64
import json
import socket
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Protocol

SECONDS = 20  # for a command, and for a browser to start
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's name of a reference to an element
# Of each command: its method and path over HTTP. Marionette takes the same names and parameters.
COMMANDS = {
    "AddCookie": ("POST", "cookie"),
    "Back": ("POST", "back"),
    "ElementClear": ("POST", "element/{id}/clear"),
    "ElementClick": ("POST", "element/{id}/click"),
    "ElementSendKeys": ("POST", "element/{id}/value"),
    "ExecuteScript": ("POST", "execute/sync"),
    "FindElement": ("POST", "element"),
    "GetWindowHandle": ("GET", "window"),
    "Navigate": ("POST", "url"),
    "NewWindow": ("POST", "window/new"),
    "SetWindowRect": ("POST", "window/rect"),
    "SwitchToWindow": ("POST", "window"),
    "TakeScreenshot": ("GET", "screenshot"),
}
# The text of an element that is seen, in a list, for it may be empty
TEXT = """
  const found = document.querySelector(arguments[0]);
  return found && found.getClientRects().length && [found.innerText];
"""


class CommandFailed(Exception):
    """What the browser says of a command that it can't follow."""


class Transport(Protocol):
    """Sends a command, and gives its value back."""

    def __call__(self, command: str, parameters: dict[str, Any]) -> Any: ...


class Marionette:
    """Length and JSON, over a socket: `[0, id, name, parameters]` there, `[1, id, error, result]` back."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self._read()  # its greeting
        self("NewSession", {})

    def close(self) -> None:
        self.socket.close()

    def __call__(self, command: str, parameters: dict[str, Any]) -> Any:
        sent = json.dumps([0, 1, f"WebDriver:{command}", parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(sent), sent))
        _, _, error, result = self._read()
        if error:
            raise CommandFailed(f"{command}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def _read(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._some(1)
        body = b""
        while len(body) < int(head[:-1]):
            body += self._some(int(head[:-1]) - len(body))
        return json.loads(body)

    def _some(self, most: int) -> bytes:
        got = self.socket.recv(most)
        if not got:
            raise ConnectionError("the browser has gone")
        return got


class OverHttp:
    """The standard's own way."""

    def __init__(self, port: int, capabilities: dict[str, Any]) -> None:
        self.port = port
        made = self._asked("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = f"/session/{made['sessionId']}"

    def __call__(self, command: str, parameters: dict[str, Any]) -> Any:
        method, path = COMMANDS[command]
        return self._asked(method, f"{self.session}/{path.format(**parameters)}", parameters)

    def _asked(self, method: str, path: str, parameters: dict[str, Any]) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, json.dumps(parameters) if method == "POST" else None)
            answer = connection.getresponse()
            value = json.loads(answer.read())["value"]
        finally:
            connection.close()
        if answer.status != 200:
            raise CommandFailed(f"{path}: {value['message']}")
        return value


class Browser:
    """What a person does in a browser, and what they see."""

    def __init__(self, transport: Transport, kill: Callable[[], None], site: str) -> None:
        self.transport, self.kill, self.site = transport, kill, site

    def command(self, name: str, **parameters: Any) -> Any:
        try:
            return self.transport(name, parameters)
        except (OSError, HTTPException) as error:
            self.kill()
            raise AssertionError(f"{name} {parameters}: nothing came back within {SECONDS} s") from error

    def open(self, address: str) -> None:
        self.command("Navigate", url=self.site + address if address.startswith("/") else address)

    def run(self, script: str, *values: Any) -> Any:
        """What a function of this body returns; `arguments` are the values."""
        return self.command("ExecuteScript", script=script, args=list(values))

    def until(self, script: str, *values: Any, within: float = SECONDS) -> Any:
        """What the script returns as soon as that is something."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            try:
                if found := self.run(script, *values):
                    return found
            except CommandFailed:  # asked between two pages
                pass
            time.sleep(0.05)
        raise AssertionError(
            f"not within {within} s: {script} {values}, but {self.run('return document.body.innerText')}"
        )

    def sees(self, selector: str) -> str:
        """The text of an element that is seen, once it is."""
        return str(self.until(TEXT, selector)[0])

    def click(self, selector: str) -> None:
        self.command("ElementClick", id=self._element(selector))

    def type(self, selector: str, text: str) -> None:
        """Types into an emptied box."""
        box = self._element(selector)
        self.command("ElementClear", id=box)
        self.command("ElementSendKeys", id=box, text=text)

    def _element(self, selector: str) -> str:
        self.sees(selector)
        return str(self.command("FindElement", using="css selector", value=selector)[ELEMENT])

    def waits_for(self, part: str) -> None:
        """Until the address has that part."""
        self.until("return location.href.includes(arguments[0])", part)

    def new_window(self) -> str:
        """Opens a window and goes there."""
        window = str(self.command("NewWindow", type="window")["handle"])
        self.go_to(window)
        return window

    def go_to(self, window: str) -> None:
        self.command("SwitchToWindow", handle=window)

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.command("TakeScreenshot")))
