"""The shared plans backwards: what we assume of each factor, for the goal of a period."""

from collections.abc import Mapping
from datetime import datetime

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.assumption import Assumption, assumed_for
from alignment.domain.period import Period
from alignment.store import ledger_backward_plans
from alignment.store.ledger import Connection

DEED = "move the plan"


class BackwardPlans:
    """What both sides assume in their plans backwards; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[Assumption, ...]:
        """Return everything that was ever assumed or taken back, oldest first."""
        return self._book.read(ledger_backward_plans.every)

    def of(self, period: Period) -> Mapping[str, Assumption]:
        """Return what is assumed for a period by now, by factor."""
        return assumed_for(period, self.every())

    def assume(
        self, who: Person, period: Period, factor: str, value: float | None, screen: str = ""
    ) -> Assumption:
        """Set a factor of a period's plan for both sides; None takes it back to what the data has.

        Raises NotAllowedError for observers, and Refusal for a value that no plan can divide by.
        """

        def save(connection: Connection, at: datetime) -> Assumption:
            return ledger_backward_plans.save(connection, Assumption(period, factor, value, who, at))

        return self._book.write(who, DEED, screen, save)

    def take_back(self, who: Person, period: Period, screen: str = "") -> tuple[Assumption, ...]:
        """Take every factor of a period's plan back to what the data has; return what was taken back."""

        def save(connection: Connection, at: datetime) -> tuple[Assumption, ...]:
            known = assumed_for(period, ledger_backward_plans.every(connection))
            return tuple(
                ledger_backward_plans.save(connection, Assumption(period, name, None, who, at))
                for name in known
            )

        return self._book.write(who, DEED, screen, save)
