"""A load beside the old one: one at a time, and the new file takes the old one's place in one step."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from alignment.errors import LoadUnderWayError, WarehouseError


@contextmanager
def only_load(target: Path) -> Generator[None]:
    """Hold the target for one load; raise LoadUnderWayError while another does. A killed one lets go."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        held = os.open(target.with_name(f".{target.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(
            f"Nothing can be written to {target.parent}: {error.strerror or error}."
        ) from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise LoadUnderWayError(
            f"Another load into {target.name} is under way. Wait until it has ended, then try again."
        ) from None
    try:
        yield
    finally:
        os.close(held)


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
