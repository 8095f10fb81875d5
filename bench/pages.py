"""How soon a page stands when it is opened from another, and again when another period is chosen.

Every page is looked at once before it is measured: what is counted is a meeting under way, not the first
look of the day (that is `start.first_board_s`). A page stands when its script has ended and all pictures
within sight are drawn; those further down are drawn after it, one by one: `whole` counts until the last.
"""

import os
import re
import shutil
from math import ceil
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Locator, Page, sync_playwright

from alignment.sample import company
from alignment.ui.frame import PAGES, Entry
from bench import companies
from bench.results import record
from bench.start import SIGNED_IN, WITHIN_S, server

ROUNDS = 10
FOLDER = "together"
PERIODS = ("This quarter", "Last quarter")
STANDS = """([path, before]) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const title = document.querySelector('h1')?.textContent;
    const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
    return location.pathname === path && title && title !== before
        && app?.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-stale="true"]')
        && charts.every(chart => chart.querySelector('.main-svg'));
}"""
"""Another title than before, the script has ended, nothing of before is left, all within sight is drawn."""
WHOLE = """() => [...document.querySelectorAll('[class*="st-key-chart_"]')]
    .every(picture => picture.querySelector('.main-svg'))"""
"""All pictures are drawn, those out of sight too."""


def measure(sizes: tuple[str, ...]) -> None:
    """Measure every page of what we look at together, with the sample company and with larger ones."""
    for size in ("sample", *sizes):
        with TemporaryDirectory() as folder, sync_playwright() as playwright:
            given = Path(folder) / "accord.duckdb"
            if size == "sample":
                company.write(given)
            else:
                shutil.copy(companies.warehouse(size), given)
            found = os.environ.get("ACCORD_CHROMIUM") or which("chromium")
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
            with server(Path(folder)) as url:
                page.goto(url + SIGNED_IN)
                _measure(page, size)
            browser.close()


def _measure(page: Page, size: str) -> None:
    entries = [entry for entry in PAGES if entry.path.parts[0] == FOLDER and entry.is_listed]
    _wait(page, entries[0], "")
    opened: dict[str, list[float]] = {entry.path.stem: [] for entry in entries}
    filtered: dict[str, list[float]] = {entry.path.stem: [] for entry in entries}
    whole: dict[str, list[float]] = {entry.path.stem: [] for entry in entries}
    for round_number in range(ROUNDS + 1):
        for entry in [*entries[1:], entries[0]]:
            start = perf_counter()
            opened[entry.path.stem].append(_taken(page, _link(page, entry), entry))
            page.wait_for_function(WHOLE, timeout=1000 * WITHIN_S)
            whole[entry.path.stem].append(perf_counter() - start)
            if _has_period(page):
                option = PERIODS[round_number % len(PERIODS)]
                filtered[entry.path.stem].append(_taken(page, _option(page, option), entry))
    for what, taken in (("open", opened), ("whole", whole), ("filter", filtered)):
        for name, seconds in taken.items():
            if seconds[1:]:
                record(f"pages.{size}.{name}.{what}_p95_ms", 1000 * _p95(seconds[1:]), "ms")


def _taken(page: Page, target: Locator, entry: Entry) -> float:
    """Click, and return the seconds until the page stands."""
    before = page.locator("h1").first.inner_text()
    start = perf_counter()
    target.click()
    _wait(page, entry, before)
    return perf_counter() - start


def _wait(page: Page, entry: Entry, before: str) -> None:
    path = "/" if entry == PAGES[0] else f"/{entry.path.stem}"
    page.wait_for_function(STANDS, arg=[path, before], timeout=1000 * WITHIN_S)


def _link(page: Page, entry: Entry) -> Locator:
    return page.get_by_test_id("stTopNavLink").filter(has_text=entry.title)


def _has_period(page: Page) -> bool:
    return page.locator(".st-key-choose button").count() > 0


def _option(page: Page, name: str) -> Locator:
    """Open the list of periods; return the one of that name, or the other where it is chosen already."""
    page.locator(".st-key-choose button").click()
    field = page.get_by_test_id("stPopoverBody").get_by_label("Period")
    chosen = field.input_value()
    field.click()
    if chosen.startswith(name):
        name = next(other for other in PERIODS if other != name)
    return page.get_by_role("option", name=re.compile(f"^{name}"))


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[ceil(0.95 * len(seconds)) - 1]
