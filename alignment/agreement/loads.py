"""The loads on record: what each told of the quarters that were over, so that nothing changes unsaid."""

from alignment.agreement.book import Book
from alignment.domain.restated import Load
from alignment.store import ledger_loads


class Loads:
    """The loads whose figures are kept; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[Load, ...]:
        """Return every load on record, oldest first."""
        return self._book.read(ledger_loads.every)

    def note(self, load: Load) -> bool:
        """Keep what a load tells, whoever loaded it; return False where it tells nothing new."""
        with self._book.ledger.writing() as connection:
            is_news = ledger_loads.save(connection, load)
        if is_news:
            self._book.tell("")
        return is_news
