"""Engines that the tests of a process share: to start one takes ten times as long as to ask it."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from alignment.metrics.query import literal


@contextmanager
def opened(path: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """Open a warehouse file, read-only, and nothing beside it; its tables can be asked until it is closed."""
    engine = _reader()
    engine.execute(f"attach {literal(str(path))} as opened (read_only)")
    try:
        engine.execute("use opened")
        yield engine
    finally:
        engine.execute("use memory")
        engine.execute("detach opened")


def rows(path: Path, query: str, *values: object) -> list[tuple]:
    """Return the rows of a query on a warehouse file's own tables."""
    with opened(path) as engine:
        return engine.execute(query, values).fetchall()


@cache
def in_memory() -> duckdb.DuckDBPyConnection:
    """Return the engine to make tables in; the next one of a name takes its place."""
    return duckdb.connect()


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """Return the engine that reads: without a table of its own, its catalogue tells of the file alone."""
    return duckdb.connect()


def forget() -> None:
    """Close the engines."""
    for engine in (in_memory, _reader):
        engine().close()
        engine.cache_clear()
