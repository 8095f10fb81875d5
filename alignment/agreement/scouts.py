"""Scout samples: leads below the cutoff that are worked anyway, so that we learn what they become."""

from dataclasses import replace

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.scout import ScoutSample
from alignment.store import ledger_scouts


class Scouts:
    """The scout samples drawn so far; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[ScoutSample, ...]:
        """Return every scout sample ever drawn, oldest first."""
        return self._book.read(ledger_scouts.every)

    def keep(self, who: Person, drawn: ScoutSample, screen: str = "") -> ScoutSample:
        """Keep a scout sample under the person's name; raise Refusal when it holds no lead."""
        return self._book.write(
            who,
            "draw a scout sample",
            screen,
            lambda connection, at: ledger_scouts.save(connection, replace(drawn, who=who, at=at)),
        )
