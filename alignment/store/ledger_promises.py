"""Promises in the ledger: kept as they were made; of one side and period the newest holds."""

from typing import Any

import sqlalchemy as sa

from alignment.domain.agreement import Side
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import AnswerPromise, Promise, Promised, ValuePromise
from alignment.domain.refusal import Refusal
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import PROMISES


def every(connection: sa.Connection) -> tuple[Promise, ...]:
    """Return every promise ever made, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(PROMISES).order_by(PROMISES.c.id)))


def of(connection: sa.Connection, side: Side, period: Period) -> Promise | None:
    """Return the promise that a side last made for exactly this period; None when there is none."""
    same = (
        PROMISES.c.side == str(side),
        PROMISES.c.starts_on == period.start,
        PROMISES.c.ends_on == period.end,
    )
    asked = sa.select(PROMISES).where(*same).order_by(PROMISES.c.id.desc()).limit(1)
    row = connection.execute(asked).first()
    return _read(row) if row else None


def save(connection: sa.Connection, promise: Promise) -> Promise:
    """Keep a promise; raise Refusal when it changes the side's promise without saying why."""
    known = of(connection, promise.side, promise.period)
    if known and not promise.reason:
        message = (
            f"{known.who.name} made the promise of {promise.side} for {promise.period} before:"
            " please say why it changes."
        )
        raise Refusal(message)
    connection.execute(
        sa.insert(PROMISES).values(
            starts_on=promise.period.start,
            ends_on=promise.period.end,
            **_promised_row(promise.promised),
            **person_row(promise.who),
            at=promise.at,
            reason=promise.reason,
        )
    )
    return promise


def _promised_row(promised: Promised) -> dict[str, Any]:
    if isinstance(promised, AnswerPromise):
        return {"percent": promised.percent, "days": promised.days}
    return {
        "cents": promised.amount.cents,
        "currency": promised.amount.currency,
        "worth": [[source, cents] for source, cents in promised.worth.items()],
    }


def _read(row: Row) -> Promise:
    promised: Promised = (
        AnswerPromise(row.percent, row.days)
        if row.side == Side.SALES
        else ValuePromise(Money(row.cents, row.currency), dict(row.worth))
    )
    return Promise(Period(row.starts_on, row.ends_on), promised, person_of(row), row.at, row.reason)
