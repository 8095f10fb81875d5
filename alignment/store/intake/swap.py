"""A load beside the old one: one at a time, and the new file takes the old one's place in one step."""

import fcntl
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from alignment.errors import LoadUnderWayError, WarehouseError

_AT_LEAST_S = 0.3
"""So long a load tries in any case: whoever looks whether one is under way holds the lock for a moment."""
_EVERY_S = 0.05


@contextmanager
def only_load(
    target: Path, wait_s: float = 0.0, on_wait: Callable[[], None] = lambda: None
) -> Generator[None]:
    """Hold the target for one load, after waiting for the one before; a killed one lets go.

    Raises LoadUnderWayError while another one holds it after `wait_s` seconds. What `on_wait` raises ends the
    waiting.
    """
    held = _opened(target)
    try:
        end = time.monotonic() + max(wait_s, _AT_LEAST_S)
        while not _is_taken(held):
            if time.monotonic() > end:
                raise LoadUnderWayError(_under_way(target, wait_s))
            on_wait()
            time.sleep(_EVERY_S)
        yield
    finally:
        os.close(held)


def is_under_way(target: Path) -> bool:
    """Tell whether a load into the target runs at this moment, in whatever process."""
    try:
        held = os.open(_lock(target), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(held)
    return False


def _opened(target: Path) -> int:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return os.open(_lock(target), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(
            f"Nothing can be written to {target.parent}: {error.strerror or error}."
        ) from None


def _lock(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")


def _is_taken(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _under_way(target: Path, wait_s: float) -> str:
    still = f"Another load into {target.name} is still under way after {wait_s:,g} seconds."
    now = f"Another load into {target.name} is under way."
    return f"{still if wait_s else now} Wait until it has ended, then try again; --wait SECONDS waits for it."


def swap_in(built: Path, target: Path) -> None:
    """Put the finished file in the target's place; a crash leaves the old one or the new one."""
    _sync(built)
    built.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
