"""One engine for all that the tests of a process ask: to start one takes ten times as long as to ask it."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from alignment.metrics.query import literal


@contextmanager
def opened(path: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """Open a warehouse file, read-only; its own tables can be asked until it is closed again."""
    engine = in_memory()
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
    """Return the engine; a table that a test makes in it is replaced by the next one of that name."""
    return duckdb.connect()
