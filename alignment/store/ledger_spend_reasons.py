"""Reasons of spend in the ledger: kept as they were given; of one strategy and period the newest holds."""

import sqlalchemy as sa

from alignment.domain.decision import Because, explained
from alignment.domain.refusal import Refusal
from alignment.store.ledger_decisions import about_of, about_row
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import SPEND_REASONS


def every(connection: sa.Connection) -> tuple[Because, ...]:
    """Return every reason ever given, oldest first."""
    asked = sa.select(SPEND_REASONS).order_by(SPEND_REASONS.c.id)
    return tuple(_read(row) for row in connection.execute(asked))


def save(connection: sa.Connection, because: Because) -> Because:
    """Keep a reason; raise Refusal when it says what is on record already."""
    known = explained(every(connection)).get(because.about)
    if known and _said(known) == _said(because):
        raise Refusal("That is on record already.")
    reason, expected, came = _said(because)
    connection.execute(
        sa.insert(SPEND_REASONS).values(
            at=because.at,
            **person_row(because.who),
            **about_row(because.about),
            reason=reason,
            expected=expected,
            came=came,
        )
    )
    return because


def _said(because: Because) -> tuple[str, str, str]:
    return because.reason, because.expected, because.came


def _read(row: Row) -> Because:
    return Because(about_of(row), row.reason, row.expected, row.came, person_of(row), row.at)
