"""Tables drawn in a test, as a warehouse that the app's own code opens."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

import duckdb

from alignment.domain.contract import META_TABLE, TABLES, Kind
from alignment.metrics.query import literal, quoted
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import Warehouse
from tests.engine import in_memory

TYPES = {
    Kind.INSTANT: "timestamp",
    Kind.DAY: "date",
    Kind.MONEY: "decimal(18, 2)",
    Kind.NUMBER: "double",
    Kind.FLAG: "boolean",
}

KEPT = 16
_DRAWN: dict[tuple[tuple[tuple[str, str], ...], ...], Snapshot] = {}
_LOADS = count(1)


def warehouse(path: Path, tables: Mapping[str, str], facts: Mapping[str, str]) -> Snapshot:
    """Write the drawn tables (a header line, a line a row, `-` for null) to a file and open it."""
    facts = {"time_zone": "UTC", "currency": "EUR", **facts}
    connection = in_memory()
    connection.execute(f"attach {literal(str(path))} as drawn")
    try:
        for name, drawing in tables.items():
            _write(connection, name, drawing)
        connection.execute(f"create table drawn.{META_TABLE} (name text, value text)")
        connection.executemany(f"insert into drawn.{META_TABLE} values (?, ?)", list(facts.items()))
    finally:
        connection.execute("detach drawn")
    return Warehouse(path).snapshot()


def snapshot(path: Path, tables: Mapping[str, str], facts: Mapping[str, str]) -> Snapshot:
    """Return a snapshot of the drawn tables, for who needs no file: those just drawn are not written again.

    What is opened can't be changed. Each time it is another load to whoever keeps answers by the load, so no
    test sees what another one has asked.
    """
    key = (tuple(tables.items()), tuple(facts.items()))
    once = _DRAWN.pop(key, None) or warehouse(path, tables, facts)
    _DRAWN[key] = once
    if len(_DRAWN) > KEPT:
        del _DRAWN[next(iter(_DRAWN))]
    device, inode, changed, size = once.signature
    return replace(once, signature=(device, inode, changed + next(_LOADS), size))


def forget() -> None:
    """Let go of what was drawn."""
    for once in _DRAWN.values():
        once.connection.close()
    _DRAWN.clear()


def _write(connection: duckdb.DuckDBPyConnection, table: str, drawing: str) -> None:
    header, *lines = [line.split() for line in drawing.strip().splitlines()]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    columns = ", ".join(
        f"{quoted(name)} {_type(table, name, [row[name] for row in rows])}" for name in header
    )
    connection.execute(f"create table drawn.{table} ({columns})")
    values = [
        "("
        + ", ".join("null" if word == "-" else literal(word.replace("_", " ")) for word in row.values())
        + ")"
        for row in rows
    ]
    if values:
        connection.execute(f"insert into drawn.{table} values {', '.join(values)}")


def _type(table: str, name: str, words: list[str]) -> str:
    if known := TABLES[table].column(name):
        return TYPES.get(known.kind, "varchar")
    told = [word for word in words if word != "-"]
    if told and all(word in {"true", "false"} for word in told):
        return "boolean"
    return (
        "double"
        if told and all(word.lstrip("-").replace(".", "").isdecimal() for word in told)
        else "varchar"
    )
