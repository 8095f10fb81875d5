"""Leads routed by hand out of the gap: to a nurture drip, to an SDR or to both; on record, and reversible."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from alignment.domain.agreement import Person
from alignment.domain.definition import Route
from alignment.domain.refusal import Refusal

BY_HAND = (Route.NURTURE, Route.SDR, Route.BOTH)
"""Where a person can route a lead."""
MOST_ROUTED = 10_000
"""All of them are kept in one row."""
MOST_YEARS = 5
"""How far ahead a lead can be put off."""
LEAP_DAY = 29


@dataclass(frozen=True)
class Routing:
    """Leads that a person routed in one go; `undoes` is the number of the routing that this one takes back.

    `number` counts the routings, 0 for one that is not kept yet. `not_before` is the day until which leads
    that are recycled stay in nurture.
    """

    who: Person
    at: datetime
    route: Route
    leads: tuple[str, ...]
    reason: str = ""
    undoes: int | None = None
    number: int = 0
    not_before: date | None = None

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
        if self.not_before and self.route is not Route.NURTURE:
            raise Refusal(f"Only nurture can wait for a day; {self.route.label} begins at once.")


def standing(routings: Iterable[Routing]) -> tuple[Routing, ...]:
    """Return the routings that nobody has taken back, oldest first."""
    kept = list(routings)
    undone = {routing.undoes for routing in kept}
    return tuple(routing for routing in kept if routing.undoes is None and routing.number not in undone)


def newest_of(routings: Iterable[Routing]) -> Mapping[str, Routing]:
    """Return the routing that holds for each lead: the newest one that stands."""
    return {lead: routing for routing in standing(routings) for lead in routing.leads}


def routes_of(routings: Iterable[Routing]) -> Mapping[str, Route]:
    """Return where each lead is routed now."""
    return {lead: routing.route for lead, routing in newest_of(routings).items()}


def due_again(routings: Iterable[Routing], today: date) -> Mapping[str, date]:
    """Return the recycled leads whose day has come by `today`, each with that day."""
    return {
        lead: routing.not_before
        for lead, routing in newest_of(routings).items()
        if routing.not_before and routing.not_before <= today
    }


def last_day(today: date) -> date:
    """Return the last day until which leads can be left alone."""
    is_leap_day = today.day == LEAP_DAY and today.month == 2  # noqa: PLR2004 - February
    return today.replace(year=today.year + MOST_YEARS, day=28 if is_leap_day else today.day)


def refuse_day(not_before: date, today: date) -> None:
    """Raise Refusal unless leads can be recycled with that day: from today on, five years ahead at most."""
    last = last_day(today)
    if not_before < today:
        raise Refusal(
            f"Leads can't be left alone until {not_before}, that day is past. Choose a day from {today} on."
        )
    if not_before > last:
        raise Refusal(
            f"Until {not_before} is over five years ahead: nobody would remember these leads."
            f" Choose a day up to {last}."
        )
