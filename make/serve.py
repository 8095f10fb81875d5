"""Serve Accord on this machine alone, with the sample company on the first start."""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click
from streamlit.web import cli as streamlit

SAMPLE = Path("data/accord.duckdb")
LAST_PORT = 65_535


def main(wanted: str) -> int:
    """Write the sample company if there is nothing to show, then serve; return only if that can't be."""
    if complaint := port_complaint(wanted):
        print(complaint, file=sys.stderr)
        return 1
    if code := ensure_warehouse():
        return code
    with suppress(click.Abort, KeyboardInterrupt):
        streamlit.main(["run", "dashboard.py", "--server.port", wanted], standalone_mode=False)
    print("Accord has stopped.", flush=True)
    # All is written by now. Python's own farewell would have the engine list every object it still holds.
    os._exit(0)


def ensure_warehouse() -> int:
    """Write the sample company where no data of one's own is named or loaded; return the exit code."""
    if os.environ.get("ACCORD_WAREHOUSE") or SAMPLE.exists():
        return 0
    print("Writing the sample company, the first time only ...", flush=True)
    SAMPLE.parent.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "alignment", "demo", "--into", SAMPLE], check=False
    ).returncode


def port_complaint(wanted: str) -> str | None:
    """Return what is wrong with the port, as a sentence to act on, or None."""
    if not wanted.isdecimal() or not 0 < int(wanted) <= LAST_PORT:
        return f"PORT must be a number from 1 to {LAST_PORT}, got '{wanted}'. Try: make run PORT=8502"
    try:
        socket.create_connection(("localhost", int(wanted)), timeout=1).close()
    except OSError:
        return None
    other = int(wanted) % LAST_PORT + 1
    return f"Port {wanted} is taken. Stop the program that uses it, or take another: make run PORT={other}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
