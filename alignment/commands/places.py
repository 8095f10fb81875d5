"""Where a command may write: into a folder that is there, never over what it reads, never over a database."""

from collections.abc import Iterable
from pathlib import Path

from alignment.errors import UnknownTermError

_DATABASES = ((0, b"SQLite format 3\0"), (8, b"DUCK"))
"""What the files of SQLite and of DuckDB hold, and from which byte on."""


def refuse_unwritable(into: Path, option: str, reads: Iterable[Path | None] = ()) -> None:
    """Raise UnknownTermError where no file can be written, or where it would harm what is there.

    That is one of those that are `reads` (or lies in a folder of them), or a database of any kind.
    """
    place = into.resolve()
    if place.is_dir() or not place.parent.is_dir():
        raise UnknownTermError(f"{option} needs a file in a folder that is there, got {into}.")
    for other in (each.resolve() for each in reads if each):
        if place == other or (other.is_dir() and place.parent == other):
            raise UnknownTermError(f"{option} would write over what is read, {into}. Name another file.")
    if place.is_file() and _is_database(place):
        raise UnknownTermError(f"{into} is a database: {option} writes over none. Name another file.")


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(32)
    return any(head[start:].startswith(mark) for start, mark in _DATABASES)
