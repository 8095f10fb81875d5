"""What people assume in backward plans, kept in the ledger as it was set; of one factor the newest holds."""

import sqlalchemy as sa

from alignment.domain.assumption import Assumption
from alignment.domain.period import Period
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import BACKWARD_PLANS


def every(connection: sa.Connection) -> tuple[Assumption, ...]:
    """Return everything that was ever assumed or taken back, oldest first."""
    asked = sa.select(BACKWARD_PLANS).order_by(BACKWARD_PLANS.c.id)
    return tuple(_read(row) for row in connection.execute(asked))


def save(connection: sa.Connection, assumption: Assumption) -> Assumption:
    """Keep what somebody assumes."""
    connection.execute(
        sa.insert(BACKWARD_PLANS).values(
            at=assumption.at,
            **person_row(assumption.who),
            starts_on=assumption.period.start,
            ends_on=assumption.period.end,
            factor=assumption.factor,
            value=assumption.value,
        )
    )
    return assumption


def _read(row: Row) -> Assumption:
    period = Period(row.starts_on, row.ends_on)
    return Assumption(period, row.factor, row.value, person_of(row), row.at)
