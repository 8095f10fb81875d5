"""Aims: the optional goals that both sides share beside revenue; SQLs, win rate, hole rate."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alignment.domain.agreement import Person
from alignment.domain.cohort import Passport
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.refusal import Refusal

MOST_SQLS = 10**9
WHOLE = 100


class Measure(StrEnum):
    """What an aim is for."""

    SQLS = "sqls"
    WIN_RATE = "win_rate"
    HOLE_RATE = "hole_rate"

    @property
    def label(self) -> str:
        """Return its name as people write it."""
        return {"sqls": "SQLs", "win_rate": "Win rate", "hole_rate": "Hole rate"}[self]

    @property
    def is_share(self) -> bool:
        """Tell whether it is a percentage."""
        return self is not Measure.SQLS

    @property
    def is_ceiling(self) -> bool:
        """Tell whether less is better: the aim is a most, not a least."""
        return self is Measure.HOLE_RATE


@dataclass(frozen=True)
class Aim:
    """What both sides aim at in a period, as one person set it at one moment (naive UTC), and why.

    `target` is a number of SQLs, else a percentage.
    """

    period: Period
    measure: Measure
    target: int
    who: Person
    at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a target that nobody can mean."""
        if self.target < 1:
            raise Refusal(f"A goal for {self.measure.label} must be over 0, got {self.target}.")
        most = WHOLE if self.measure.is_share else MOST_SQLS
        if self.target > most:
            unit = " %" if self.measure.is_share else ""
            raise Refusal(
                f"A goal for {self.measure.label} can't be over {most:,}{unit}, got {self.target:,}."
            )


@dataclass(frozen=True)
class Reached:
    """An aim beside what came, up to `known_on`: a count of SQLs or a rate.

    Both are None where the data can't tell, and `unknown` says why. `elapsed_share` is that of the period's
    business days.
    """

    aim: Aim
    known_on: date
    elapsed_share: float
    passport: Passport | None = None
    count: int | None = None
    rate: Rate | None = None
    unknown: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether the period is over."""
        return self.known_on >= self.aim.period.last

    @property
    def is_met(self) -> bool | None:
        """Tell whether what came is what was aimed at, as it stands; None where nobody can tell."""
        if self.count is not None:
            return self.count >= self.aim.target
        if self.rate is None or self.rate.is_too_small:
            return None
        part, target = self.rate.numerator * WHOLE, self.aim.target * self.rate.denominator
        return part <= target if self.aim.measure.is_ceiling else part >= target

    @property
    def due(self) -> int | None:
        """Return how many SQLs would be on pace by now; None for a rate."""
        return None if self.aim.measure.is_share else round(self.aim.target * self.elapsed_share)
