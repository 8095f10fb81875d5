"""Parquet into text cells; what the file knows of its types is kept."""

import shutil
from pathlib import Path
from typing import Any

import duckdb

from alignment.errors import UnreadableFileError
from alignment.metrics.query import literal, quoted
from alignment.store.intake.dialect import LONGEST_CELL, too_long
from alignment.store.intake.headers import Headers
from alignment.store.intake.natives import YEARS, Native
from alignment.store.intake.staged import PROBLEM, ROW, SPILT, Part, Staged
from alignment.store.intake.workbench import Workbench

_WHOLE_UP_TO = 10**15
_MOST_ROWS_A_BYTE = 20  # keys alone take more than that
_SMALL = 1 << 20
_NATIVES = {
    "TIMESTAMP": Native.TIME,
    "DATE": Native.DAY,
    "BOOLEAN": Native.FLAG,
    **dict.fromkeys(("BIGINT", "INTEGER", "SMALLINT", "TINYINT"), Native.WHOLE),
}


def stage_parquet(bench: Workbench, path: Path, file: str, name: str) -> Staged:
    """Stage a Parquet file as it is; raise UnreadableFileError when it is damaged or has no rows."""
    source = _source(bench, path, name)
    try:
        described = bench.run(f"describe select * exclude file_row_number from {source}")
        headers = Headers.of(file, [row[0] for row in described])
        _refuse_bomb(bench, path, file, name)
        rows, odd, longest = _looked_through(bench, source, described)
        natives = _view(bench, name, source, described, odd)
    except duckdb.Error as error:
        raise UnreadableFileError(
            f"{file} is no readable Parquet file: {str(error).splitlines()[0]}"
        ) from None
    if longest > LONGEST_CELL:
        raise UnreadableFileError(too_long(file))
    if not rows:
        raise UnreadableFileError(f"{file} has columns but no rows. Export it again with its rows.")
    typed = frozenset(place for place, row in enumerate(described) if row[1] != "VARCHAR")
    return Staged(f"scratch.{name}", headers, (Part(file, rows),), typed, natives)


def head_of_parquet(bench: Workbench, path: Path, file: str, rows: int) -> tuple[Headers, list[list[str]]]:
    """Return the names and first rows of a Parquet file as texts; raise UnreadableFileError if damaged."""
    source = _source(bench, path, "head")
    try:
        described = bench.run(f"describe select * exclude file_row_number from {source}")
        cells = ", ".join(_as_text(row[0], row[1]) for row in described)
        found = bench.run(f"select {cells} from {source} limit {rows}")
    except duckdb.Error as error:
        raise UnreadableFileError(
            f"{file} is no readable Parquet file: {str(error).splitlines()[0]}"
        ) from None
    return Headers.of(file, [row[0] for row in described]), [[cell or "" for cell in row] for row in found]


def _source(bench: Workbench, path: Path, name: str) -> str:
    """Return the query text of the file's rows: of a copy, for somebody may write the file meanwhile."""
    copy = bench.folder.resolve() / f"{name}.parquet"
    if not copy.exists():
        shutil.copyfile(path, copy)
    return f"read_parquet({literal(str(copy))}, hive_partitioning = false, file_row_number = true)"


def _refuse_bomb(bench: Workbench, path: Path, file: str, name: str) -> None:
    """Raise UnreadableFileError where a file says that it holds more rows than its size can."""
    copy = bench.folder.resolve() / f"{name}.parquet"
    (rows,) = bench.one(f"select sum(num_rows) from parquet_file_metadata({literal(str(copy))})")
    if rows and rows > _MOST_ROWS_A_BYTE * max(path.stat().st_size, _SMALL):
        raise UnreadableFileError(
            f"{file} says that it holds {rows:,} rows, too many for its size. Export it again."
        )


def _looked_through(
    bench: Workbench, source: str, described: list[tuple[Any, ...]]
) -> tuple[int, frozenset[str], int]:
    """Return how many rows, the columns with spaces around a text or days of no year, the longest text.

    Every value is looked at once: a file that is damaged within is told so here.
    """
    asked = ", ".join(f"count(*) filter ({_is_odd(column, kind)})" for column, kind, *_ in described)
    lengths = (f"max(strlen({quoted(column)}))" for column, kind, *_ in described if kind == "VARCHAR")
    rows, longest, *counts = bench.one(
        f"select count(*), greatest(0, {', '.join(lengths) or 0}), {asked} from {source}", "Reading the rows"
    )
    names = [row[0] for row in described]
    odd = frozenset(name for name, count in zip(names, counts, strict=True) if count)
    return int(rows), odd, int(longest)


def _is_odd(column: str, kind: str) -> str:
    """Return the query text that tells whether a value can't be taken as it is written."""
    name = quoted(column)
    if kind == "VARCHAR":
        return f"{_as_text(column, kind)} is distinct from {name}"
    native = _NATIVES.get(kind)
    return f"{name} not {YEARS[native]}" if native in YEARS else f"{name} is null and {native is None}"


def _view(
    bench: Workbench, name: str, source: str, described: list[tuple[Any, ...]], odd: frozenset[str]
) -> dict[str, Native]:
    """Create the view of the rows; return which of its cells are native."""
    cells: list[str] = []
    natives: dict[str, Native] = {}
    for place, (column, kind, *_) in enumerate(described):
        is_plain = kind == "VARCHAR" and column not in odd
        cells.append(f"{quoted(column) if is_plain else _as_text(column, kind)} as c{place}")
        if kind in _NATIVES and column not in odd:
            natives[f"c{place}"] = _NATIVES[kind]
            cells.append(f"cast({quoted(column)} as {_NATIVES[kind]}) as n{place}")
    bench.run(
        f"create view scratch.{name} as select file_row_number + 1 as {ROW}, "
        f"cast(null as varchar) as {PROBLEM}, cast(null as varchar) as {SPILT}, {', '.join(cells)} "
        f"from {source}"
    )
    return natives


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
