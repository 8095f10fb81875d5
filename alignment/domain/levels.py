"""The leads that come in, by the level they reach, and where each level's route takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alignment.domain.cohort import Passport
from alignment.domain.definition import Route


class Destination(StrEnum):
    """Who gets a list of leads; a route leads to one of them, to two, or to nobody."""

    NURTURE = "nurture"
    SDR = "sdr"
    SALES = "sales"
    NOBODY = "none"

    @property
    def label(self) -> str:
        """Return the destination in words."""
        return Route(self).label


def destinations_of(route: Route | None) -> tuple[Destination, ...]:
    """Return where a route leads: `both` is the nurture drip and the SDR; an unscored lead has no route."""
    if route is Route.BOTH:
        return Destination.NURTURE, Destination.SDR
    return (Destination(route),) if route else (Destination.NOBODY,)


@dataclass(frozen=True)
class LevelCount:
    """The leads of one level and route; `level` is None for unscored leads.

    `by_week` counts them by the label of the week in which they came in.
    """

    level: str | None
    route: Route | None
    enters_hand_off: bool
    leads: int
    by_week: Mapping[str, int]


@dataclass(frozen=True)
class Levels:
    """All leads that came in, the highest level first, unscored ones last; `weeks` in order."""

    rows: tuple[LevelCount, ...]
    weeks: tuple[str, ...]
    passport: Passport

    @property
    def leads(self) -> int:
        """Return how many leads came in."""
        return sum(row.leads for row in self.rows)

    def sent_to(self, destination: Destination) -> int:
        """Return how many of them a route takes to a destination."""
        return sum(row.leads for row in self.rows if destination in destinations_of(row.route))
