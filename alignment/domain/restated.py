"""Figures of periods that are over, as each load told them: what changed because data came late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from alignment.domain.fiscal import JANUARY, FiscalCalendar
from alignment.domain.money import Money
from alignment.domain.period import Grain, Period

MOST_PERIODS = 8
"""So many quarters that are over are kept with each load."""


class Headline(StrEnum):
    """The figures that are kept of a period that is over."""

    WON = "won"
    SQL = "sql"
    MQL = "mql"


@dataclass(frozen=True)
class Closed:
    """A quarter that was over, as one load told it; None where the load could not tell."""

    period: Period
    won: Money | None = None
    won_count: int | None = None
    sqls: int | None = None
    mqls: int | None = None


@dataclass(frozen=True)
class Load:
    """What one load told of the quarters that were over; `at` is its moment (naive UTC).

    Loads are compared only where they tell of one company, in one currency and time zone.
    """

    at: datetime
    as_of: datetime
    company: str
    currency: str
    time_zone: str
    closed: tuple[Closed, ...] = field(default_factory=tuple)

    @property
    def whose(self) -> tuple[str, str, str]:
        """Return what two loads must share to be compared."""
        return self.company, self.currency, self.time_zone


@dataclass(frozen=True)
class Restated:
    """A figure of a period that is over and has changed: first told at a load, told as now since another.

    `more_deals` is how many more deals are counted now; of won revenue only, None of the others.
    """

    period: Period
    headline: Headline
    was: Money | int
    was_at: datetime
    now: Money | int
    since: datetime
    more_deals: int | None = None


def closed_quarters(today: date, calendar: FiscalCalendar = JANUARY) -> tuple[Period, ...]:
    """Return the fiscal quarters that are over on a day, the newest first."""
    found = [calendar.bucket_of(today, Grain.QUARTER).previous()]
    while len(found) < MOST_PERIODS:
        found.append(found[-1].previous())
    return tuple(found)


def restated(loads: Iterable[Load]) -> tuple[Restated, ...]:
    """Return what the newest load tells otherwise than the first one that told it, newest period first.

    Loads are given oldest first. Without an earlier load nothing is said.
    """
    every = list(loads)
    if not every:
        return ()
    alike = [each for each in every if each.whose == every[-1].whose]
    periods = [closed.period for closed in alike[-1].closed]
    return tuple(
        found
        for period in sorted(periods, key=lambda each: each.start, reverse=True)
        for headline in Headline
        if (found := _of(period, headline, alike))
    )


def _of(period: Period, headline: Headline, loads: list[Load]) -> Restated | None:
    told = [
        (load.at, closed, value)
        for load in loads
        for closed in load.closed
        if closed.period == period and (value := _value(closed, headline)) is not None
    ]
    newest = loads[-1].at
    if len(told) < 2 or told[-1][0] != newest or told[0][2] == told[-1][2]:  # noqa: PLR2004 - two loads
        return None
    now = told[-1][2]
    since = newest
    for at, _, value in reversed(told):
        if value != now:
            break
        since = at
    more = None
    counts = told[0][1].won_count, told[-1][1].won_count
    if headline is Headline.WON and counts[0] is not None and counts[1] is not None:
        more = counts[1] - counts[0]
    return Restated(period, headline, told[0][2], told[0][0], now, since, more)


def _value(closed: Closed, headline: Headline) -> Money | int | None:
    values: Mapping[Headline, Money | int | None] = {
        Headline.WON: closed.won,
        Headline.SQL: closed.sqls,
        Headline.MQL: closed.mqls,
    }
    return values[headline]
