"""Rules of loads that run by themselves: what failed is known to every process until a load comes in."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from alignment.errors import LoadUnderWayError
from alignment.store.intake import failed_load, note_failed
from alignment.store.intake.failure import KILLED
from alignment.store.intake.swap import is_under_way, only_load

LEADS = "lead_id,created_at\nada,2026-07-01\n"
WORKER = """
import sys, time
from pathlib import Path
from alignment.store.intake import Sources, load

def tell(share, words):
    print("begun", flush=True)
    time.sleep(60)

load(Sources(Path(sys.argv[1])), Path(sys.argv[2]), on_progress=tell)
"""


@pytest.fixture
def stuck(write, tmp_path):
    """Start a load that has begun and goes no further; killed at the end, if not before."""
    command = [sys.executable, "-c", WORKER, write("leads.csv", LEADS), tmp_path / "accord.duckdb"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as load:
        assert load.stdout.readline() == "begun\n"
        yield load
        load.kill()


def test_a_failure_is_known_until_a_load_comes_in(loaded, tmp_path):
    """What is on screen is old for as long as that, and no longer."""
    target = tmp_path / "accord.duckdb"
    note_failed(target, ("leads.csv",), "leads.csv is empty.")
    assert failed_load(target).why == "leads.csv is empty."
    assert failed_load(target).files == ("leads.csv",)

    loaded(leads=LEADS)

    assert failed_load(target) is None


def test_a_load_that_fails_leaves_no_mark_of_its_own(loaded, tmp_path):
    """Who called it decides whether the failure is news."""
    with pytest.raises(ValueError, match="has a header but no rows"):
        loaded(leads="lead_id,created_at\n")

    assert failed_load(tmp_path / "accord.duckdb") is None


def test_a_load_under_way_has_not_failed(stuck, tmp_path):
    """It may still come in."""
    assert stuck.poll() is None
    assert is_under_way(tmp_path / "accord.duckdb")
    assert failed_load(tmp_path / "accord.duckdb") is None


def test_a_killed_load_has_failed_although_it_could_not_say_so(stuck, tmp_path):
    """A machine that goes down at night tells nobody."""
    os.kill(stuck.pid, signal.SIGKILL)
    stuck.wait()

    assert failed_load(tmp_path / "accord.duckdb").why == KILLED


def test_a_note_that_is_none_is_no_failure(tmp_path):
    """Half a file, or somebody else's, must not fell a page."""
    (tmp_path / ".accord.duckdb.failed").write_text('{"at": 3', encoding="utf-8")

    assert failed_load(tmp_path / "accord.duckdb") is None


def test_a_second_load_waits_for_the_first_as_long_as_it_was_told(tmp_path):
    """The scheduler's next run must not be lost because the one before took a minute more."""
    target, waited, go_on = tmp_path / "accord.duckdb", Event(), Event()

    def hold():
        with only_load(target):
            waited.wait(20)
        go_on.set()

    first = Thread(target=hold)
    first.start()
    while not is_under_way(target):
        time.sleep(0.01)

    with only_load(target, wait_s=20, on_wait=waited.set):
        assert go_on.wait(20)
    first.join()


def test_a_second_load_that_has_waited_long_enough_is_refused(tmp_path):
    """Bounded: a load that hangs must not hang every other behind it."""
    with (
        only_load(tmp_path / "accord.duckdb"),
        pytest.raises(LoadUnderWayError, match=r"still under way after 0\.4 seconds"),
        only_load(tmp_path / "accord.duckdb", wait_s=0.4),
    ):
        pass
