"""To look at files before they are loaded, and to fetch tables of a database as files."""

import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from alignment.domain.contract import TABLES
from alignment.domain.reading import Reading
from alignment.domain.refusal import Refusal
from alignment.errors import (
    UnknownTermError,
)
from alignment.store import intake
from alignment.store.apart import Apart, OnProgress
from alignment.store.intake import (
    Preview,
)


def look_at(files: Sequence[tuple[Path, Reading]]) -> tuple[Preview | Refusal, ...]:
    """Return a preview of each file, opened as said, or why there is none; found in a process of its own."""
    return Apart(partial(_look_at, tuple(files))).result()


def _look_at(
    files: tuple[tuple[Path, Reading], ...], _on_progress: OnProgress
) -> tuple[Preview | Refusal, ...]:
    return tuple(_preview(path, reading) for path, reading in files)


def _preview(path: Path, reading: Reading) -> Preview | Refusal:
    try:
        return intake.preview(path, reading=reading)
    except Refusal as refusal:
        return refusal


@contextmanager
def fetched(
    source: str, tables: dict[str, str], on_progress: OnProgress | None = None
) -> Generator[dict[str, Path]]:
    """Fetch tables of the operator's database (our table → theirs) as files that are gone afterwards.

    `source` is the address of a PostgreSQL database or a DuckDB file. Raises WarehouseError where it can't be
    reached, UnreadableFileError for a table that is not there, UnknownTermError for a table that is not ours.
    """
    for table in tables:
        if table not in TABLES:
            raise UnknownTermError(f"“{table}” is no table. The tables are {', '.join(TABLES)}.")
    with tempfile.TemporaryDirectory(prefix="accord-") as folder:
        yield intake.fetch(source, intake.Wanted(tables), Path(folder), on_progress or _to_nobody)


def _to_nobody(_share: float, _words: str) -> None:
    """Tell nobody."""
