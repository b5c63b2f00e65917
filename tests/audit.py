"""`python -m tests.audit`: known vulnerabilities of what the guide depends on; it says where it has no data."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).parent.parent / "requirements.txt"
SECONDS = 90  # for all packages together


def found() -> list[dict[str, Any]] | None:
    """What pip-audit says of each package; None where it says nothing."""
    command: list[str | Path] = [
        Path(sys.executable).with_name("pip-audit"), "--requirement", REQUIREMENTS, "--disable-pip",
        "--require-hashes", "--format", "json", "--progress-spinner", "off", "--timeout", "10",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  # ours
        told: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return told


def verdict(told: list[dict[str, Any]] | None) -> tuple[int, list[str]]:
    """The exit status, and what to print: a vulnerability fails, missing data are named and don't."""
    if not told or all("skip_reason" in package for package in told):
        return 0, ["audit: no data on vulnerabilities can be had from here, nothing was audited"]
    holes = [
        f"audit: {package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions'])}"
        for package in told
        for hole in package.get("vulns", ())
    ]
    skipped = [package["name"] for package in told if "skip_reason" in package]
    missing = [f"audit: no data on {', '.join(skipped)}"] if skipped else []
    return (1 if holes else 0), [*holes, *missing, f"audit: {len(told) - len(skipped)} packages looked up"]


def main() -> int:
    status, lines = verdict(found())
    sys.stdout.write("\n".join([*lines, ""]))
    return status


if __name__ == "__main__":
    sys.exit(main())
