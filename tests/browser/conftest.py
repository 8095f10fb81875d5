"""Real browsers on a real server: every test here opens Chromium, as people do.

What is dear to start is started once for all files that a process runs: Chromium, the browsers of those who
are always there, what servers are born of. What a file may change is its own: server, ledger, tabs, storage.
"""

import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode, urlsplit
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, sync_playwright
from playwright.sync_api import expect as expect_of

from alignment.sample import company
from alignment.ui.synced import hook
from tests.browser import reading
from tests.browser.reading import expect

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 60
SEAT = {"viewport": {"width": 1400, "height": 1200}}
REGULARS = {"Ada", "Bo"}
HEALTH = "/_stcore/health"
CAN_FORK = sys.platform == "linux"
"""Elsewhere a process that has libraries open is not safe to fork, or can't be."""
NURSERY = Path(__file__).with_name("nursery.py")
GRABS, TAKEN_WITHIN_MS = 3, 3_000
PORTS = range(20_000, 30_000)
"""Below those that systems give to connections."""
SAID_AT_MOST, LINES_AT_MOST = 1_500, 30
FIELDS = """() => [...document.querySelectorAll("input, textarea")].map(
    each => `${each.ariaLabel ?? each.labels?.[0]?.textContent ?? each.id}: ${each.value}`)"""
BELL = """() => JSON.stringify(window.accordBell ?? null, (name, value) =>
    ["socket", "ticket", "list", "note"].includes(name) ? undefined : value) + ` at ${performance.now()}`"""
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

expect_of.set_options(timeout=reading.WITHIN_MS)

_said: WeakKeyDictionary[Page, deque[str]] = WeakKeyDictionary()
"""What went wrong in each tab, in its own words."""


class Nursery:
    """What starts servers and stops them, each on a port that the one before it had: browsers know it."""

    def __init__(self) -> None:
        self._ports: dict[int, bool] = {}

    @cached_property
    def _process(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, NURSERY], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def port(self) -> int:
        """Return a port for a server, until it is given back."""
        port = next((port for port, is_taken in self._ports.items() if not is_taken), None) or free_port()
        self._ports[port] = True
        return port

    def give_back(self, port: int) -> None:
        """Let the next server have a port."""
        self._ports[port] = False

    def bear(self, arguments: list[str], environment: dict[str, str], log: Path) -> int:
        """Start a server; return its process."""
        return self._told({"arguments": arguments, "environment": environment, "log": str(log)})

    def end(self, process: int) -> None:
        """Stop a server and wait until it is gone."""
        assert self._told({"end": process}), "the server did not stop when asked to"

    def close(self) -> None:
        """Stop what is still served, and all else here."""
        if "_process" in vars(self):
            self._process.communicate()

    def _told(self, order: dict[str, object]) -> int:
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


@dataclass
class Server:
    """Accord on a port of this machine, with a warehouse and a ledger of its own."""

    nursery: Nursery
    warehouse: Path
    folder: Path
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    running: int | subprocess.Popen[bytes] | None = None

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

    @property
    def log(self) -> Path:
        """Return the file of what it said."""
        return self.folder / "server.log"

    def start(self, *, by_itself: bool = not CAN_FORK) -> None:
        """Start it, by itself as people do or in the nursery, and wait until it answers."""
        self.port = self.port or self.nursery.port()
        given = {
            "ACCORD_WAREHOUSE": str(self.warehouse),
            "ACCORD_LEDGER": self.ledger,
            "PYTHONDONTWRITEBYTECODE": "",  # the next server need not compile Accord again
            **self.environment,
        }
        arguments = ["run", "dashboard.py", "--server.port", str(self.port)]
        if by_itself:
            command = [sys.executable, "-m", "streamlit", *arguments]
            with self.log.open("ab") as log:
                self.running = subprocess.Popen(
                    command, cwd=ROOT, env=os.environ | given, stdout=log, stderr=log, start_new_session=True
                )
        else:
            self.running = self.nursery.bear(arguments, os.environ | given, self.log)
        wait_for(self.url + HEALTH)

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        if isinstance(self.running, subprocess.Popen):
            self.running.terminate()
            self.running.wait(20)
        elif self.running:
            self.nursery.end(self.running)
        self.running = None


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Have a server serve until one is done with it."""
    server.start()
    try:
        yield server
    finally:
        server.stop()
        server.nursery.give_back(server.port)


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
        """Take a slider's thumb with the mouse, move it `by` px and hold it.

        Who misses it, for the page moved in that very moment, takes it again.
        """
        was = self.thumb(name).inner_text()
        for _ in range(GRABS):
            self._reach(name, by)
            with suppress(AssertionError):
                expect(self.thumb(name)).not_to_have_text(was, timeout=TAKEN_WITHIN_MS)
                return
            self.release()
            self.settled()
        pytest.fail(f"the thumb of {name} could not be taken")

    def _reach(self, name: str, by: int) -> None:
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
        for toast in reversed(self.toast.all()):
            with suppress(Error):  # it may go by itself meanwhile
                toast.get_by_role("button", name="Close").click(timeout=2_000)
        expect(self.toast).to_have_count(0)
        self.page.wait_for_function("accordBell.pending === null", polling=reading.OFTEN)
        self.settled()

    def answered(self) -> None:
        """Wait until the server has answered what was moved here."""
        self.page.wait_for_function("accordNews.asks.size === 0", polling=reading.OFTEN)

    def settled(self) -> None:
        """Wait until no script is running for this screen, and what opens or closes has come to rest."""
        reading.at_rest(self.page)


def free_port() -> int:
    """Return a port that nobody listens on, and that no connection is given while its server is away."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Add to a failure what each screen showed and what the servers said: nobody else was there to see it."""
    report = yield
    if report.failed and call.when != "teardown":
        given = getattr(item, "funcargs", {}).values()
        for browser in (each for each in given if isinstance(each, Browser)):
            for page in (page for context in browser.contexts for page in context.pages):
                if not page.url.endswith(HEALTH):
                    report.sections.append((f"Screen {page.url}", shown_on(page)))
        for server in (each for each in given if isinstance(each, Server) and each.log.exists()):
            said = server.log.read_text(errors="replace").splitlines()[-LINES_AT_MOST:]
            report.sections.append((f"Server {server.url}", "\n".join(said)))
    return report


