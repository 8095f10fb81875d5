"""What each side promises the other: by its own people, each change with its reason."""

from datetime import datetime

from alignment.agreement.book import Book
from alignment.domain.agreement import Person, Side
from alignment.domain.period import Period
from alignment.domain.promise import Promise, Promised
from alignment.domain.refusal import Refusal
from alignment.errors import NotAllowedError
from alignment.store import ledger_promises
from alignment.store.ledger import Connection


class Promises:
    """The promises of both sides; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, side: Side, period: Period) -> Promise | None:
        """Return the promise that a side last made for exactly this period; None when there is none."""
        return self._book.read(lambda connection: ledger_promises.of(connection, side, period))

    def every(self) -> tuple[Promise, ...]:
        """Return every promise ever made, oldest first."""
        return self._book.read(ledger_promises.every)

    def make(
        self, who: Person, period: Period, promised: Promised, reason: str = "", screen: str = ""
    ) -> Promise:
        """Make or change the promise of one's own side for a period.

        Raises NotAllowedError for the other side's promise, Refusal when one is changed without a reason.
        """

        def save(connection: Connection, at: datetime) -> Promise:
            try:
                promise = Promise(period, promised, who, at, reason.strip())
            except Refusal as refusal:
                raise NotAllowedError(str(refusal)) from None
            return ledger_promises.save(connection, promise)

        return self._book.write(who, "promise anything", screen, save)
