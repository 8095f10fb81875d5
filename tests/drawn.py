"""Tables drawn in a test, as a warehouse that the app's own code opens."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb

from alignment.domain.contract import META_TABLE, TABLES, Kind
from alignment.metrics.query import literal, quoted
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import Warehouse

TYPES = {
    Kind.INSTANT: "timestamp",
    Kind.DAY: "date",
    Kind.MONEY: "decimal(18, 2)",
    Kind.NUMBER: "double",
    Kind.FLAG: "boolean",
}


def warehouse(path: Path, tables: Mapping[str, str], facts: Mapping[str, str]) -> Snapshot:
    """Write the drawn tables (a header line, a line a row, `-` for null) to a file and open it."""
    facts = {"time_zone": "UTC", "currency": "EUR", **facts}
    connection = _writer()
    connection.execute(f"attach {literal(str(path))} as drawn")
    try:
        for name, drawing in tables.items():
            _write(connection, name, drawing)
        connection.execute(f"create table drawn.{META_TABLE} (name text, value text)")
        connection.executemany(f"insert into drawn.{META_TABLE} values (?, ?)", list(facts.items()))
    finally:
        connection.execute("detach drawn")
    return Warehouse(path).snapshot()


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """Return the engine that writes all drawn files of a process: to start one takes longer than to draw."""
    return duckdb.connect()


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
