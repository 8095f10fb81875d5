"""Parquet into text cells; what the file knows of its types is kept."""

from pathlib import Path
from typing import Any

import duckdb

from alignment.errors import UnreadableFileError
from alignment.metrics.query import literal, quoted
from alignment.store.intake.headers import Headers
from alignment.store.intake.staged import PROBLEM, ROW, SPILT, Part, Staged
from alignment.store.intake.workbench import Workbench

_FIRST_ROW = 1
_WHOLE_UP_TO = 10**15


def stage_parquet(bench: Workbench, path: Path, file: str, name: str) -> Staged:
    """Stage a Parquet file; raise UnreadableFileError when it is damaged or has no rows."""
    source = _source(bench, path, name)
    try:
        described = bench.run(f"describe select * from {source}")
        headers = Headers.of(file, [row[0] for row in described])
        _stage(bench, name, source, described)
    except duckdb.Error as error:
        raise UnreadableFileError(
            f"{file} is no readable Parquet file: {str(error).splitlines()[0]}"
        ) from None
    (rows,) = bench.one(f"select count(*) from scratch.{name}")
    if not rows:
        raise UnreadableFileError(f"{file} has columns but no rows. Export it again with its rows.")
    typed = frozenset(place for place, row in enumerate(described) if row[1] != "VARCHAR")
    return Staged(f"scratch.{name}", headers, (Part(file, rows),), typed)


def head_of_parquet(bench: Workbench, path: Path, file: str, rows: int) -> tuple[Headers, list[list[str]]]:
    """Return the names and first rows of a Parquet file as texts; raise UnreadableFileError if damaged."""
    source = _source(bench, path, "head")
    try:
        described = bench.run(f"describe select * from {source}")
        cells = ", ".join(_as_text(row[0], row[1]) for row in described)
        found = bench.run(f"select {cells} from {source} limit {rows}")
    except duckdb.Error as error:
        raise UnreadableFileError(
            f"{file} is no readable Parquet file: {str(error).splitlines()[0]}"
        ) from None
    return Headers.of(file, [row[0] for row in described]), [[cell or "" for cell in row] for row in found]


def _source(bench: Workbench, path: Path, name: str) -> str:
    return f"read_parquet({literal(str(bench.link(path, f'{name}.parquet')))}, hive_partitioning = false)"


def _stage(bench: Workbench, name: str, source: str, described: list[tuple[Any, ...]]) -> None:
    cells = ", ".join(f"{_as_text(row[0], row[1])} as c{place}" for place, row in enumerate(described))
    bench.run(f"create table scratch.{name}_lines as select {cells} from {source}", "Reading the rows")
    bench.run(
        f"create view scratch.{name} as select rowid + {_FIRST_ROW} as {ROW}, "
        f"cast(null as varchar) as {PROBLEM}, cast(null as varchar) as {SPILT}, * from scratch.{name}_lines"
    )


def _as_text(column: str, kind: str) -> str:
    """Return the query text for a column as text; whole floats (ids beside gaps) lose their `.0`."""
    name = quoted(column)
    if kind in {"DOUBLE", "FLOAT"}:
        whole = f"{name} = trunc({name}) and abs({name}) < {_WHOLE_UP_TO}"
        number = (
            f"case when {whole} then cast(cast({name} as bigint) as varchar) else cast({name} as varchar) end"
        )
        return f"case when isfinite({name}) then {number} end"
    return f"nullif(trim(cast({name} as varchar), ' \t\r\n\u00a0'), '')"