def shown_on(page: Page) -> str:
    """Return the beginning of what a tab shows, what its fields hold, and what went wrong in it."""
    try:
        text = page.locator("body").inner_text(timeout=2_000)[:SAID_AT_MOST]
        fields = page.evaluate(FIELDS)
        bell = page.evaluate(BELL)
    except Error as error:
        text, fields, bell = f"could not be read: {error}", [], ""
    said = ["-- fields:", *fields, "-- bell:", bell, "-- went wrong:", *_said.get(page, ())]
    return "\n".join([text, *said])


def listened_to(context: BrowserContext) -> BrowserContext:
    """Note what goes wrong in the tabs of a browser; return it."""

    def note(page: Page | None, text: str) -> None:
        if page:
            _said.setdefault(page, deque(maxlen=LINES_AT_MOST)).append(text)

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            note(said.page, f"{said.text} ({said.location['url']})")

    context.on("console", hear)
    context.on("weberror", lambda said: note(said.page, str(said.error)))
    return context


@pytest.fixture(scope="package")
def browser():
    """Start Chromium: the one named by ACCORD_CHROMIUM, else the machine's, else Playwright's own.

    The tabs of one person share a process, and with it the code that was compiled for the first of them: so
    it need not be parsed again, beside that, while it comes in.
    Playwright's event loop runs as long as it does: it ends with these files, before other tests need a loop.
    """
    found = os.environ.get("ACCORD_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--process-per-site", "--disable-features=ScriptStreaming"]
        started = playwright.chromium.launch(executable_path=found, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="package")
def nursery():
    """Start what servers are born of."""
    started = Nursery()
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
def server(nursery, sample, tmp_path_factory, before_start):
    """Serve the sample company with a ledger that the tests of one file share."""
    started = Server(nursery, sample, tmp_path_factory.mktemp("server"))
    before_start(started)
    with serving(started):
        yield started


@pytest.fixture(scope="package")
def at_home():
    """Keep the browsers of those who are always there, from file to file, as theirs are from day to day."""
    return {}


@pytest.fixture(scope="module")
def profile(browser: Browser, server: Server, at_home):
    """Return a function that opens somebody's own browser; it keeps what it was told until the file ends."""
    here: dict[tuple[str, str], BrowserContext] = {}

    def opened(owner: str, **options) -> BrowserContext:
        key = (owner, str(sorted(options.items())))
        if key not in here:
            here[key] = at_home.pop(key, None) or listened_to(
                browser.new_context(reduced_motion="reduce", **options)
            )
            rest(here[key], server)
        return here[key]

    yield opened
    for (owner, options), context in here.items():
        if owner in REGULARS:
            rest(context, server)
            at_home[owner, options] = context
        else:
            context.close()


def rest(context: BrowserContext, server: Server) -> None:
    """Close what is open in a browser, forget what it was told; a small page keeps its process and code."""
    small = context.new_page()
    small.goto(server.url + HEALTH)
    small.evaluate("localStorage.clear()")
    context.clear_cookies()
    for page in context.pages:
        if page is not small:
            page.close()


@pytest.fixture(scope="module")
def open_tab(profile):
    """Return a function that opens a tab in somebody's own browser; it stays open until the file ends.

    The size of its window and whether it is dark are the tab's: a browser serves all of them.
    """

    def opened(owner: str, *, viewport=None, color_scheme=None, **options) -> Page:
        page = profile(owner, **options).new_page()
        if viewport:
            page.set_viewport_size(viewport)
        if color_scheme:
            page.emulate_media(color_scheme=color_scheme)
        return page

    return opened


@pytest.fixture
def new_tab(open_tab):
    """Return a function that opens a tab in somebody's own browser, closed after the test."""
    tabs = []

    def opened(owner: str, **options) -> Page:
        tabs.append(open_tab(owner, **options))
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
def regular(open_tab, server: Server, left_open):
    """Return a function that seats a person in the tab that they left open in the test before.

    To load a page takes a browser seconds. What was written is the server's and stays in any case; a tab that
    went elsewhere, or was closed, is opened anew.
    """

    def seat(name: str, side: str, path: str = "/definition", **options) -> Screen:
        key = (name, side, path, str(sorted(options.items())))
        screen = left_open.get(key)
        if screen is None or screen.page.is_closed() or urlsplit(screen.page.url).path != path:
            page = open_tab(name, **SEAT | options)
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
