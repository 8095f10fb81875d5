"""What reasons for a rejection mean: said once, for all of us."""

from collections.abc import Mapping

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.set_quality import ReasonGroup
from alignment.store import ledger_reasons


class Reasons:
    """The groups that reasons in free words were put in; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def groups(self) -> Mapping[str, ReasonGroup]:
        """Return the group of each reason for a rejection that somebody mapped."""
        return self._book.read(ledger_reasons.every)

    def map(self, who: Person, reason: str, group: ReasonGroup, screen: str = "") -> None:
        """Say once for all which group a reason in free words belongs to; saying it anew changes it."""
        self._book.write(
            who,
            "map reasons",
            screen,
            lambda connection, at: ledger_reasons.save(connection, who, reason, group, at),
        )
