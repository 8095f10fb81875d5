"""Plans in the ledger: kept as they were set; of one month the newest holds."""

from collections.abc import Sequence

import sqlalchemy as sa

from alignment.domain.plan import Plan, in_force
from alignment.domain.refusal import Refusal
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import PLANS


def every(connection: sa.Connection) -> tuple[Plan, ...]:
    """Return every plan ever set, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(PLANS).order_by(PLANS.c.id)))


def save(connection: sa.Connection, plans: Sequence[Plan]) -> tuple[Plan, ...]:
    """Keep the plans that change something, and return them.

    Raises Refusal when one of them changes a month's plan without saying why; none is kept then.
    """
    known = in_force(every(connection))
    new = [plan for plan in plans if plan.month not in known or not plan.is_same(known[plan.month])]
    if not new:
        raise Refusal("That is the plan already.")
    for plan in new:
        former = known.get(plan.month)
        if former and not plan.reason:
            raise Refusal(
                f"{former.who.name} planned {former.month:%b %Y} with {former.mqls:,} MQLs and"
                f" {former.sqls:,} SQLs before: please say why it changes."
            )
    connection.execute(sa.insert(PLANS), [_row(plan) for plan in new])
    return tuple(new)


def _row(plan: Plan) -> dict[str, object]:
    return {
        "at": plan.at,
        **person_row(plan.who),
        "month_on": plan.month,
        "mqls": plan.mqls,
        "sqls": plan.sqls,
        "reason": plan.reason,
    }


def _read(row: Row) -> Plan:
    return Plan(row.month_on, row.mqls, row.sqls, person_of(row), row.at, row.reason)
