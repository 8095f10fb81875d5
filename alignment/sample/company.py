"""The sample company as tables, and as the warehouse file that the app opens."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from alignment.domain.contract import META_TABLE, TABLES, Kind
from alignment.domain.mapping import AttributesAsOf
from alignment.domain.refusal import Refusal
from alignment.sample import columns, surroundings
from alignment.sample.block import Block
from alignment.sample.clock import ZONE, Clock
from alignment.sample.draw import Draw
from alignment.sample.story import COMPANY, CURRENCY
from alignment.sample.tables import tables_of

LEADS, SEED = 12_000, 7
YEARS = range(1980, 2100)
LEADS_AT_A_TIME = 250_000  # bounds the memory, whatever the size of the company
COMPATIBLE_WITH = "v1.4.0"
MEMORY_LIMIT = "1500MB"
OF_RATES, OF_SPEND, OF_BLUNDERS, OF_BLOCKS = range(4)  # which stream of chance
PHYSICAL = {
    Kind.KEY: "varchar",
    Kind.TEXT: "varchar",
    Kind.INSTANT: "timestamp",
    Kind.DAY: "date",
    Kind.MONEY: "decimal(18, 2)",
    Kind.NUMBER: "double",
    Kind.FLAG: "boolean",
}

Progress = Callable[[int, int], None]
"""Told the leads written so far, and their number in the end."""


def newest_full_day() -> date:
    """Return yesterday in the business time zone: up to then, nothing in the sample lies in the future."""
    return datetime.now(ZoneInfo(ZONE)).date() - timedelta(1)


def tables(*, leads: int = LEADS, seed: int = SEED, as_of: date | None = None) -> dict[str, pa.Table]:
    """Return the sample company's tables of the column contract, all in memory."""
    parts = list(_parts(leads, seed, _clock(leads, as_of)))
    return {
        name: pa.concat_tables([part[name] for part in parts if name in part]).unify_dictionaries()
        for name in TABLES
    }


def write(
    into: Path,
    *,
    leads: int = LEADS,
    seed: int = SEED,
    as_of: date | None = None,
    on_progress: Progress | None = None,
) -> None:
    """Write the sample company as a warehouse file: 24 months up to the end of `as_of` (default: yesterday).

    The file appears whole or not at all; one that is there is replaced. The same arguments write the same
    rows. Raise Refusal for less than one lead and for a day out of reach.
    """
    clock = _clock(leads, as_of)
    into.parent.mkdir(parents=True, exist_ok=True)
    beside = into.with_name(f".{into.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        _fill(beside, leads, seed, clock, on_progress or (lambda _written, _leads: None))
        beside.replace(into)
    finally:
        beside.unlink(missing_ok=True)


def _clock(leads: int, as_of: date | None) -> Clock:
    if leads < 1:
        raise Refusal(f"The sample company needs at least 1 lead, got {leads}.")
    if as_of is not None and as_of.year not in YEARS:
        raise Refusal(f"The sample company can end in {YEARS.start} to {YEARS.stop - 1}, not on {as_of}.")
    return Clock(as_of or newest_full_day())


def _parts(leads: int, seed: int, clock: Clock) -> Iterator[dict[str, pa.Table]]:
    """Yield the tables in pieces: what doesn't grow with the leads, then block by block."""
    rates = surroundings.rate_by_month(Draw(seed, OF_RATES), clock)
    yield {
        "spend": surroundings.spend(Draw(seed, OF_SPEND), clock, leads),
        "exchange_rates": surroundings.exchange_rates(clock, rates),
        "holidays": surroundings.holidays(clock),
    }
    first_deal = 0
    for number, first in enumerate(range(0, leads, LEADS_AT_A_TIME)):
        draw = Draw(seed, OF_BLOCKS, number)
        span = first, min(first + LEADS_AT_A_TIME, leads)
        block = Block.of(draw, clock, rates, span, leads, first_deal)
        if number == 0:
            block = block.with_blunders(Draw(seed, OF_BLUNDERS))
        first_deal += block.deals.count
        yield tables_of(draw, block)


def _fill(path: Path, leads: int, seed: int, clock: Clock, on_progress: Progress) -> None:
    with duckdb.connect(config={"memory_limit": MEMORY_LIMIT}) as connection:
        connection.execute(f"attach {columns.in_quotes(path)} as made (storage_version '{COMPATIBLE_WITH}')")
        connection.execute("use made")
        written, created = 0, set[str]()
        for part in _parts(leads, seed, clock):
            for name, rows in part.items():
                _append(connection, name, rows, is_new=name not in created)
                created.add(name)
            written += len(part.get("leads", ()))
            on_progress(written, leads)
        _append(connection, META_TABLE, _facts(connection, clock), is_new=True)
        connection.execute("use memory")
        connection.execute("detach made")


def _append(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, *, is_new: bool) -> None:
    connection.register("rows_made", rows)
    select = "select {} from rows_made".format(", ".join(_typed(name, field) for field in rows.schema))
    connection.execute(
        f"create table {name} as {select}" if is_new else f"insert into {name} by name {select}"
    )
    connection.unregister("rows_made")


def _typed(table: str, field: pa.Field) -> str:
    column = TABLES[table].column(field.name) if table in TABLES else None
    if column is not None:
        return f"cast({field.name} as {PHYSICAL[column.kind]}) as {field.name}"
    return (
        f"cast({field.name} as varchar) as {field.name}" if pa.types.is_dictionary(field.type) else field.name
    )


def _facts(connection: duckdb.DuckDBPyConnection, clock: Clock) -> pa.Table:
    end = clock.utc(clock.end).replace(tzinfo=None)
    rows = {name: connection.execute(f"select count(*) from {name}").fetchall()[0][0] for name in TABLES}
    facts = {
        "company": COMPANY,
        "is_sample": "true",
        "loaded_at": end.isoformat(),
        "as_of": _newest_event(connection, end).isoformat(),
        "time_zone": ZONE,
        "currency": CURRENCY,
        "attributes_as_of": AttributesAsOf.HAND_OFF.value,  # they are drawn once, before what comes of them
        "receipt": json.dumps(
            {"tables": {name: {"read": n, "loaded": n, "set_aside": 0} for name, n in rows.items()}}
        ),
    }
    return pa.table({"name": list(facts), "value": list(facts.values())})


def _newest_event(connection: duckdb.DuckDBPyConnection, end: datetime) -> datetime:
    newest = [
        connection.execute(
            f"select max({column.name}) from {name} where {column.name} < ?", [end]
        ).fetchall()[0][0]
        for name in ("leads", "deals")
        for column in TABLES[name].columns
        if column.kind is Kind.INSTANT and not column.name.startswith("expected")
    ]
    return max((instant for instant in newest if instant), default=end)
