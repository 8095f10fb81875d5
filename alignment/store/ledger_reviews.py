"""Reviews in the ledger: one of each period, as it was put on record."""

import sqlalchemy as sa

from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.review import Review
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import REVIEWS


def every(connection: sa.Connection) -> tuple[Review, ...]:
    """Return every review held, oldest first."""
    return tuple(_read(row) for row in connection.execute(sa.select(REVIEWS).order_by(REVIEWS.c.id)))


def save(connection: sa.Connection, review: Review) -> Review:
    """Keep a review; raise Refusal when that of its period is on record."""
    known = next((each for each in every(connection) if each.period == review.period), None)
    if known:
        raise Refusal(
            f"{known.who.name} put the review of {review.period} on record on {known.at:%-d %b %Y} already."
        )
    connection.execute(
        sa.insert(REVIEWS).values(
            at=review.at,
            **person_row(review.who),
            starts_on=review.period.start,
            ends_on=review.period.end,
            note=review.note,
        )
    )
    return review


def _read(row: Row) -> Review:
    return Review(Period(row.starts_on, row.ends_on), person_of(row), row.at, row.note)
