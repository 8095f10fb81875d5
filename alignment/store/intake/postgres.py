"""A PostgreSQL database, read and never written: its tables as Parquet, all of one moment."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import duckdb

from alignment.errors import WarehouseError
from alignment.metrics.query import literal, quoted
from alignment.store.intake.dialect import LONGEST_LINE
from alignment.store.intake.workbench import SETTINGS, OnProgress

_PATIENCE_S = 10
_TELL_EVERY = 50_000
_MOST_DIGITS = 38
_TYPES = {
    **dict.fromkeys(("int2", "int4", "int8"), "bigint"),
    **dict.fromkeys(("float4", "float8"), "double"),
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
}
"""What a column's values become; all others are texts, as the database writes them."""

_READ_ONLY = (
    "set transaction isolation level repeatable read, read only",
    "set local time zone 'UTC'",
    "set local datestyle = 'ISO, YMD'",
)


class Postgres:
    """A connection for one transaction that only reads."""

    def __init__(self, address: str) -> None:
        self.address, self._driver = address, _driver()

    def __enter__(self) -> Self:
        """Connect; raise WarehouseError where the database can't be reached."""
        try:
            self.connection: Any = self._driver.connect(self.address, connect_timeout=_PATIENCE_S)
            for statement in _READ_ONLY:
                self.connection.execute(statement)
        except self._driver.Error as error:
            raise WarehouseError(f"The database can't be reached: {self._said(error)}") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the connection; there is nothing to commit."""
        self.connection.close()

    def tables(self) -> list[str]:
        """Return the tables and views that may be read, those of the schema `public` by their bare name."""
        rows = self.connection.execute(
            "select table_schema, table_name from information_schema.tables "
            "where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2"
        ).fetchall()
        return [name if schema == "public" else f"{schema}.{name}" for schema, name in rows]

    def fetch(self, name: str, into: Path, tell: OnProgress) -> Path:
        """Write a table as Parquet, telling of the rows; raise WarehouseError where it can't be read."""
        table = self._named(name)
        texts = into.with_suffix(".texts")
        try:
            columns = [
                (column.name, self._type(column))
                for column in self.connection.execute(
                    self._say("select * from {} limit 0", table)
                ).description
            ]
            self._copy(table, name, texts, tell)
        except self._driver.Error as error:
            raise WarehouseError(f"{name} can't be read: {self._said(error)}") from None
        _as_parquet(texts, columns, into, name)
        texts.unlink()
        return into

    def _copy(self, table: Any, name: str, texts: Path, tell: OnProgress) -> None:  # noqa: ANN401
        (about,) = self.connection.execute(
            "select greatest(reltuples, 0) from pg_class where oid = %s::regclass",
            [table.as_string(self.connection)],
        ).fetchone()
        with (
            texts.open("wb") as out,
            self.connection.cursor() as cursor,
            cursor.copy(self._say("copy (select * from {}) to stdout with (format csv)", table)) as rows,
        ):
            for number, row in enumerate(rows):  # the database sends a row a message
                out.write(row)
                if number % _TELL_EVERY == 0:
                    share = min(number / about, 1.0) if about else 0.0
                    of_about = f" of about {int(about):,}" if about else ""
                    tell(share, f"Fetching {name}, row {number:,}{of_about}")

    def _named(self, name: str) -> Any:  # noqa: ANN401 - the driver is there only where it is needed
        schema, dot, table = name.partition(".")
        parts = (schema, table) if dot else ("public", name)
        return self._driver.sql.Identifier(*parts)

    def _say(self, text: str, table: Any) -> Any:  # noqa: ANN401 - the same
        return self._driver.sql.SQL(text).format(table)

    def _type(self, column: Any) -> str:  # noqa: ANN401 - the same
        found = self._driver.adapters.types.get(column.type_code)
        name = found.name if found else ""
        if name == "numeric":
            digits = column.precision
            return f"decimal({digits}, {column.scale})" if digits and digits <= _MOST_DIGITS else "number"
        return _TYPES.get(name, "varchar")

    def _said(self, error: Exception) -> str:
        """Return what the driver says, without the password."""
        said = (str(error).splitlines() or ["no answer"])[0]
        with suppress(ValueError):
            if password := urlsplit(self.address).password:
                said = said.replace(password, "…")
        return f"{said.rstrip('.')}. Check the address."


def _driver() -> ModuleType:
    try:
        driver = import_module("psycopg")
    except ImportError:
        raise WarehouseError(
            "Reading PostgreSQL takes the package psycopg, which is not installed. Install it once: "
            '.venv/bin/python -m pip install "psycopg[binary]"'
        ) from None
    import_module("psycopg.sql")
    return driver


def _as_parquet(texts: Path, columns: list[tuple[str, str]], into: Path, name: str) -> None:
    """Write the texts of a table as Parquet, each column with its type."""
    with duckdb.connect(config={**SETTINGS}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        cells = ", ".join(f"'c{place}': 'varchar'" for place in range(len(columns)))
        source = (
            f"read_csv({literal(str(texts))}, auto_detect = false, header = false, delim = ',', "
            f"quote = '\"', escape = '\"', nullstr = '', columns = {{{cells}}}, "
            f"max_line_size = {LONGEST_LINE})"
        )
        try:
            read = [
                f"{_cast(connection, source, f'c{place}', kind)} as {quoted(column)}"
                for place, (column, kind) in enumerate(columns)
            ]
            connection.execute(
                f"copy (select {', '.join(read)} from {source}) to {literal(str(into))} (format parquet)"
            )
        except duckdb.Error as error:
            raise WarehouseError(f"{name} holds what can't be read: {str(error).splitlines()[0]}") from None


def _cast(connection: duckdb.DuckDBPyConnection, source: str, cell: str, kind: str) -> str:
    """Return the query text of a cell with its type; a number of any size is whole where all are."""
    if kind == "varchar":
        return cell
    value = f"nullif({cell}, 'NaN')"
    if kind == "number":
        fractions = connection.execute(
            f"select 1 from {source} where contains({cell}, '.') limit 1"
        ).fetchone()
        kind = "double" if fractions else f"decimal({_MOST_DIGITS}, 0)"
    return f"cast({value} as {kind})"
