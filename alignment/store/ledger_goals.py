"""Goals in the ledger: kept as they were set; of one period the newest holds."""

import sqlalchemy as sa

from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import GOALS


def every(connection: sa.Connection) -> tuple[Goal, ...]:
    """Return every goal ever set, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(GOALS).order_by(GOALS.c.id)))


def of(connection: sa.Connection, period: Period) -> Goal | None:
    """Return the goal last set for exactly this period; None when there is none."""
    same = (GOALS.c.starts_on == period.start, GOALS.c.ends_on == period.end)
    row = connection.execute(sa.select(GOALS).where(*same).order_by(GOALS.c.id.desc()).limit(1)).first()
    return _read(row) if row else None


def save(connection: sa.Connection, goal: Goal) -> Goal:
    """Keep a goal; raise Refusal when it changes the period's goal without saying why."""
    known = of(connection, goal.period)
    if known and not goal.reason:
        message = f"{known.who.name} set the goal of {goal.period} before: please say why it changes."
        raise Refusal(message)
    connection.execute(
        sa.insert(GOALS).values(
            starts_on=goal.period.start,
            ends_on=goal.period.end,
            cents=goal.amount.cents,
            currency=goal.amount.currency,
            **person_row(goal.who),
            at=goal.at,
            reason=goal.reason,
        )
    )
    return goal


def _read(row: Row) -> Goal:
    period, amount = Period(row.starts_on, row.ends_on), Money(row.cents, row.currency)
    return Goal(period, amount, person_of(row), row.at, row.reason)
