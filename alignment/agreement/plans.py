"""The shared plans: how many MQLs and SQLs of a month we aim for."""

from datetime import date, datetime

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.plan import Plan, months_of
from alignment.store import ledger_plans
from alignment.store.ledger import Connection


class Plans:
    """The plans that both sides share; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[Plan, ...]:
        """Return every plan ever set, oldest first; of one month the last holds."""
        return self._book.read(ledger_plans.every)

    def set(
        self,
        who: Person,
        first: date,
        numbers: tuple[int, int],
        reason: str = "",
        *,
        months: int = 1,
        screen: str = "",
    ) -> tuple[Plan, ...]:
        """Set MQLs and SQLs of each of some months from the first on; return what changed by it.

        Raises NotAllowedError for observers, and Refusal when a month's plan is changed without a reason,
        when nothing changes, or when nobody can mean such a plan; then none of the months is changed.
        """

        def save(connection: Connection, at: datetime) -> tuple[Plan, ...]:
            wanted = [Plan(month, *numbers, who, at, reason.strip()) for month in months_of(first, months)]
            return ledger_plans.save(connection, wanted)

        return self._book.write(who, "set the plan", screen, save)
