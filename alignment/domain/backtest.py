"""How often the forecast's range held what came in, in quarters that are over."""

from dataclasses import dataclass
from datetime import date

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate

EXPECTED = (0.75, 0.85)
"""The range leaves out one in ten on each side: it should hold about eight in ten."""
FEWEST_QUARTERS = 4


@dataclass(frozen=True)
class Check:
    """A forecast made on a day of a past quarter from what was known then, beside what came in.

    `moment` is the share of the quarter's days that had passed.
    """

    period: Period
    as_of: date
    moment: float
    low: Money
    middle: Money
    high: Money
    came: Money

    @property
    def is_held(self) -> bool:
        """Tell whether what came in lies in the range."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True)
class Backtest:
    """The checks of the past quarters, the oldest first."""

    checks: tuple[Check, ...]
    passport: Passport

    @property
    def is_empty(self) -> bool:
        """Tell whether no past quarter has enough data before it."""
        return not self.checks

    @property
    def quarters(self) -> int:
        """Return the number of past quarters that were checked."""
        return len({check.period for check in self.checks})

    @property
    def held(self) -> Rate:
        """Return how many of all the ranges held."""
        return Rate(sum(check.is_held for check in self.checks), len(self.checks))

    def held_at(self, moment: float) -> Rate:
        """Return how many past quarters held, forecast at the moment nearest to this share of the quarter."""
        moments = {check.moment for check in self.checks}
        nearest = min(moments, key=lambda each: abs(each - moment), default=0.0)
        at_that = [check.is_held for check in self.checks if check.moment == nearest]
        return Rate(sum(at_that), len(at_that))

    @property
    def verdict(self) -> str:
        """Say whether the range is as wide as it says."""
        share = self.held.value
        if share is None or self.quarters < FEWEST_QUARTERS:
            return "too few past quarters to tell"
        if share < EXPECTED[0]:
            return "too narrow, 8 in 10 should hold"
        return "as often as it should" if share <= EXPECTED[1] else "wide, more often than it should"
