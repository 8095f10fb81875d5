"""Folders for copies of people's files: held while they are used; what a killed process left is cleared."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Self

PREFIX = "accord-held-"
_LOCK = ".held"


@dataclass(frozen=True)
class HeldFolder:
    """A folder of its own that nobody else can read, until it is removed; a killed process lets go of it."""

    path: Path
    lock: int

    @classmethod
    def make(cls) -> Self:
        """Make one, after clearing those that nobody holds any more."""
        for left in _abandoned():
            shutil.rmtree(left, ignore_errors=True)
        path = Path(mkdtemp(prefix=PREFIX))
        unheld = path / f"{_LOCK}.new"  # nobody takes the lock under that name
        lock = os.open(unheld, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        unheld.rename(path / _LOCK)
        return cls(path, lock)

    def remove(self) -> None:
        """Delete the folder and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self.lock)


def _abandoned() -> Iterator[Path]:
    for path in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            lock = os.open(path / _LOCK, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield path
            finally:
                os.close(lock)
