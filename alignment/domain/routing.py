"""Leads routed by hand out of the gap: to a nurture drip, to an SDR or to both; on record, and reversible."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alignment.domain.agreement import Person
from alignment.domain.definition import Route
from alignment.domain.refusal import Refusal

BY_HAND = (Route.NURTURE, Route.SDR, Route.BOTH)
"""Where a person can route a lead."""
MOST_ROUTED = 10_000
"""All of them are kept in one row."""


@dataclass(frozen=True)
class Routing:
    """Leads that a person routed in one go; `undoes` is the number of the routing that this one takes back.

    `number` counts the routings, 0 for one that is not kept yet.
    """

    who: Person
    at: datetime
    route: Route
    leads: tuple[str, ...]
    reason: str = ""
    undoes: int | None = None
    number: int = 0

    def __post_init__(self) -> None:
        """Refuse a routing of nobody, of too many, and to where nobody can be routed by hand."""
        if self.undoes is None and not self.leads:
            raise Refusal("There is nobody to route: choose at least one lead.")
        if len(self.leads) > MOST_ROUTED:
            raise Refusal(
                f"At most {MOST_ROUTED:,} leads can be routed at once, got {len(self.leads):,}. Choose fewer."
            )
        if self.route not in BY_HAND:
            there = ", ".join(route.label for route in BY_HAND)
            raise Refusal(f"Leads can be routed to {there}, not to {self.route.label}.")


def standing(routings: Iterable[Routing]) -> tuple[Routing, ...]:
    """Return the routings that nobody has taken back, oldest first."""
    kept = list(routings)
    undone = {routing.undoes for routing in kept}
    return tuple(routing for routing in kept if routing.undoes is None and routing.number not in undone)


def routes_of(routings: Iterable[Routing]) -> Mapping[str, Route]:
    """Return where each lead is routed now: the newest routing that stands holds."""
    return {lead: routing.route for routing in standing(routings) for lead in routing.leads}
