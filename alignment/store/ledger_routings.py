"""Routings in the ledger: kept as they came; what one takes back is told by the one that does so."""

from dataclasses import replace

import sqlalchemy as sa

from alignment.domain.definition import Route
from alignment.domain.refusal import Refusal
from alignment.domain.routing import Routing
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import ROUTINGS


def every(connection: sa.Connection) -> tuple[Routing, ...]:
    """Return every routing, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(ROUTINGS).order_by(ROUTINGS.c.id)))


def save(connection: sa.Connection, routing: Routing) -> Routing:
    """Keep a routing, with its number; raise Refusal when it takes back what doesn't stand."""
    if routing.undoes is not None:
        _refuse_fallen(connection, routing.undoes)
    added = connection.execute(
        sa.insert(ROUTINGS)
        .values(
            at=routing.at,
            **person_row(routing.who),
            route=str(routing.route),
            reason=routing.reason,
            undoes=routing.undoes,
            leads=list(routing.leads),
            not_before=routing.not_before,
        )
        .returning(ROUTINGS.c.id)
    )
    return replace(routing, number=added.scalar_one())


def _read(row: Row) -> Routing:
    return Routing(
        person_of(row),
        row.at,
        Route(row.route),
        tuple(row.leads),
        row.reason,
        row.undoes,
        row.id,
        row.not_before,
    )


def _refuse_fallen(connection: sa.Connection, number: int) -> None:
    """Raise Refusal unless the routing is there and nobody has taken it back."""
    found = connection.execute(sa.select(ROUTINGS).where(ROUTINGS.c.id == number)).one_or_none()
    if found is None or found.undoes is not None:
        raise Refusal(f"There is no routing {number} to take back.")
    undone = connection.execute(sa.select(ROUTINGS).where(ROUTINGS.c.undoes == number)).one_or_none()
    if undone is not None:
        raise Refusal(f"Routing {number} was taken back by {undone.name} meanwhile.")
