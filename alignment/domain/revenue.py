"""Won revenue, win rate, cycle, pipeline: one shared number and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from alignment.domain.cohort import Passport
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate

SATURDAY = 5

Range: TypeAlias = tuple[Money, Money, Money]
"""The 10th, 50th and 90th percentile of what a period might end with."""


@dataclass(frozen=True)
class Revenue:
    """What was won of one group of deals closed in a period.

    `won_amount` is None where the data has no amounts; `win_rate` is None where it knows no lost deal at all.
    `unvalued` deals lack an amount or an exchange rate; `zero` ones are counted but kept out of the mean;
    `credit_amount` sums the negative ones, which are in no other figure. The mean is that of the `valued`
    ones, with an amount over zero.
    """

    by: Mapping[str, str | None] | None
    won_amount: Money | None
    won_count: int
    lost_count: int
    win_rate: Rate | None
    win_rate_by_value: float | None
    mean_won_amount: Money | None
    median_cycle_days: float | None
    valued: int = 0
    unvalued: int = 0
    zero: int = 0
    credit_amount: Money | None = None


@dataclass(frozen=True)
class Revenues:
    """Revenue by group: one row without groups, else one a value, the largest first."""

    rows: tuple[Revenue, ...]
    currency: str
    passport: Passport

    @property
    def is_empty(self) -> bool:
        """Tell whether no deal was closed."""
        return all(row.won_count + row.lost_count == 0 for row in self.rows)

    @property
    def has_amounts(self) -> bool:
        """Tell whether any of what was won has an amount: else all rows alike count deals."""
        winners = [row for row in self.rows if row.won_count] or self.rows
        return not winners or any(row.won_amount is not None for row in winners)


@dataclass(frozen=True)
class PipelineStage:
    """The open deals of one stage; their amount is None where none of them has one, which is not zero."""

    stage: str | None
    count: int
    amount: Money | None
    unvalued: int


@dataclass(frozen=True)
class Pipeline:
    """The open deals by stage as they stand at the as-of."""

    stages: tuple[PipelineStage, ...]
    passport: Passport

    @property
    def amount(self) -> Money | None:
        """Return what all open deals are worth; None where no amount is known."""
        known = [stage.amount for stage in self.stages if stage.amount is not None]
        return sum(known[1:], known[0]) if known else None

    @property
    def is_empty(self) -> bool:
        """Tell whether no deal is open."""
        return not self.stages


@dataclass(frozen=True)
class Forecast:
    """What was won of a period so far and with what it might end; `unknown` says why there is no range."""

    period: Period
    won: Money
    range: Range | None
    unknown: str
    passport: Passport


@dataclass(frozen=True)
class Attainment:
    """The goal beside what was won, and whether we might reach it.

    `pace` = won ÷ (goal × share of the period's business days elapsed); None before the first of them, or
    for a goal of zero. `chance` is the share of resampled futures that reach the goal, None where the data
    can't say; `forecast` holds their 10th, 50th and 90th percentile; `unknown` says why there is none.
    """

    goal: Goal
    won: Money
    elapsed_share: float
    chance: float | None
    forecast: Range | None
    passport: Passport
    unknown: str = ""

    @property
    def share(self) -> float | None:
        """Return won ÷ goal, None for a goal of zero."""
        return self.won.cents / self.goal.amount.cents if self.goal.amount.cents else None

    @property
    def pace(self) -> float | None:
        """Return won ÷ what would be on pace by now."""
        due = self.goal.amount.cents * self.elapsed_share
        return self.won.cents / due if due else None

    @property
    def remaining(self) -> Money:
        """Return what is still to be won; zero once the goal is met."""
        return Money(max(0, self.goal.amount.cents - self.won.cents), self.won.currency)

    @property
    def is_met(self) -> bool:
        """Tell whether nothing remains."""
        return self.remaining.cents == 0


def business_days(start: date, end: date, holidays: frozenset[date] = frozenset()) -> int:
    """Return the number of working days in [start, end): Monday to Friday without the holidays."""
    days = (start + timedelta(days=step) for step in range((end - start).days))
    return sum(day.weekday() < SATURDAY and day not in holidays for day in days)


def elapsed_share(period: Period, today: date, holidays: frozenset[date] = frozenset()) -> float:
    """Return the share of the period's business days that have passed, today counted as passed."""
    passed = min(max(today + timedelta(days=1), period.start), period.end)
    total = business_days(period.start, period.end, holidays)
    return business_days(period.start, passed, holidays) / total if total else 0.0
