"""From letting a slider go on one screen to the new value on the others, and to one's own answer.

All browsers run on this machine and share its cores, so the milliseconds are upper bounds. Beside them stands
what a page with one slider and one text takes in the same run: the floor of the framework here.
"""

import os
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from alignment.sample import company
from alignment.ui.synced import hook
from bench.results import record
from bench.start import server

MOVES = 20
WARM_UP = 3
PAUSE_MS = 2_500
"""Between two moves: people look at what a move did before they make the next."""
BELOW = 9
"""From the thumb's number to the thumb, in pixels."""
FIELD = f".st-key-{hook('levels.1.cutoff')}"
BARE, BARE_THUMB = ".st-key-bare", '[data-testid="stSliderThumbValue"]'
THUMB = ".accord-thumb"
SEEN_WITHIN_MS = 30_000
WATCH = """([field, thumb]) => {
    const now = () => performance.timeOrigin + performance.now();
    const last = (nodes) => [...nodes].at(-1)?.textContent ?? '';
    window.released = null;
    window.seen = new Map();
    addEventListener('pointerup', () => { window.released = now(); }, true);
    const look = () => {
        const texts = {
            thumb: last(document.querySelectorAll(`${field} ${thumb}`)),
            log: document.querySelector('.accord-log li, [data-testid="stMarkdown"] li')?.textContent ?? '',
        };
        for (const [what, text] of Object.entries(texts)) {
            const key = `${what} ${text.trim()}`;
            if (!window.seen.has(key)) window.seen.set(key, now());
        }
    };
    new MutationObserver(() => requestAnimationFrame(() => setTimeout(look)))
        .observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
"""Notes when a text was first painted: the frame after the change, and the moment after that frame."""

SEEN_AT = "(key) => [...window.seen].find(([found]) => found.startsWith(key))?.[1] ?? null"


def measure() -> None:
    """Measure a bare page, then ours with 2 and with 10 screens, all on this machine."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        company.write(Path(folder) / "accord.duckdb")
        found = os.environ.get("ACCORD_CHROMIUM") or which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with server(Path(folder), "bench/bare_page.py") as url:
            bare = _bare(browser, url)
        with server(Path(folder)) as url:
            for count in (2, 10):
                _measure(browser, url, count, bare)
        browser.close()


def _bare(browser: Browser, url: str) -> float:
    page = browser.new_context(viewport={"width": 1400, "height": 1200}, reduced_motion="reduce").new_page()
    page.goto(url)
    page.locator(BARE).locator(BARE_THUMB).wait_for()
    page.wait_for_timeout(1_500)
    page.evaluate(WATCH, [BARE, BARE_THUMB])
    taken = []
    for move in range(WARM_UP + MOVES):
        _, value, released = _dragged(page, BARE, BARE_THUMB, by=40 if move % 2 else -40)
        taken.append(_seen_at(page, f"log value {value}") - released)
        page.wait_for_timeout(400)
    page.context.close()
    record("live.bare_page.own_p50_ms", median(taken[WARM_UP:]), "ms")
    return median(taken[WARM_UP:])


def _measure(browser: Browser, url: str, count: int, bare: float) -> None:
    screens = [_seated(browser, url, place) for place in range(count)]
    for screen in screens:
        screen.evaluate(WATCH, [FIELD, THUMB])
    others, own = [], []
    for move in range(WARM_UP + MOVES):
        theirs, mine = _one_move(screens, by=12 if move % 2 else -12)
        if move >= WARM_UP:
            others += theirs
            own.append(mine)
    for screen in screens:
        screen.context.close()
    record(f"live.{count}_screens.p50_ms", median(others), "ms")
    record(f"live.{count}_screens.p95_ms", sorted(others)[int(len(others) * 0.95)], "ms")
    record(f"live.{count}_screens.own_p50_ms", median(own), "ms")
    record(f"live.{count}_screens.own_p95_ms", sorted(own)[int(len(own) * 0.95)], "ms")
    record(f"live.{count}_screens.bare_page_ratio", median(others) / bare, "x")


def _seated(browser: Browser, url: str, place: int) -> Page:
    page = browser.new_context(viewport={"width": 1400, "height": 1200}, reduced_motion="reduce").new_page()
    side = "sales" if place % 2 else "marketing"
    page.goto(f"{url}/definition?name=Person {place}&side={side}")
    page.locator(FIELD).locator(THUMB).wait_for()
    page.get_by_text(f"Person {place} (you)").wait_for()
    page.wait_for_timeout(1_500)
    return page


def _one_move(screens: list[Page], by: int) -> tuple[list[float], float]:
    """Drag on the first screen; return the ms until each other one showed slider and log, and the own log."""
    mover, *others = screens
    for screen in others:
        screen.evaluate("window.seen.clear()")
    before, value, released = _dragged(mover, FIELD, THUMB, by)
    log = f"log ● Person 0: cutoff of warm {before} → {value}"
    theirs = [max(_seen_at(screen, f"thumb {value}"), _seen_at(screen, log)) - released for screen in others]
    mine = _seen_at(mover, log) - released
    mover.wait_for_timeout(PAUSE_MS)
    return theirs, mine


def _dragged(page: Page, field: str, name: str, by: int) -> tuple[str, str, float]:
    """Drag the field's slider by so many pixels; return the value before, after, and when it was let go."""
    thumb = page.locator(field).locator(name).last
    thumb.hover(force=True)  # waits until the page above stands still
    box = thumb.bounding_box()
    before = thumb.inner_text()
    page.evaluate("window.seen.clear()")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] + BELOW
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=4)
    value = thumb.inner_text()
    page.mouse.up()
    return before, value, page.evaluate("window.released")


def _seen_at(screen: Page, key: str) -> float:
    screen.wait_for_function(f"(key) => ({SEEN_AT})(key) !== null", arg=key, timeout=SEEN_WITHIN_MS)
    return screen.evaluate(SEEN_AT, key)
