"""Runs our own scripts beside these tests in Node."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

NODE = shutil.which("node") or "node"
HERE = Path(__file__).parent


def in_node(script: str, *arguments: str, wishes: Iterable[Any] = ()) -> list[Any]:
    """What our own script prints, a line for each wish."""
    lines = "".join(json.dumps(wish) + "\n" for wish in wishes)
    command = [NODE, str(HERE / script), *arguments]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)  # noqa: S603
    return [json.loads(line) for line in done.stdout.splitlines()]
