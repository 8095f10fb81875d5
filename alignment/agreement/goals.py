"""The shared goals."""

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.store import ledger_goals


class Goals:
    """The goals that both sides share; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, period: Period) -> Goal | None:
        """Return the goal last set for exactly this period; None when there is none."""
        return self._book.read(lambda connection: ledger_goals.of(connection, period))

    def every(self) -> tuple[Goal, ...]:
        """Return every goal ever set, oldest first."""
        return self._book.read(ledger_goals.every)

    def set(self, who: Person, period: Period, amount: Money, reason: str = "", screen: str = "") -> Goal:
        """Set the shared goal of a period; raise Refusal when a goal is changed without a reason."""
        return self._book.write(
            who,
            "set the goal",
            screen,
            lambda connection, at: ledger_goals.save(
                connection, Goal(period, amount, who, at, reason.strip())
            ),
        )
