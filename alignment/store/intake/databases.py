"""Tables of a database that the operator names, PostgreSQL or a DuckDB file, fetched as Parquet."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from alignment.errors import UnreadableFileError, WarehouseError
from alignment.metrics.query import literal, quoted
from alignment.store.intake.postgres import Postgres
from alignment.store.intake.workbench import SETTINGS, OnProgress

_ADDRESSES = ("postgresql://", "postgres://")
_MOST_NAMED = 30


@dataclass(frozen=True)
class Wanted:
    """Which table of a database becomes which of ours, both by name: `leads` from `crm.contacts`."""

    tables: Mapping[str, str]

    def refuse_unknown(self, place: str, there: list[str]) -> None:
        """Raise UnreadableFileError where nothing is wanted, or a table that is not there; name what is."""
        more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
        has = f"It has {', '.join(there[:_MOST_NAMED])}{more}." if there else "It has no tables."
        if not self.tables:
            raise UnreadableFileError(
                f"Say which tables of {place} to read, as in --table leads=contacts. {has}"
            )
        for name in self.tables.values():
            if name not in there:
                raise UnreadableFileError(f"{place} has no table “{name}”. {has}")


def is_address(source: str) -> bool:
    """Tell whether a source is the address of a PostgreSQL database, not a file."""
    return source.startswith(_ADDRESSES)


def fetch(source: str, wanted: Wanted, folder: Path, tell: OnProgress) -> dict[str, Path]:
    """Write the wanted tables into a folder as Parquet; return the files by our table.

    All of them are as of one moment. Raises WarehouseError where the database can't be reached,
    UnreadableFileError for a table that is not there.
    """
    if not is_address(source):
        return _from_duckdb(Path(source), wanted, folder, tell)
    with Postgres(source) as database:
        wanted.refuse_unknown("the database", database.tables())
        return {
            ours: database.fetch(theirs, _file(folder, place, theirs), tell)
            for place, (ours, theirs) in enumerate(wanted.tables.items())
        }


def _from_duckdb(path: Path, wanted: Wanted, folder: Path, tell: OnProgress) -> dict[str, Path]:
    if not path.is_file():
        raise UnreadableFileError(f"There is no file {path}. Check the name.")
    with duckdb.connect(config={**SETTINGS}) as connection:
        try:
            connection.execute(f"attach {literal(str(path.resolve()))} as source (read_only, type duckdb)")
            connection.execute(f"set allowed_directories = [{literal(str(folder.resolve()))}]")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            wanted.refuse_unknown(path.name, _tables_of(connection))
            found = {}
            for place, (ours, theirs) in enumerate(wanted.tables.items()):
                tell(0.0, f"Fetching {theirs}")
                out = _file(folder, place, theirs)
                name = ".".join(map(quoted, ("source", *_parts(theirs))))
                connection.execute(f"copy (from {name}) to {literal(str(out))} (format parquet)")
                found[ours] = out
        except duckdb.Error as error:
            raise WarehouseError(f"{path.name} can't be read: {str(error).splitlines()[0]}") from None
        return found


def _tables_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select table_schema, table_name from information_schema.tables where table_catalog = 'source' "
        "order by all"
    ).fetchall()
    return [name if schema == "main" else f"{schema}.{name}" for schema, name in rows]


def _parts(name: str) -> tuple[str, str]:
    schema, dot, table = name.partition(".")
    return (schema, table) if dot else ("main", name)


def _file(folder: Path, place: int, name: str) -> Path:
    """Return where a table is written: its name is what sentences call it, never more of a path than that."""
    inside = folder.resolve() / str(place)
    inside.mkdir()
    plain = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in name)
    return inside / (plain.strip(". ") or "table")
