"""The forecast tried on the past: each quarter that is over, at several moments, from what was known then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from alignment.domain.backtest import Backtest, Check
from alignment.domain.fiscal import JANUARY, FiscalCalendar
from alignment.domain.money import Money
from alignment.domain.period import Grain, Period
from alignment.metrics import deal_history
from alignment.metrics import revenue as metric
from alignment.metrics.deals import Deals
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.futures import futures
from alignment.report.lives import Lives, Numbers, lives_of
from alignment.report.revenue import need_amounts
from alignment.store.snapshot import Snapshot

MOMENTS = (0.0, 0.25, 0.5, 0.75)
FUTURES = 2_000
HISTORY_DAYS = 120
"""A quarter is tried when deals are known for so many days before it."""
MOST_QUARTERS = 12
BEYOND = 10**6


def backtest(
    snapshot: Snapshot, *, as_of: date | None = None, calendar: FiscalCalendar = JANUARY
) -> Backtest:
    """Return how often P10–P90 held what came in, for the last quarters that are over, newest last.

    Each forecast knows the deals as they stood on its day: what was opened, closed and, where the history
    tells, worth by then.
    """
    need_amounts(snapshot)
    need(snapshot, "deals", "created_at", shows="how often the forecast held")
    need(snapshot, "deals", "closed_at", shows="how often the forecast held")
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency)
    lives, lives_queries = lives_of(snapshot, deals)
    has_history = snapshot.has("stage_history", "record_id", "entered_at", "amount")
    told_query = deal_history.told_amounts(deals)
    told = Told.of(snapshot.ask(told_query), lives) if has_history else None
    won_query = metric.won_by_day(deals)
    won = Won.of(snapshot.ask(won_query))
    checks = tuple(_checks(lives, told, won, Past(deals.clock.today, calendar), snapshot.currency))
    queries = (*lives_queries, won_query, *([told_query] if has_history else []))
    return Backtest(checks, passport(deals.clock, _words(checks, has_history=has_history), *queries))


@dataclass(frozen=True)
class Told:
    """The amounts that the history tells, sorted by deal and day: `key` = deal × BEYOND + day."""

    key: Numbers
    cents: Numbers
    first: np.ndarray
    is_told: np.ndarray
    oldest: int

    @classmethod
    def of(cls, rows: pa.Table, lives: Lives) -> "Told":
        """Read the rows of `told_amounts`: `place` is the deal's place among the lives."""
        place = rows["place"].to_numpy().astype(np.int64)
        days_ago = rows["days_ago"].to_numpy().astype(np.int64)
        oldest = int(max(days_ago.max(initial=0), lives.age.max(initial=0)))
        count = len(lives.age)
        first = np.searchsorted(place, np.arange(count))
        is_told = np.searchsorted(place, np.arange(count), side="right") > first
        return cls(
            place * BEYOND + oldest - days_ago, rows["cents"].to_numpy().astype(float), first, is_told, oldest
        )

    def at(self, days_ago: int, otherwise: Numbers) -> Numbers:
        """Return each deal's cents so many days ago; `otherwise` for those of which nothing is told."""
        if not len(self.key):
            return otherwise
        wanted = np.arange(len(self.first)) * BEYOND + self.oldest - days_ago
        last = np.maximum(np.searchsorted(self.key, wanted, side="right") - 1, self.first)
        return np.where(self.is_told, self.cents[np.minimum(last, len(self.cents) - 1)], otherwise)


@dataclass(frozen=True)
class Won:
    """The cents won so many days ago."""

    days_ago: Numbers
    cents: Numbers

    @classmethod
    def of(cls, rows: pa.Table) -> "Won":
        """Read the rows of `won_by_day`."""
        return cls(rows["days_ago"].to_numpy().astype(float), rows["cents"].to_numpy().astype(float))

    def between(self, first: int, last: int) -> int:
        """Return the cents won from `first` to `last` days ago, both included."""
        return int(self.cents[(self.days_ago <= first) & (self.days_ago >= last)].sum())


@dataclass(frozen=True)
class Past:
    """The quarters that are over today, by the company's calendar."""

    today: date
    calendar: FiscalCalendar

    def quarters(self, known_from: date) -> list[Period]:
        """Return those that begin after `known_from`, oldest first."""
        quarter = self.calendar.bucket_of(self.today + timedelta(days=1), Grain.QUARTER).previous()
        found: list[Period] = []
        while quarter.start >= known_from and len(found) < MOST_QUARTERS:
            found.append(quarter)
            quarter = quarter.previous()
        return found[::-1]


def _checks(lives: Lives, told: Told | None, won: Won, past: Past, currency: str) -> Iterator[Check]:
    if not len(lives.age):
        return
    today = past.today
    known_from = today - timedelta(days=int(lives.age.max()) - HISTORY_DAYS)
    draws_worth = lives.is_priced_late
    for period in past.quarters(known_from):
        came = won.between((today - period.start).days, (today - period.last).days)
        for moment in MOMENTS:
            day = period.start + timedelta(days=round(period.days * moment) - 1)
            back = (today - day).days
            then = lives.before(back, told.at(back, lives.cents) if told else None)
            drawn = futures(then, (period.last - day).days, FUTURES, draws_worth=draws_worth)
            if drawn is None:
                continue
            ends = won.between((today - period.start).days, back) + drawn.sums
            low, middle, high = (
                Money(round(float(each)), currency) for each in np.percentile(ends, (10, 50, 90))
            )
            yield Check(period, day, moment, low, middle, high, Money(came, currency))


def _words(checks: tuple[Check, ...], *, has_history: bool) -> Words:
    amounts = (
        "amounts as the history tells them for that day"
        if has_history
        else "amounts as they are now, for the data has no table stage_history with the column amount"
    )
    quarters = len({check.period for check in checks})
    return Words(
        "How often the forecast held",
        "forecasts of past quarters, made at their start and after a quarter, half and three quarters of"
        f" their days from the deals as they stood then, {amounts}; a range holds when what came in lies"
        " between P10 and P90. Eight in ten should.",
        f"{sum(check.is_held for check in checks):,} ranges held",
        f"{len(checks):,} ranges of {quarters:,} past quarters",
    )
