"""Which group people put a reason in: kept as they said it, the newest holds."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from alignment.domain.agreement import Person
from alignment.domain.set_quality import ReasonGroup
from alignment.store.ledger_rows import person_row
from alignment.store.ledger_schema import REASON_GROUPS


def every(connection: sa.Connection) -> Mapping[str, ReasonGroup]:
    """Return the group of each reason that somebody mapped."""
    rows = connection.execute(sa.select(REASON_GROUPS).order_by(REASON_GROUPS.c.id))
    return {row.reason: ReasonGroup(row.reason_group) for row in rows}


def save(connection: sa.Connection, who: Person, reason: str, group: ReasonGroup, at: datetime) -> None:
    """Keep what a person said of a reason."""
    row = {"at": at, **person_row(who), "reason": reason, "reason_group": str(group)}
    connection.execute(sa.insert(REASON_GROUPS).values(**row))
