"""How far the data can be trusted, column by column."""

from itertools import groupby

from alignment.domain.contract import DEALS, LEADS, TABLES, Kind, Table
from alignment.domain.quality import Contradiction, Fullness, Newest
from alignment.metrics import quality as metrics
from alignment.report.answer import clock_of, need
from alignment.store.snapshot import Snapshot


def newest(snapshot: Snapshot) -> tuple[Newest, ...]:
    """Return the newest instant of each dated column, the newest first."""
    clock, found = clock_of(snapshot), list[Newest]()
    for table in TABLES.values():
        names = [name for name in _there(snapshot, table, (Kind.INSTANT,)) if not name.startswith("expected")]
        if names:
            (row,) = snapshot.ask(metrics.newest(table.name, names, clock)).to_pylist()
            found += [Newest(table.name, name, row[name]) for name in names]
    return tuple(sorted(found, key=lambda one: (one.at is not None, one.at), reverse=True))


def fullness(snapshot: Snapshot, table: str, *, of_attributes: bool = False) -> tuple[Fullness, ...]:
    """Return how full each column of the contract, or each attribute, is, by month of creation.

    Raises MissingColumnError where the table has no creation date.
    """
    need(snapshot, table, "created_at", shows="how full each column is, month by month")
    names = _attributes(snapshot, table) if of_attributes else _columns(snapshot, table)
    rows = snapshot.ask(metrics.fullness(table, names, clock_of(snapshot))).to_pylist()
    return tuple(Fullness(row["month_on"], row["row_count"], _filled(row, names)) for row in rows)


def whole_fullness(snapshot: Snapshot, table: str) -> Fullness:
    """Return how full each column and attribute of a table is, whenever its rows were created."""
    names = [*_columns(snapshot, table), *_attributes(snapshot, table)]
    (row,) = snapshot.ask(metrics.whole_fullness(table, names)).to_pylist()
    return Fullness(None, row["row_count"], _filled(row, names))


def has_attributes(snapshot: Snapshot, table: str) -> bool:
    """Tell whether a table has columns outside the contract."""
    return bool(_attributes(snapshot, table))


def contradictions(snapshot: Snapshot) -> tuple[Contradiction, ...]:
    """Return what was looked for and how many rows contradict themselves, the most frequent first."""
    clock = clock_of(snapshot)
    asked = [one for one in metrics.suspicions(clock) if snapshot.has(one.table, *one.columns)]
    found: list[Contradiction] = []
    for table, some in groupby(sorted(asked, key=lambda one: one.table), key=lambda one: one.table):
        listed = list(some)
        (row,) = snapshot.ask(metrics.contradictions(table, listed, clock)).to_pylist()
        found += [
            Contradiction(table, one.words, row[f"does_{place}"], row[f"could_{place}"])
            for place, one in enumerate(listed)
        ]
    return tuple(sorted(found, key=lambda one: -one.rows))


def tables(snapshot: Snapshot) -> tuple[tuple[str, bool], ...]:
    """Return leads and deals, those that are there, and whether their rows have a creation date."""
    return tuple(
        (table.name, snapshot.has(table.name, "created_at"))
        for table in (LEADS, DEALS)
        if snapshot.has(table.name)
    )


def _columns(snapshot: Snapshot, table: str) -> list[str]:
    return [name for name in _there(snapshot, TABLES[table], tuple(Kind)) if name not in TABLES[table].key]


def _attributes(snapshot: Snapshot, table: str) -> list[str]:
    return [name for name in snapshot.columns[table] if name not in TABLES[table].column_names]


def _filled(row: dict[str, int], names: list[str]) -> dict[str, int]:
    return {name: row[f"filled_{place}"] for place, name in enumerate(names)}


def _there(snapshot: Snapshot, table: Table, kinds: tuple[Kind, ...]) -> list[str]:
    return [
        column.name
        for column in table.columns
        if column.kind in kinds and snapshot.has(table.name, column.name)
    ]
