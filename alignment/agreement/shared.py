"""What people do to the agreement: edit, undo, sign, bid, set the goal; and who hears of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TypeAlias

from alignment.agreement.bids import Bids
from alignment.agreement.sides import refuse_observer
from alignment.domain.agreement import Draft, Person, Version
from alignment.domain.definition import Route
from alignment.domain.definition_plain import Plain
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.routing import Routing
from alignment.domain.scout import ScoutSample
from alignment.domain.set_quality import ReasonGroup
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
        self._known: tuple[int, Draft] | None = None
        self._subscribers: list[Callable[[Change], None]] = []
        self._lock = Lock()
        self.bids = Bids(ledger, self.draft, clock, self._tell)

    def revision(self) -> int:
        """Return a number that rises with all that anybody writes, and with every bid in this process."""
        return self.ledger.revision() + self.bids.turns

    def draft(self) -> Draft:
        """Return the draft as it stands; the same object until somebody writes."""
        known = self._known
        if known is None or known[0] != self.ledger.revision():
            self._known = known = self.ledger.draft()
        return known[1]

    def versions(self) -> tuple[Version, ...]:
        """Return every version, oldest first."""
        return self.ledger.versions()

    def goal(self, period: Period) -> Goal | None:
        """Return the goal last set for exactly this period; None when there is none."""
        return self.ledger.goal(period)

    def goals(self) -> tuple[Goal, ...]:
        """Return every goal ever set, oldest first."""
        return self.ledger.goals()

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

    def set_goal(
        self, who: Person, period: Period, amount: Money, reason: str = "", screen: str = ""
    ) -> Goal:
        """Set the shared goal of a period; raise Refusal when a goal is changed without a reason."""
        refuse_observer(who, "set the goal")
        goal = Goal(period, amount, who, self._clock(), reason.strip())
        self.ledger.save_goal(goal)
        self._tell(screen)
        return goal

    def scout_samples(self) -> tuple[ScoutSample, ...]:
        """Return every scout sample ever drawn, oldest first."""
        return self.ledger.scout_samples()

    def save_scout(self, who: Person, drawn: ScoutSample, screen: str = "") -> ScoutSample:
        """Keep a scout sample under the person's name; raise Refusal when it holds no lead."""
        refuse_observer(who, "draw a scout sample")
        kept = self.ledger.save_scout(replace(drawn, who=who, at=self._clock()))
        self._tell(screen)
        return kept

    def routings(self) -> tuple[Routing, ...]:
        """Return every routing of leads and everything that took one back, oldest first."""
        return self.ledger.routings()

    def route_leads(
        self, who: Person, route: Route, leads: Collection[str], reason: str = "", screen: str = ""
    ) -> Routing:
        """Route leads to a nurture drip, an SDR or both; raise Refusal for none, too many or another way."""
        refuse_observer(who, "route leads")
        kept = self.ledger.save_routing(
            Routing(who, self._clock(), route, tuple(dict.fromkeys(leads)), reason.strip())
        )
        self._tell(screen)
        return kept

    def take_back_routing(self, who: Person, number: int, screen: str = "") -> Routing:
        """Take a routing back; its leads are where they were. Raise Refusal when it stands no more."""
        refuse_observer(who, "route leads")
        found = next((routing for routing in self.routings() if routing.number == number), None)
        route = found.route if found else Route.BOTH
        kept = self.ledger.save_routing(Routing(who, self._clock(), route, (), undoes=number))
        self._tell(screen)
        return kept

    def reason_groups(self) -> Mapping[str, ReasonGroup]:
        """Return the group of each reason for a rejection that somebody mapped."""
        return self.ledger.reason_groups()

    def map_reason(self, who: Person, reason: str, group: ReasonGroup, screen: str = "") -> None:
        """Say once for all which group a reason in free words belongs to; saying it anew changes it."""
        refuse_observer(who, "map reasons")
        self.ledger.save_reason_group(who, reason, group, self._clock())
        self._tell(screen)

    def subscribe(self, hear: Callable[[Change], None]) -> Unsubscribe:
        """Have `hear` called after every write of this process, on the thread that wrote."""
        with self._lock:
            self._subscribers.append(hear)
        return lambda: self._subscribers.remove(hear)

    def _tell(self, screen: str) -> None:
        change = Change(self.revision(), screen)
        for hear in tuple(self._subscribers):
            hear(change)
