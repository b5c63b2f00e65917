"""Takes form.json out of a form's PDF, in a process of its own: `python guide/counter/attached.py < form.pdf`.

A PDF can be made so that reading it takes minutes or gigabytes. The process has limits on both, and knows nothing of
the site. It prints what is attached; it exits with NOTHING_ATTACHED or UNREADABLE where there is none to print.
"""

import resource
import subprocess
import sys
from io import BytesIO

from pypdf import PdfReader

ATTACHED = "form.json"
MOST_ATTACHED = 1024 * 1024  # bytes
MEMORY = 400 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 5
SECONDS = 10  # in all
NOTHING_ATTACHED, UNREADABLE = 3, 4


class NothingAttached(ValueError):
    """The PDF can be read and carries no form.json."""


class Unreadable(ValueError):
    """The PDF can't be read within the limits."""


def attached(pdf: bytes) -> bytes:
    """What is attached to a form's PDF as form.json, at most MOST_ATTACHED bytes.

    Raises NothingAttached; raises Unreadable for what is no PDF, is too large inside, or takes too long.
    """
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # ours
    except subprocess.TimeoutExpired:
        raise Unreadable from None
    if done.returncode == NOTHING_ATTACHED:
        raise NothingAttached
    if done.returncode or len(done.stdout) > MOST_ATTACHED:
        raise Unreadable
    return done.stdout


def main() -> int:
    """What the process does; its exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        found = PdfReader(BytesIO(sys.stdin.buffer.read())).attachments.get(ATTACHED, [])
        content = bytes(found[0]) if found else b""
    except Exception:  # pypdf raises whatever a broken file makes it stumble over
        return UNREADABLE
    if not found:
        return NOTHING_ATTACHED
    if len(content) > MOST_ATTACHED:
        return UNREADABLE
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
