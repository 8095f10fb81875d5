"""Where servers are born: a process that has read all libraries once, and is forked for each server.

To read them costs a server most of its start, and the tests start two dozen. A server born here runs the same
command with the same arguments; only what Accord's own screens do when they are read is left to each one.
"""

import gc
import importlib
import json
import os
import signal
import sys
from functools import cache
from pathlib import Path
from time import monotonic, sleep

from streamlit.components.v2 import manifest_scanner
from streamlit.web import cli

ROOT = Path(__file__).parents[2]
READ_BEFORE = (
    "alignment.agreement",
    "alignment.imports",
    "alignment.live.route",
    "alignment.paper",
    "alignment.report",
    "alignment.whatif",
    "babel.dates",
    "babel.numbers",
    "numpy",
    "pandas",
    "plotly.graph_objects",
    "plotly.io",
    "sqlalchemy.dialects.sqlite",
    "starlette.applications",
    "streamlit.starlette",
    "streamlit.web.server.starlette",
    "uvicorn.protocols.http.h11_impl",
    "uvicorn.protocols.websockets.websockets_impl",
)
ENDS_WITHIN_S = 20


def main() -> None:
    """Start and end servers as told, a line of JSON an order, until whoever tells has gone."""
    sys.path.insert(0, str(ROOT))
    for name in READ_BEFORE:
        importlib.import_module(name)
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    manifest_scanner.scan_component_manifests()
    gc.collect()
    gc.freeze()
    born: set[int] = set()
    try:
        for line in sys.stdin:
            order = json.loads(line)
            if "end" in order:
                born.discard(order["end"])
                answer = end(order["end"])
            else:
                answer = bear(**order)
                born.add(answer)
            sys.stdout.write(f"{json.dumps(answer)}\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        pass  # whoever tells was stopped by hand, and has gone
    finally:
        for left in born:
            end(left)
    os._exit(0)  # Python's own farewell would have the engine list every object it still holds


def bear(arguments: list[str], environment: dict[str, str], log: str) -> int:
    """Fork a server; return its process."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream, end_of in ((0, os.open(os.devnull, os.O_RDONLY)), (1, out), (2, out)):
        os.dup2(end_of, stream)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["streamlit", *arguments]
    try:
        cli.main(arguments, standalone_mode=False)
    finally:
        sys.stdout.flush()
        os._exit(0)


def end(server: int) -> bool:
    """Stop a server; return whether it went when asked to."""
    os.kill(server, signal.SIGTERM)
    until = monotonic() + ENDS_WITHIN_S
    while monotonic() < until:
        if os.waitpid(server, os.WNOHANG)[0]:
            return True
        sleep(0.02)
    os.kill(server, signal.SIGKILL)
    os.waitpid(server, 0)
    return False


if __name__ == "__main__":
    main()
