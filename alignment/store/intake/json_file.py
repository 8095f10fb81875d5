"""JSON lines, or one list of objects, into text cells; a damaged line is set aside with its number."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb

from alignment.domain.reading import NO_HEADER
from alignment.errors import UnreadableFileError
from alignment.metrics.query import literal, quoted
from alignment.store.intake.csv_file import stage_rows
from alignment.store.intake.dialect import LONGEST_CELL, SPACES, encoding_of, refuse_endless_line
from alignment.store.intake.header_row import HeaderRow
from alignment.store.intake.headers import Headers
from alignment.store.intake.staged import PROBLEM, ROW, SPILT, Part, Row, Staged, cells_of, problem
from alignment.store.intake.workbench import Workbench

_NUMBERS = frozenset({"BIGINT", "UBIGINT", "HUGEINT", "DOUBLE", "BOOLEAN"})
_LARGEST_DAMAGED = 2 << 30
_NO_OBJECTS = "json"
_NUMBERED = re.compile(r"(.*)_\d+")
_LETTERS_AT_MOST = 1 << 12


def is_json(head: bytes) -> bool:
    """Tell whether a file begins with an object, or with a list of objects."""
    text = head.decode("utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", errors="replace")
    start = "".join(text.split())[:2]
    return start in {'{"', "{}", "[{"}


def stage_json(bench: Workbench, path: Path, file: str, name: str) -> Staged:
    """Stage a file of JSON objects; raise UnreadableFileError when it can't be read as a table."""
    encoding, needs_care = encoding_of(path, file)
    is_list = _is_list(path, encoding)
    if not is_list:
        refuse_endless_line(path, file)
    if encoding == "utf-8" and (is_list or not needs_care):
        with suppress(duckdb.Error):  # a damaged line, or names that differ in their capitals alone
            return _staged_fast(bench, path, file, name, is_list=is_list)
        bench.run(f"drop table if exists scratch.{name}_lines")
    if is_list:
        raise UnreadableFileError(
            f"{file} is no whole list of JSON objects in UTF-8. Export it again, as JSON lines if you can."
        )
    if path.stat().st_size > _LARGEST_DAMAGED:
        raise UnreadableFileError(f"{file} has blank or damaged lines and is larger than 2 GB. Split it.")
    keys = _keys(path, encoding)
    if not keys:
        raise UnreadableFileError(f"{file} is no JSON of one object a line. Export it as JSON lines.")
    headers = Headers.of(file, keys)
    rows = _careful_rows(path, encoding, keys)
    return stage_rows(bench, file, name, HeaderRow(NO_HEADER, (), headers), rows)


def _staged_fast(bench: Workbench, path: Path, file: str, name: str, *, is_list: bool) -> Staged:
    form = "array" if is_list else "newline_delimited"
    link = literal(str(bench.link(path, f"{name}.json")))
    options = f"format = '{form}', maximum_object_size = {LONGEST_CELL << 3}"
    described = bench.run(
        f"describe select * from read_json({link}, {options}, sample_size = -1, maximum_depth = 2, "
        "map_inference_threshold = -1, convert_strings_to_integers = false)",
        "Looking for the columns",
    )
    names = [row[0] for row in described]
    if names == [_NO_OBJECTS] or _are_renamed(names):
        raise duckdb.InvalidInputException
    headers = Headers.of(file, names)
    types = ", ".join(f"{literal(column)}: 'varchar'" for column in names)
    cells = ", ".join(
        f"nullif(trim({quoted(column)}, {literal(SPACES)}), '') as c{place}"
        for place, column in enumerate(names)
    )
    bench.run(
        f"create table scratch.{name}_lines as select {cells} "
        f"from read_json({link}, {options}, columns = {{{types}}})",
        "Reading the rows",
    )
    bench.run(
        f"create view scratch.{name} as select rowid + 1 as {ROW}, cast(null as varchar) as {PROBLEM}, "
        f"cast(null as varchar) as {SPILT}, * from scratch.{name}_lines "
        f"where coalesce({', '.join(cells_of(headers))}) is not null"
    )
    (rows,) = bench.one(f"select count(*) from scratch.{name}")
    if not rows:
        raise UnreadableFileError(f"{file} has no rows. Export it again with its rows.")
    typed = frozenset(place for place, row in enumerate(described) if row[1] in _NUMBERS)
    return Staged(f"scratch.{name}", headers, (Part(file, rows),), typed)


def _are_renamed(names: list[str]) -> bool:
    """Tell whether a name may be DuckDB's own, made of one that differs from another in capitals alone."""
    lowered = {name.lower() for name in names}
    return any(found[1].lower() in lowered for name in names if (found := _NUMBERED.fullmatch(name)))


def _is_list(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, errors="replace") as text:
        return text.read(_LETTERS_AT_MOST).lstrip("\ufeff \t\r\n").startswith("[")


def _keys(path: Path, encoding: str) -> list[str]:
    keys: dict[str, None] = {}
    for _number, record in _objects(path, encoding):
        if isinstance(record, dict):
            keys.update(dict.fromkeys(record))
    return list(keys)


def _objects(path: Path, encoding: str) -> Iterator[tuple[int, object]]:
    """Yield each line that is not blank with its number: what it holds, or its text where that is no JSON."""
    with path.open(encoding=encoding, errors="replace") as text:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, line.strip()


def _careful_rows(path: Path, encoding: str, keys: list[str]) -> Iterator[Row]:
    for number, record in _objects(path, encoding):
        if isinstance(record, dict):
            yield number, "", "", [_text(record.get(key)) for key in keys]
        else:
            wrong = problem("a damaged line", "it is no JSON object")
            yield number, wrong, str(record)[:LONGEST_CELL], [""] * len(keys)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
