"""CSV into text cells: DuckDB reads it; a file with damaged lines takes the careful way, row by row."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO, TypeAlias

import duckdb

from alignment.domain.reading import Reading
from alignment.errors import UnreadableFileError
from alignment.store.intake.csv_lines import Lines
from alignment.store.intake.dialect import (
    LONGEST_CELL,
    SPACES,
    Dialect,
    dialect_of,
    has_blank_lines,
    head_records,
    long_cells,
    too_long,
    whole_encoding,
)
from alignment.store.intake.header_row import HeaderRow
from alignment.store.intake.natives import natives_in, records_within
from alignment.store.intake.odd_rows import with_odd_rows
from alignment.store.intake.ragged import kept_apart, number_rows, ragged_rows
from alignment.store.intake.second_header import refuse_second_header
from alignment.store.intake.staged import (
    PROBLEM,
    ROW,
    SPILT,
    Part,
    Row,
    Staged,
    cells_of,
    problem,
    width_problem,
)
from alignment.store.intake.workbench import Workbench

Order: TypeAlias = Callable[[tuple[str, ...]], Sequence[str] | None]
"""Given the names of a file's columns, says in which order its cells are stored; None: any will do."""

_TRANSCODE_CHARACTERS = 1 << 22
_LARGEST_DAMAGED = 2 << 30
_UNCLOSED = re.compile("unexpected end of data")
_TOO_LONG = re.compile("field larger than field limit")


def stage_csv(bench: Workbench, path: Path, file: str, name: str, reading: Reading, order: Order) -> Staged:
    """Stage a CSV file; raise UnreadableFileError when it can't be read as a table.

    Where `order` gives one, it is staged in that order in the database that is built.
    """
    dialect = dialect_of(path, file, reading)
    staged = _staged_by_engine(bench, path, file, name, dialect, order)
    if staged is None and dialect.encoding == "utf-8" and (encoding := whole_encoding(path, file)) != "utf-8":
        dialect = dialect_of(path, file, reading, encoding)
        staged = _staged_by_engine(bench, path, file, name, dialect, order)
    if staged is None:
        staged = _staged_with_care(bench, path, file, name, dialect)
    (part,) = staged.parts
    return replace(staged, parts=(replace(part, has_semicolons=dialect.delimiter == ";"),))


def _staged_by_engine(
    bench: Workbench, path: Path, file: str, name: str, dialect: Dialect, order: Order
) -> Staged | None:
    """Stage the file as DuckDB reads it; None where its lines need more care than that."""
    if dialect.needs_care:
        return None
    readable = _readable(bench, path, file, name, dialect)
    staged = _staged_fast(bench, readable, file, name, dialect, order)
    if staged is None and not has_blank_lines(readable):
        staged = _staged_ragged(bench, readable, file, name, dialect)
    return staged


def _staged_with_care(bench: Workbench, path: Path, file: str, name: str, dialect: Dialect) -> Staged:
    if path.stat().st_size > _LARGEST_DAMAGED:
        raise UnreadableFileError(
            f"{file} has blank or damaged lines and is larger than {_LARGEST_DAMAGED >> 30} GB. "
            "Split it, or export it again."
        )
    rows = refuse_second_header(file, _careful_rows(path, file, dialect), dialect.header)
    return stage_rows(bench, file, name, dialect.header, rows)


def stage_rows(bench: Workbench, file: str, name: str, header: HeaderRow, rows: Iterable[Row]) -> Staged:
    """Stage rows that Python read, by way of a clean CSV file in the scratch folder."""
    _read_clean(bench, file, f"{name}_lines", rows, cells_of(header.headers))
    bench.run(
        f"create view scratch.{name}_rows as "
        f"select * replace (cast({ROW} as bigint) as {ROW}) from scratch.{name}_lines"
    )
    return _counted(bench, file, name, header)


def _read_clean(bench: Workbench, file: str, table: str, rows: Iterable[Row], cells: list[str]) -> None:
    """Read rows that Python read into a table, by way of a clean CSV file in the scratch folder."""
    clean = bench.folder.resolve() / f"{table}.clean.csv"
    with clean.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for number, wrong, spilt, values in rows:
            if any(len(value) > LONGEST_CELL for value in values):
                raise UnreadableFileError(too_long(f"{file}, row {number:,}"))
            writer.writerow((*values, wrong, spilt, number))
            if number % 100_000 == 0:
                bench.tell(f"Reading {file}, row {number:,}")
    Lines(f"scratch.{table}", [*cells, PROBLEM, SPILT, ROW]).read(bench, clean)
    clean.unlink()


