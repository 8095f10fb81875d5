"""Rules of work in a process of its own: its answer and its refusal come back, and its end harms nobody."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from alignment.errors import MappingError, UnreadableFileError
from alignment.store.apart import Apart, CancelledError

SECONDS = 20


def say_who(_on_progress):
    """Answer with the process that does the work."""
    return os.getpid()


def kill_yourself(_on_progress):
    """End as a process does whose memory is taken away."""
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(_on_progress):
    """Refuse as an import does."""
    raise MappingError("leads.created_at is mapped twice. Keep one of the two.")


def work_for_ever(folder: Path, on_progress):
    """Tell of progress until nobody listens, then tidy up."""
    (folder / "scratch").touch()
    try:
        while True:
            on_progress(0.5, "Half way")
            time.sleep(0.02)
    finally:
        (folder / "scratch").unlink()


def until(is_so):
    """Wait until something is so."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, "it never was"
        time.sleep(0.02)


def test_the_work_is_done_elsewhere_and_its_answer_comes_back():
    """A file that fells its reader must not fell the server of everybody else."""
    assert Apart(say_who).result() != os.getpid()


def test_a_refusal_comes_back_as_itself():
    """The page says what the reader said, word for word."""
    with pytest.raises(MappingError, match="mapped twice"):
        Apart(refuse).result()


def test_work_that_is_killed_becomes_a_sentence():
    """Nobody should wait for a process that is gone."""
    with pytest.raises(UnreadableFileError, match="broke off"):
        Apart(kill_yourself).result()


def test_progress_is_told_while_the_work_goes_on(tmp_path):
    """Long loads say how far they are."""
    work = Apart(partial(work_for_ever, tmp_path))

    until(lambda: work.share > 0)

    assert (work.share, work.words) == (0.5, "Half way")
    work.cancel()


def test_cancelled_work_ends_and_tidies_up(tmp_path):
    """A cancelled load leaves neither a process nor half a copy of somebody's leads."""
    work = Apart(partial(work_for_ever, tmp_path))
    until(lambda: work.share > 0)

    work.cancel()

    with pytest.raises(CancelledError):
        work.result()
    assert not (tmp_path / "scratch").exists()


@pytest.mark.parametrize("task", [say_who, refuse, kill_yourself])
def test_what_comes_afterwards_comes_however_it_ended(task):
    """The uploaded copies are deleted after a failure too."""
    ended = []

    work = Apart(task, lambda: ended.append("tidied up"))
    until(lambda: work.is_done)

    assert ended == ["tidied up"]
