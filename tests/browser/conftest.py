"""Real browsers on a real server: every test here opens Chromium, as people do."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

from alignment.sample import company
from alignment.ui.synced import hook
from tests.browser import reading

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 60
SEAT = {"viewport": {"width": 1400, "height": 1200}}
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

expect.set_options(timeout=30_000)


@dataclass
class Server:
    """Accord on a free port of this machine, with a warehouse and a ledger of its own."""

    warehouse: Path
    folder: Path
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ledger(self) -> str:
        """Return the address of the ledger of one's own data, for a test that reads what was written."""
        return f"sqlite:///{self.folder / 'ledger.sqlite'}"

    @property
    def sample_ledger(self) -> str:
        """Return the address of the sample company's own ledger."""
        return f"sqlite:///{self.folder / 'sample-ledger.sqlite'}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        given = {
            "ACCORD_WAREHOUSE": str(self.warehouse),
            "ACCORD_LEDGER": self.ledger,
            "PYTHONDONTWRITEBYTECODE": "",  # the next server need not compile Accord again
            **self.environment,
        }
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.running = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | given, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self.url + "/_stcore/health")

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        if self.running:
            self.running.send_signal(signal.SIGTERM)
            self.running.wait(20)
            self.running = None


@dataclass
class Screen:
    """One person's browser, with the words that the tests speak."""

    page: Page
    name: str

    def field(self, name: str) -> Locator:
        """Return what holds a field's widgets; a criterion's card is opened for it."""
        if name.startswith("criteria."):
            self.open_card(name.split(".")[1])
        return self.page.locator(f".st-key-{hook(name)}")

    def open_card(self, criterion_id: str) -> Locator:
        """Return the card of a criterion, opened if it was closed."""
        card = self.page.locator(f".st-key-card_{hook(f'criteria.{criterion_id}')}")
        opener = card.locator(".accord-opener")
        opener.wait_for()
        self.settled()
        if opener.get_attribute("aria-expanded") == "false":
            opener.click()
            card.locator(".accord-range").first.wait_for()
        return card

    def thumb(self, name: str) -> Locator:
        """Return the number over a slider's thumb."""
        return self.field(name).locator(".accord-thumb")

    def value(self, name: str) -> int:
        """Return the number over a slider's thumb."""
        return int(self.thumb(name).inner_text())

    def press(self, name: str, key: str = "ArrowRight") -> None:
        """Move a slider by one key."""
        self.field(name).locator(".accord-range").focus()
        self.page.keyboard.press(key)

    def grab(self, name: str, by: int) -> None:
        """Take a slider's thumb with the mouse, move it `by` px and hold it."""
        self.thumb(name).hover(force=True)  # waits until the page above has found its height
        thumb, track = (
            self.thumb(name).bounding_box(),
            self.field(name).locator(".accord-range").bounding_box(),
        )
        x, y = thumb["x"] + thumb["width"] / 2, track["y"] + track["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by, y, steps=6)

    def release(self) -> None:
        """Let the thumb go."""
        self.page.mouse.up()

    @property
    def here(self) -> Locator:
        """Return the people shown as being here."""
        return self.page.get_by_role("list", name="Who is here").get_by_role("listitem")

    def note(self, name: str) -> Locator:
        """Return what a control says about its own field."""
        return self.field(name).locator(".accord-note")

    @property
    def toast(self) -> Locator:
        """Return the messages that pop up."""
        return self.page.get_by_test_id("stToast")

    def come_back(self) -> None:
        """Close what an earlier test left open: a list, a message."""
        self.page.mouse.up()
        self.page.keyboard.press("Escape")
        while self.toast.count():
            with suppress(Error):  # it may go by itself meanwhile
                self.toast.first.get_by_role("button").first.click(timeout=2_000)
        expect(self.toast).to_have_count(0)
        self.page.wait_for_function("accordBell.pending === null")
        self.settled()

    def settled(self) -> None:
        """Wait until no script is running for this screen, and what opens or closes has come to rest."""
        reading.at_rest(self.page)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str) -> None:
    """Wait until an address answers."""
    until = monotonic() + STARTS_WITHIN_S
    while monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            sleep(0.1)
        else:
            return
    pytest.fail(f"{url} did not answer within {STARTS_WITHIN_S} s")


@pytest.fixture(scope="module")
def browser():
    """Start Chromium: the one named by ACCORD_CHROMIUM, else the machine's, else Playwright's own.

    Playwright's event loop runs as long as it does: it ends with the file, before other tests need a loop.
    """
    found = os.environ.get("ACCORD_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Write a small sample company once."""
    path = tmp_path_factory.mktemp("warehouse") / "accord.duckdb"
    company.write(path, leads=2_000)
    return path


@pytest.fixture(scope="module")
def before_start():
    """Return what is done to a server before it starts; a file of tests may have its own."""
    return lambda _server: None


@pytest.fixture(scope="module")
def server(sample, tmp_path_factory, before_start):
    """Serve the sample company with a ledger that the tests of one file share."""
    started = Server(sample, tmp_path_factory.mktemp("server"))
    before_start(started)
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def profile(browser: Browser):
    """Return a function that opens somebody's own browser: once a file, so that it has our code already."""
    kept: dict[str, BrowserContext] = {}

    def opened(owner: str, **options) -> BrowserContext:
        known = f"{owner} {sorted(options.items())}"
        if known not in kept:
            kept[known] = browser.new_context(reduced_motion="reduce", **options)
        return kept[known]

    yield opened
    for context in kept.values():
        context.close()


@pytest.fixture
def new_tab(profile):
    """Return a function that opens a tab in somebody's own browser, closed after the test."""
    tabs = []

    def opened(owner: str, **options) -> Page:
        tabs.append(profile(owner, **options).new_page())
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.close()


@pytest.fixture
def person(new_tab, server: Server):
    """Return a function that seats a person in a new tab, each in a browser of their own."""

    def seat(name: str, side: str, path: str = "/definition", **options) -> Screen:
        page = new_tab(name, **SEAT | options)
        return seated(page, server, name, side, path)

    return seat


@pytest.fixture(scope="module")
def left_open():
    """Keep the tabs that `regular` opened, by who sits there and where."""
    return {}


@pytest.fixture
def regular(profile, server: Server, left_open):
    """Return a function that seats a person in the tab that they left open in the test before.

    To load a page takes a browser seconds. What was written is the server's and stays in any case; a tab that
    went elsewhere, or was closed, is opened anew.
    """

    def seat(name: str, side: str, path: str = "/definition", **options) -> Screen:
        key = (name, side, path, str(sorted(options.items())))
        screen = left_open.get(key)
        if screen is None or screen.page.is_closed() or urlsplit(screen.page.url).path != path:
            page = profile(name, **SEAT | options).new_page()
            left_open[key] = screen = seated(page, server, name, side, path)
        else:
            screen.come_back()
        return screen

    return seat


@pytest.fixture
def ada(regular):
    """Seat Ada of marketing."""
    return regular("Ada", "marketing")


@pytest.fixture
def bo(regular):
    """Seat Bo of sales."""
    return regular("Bo", "sales")


def seated(page: Page, server: Server, name: str, side: str, path: str) -> Screen:
    """Open a page as somebody and wait until they are seen to be here."""
    page.goto(f"{server.url}{path}?{urlencode({'name': name, 'side': side})}")
    screen = Screen(page, name)
    expect(screen.here.filter(has_text=re.compile(rf"{re.escape(name)} \(you\)"))).to_be_visible()
    screen.settled()
    return screen
