"""The quarterly reviews that both sides held."""

from datetime import datetime

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.period import Period
from alignment.domain.review import Review
from alignment.store import ledger_reviews
from alignment.store.ledger import Connection


class Reviews:
    """The reviews on record; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[Review, ...]:
        """Return every review held, oldest first."""
        return self._book.read(ledger_reviews.every)

    def hold(self, who: Person, period: Period, note: str = "", screen: str = "") -> Review:
        """Put on record that we held the review of a period; raise Refusal when it is on record already."""

        def save(connection: Connection, at: datetime) -> Review:
            return ledger_reviews.save(connection, Review(period, who, at, note.strip()))

        return self._book.write(who, "put a review on record", screen, save)
