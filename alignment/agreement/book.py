"""What stands beside the definition: put on record by a person, in one transaction, told to all screens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from alignment.agreement.sides import refuse_observer
from alignment.domain.agreement import Person
from alignment.store.ledger import Connection, Ledger

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Book:
    """The ledger, the clock, and whom to tell; what every kind of record needs."""

    ledger: Ledger
    clock: Callable[[], datetime]
    tell: Callable[[str], None]

    def read(self, of: Callable[[Connection], Kept]) -> Kept:
        """Return what `of` reads."""
        with self.ledger.reading() as connection:
            return of(connection)

    def write(
        self, who: Person, deed: str, screen: str, save: Callable[[Connection, datetime], Kept]
    ) -> Kept:
        """Return what `save` keeps, given the moment; tell the other screens once it is on the disk.

        Raises NotAllowedError for observers; nothing is kept when `save` raises.
        """
        refuse_observer(who, deed)
        with self.ledger.writing() as connection:
            kept = save(connection, self.clock())
        self.tell(screen)
        return kept
