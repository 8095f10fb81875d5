"""Loads in the ledger: what each told of the quarters that were over, where that was news."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.restated import Closed, Load
from alignment.store.ledger_rows import Row
from alignment.store.ledger_schema import LOADS


def every(connection: sa.Connection) -> tuple[Load, ...]:
    """Return every load on record, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(LOADS).order_by(LOADS.c.id)))


def save(connection: sa.Connection, load: Load) -> bool:
    """Keep a load; return False where it tells nothing new, or is older than one of the same company."""
    alike = [each for each in every(connection) if each.whose == load.whose]
    if alike and (load.at <= alike[-1].at or load.closed == alike[-1].closed):
        return False
    connection.execute(
        sa.insert(LOADS).values(
            at=load.at,
            as_of=load.as_of,
            company=load.company,
            currency=load.currency,
            time_zone=load.time_zone,
            closed=[_plain(closed) for closed in load.closed],
        )
    )
    return True


def _plain(closed: Closed) -> dict[str, object]:
    return {
        "start": closed.period.start.isoformat(),
        "end": closed.period.end.isoformat(),
        "cents": closed.won.cents if closed.won else None,
        "won_count": closed.won_count,
        "sqls": closed.sqls,
        "mqls": closed.mqls,
    }


def _read(row: Row) -> Load:
    closed = tuple(_closed(each, row.currency) for each in row.closed)
    return Load(row.at, row.as_of, row.company, row.currency, row.time_zone, closed)


def _closed(plain: Mapping[str, Any], currency: str) -> Closed:
    return Closed(
        Period(date.fromisoformat(plain["start"]), date.fromisoformat(plain["end"])),
        None if plain["cents"] is None else Money(plain["cents"], currency),
        plain["won_count"],
        plain["sqls"],
        plain["mqls"],
    )
