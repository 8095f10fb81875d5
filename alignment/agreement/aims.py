"""The shared aims: SQLs, win rate and hole rate of a period, for whoever wants more than revenue."""

from collections.abc import Mapping

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.aim import Aim, Measure
from alignment.domain.period import Period
from alignment.store import ledger_aims


class Aims:
    """The aims that both sides share; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, period: Period) -> Mapping[Measure, Aim]:
        """Return the aims last set for exactly this period."""
        return self._book.read(lambda connection: ledger_aims.of(connection, period))

    def every(self) -> tuple[Aim, ...]:
        """Return every aim ever set, oldest first."""
        return self._book.read(ledger_aims.every)

    def set(
        self, who: Person, period: Period, measure: Measure, target: int, reason: str = "", screen: str = ""
    ) -> Aim:
        """Set an aim of a period for both sides; raise Refusal when one is changed without a reason."""
        return self._book.write(
            who,
            "set a goal",
            screen,
            lambda connection, at: ledger_aims.save(
                connection, Aim(period, measure, target, who, at, reason.strip())
            ),
        )
