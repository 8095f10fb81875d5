"""Decisions in the ledger: kept as they were made; of one strategy and period the newest holds."""

import sqlalchemy as sa

from alignment.domain.decision import About, Choice, Decision, decided
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import DECISIONS


def every(connection: sa.Connection) -> tuple[Decision, ...]:
    """Return every decision ever recorded, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.id)))


def save(connection: sa.Connection, decision: Decision) -> Decision:
    """Keep a decision; raise Refusal when it changes another one without saying why."""
    known = decided(every(connection)).get(decision.about)
    if known and not decision.is_done and not decision.reason:
        raise Refusal(
            f"{known.who.name} recorded “{known.choice}” for {decision.about.called} before:"
            " please say why it changes."
        )
    connection.execute(
        sa.insert(DECISIONS).values(
            at=decision.at,
            **person_row(decision.who),
            **about_row(decision.about),
            choice=str(decision.choice),
            owner=decision.owner,
            due_on=decision.due_on,
            reason=decision.reason,
            is_done=decision.is_done,
        )
    )
    return decision


def about_row(about: About) -> dict[str, object]:
    """Return which strategy and period it was as columns."""
    return {
        "starts_on": about.period.start,
        "ends_on": about.period.end,
        "grouped_by": about.by,
        "strategy": about.name,
    }


def about_of(row: Row) -> About:
    """Read which strategy and period it was."""
    return About(Period(row.starts_on, row.ends_on), row.grouped_by, row.strategy)


def _read(row: Row) -> Decision:
    return Decision(
        about_of(row),
        Choice(row.choice),
        row.owner,
        row.due_on,
        person_of(row),
        row.at,
        row.reason,
        row.is_done,
    )
