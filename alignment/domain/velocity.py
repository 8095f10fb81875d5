"""Sales velocity: what one population of deals brings a day; and lead velocity, how fast leads grow."""

from dataclasses import dataclass

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import SMALLEST_DENOMINATOR, Rate
from alignment.domain.stage import Stage


@dataclass(frozen=True)
class SalesVelocity:
    """Open deals × win rate × mean won amount ÷ cycle, all four of one population.

    A part is None where the data can't tell it; `undefined` names the first such part in words.
    """

    open_count: int
    win_rate: Rate | None
    mean_won_amount: Money | None
    median_cycle_days: float | None
    passport: Passport
    undefined: str = ""

    @property
    def a_day(self) -> Money | None:
        """Return what is won a day at that pace, None where a part of it is undefined."""
        rate, mean, cycle = self.win_rate, self.mean_won_amount, self.median_cycle_days
        if self.undefined or rate is None or rate.value is None or mean is None or not cycle:
            return None
        return Money(round(self.open_count * rate.value * mean.cents / cycle), mean.currency)


@dataclass(frozen=True)
class LeadMonth:
    """The leads that entered a stage in a month, beside those of the month before.

    Of a month under way, both are counted up to its `elapsed_days`; None for a whole one.
    """

    month: Period
    count: int
    former_count: int
    elapsed_days: int | None = None

    @property
    def is_too_small(self) -> bool:
        """Tell whether the month before is under 5: no percentage is said then."""
        return self.former_count < SMALLEST_DENOMINATOR

    @property
    def rate(self) -> float | None:
        """Return the growth over the month before, None where that one had none."""
        return (self.count - self.former_count) / self.former_count if self.former_count else None


@dataclass(frozen=True)
class LeadVelocity:
    """How the leads that enter a stage grew from month to month, oldest first."""

    stage: Stage
    months: tuple[LeadMonth, ...]
    passport: Passport

    @property
    def newest(self) -> LeadMonth:
        """Return the last of the months."""
        return self.months[-1]

    @property
    def is_empty(self) -> bool:
        """Tell whether no lead entered the stage in any of the months, nor just before."""
        return not any(row.count or row.former_count for row in self.months)
