"""Why money was spent: the reason, what was expected, what came."""

from datetime import datetime

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.decision import About, Because
from alignment.store import ledger_spend_reasons
from alignment.store.ledger import Connection


class SpendReasons:
    """The reasons that both sides share; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[Because, ...]:
        """Return every reason ever given, oldest first; of one strategy and period the last holds."""
        return self._book.read(ledger_spend_reasons.every)

    def give(self, who: Person, about: About, because: tuple[str, str, str], screen: str = "") -> Because:
        """Say why was spent on a strategy, what was expected, and what came.

        Raises NotAllowedError for observers, and Refusal without a reason or when nothing changes.
        """

        def save(connection: Connection, at: datetime) -> Because:
            reason, expected, came = (text.strip() for text in because)
            return ledger_spend_reasons.save(connection, Because(about, reason, expected, came, who, at))

        return self._book.write(who, "say why we spent", screen, save)
