"""The lead and deal tables, opened read-only, and always the newest load."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

import duckdb

from alignment.config import Settings, settings
from alignment.domain.contract import META_TABLE, TABLES, Kind, Table
from alignment.errors import WarehouseError
from alignment.metrics.query import literal, quoted
from alignment.store.snapshot import Signature, Snapshot, first_line

DUCKDB_MARK, MARK_WITHIN = b"DUCK", 16

_LOCKED_DOWN = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set allow_persistent_secrets = false",
    "set python_enable_replacements = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
_PLANNED_FAST = "set disabled_optimizers = 'partial_aggregate_pushdown'"
"""Adding up before a join, the engine first writes the named steps of a query into each other: the level cube
then takes most of a second to plan, and works the same things out again and again."""
_PHYSICAL = {
    Kind.KEY: "varchar",
    Kind.TEXT: "varchar",
    Kind.INSTANT: "timestamp",
    Kind.DAY: "date",
    Kind.MONEY: "decimal(18, 2)",
    Kind.NUMBER: "double",
    Kind.FLAG: "boolean",
}


@dataclass
class Warehouse:
    """A DuckDB file that loads replace while it is read: each snapshot is the newest complete load."""

    path: Path
    settings: Settings = field(default_factory=settings)
    _lock: Lock = field(default_factory=Lock)
    _snapshot: Snapshot | None = None

    def signature(self) -> Signature:
        """Return what tells one load from the next; raise WarehouseError when there is no file."""
        try:
            found = self.path.stat()
        except OSError:
            message = (
                f"There is no warehouse at {self.path}. Import your files, or write the sample company:"
                f" python -m alignment demo --into {self.path}"
            )
            raise WarehouseError(message) from None
        return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size

    def snapshot(self) -> Snapshot:
        """Return the newest load, opened; the same object as long as the file is the same."""
        signature = self.signature()
        with self._lock:
            if self._snapshot is None or self._snapshot.signature != signature:
                self._snapshot = _opened(self.path, signature, self.settings)
            return self._snapshot


def _opened(path: Path, signature: Signature, chosen: Settings) -> Snapshot:
    _refuse_other_files(path)
    # A fresh in-memory instance: connecting to the path would hand back the old file while it is in use.
    connection = duckdb.connect(
        config={"memory_limit": chosen.memory_limit, "max_temp_directory_size": "4GB"}
    )
    try:
        connection.execute(f"attach {literal(str(path))} as load (read_only)")
    except duckdb.Error as error:
        message = f"{path.name} can't be opened as a warehouse: {first_line(error)}"
        raise WarehouseError(message) from error
    types = _types(connection)
    columns: dict[str, tuple[str, ...]] = {}
    for table, name in types:
        columns[table] = (*columns.get(table, ()), name)
    _refuse_unusable(connection, path, columns)
    for table in TABLES.values():
        connection.execute(_view(table, columns, types))
    facts = _facts(connection, columns, chosen)
    for statement in (_PLANNED_FAST, *_LOCKED_DOWN):
        connection.execute(statement)
    return Snapshot(signature, connection, columns, types, facts)


def _refuse_other_files(path: Path) -> None:
    if path.is_dir():
        message = f"{path} is a folder. Name a DuckDB file."
        raise WarehouseError(message)
    with path.open("rb") as file:
        if DUCKDB_MARK not in file.read(MARK_WITHIN):
            message = f"{path.name} is no DuckDB file. Import it first: python -m alignment import --help"
            raise WarehouseError(message)


def _types(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Return the type of each column of our tables; the engine's own catalogue takes forty times as long."""
    types: dict[tuple[str, str], str] = {}
    for table in (*TABLES, META_TABLE):
        with suppress(duckdb.CatalogException):
            found = connection.execute(f"describe load.main.{quoted(table)}").fetchall()
            types |= {(table, name): kind for name, kind, *_ in found}
    return types


def _refuse_unusable(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, tuple[str, ...]]
) -> None:
    if "leads" not in columns and "deals" not in columns:
        names = connection.execute("show tables from load").fetchall()
        there = ", ".join(name for (name,) in names) or "none"
        message = f"{path.name} has neither a table “leads” nor a table “deals”; it has {there}."
        raise WarehouseError(message)
    for name in ("leads", "deals"):
        for group in TABLES[name].needs if name in columns else ():
            if not set(group) & set(columns[name]):
                message = f"{path.name}: the table {name} needs the column {' or '.join(group)}."
                raise WarehouseError(message)


def _view(table: Table, columns: Mapping[str, tuple[str, ...]], types: Mapping[tuple[str, str], str]) -> str:
    """Return the statement for a view with every column of the contract, a missing one as null."""
    there = columns.get(table.name, ())
    select = [
        _as_kind(table.name, column.name, column.kind, types)
        if column.name in there
        else f"cast(null as {_PHYSICAL[column.kind]}) as {quoted(column.name)}"
        for column in table.columns
    ]
    select += [quoted(name) for name in there if table.column(name) is None]
    source = f"load.main.{quoted(table.name)}" if there else "(select 1) where false"
    return f"create view {quoted(table.name)} as select {', '.join(select)} from {source}"


def _as_kind(table: str, column: str, kind: Kind, types: Mapping[tuple[str, str], str]) -> str:
    """Return the column as its kind; an operator's file may hold instants with a zone, keys as numbers."""
    name, physical = quoted(column), types[table, column]
    if kind is Kind.INSTANT and physical == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('UTC', {name}) as {name}"
    if physical in ("DOUBLE", "FLOAT"):  # what is no number, or endless, is not known
        return f"cast(case when isfinite({name}) then {name} end as {_PHYSICAL[kind]}) as {name}"
    return f"cast({name} as {_PHYSICAL[kind]}) as {name}"


def _facts(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[str, tuple[str, ...]], chosen: Settings
) -> dict[str, str]:
    facts = {
        "time_zone": chosen.time_zone,
        "currency": chosen.currency,
        "business_hours": chosen.business_hours,
    }
    if META_TABLE in columns:
        rows = connection.execute(f"select name, value from load.main.{quoted(META_TABLE)}").fetchall()
        facts |= {name: value for name, value in rows if value is not None}
    if "as_of" not in facts and (newest := _newest_event(connection, columns)):
        facts["as_of"] = newest.isoformat()
    return facts


def _newest_event(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[str, tuple[str, ...]]
) -> datetime | None:
    """Return the newest instant that has already been; later ones are contradictions, not events."""
    now = datetime.now(UTC).replace(tzinfo=None)
    newest = [
        connection.execute(
            f"select max({quoted(column.name)}) from {table} where {quoted(column.name)} <= ?", [now]
        ).fetchall()[0][0]
        for table in ("leads", "deals", "touches", "stage_history")
        for column in TABLES[table].columns
        if column.kind is Kind.INSTANT
        and not column.name.startswith("expected")
        and column.name in columns.get(table, ())
    ]
    return max((instant for instant in newest if instant), default=None)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the last microsecond of a business day as naive UTC: what an explicit as-of day means."""
    after = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC).replace(tzinfo=None)
    return after - timedelta(microseconds=1)
