"""What all tests share."""

import gc
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from alignment import config
from tests import drawn, engine

_HOMES = count()
BROWSER = Path(__file__).parent / "browser"

# Time limits belong to the benchmarks: an example may take as long as a busy machine makes it take.
settings.register_profile("accord", deadline=None, print_blob=True)
settings.load_profile("accord")


def pytest_collection_modifyitems(items):
    """Mark every test of tests/browser, so that `-m "not browser"` leaves out what needs Chromium.

    Those files come first, then what draws its examples, then the others, the largest first: where several
    processes share the files, none ends long after the others, and each starts a browser once.
    """
    for item in items:
        if item.path.is_relative_to(BROWSER):
            item.add_marker(pytest.mark.browser)
    tests_in = Counter(item.path for item in items)
    items.sort(
        key=lambda item: (
            not item.path.is_relative_to(BROWSER),
            not item.path.stem.endswith("_property"),
            -tests_in[item.path],
            item.path,
        )
    )


def pytest_collection_finish():
    """Spare the garbage collector all that is imported by now: it would go through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure():
    """Let go of everything while it can still be let go of: the engine tells of what is left."""
    gc.unfreeze()
    drawn.forget()
    engine.forget()


@pytest.fixture(scope="session")
def homes(tmp_path_factory):
    """Return the folder where each test keeps what Accord would keep in `data`."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_settings(homes, monkeypatch):
    """Read the settings anew for each test; none finds or leaves a ledger in the project's `data`."""
    home = homes / str(next(_HOMES))
    monkeypatch.setenv("ACCORD_WAREHOUSE", str(home / "accord.duckdb"))
    monkeypatch.setenv("ACCORD_LEDGER", f"sqlite:///{home / 'ledger.sqlite'}")
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


@pytest.fixture
def given(tmp_path):
    """Open tables drawn in the test: `given(leads=…, deals=…, as_of=…)` is a snapshot of them."""

    def opened(*, name="drawn", as_of=None, time_zone="UTC", currency="EUR", **tables):
        facts = {"time_zone": time_zone, "currency": currency} | ({"as_of": as_of} if as_of else {})
        return drawn.snapshot(tmp_path / f"{name}.duckdb", tables, facts)

    return opened
