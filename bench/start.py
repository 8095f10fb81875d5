"""From starting the server to the board painted in a browser, with the sample company."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from playwright.sync_api import sync_playwright

from alignment.sample import company
from bench.results import record

ROOT = Path(__file__).parents[1]
WITHIN_S = 60
SIGNED_IN = "/?name=Bench&side=observer"
PAINTED = """() => {
    const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
    const app = document.querySelector('[data-testid="stApp"]');
    return app?.dataset.testScriptState === 'notRunning' && charts.length > 0
        && charts.every(chart => chart.querySelector('.main-svg'));
}"""


def measure() -> None:
    """Measure the first board after a start: nothing is warm but the files on disk."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        company.write(Path(folder) / "accord.duckdb")
        found = os.environ.get("ACCORD_CHROMIUM") or which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        start = perf_counter()
        with server(Path(folder)) as url:
            page.goto(url + SIGNED_IN)
            page.wait_for_function(PAINTED, timeout=1000 * WITHIN_S)
            taken = perf_counter() - start
        browser.close()
    record("start.first_board_s", taken, "s")


@contextmanager
def server(folder: Path, script: str = "dashboard.py") -> Iterator[str]:
    """Serve the warehouse in the folder, with a ledger beside it, or another script; yield the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "ACCORD_WAREHOUSE": str(folder / "accord.duckdb"),
        "ACCORD_LEDGER": f"sqlite:///{folder}/ledger.sqlite",
    }
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=os.environ | given, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/_stcore/health")
        yield url
    finally:
        running.terminate()
        running.wait()


def _wait_for(url: str) -> None:
    until = perf_counter() + WITHIN_S
    while perf_counter() < until:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - our own server
        except OSError:
            sleep(0.02)
        else:
            return
    raise TimeoutError(f"The server did not answer at {url} within {WITHIN_S} s.")
