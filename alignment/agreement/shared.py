"""What people do to the agreement: edit, undo, sign, and what stands beside it; and who hears of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import TypeAlias

from alignment.agreement.aims import Aims
from alignment.agreement.backward_plans import BackwardPlans
from alignment.agreement.bids import Bids
from alignment.agreement.book import Book
from alignment.agreement.decisions import Decisions
from alignment.agreement.goals import Goals
from alignment.agreement.loads import Loads
from alignment.agreement.plans import Plans
from alignment.agreement.promises import Promises
from alignment.agreement.reasons import Reasons
from alignment.agreement.reviews import Reviews
from alignment.agreement.routings import Routings
from alignment.agreement.scouts import Scouts
from alignment.agreement.sides import refuse_observer
from alignment.agreement.spend_reasons import SpendReasons
from alignment.domain.agreement import Draft, Person, Version
from alignment.domain.definition_plain import Plain
from alignment.domain.digest import Record
from alignment.store.ledger import Ledger

Unsubscribe: TypeAlias = Callable[[], None]


@dataclass(frozen=True)
class Change:
    """Something is new: the revision since, and the screen it came from (empty for none)."""

    revision: int
    screen: str = ""


def now() -> datetime:
    """Return this moment as the ledger keeps it: naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


class Agreement:
    """One ledger, as people use it; safe to share between threads.

    Every method that writes refuses observers with NotAllowedError, writes in one transaction, and tells the
    subscribers after the commit. `screen` names where the change was made, so that it is not told of itself.
    """

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime] = now) -> None:
        self.ledger = ledger
        self._clock = clock
        self._known_versions: tuple[int, tuple[Version, ...]] | None = None
        self._subscribers: list[Callable[[Change], None]] = []
        self._lock = Lock()
        self._reading = Lock()
        book = Book(ledger, clock, self._tell)
        self.bids = Bids(ledger, self.draft, clock, self._tell)
        self.goals = Goals(book)
        self.promises = Promises(book)
        self.scouts = Scouts(book)
        self.routings = Routings(book)
        self.reasons = Reasons(book)
        self.plans = Plans(book)
        self.backward_plans = BackwardPlans(book)
        self.aims = Aims(book)
        self.loads = Loads(book)
        self.decisions = Decisions(book)
        self.spend_reasons = SpendReasons(book)
        self.reviews = Reviews(book)

    def revision(self) -> int:
        """Return a number that rises with all that anybody writes, and with every bid in this process."""
        return self.ledger.revision() + self.bids.turns

    def draft(self) -> Draft:
        """Return the draft as it stands; the same object until somebody writes.

        After an edit all screens ask at the same moment: one of them reads it.
        """
        with self._reading:
            return self.ledger.draft()[1]

    def versions(self) -> tuple[Version, ...]:
        """Return every version, oldest first; read again only after somebody wrote: a page asks often."""
        known, revision = self._known_versions, self.ledger.revision()
        if known is None or known[0] != revision:
            self._known_versions = known = (revision, self.ledger.versions())
        return known[1]

    def record(self) -> Record:
        """Return what people put on record, as a digest reads it."""
        return Record(
            self.versions(),
            self.goals.every(),
            self.promises.every(),
            self.plans.every(),
            self.routings.every(),
            self.decisions.every(),
            self.reviews.every(),
            self.draft(),
        )

    def edit(self, who: Person, field: str, value: Plain, seen_seq: int, screen: str = "") -> Draft:
        """Change one field of the draft as the person saw it at edit `seen_seq`; return the draft since.

        Raises StaleEditError, with who and what, when the field changed meanwhile, and Refusal when the field
        is not there or the draft can't hold the value.
        """
        refuse_observer(who, "change the definition")
        if self.ledger.append(who, field, value, seen_seq, self._clock()):
            self._tell(screen)
        return self.draft()

    def undo(self, who: Person, screen: str = "") -> Draft:
        """Take back the person's newest change; raise Refusal when there is none that nobody has built on."""
        refuse_observer(who, "change the definition")
        self.ledger.undo(who, self._clock())
        self._tell(screen)
        return self.draft()

    def sign(
        self, who: Person, seen_seq: int, prediction: Mapping[str, Plain], screen: str = ""
    ) -> Version | None:
        """Sign the draft seen at edit `seen_seq`; return the version that the second signature puts in force.

        `prediction` goes on record with the version. Raises StaleEditError when the draft changed since, and
        Refusal when something is missing or one person would sign for both sides.
        """
        refuse_observer(who, "sign")
        version = self.ledger.sign(who, seen_seq, prediction, self._clock())
        self._tell(screen)
        return version

    def subscribe(self, hear: Callable[[Change], None]) -> Unsubscribe:
        """Have `hear` called after every write of this process, on the thread that wrote."""
        with self._lock:
            self._subscribers.append(hear)
        return lambda: self._subscribers.remove(hear)

    def _tell(self, screen: str) -> None:
        change = Change(self.revision(), screen)
        for hear in tuple(self._subscribers):
            hear(change)