def _staged_fast(
    bench: Workbench, readable: Path, file: str, name: str, dialect: Dialect, order: Order
) -> Staged | None:
    header, cells = dialect.header, cells_of(dialect.headers)
    ordered = order(dialect.headers.names)
    head = head_records(readable, file, "utf-8-sig", dialect.delimiter)[header.row :]
    within = records_within(readable, "utf-8", dialect.delimiter)
    natives = natives_in((*head, *within), len(cells))
    table = f"{'target' if ordered else 'scratch'}.{name}_lines"
    lines = Lines(table, cells, dialect.delimiter, header.row, natives, ordered or cells)
    try:
        read, written = lines.read(bench, readable)
    except duckdb.InvalidInputException:  # ragged or broken lines, or letters that are no UTF-8
        bench.run(f"drop table if exists {table}")
        return None
    if written != header.row + read and has_blank_lines(readable):
        bench.run(f"drop table {table}")  # blank lines were passed over: they would shift the numbers
        return None
    whole, first = lines.whole_natives(bench), header.row + 1
    bench.run(
        f"create view scratch.{name}_rows as select rowid + {first} as {ROW}, cast(null as varchar) as "
        f"{PROBLEM}, cast(null as varchar) as {SPILT}, {lines.shown(whole)} from {table}"
    )
    staged = replace(_counted(bench, file, name, header), natives=whole)
    if not ordered:
        return staged
    return replace(staged, lines=f"{name}_lines", looked_native=frozenset(natives), first_row=first)


def _staged_ragged(bench: Workbench, readable: Path, file: str, name: str, dialect: Dialect) -> Staged | None:
    """Stage a file of which some rows have a wrong width; None where more is wrong, or a table follows."""
    cells, width = cells_of(dialect.headers), len(dialect.headers.names)
    lines = Lines(
        f"scratch.{name}_lines", cells, dialect.delimiter, dialect.header.row, options=kept_apart(name)
    )
    try:
        lines.read(bench, readable)
        rows = ragged_rows(
            bench, name, dialect, lambda number, record: _fitted(number, record, width, dialect.delimiter)
        )
    except duckdb.InvalidInputException:
        rows = None
    if rows is None:
        bench.run(f"drop table if exists scratch.{name}_lines")
        return None
    _read_clean(bench, file, f"{name}_ragged", rows, cells)
    number_rows(bench, name, dialect)
    return _counted(bench, file, name, dialect.header)


def _readable(bench: Workbench, path: Path, file: str, name: str, dialect: Dialect) -> Path:
    """Return the file as UTF-8: itself, or a copy in the scratch folder."""
    if dialect.is_plain:
        return bench.link(path, f"{name}.csv")
    return _transcoded(bench, path, file, name, dialect)


def _counted(bench: Workbench, file: str, name: str, header: HeaderRow) -> Staged:
    (rows,) = bench.one(f"select count(*) from scratch.{name}_rows")
    if not rows:
        raise UnreadableFileError(f"{file} has a header but no rows. Export it again with its rows.")
    with_odd_rows(bench, name, header)
    return Staged(f"scratch.{name}", header.headers, (Part(file, rows, header.notes),))


def _transcoded(bench: Workbench, path: Path, file: str, name: str, dialect: Dialect) -> Path:
    """Return the file's text as UTF-8, in the scratch folder."""
    copy = bench.folder.resolve() / f"{name}.utf8.csv"
    with (
        path.open(encoding=dialect.encoding, newline="") as text,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        while block := _decoded(file, text):
            out.write(block)
    return copy


def _decoded(file: str, text: TextIO) -> str:
    try:
        return text.read(_TRANSCODE_CHARACTERS)
    except UnicodeError:
        raise UnreadableFileError(f"{file} breaks off inside a character. Export it again.") from None


def _careful_rows(path: Path, file: str, dialect: Dialect) -> Iterator[Row]:
    """Yield every row after the header; a row that doesn't fit the header comes with its problem."""
    width = len(dialect.headers.names)
    with path.open(encoding=dialect.encoding, newline="") as text, long_cells():
        reader = csv.reader(text, delimiter=dialect.delimiter, strict=True)
        for number, record in enumerate(_records(file, reader), 1):
            is_blank = isinstance(record, list) and not any(cell.strip(SPACES) for cell in record)
            if number > dialect.header.row and not is_blank:
                yield _fitted(number, record, width, dialect.delimiter)


def _records(file: str, reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """Yield each record as its cells, or, where its quotes are broken, what is wrong with it."""
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if _UNCLOSED.search(str(error)):
                raise UnreadableFileError(
                    f"{file}, row {number:,}: a quotation mark is opened and never closed, so the rows after "
                    "it can't be told apart. Close it and import again."
                ) from None
            if _TOO_LONG.search(str(error)):
                raise UnreadableFileError(too_long(f"{file}, row {number:,}")) from None
            yield problem("broken quotation marks", f"its quotation marks are broken ({error})")
        except UnicodeError:
            raise UnreadableFileError(f"{file} breaks off inside a character. Export it again.") from None


def _fitted(number: int, record: list[str] | str, width: int, delimiter: str) -> Row:
    if isinstance(record, str):
        return number, record, "", [""] * width
    if len(record) > width and not any(record[width:]):
        record = record[:width]
    if len(record) == width:
        return number, "", "", record
    spilt = delimiter.join(record)[:LONGEST_CELL]
    return number, width_problem(len(record), width), spilt, [""] * width
