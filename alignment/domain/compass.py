"""The lack and surplus compass: MQLs and SQLs of a month, fewer, as expected or more; nine cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from alignment.domain.cohort import Passport
from alignment.domain.period import months_later
from alignment.domain.plan import Plan
from alignment.domain.rate import Rate, RateDifference
from alignment.domain.swing import MOST_MONTHS, Reading, Standing, readings

Cell: TypeAlias = tuple[Standing, Standing]
"""How the MQLs and how the SQLs of a month stand to what was expected."""


@dataclass(frozen=True)
class MonthCount:
    """The leads that became MQL in a month (its first day), and those of them that became SQL in the window.

    `undated` became SQL at an unknown time, `reversed` before they were MQL: neither is an SQL here.
    """

    month: date
    mqls: int
    sqls: int
    undated: int = 0
    reversed: int = 0

    @property
    def rate(self) -> Rate:
        """Return the conversion from MQL to SQL within the window."""
        return Rate(self.sqls, self.mqls - self.undated)


@dataclass(frozen=True)
class CompassMonth:
    """One month that is over. `sqls` are only counted so far, and stand nowhere, before `judged_on`."""

    counted: MonthCount
    mqls: Reading
    sqls: Reading
    before: Rate
    judged_on: date
    is_mature: bool
    plan: Plan | None = None

    @property
    def month(self) -> date:
        """Return the month's first day."""
        return self.counted.month

    @property
    def cell(self) -> Cell | None:
        """Return where the month stands; None while one of the two can't be judged."""
        if not self.is_mature or self.mqls.standing is None or self.sqls.standing is None:
            return None
        return self.mqls.standing, self.sqls.standing

    @property
    def has_more_sqls(self) -> bool:
        """Tell whether there are more SQLs than expected: what have they in common."""
        return self.is_mature and self.sqls.standing is Standing.MORE

    @property
    def conversion(self) -> RateDifference:
        """Return how the conversion of the months before changed to this month's."""
        return RateDifference(self.before, self.counted.rate)

    @property
    def months_before(self) -> int:
        """Return how many of the months before speak for what is usual."""
        return len(self.sqls.usual.before) if self.sqls.usual else 0


@dataclass(frozen=True)
class Compass:
    """The months that are over and of which all is known, oldest first."""

    months: tuple[CompassMonth, ...]
    window_days: int
    passport: Passport

    def at(self, month: date) -> CompassMonth | None:
        """Return the month that begins on that day, if it can be shown."""
        return next((each for each in self.months if each.month == month), None)


def compass_months(
    counts: Sequence[MonthCount], plans: Mapping[date, Plan], window_days: int, known_until: date
) -> tuple[CompassMonth, ...]:
    """Return the whole months that are over, each judged by those before it; `counts` are oldest first.

    `known_until` is the first day of which the data doesn't know everything. The SQLs of a month are judged
    once that day lies the window past the month's end: its last lead has had its time by then.
    """
    shown = [each for each in counts if months_later(each.month, 1) <= known_until]
    planned = [plans.get(each.month) for each in shown]
    mqls = readings([each.mqls for each in shown], [plan.mqls if plan else None for plan in planned])
    sqls = readings([each.sqls for each in shown], [plan.sqls if plan else None for plan in planned])
    return tuple(
        CompassMonth(
            each,
            mqls[place],
            sqls[place],
            _pooled(shown[max(0, place - MOST_MONTHS) : place]),
            judged_on(each.month, window_days),
            judged_on(each.month, window_days) <= known_until,
            planned[place],
        )
        for place, each in enumerate(shown)
    )


def judged_on(month: date, window_days: int) -> date:
    """Return the day on which the last lead of a month has had its window."""
    return months_later(month, 1) + timedelta(days=window_days)


def _pooled(counts: Sequence[MonthCount]) -> Rate:
    return Rate(sum(each.sqls for each in counts), sum(each.rate.denominator for each in counts))
