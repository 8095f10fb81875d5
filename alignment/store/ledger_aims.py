"""Aims in the ledger: kept as they were set; of one period and measure the newest holds."""

import sqlalchemy as sa

from alignment.domain.aim import Aim, Measure
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import AIMS


def every(connection: sa.Connection) -> tuple[Aim, ...]:
    """Return every aim ever set, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(AIMS).order_by(AIMS.c.id)))


def of(connection: sa.Connection, period: Period) -> dict[Measure, Aim]:
    """Return the aims last set for exactly this period."""
    return {aim.measure: aim for aim in every(connection) if aim.period == period}


def save(connection: sa.Connection, aim: Aim) -> Aim:
    """Keep an aim; raise Refusal when it changes one without saying why."""
    known = of(connection, aim.period).get(aim.measure)
    if known and not aim.reason:
        raise Refusal(
            f"{known.who.name} set the goal for {aim.measure.label} of {aim.period} before: please say why it"
            " changes."
        )
    connection.execute(
        sa.insert(AIMS).values(
            at=aim.at,
            **person_row(aim.who),
            starts_on=aim.period.start,
            ends_on=aim.period.end,
            measure=str(aim.measure),
            target=aim.target,
            reason=aim.reason,
        )
    )
    return aim


def _read(row: Row) -> Aim:
    period = Period(row.starts_on, row.ends_on)
    return Aim(period, Measure(row.measure), row.target, person_of(row), row.at, row.reason)
