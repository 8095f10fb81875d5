"""What each step of a plan backwards brought: shares, days and amounts of the past, with intervals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import exp, sqrt

import pyarrow as pa

from alignment.domain.backward_plan_basis import AMOUNT, DAYS, Factor, Kind, Lag, step_name
from alignment.domain.money import CENTS
from alignment.domain.period import Grain, Period
from alignment.domain.rate import SMALLEST_DENOMINATOR, Z_95, Rate
from alignment.domain.stage import Stage
from alignment.report.lags import Lags, interval_of_median, tenth_and_median

YEAR = timedelta(days=365)


def following(stage: Stage, chain: tuple[Stage, ...]) -> Stage:
    """Return the next stage that the data knows; `chain` starts with the one next to won."""
    place = chain.index(stage)
    return chain[place - 1] if place else Stage.WON


@dataclass(frozen=True)
class Span:
    """The days that a plan looks back on: whole quarters up to today."""

    since: date
    today: date

    @property
    def period(self) -> Period:
        """Return all of them, today included."""
        return Period(self.since, self.today + timedelta(1))

    @property
    def quarters(self) -> tuple[Period, ...]:
        """Return the quarters that are over."""
        return tuple(each for each in self.period.buckets(Grain.QUARTER) if each.end <= self.today)

    def year_before(self, days: int) -> Period:
        """Return the newest year of those days that lie so many days back, or further."""
        end = self.today - timedelta(days - 1)
        return Period(end - YEAR, end)


@dataclass(frozen=True)
class Taken:
    """The leads that entered one stage, with the days they took to the next one and to the win."""

    stage: Stage
    chain: tuple[Stage, ...]
    rows: pa.Table
    span: Span

    @cached_property
    def to_next(self) -> Lags:
        """Return the days to the next stage."""
        return Lags.of(self.rows, "next", self.span.today)

    @cached_property
    def to_won(self) -> Lags:
        """Return the days to the win."""
        return Lags.of(self.rows, "won", self.span.today)

    def factor(self) -> Factor:
        """Return the step to the next stage: of the newest year of leads old enough, how many went on."""
        after, lags = following(self.stage, self.chain), self.to_next
        window = lags.window
        rate = lags.within(self.span.year_before(window)).rate(window)
        label = f"{self.stage.label} → {after.label}"
        name = step_name(self.stage, self.chain)
        counted = f"{rate.numerator:,} of {rate.denominator:,} {_many(self.stage)}, within {window} days"
        seen = _seen(
            each.value
            for quarter in self.span.quarters
            if (self.span.today - quarter.last).days >= window
            and not (each := lags.within(quarter).rate(window)).is_too_small
        )
        unknown = _why_no_rate(rate, self.stage, after, window)
        value = None if unknown else rate.value
        return Factor(name, label, Kind.SHARE, value, rate.interval, counted, seen, unknown)

    def cycle(self) -> Factor:
        """Return the median days to the win, of the newest year of leads old enough."""
        window, label = self.to_won.window, f"Days from {self.stage.label} to won"
        taken = self._mature(window).histogram
        wins = sum(taken.values())
        if wins < SMALLEST_DENOMINATOR:
            unknown = f"only {wins} of the {_many(self.stage)} old enough have won with a known day"
            return Factor(DAYS, label, Kind.DAYS, unknown=unknown)
        _, median = tenth_and_median(taken)
        return Factor(
            DAYS,
            label,
            Kind.DAYS,
            median,
            interval_of_median(taken),
            f"median of {wins:,} that won",
            _seen(self._medians(window)),
        )

    def lag(self) -> Lag | None:
        """Return the days to the win: median and tenth; None where too few have won."""
        taken = self._mature(self.to_won.window).histogram
        wins = sum(taken.values())
        if wins < SMALLEST_DENOMINATOR:
            return None
        tenth, median = tenth_and_median(taken)
        return Lag(median, tenth, wins)

    def _mature(self, window: int) -> Lags:
        return self.to_won.within(self.span.year_before(window))

    def _medians(self, window: int) -> Iterator[float]:
        for quarter in self.span.quarters:
            taken = self.to_won.within(quarter).histogram
            is_ripe = (self.span.today - quarter.last).days >= window
            if is_ripe and sum(taken.values()) >= SMALLEST_DENOMINATOR:
                yield tenth_and_median(taken)[1]


def _many(stage: Stage) -> str:
    return "leads" if stage is Stage.LEAD else f"{stage.label}s"


def _why_no_rate(rate: Rate, stage: Stage, after: Stage, window: int) -> str:
    if rate.is_too_small:
        return f"only {rate.denominator} {_many(stage)} entered at least {window} days ago"
    if not rate.numerator:
        return f"none of {rate.denominator:,} {_many(stage)} reached {after.label} within {window} days"
    return ""


@dataclass(frozen=True)
class Wins:
    """The deals won, by day: the rows of `metrics.backward_plan.won_deals`."""

    rows: pa.Table
    span: Span

    @property
    def by_day(self) -> dict[date, int]:
        """Return how many deals were won on each day."""
        return dict(self._column("deals"))

    def _column(self, name: str) -> Iterator[tuple[date, int]]:
        return zip(self.rows["day"].to_pylist(), self.rows[name].to_pylist(), strict=True)

    def total(self, name: str, period: Period) -> float:
        """Sum a column over a period."""
        return float(sum(value for day, value in self._column(name) if period.contains(day)))

    @property
    def year(self) -> Period:
        """Return the year up to today."""
        return self.span.year_before(0)

    def mean(self, period: Period) -> float | None:
        """Return the mean amount of deals won in a period, None where under five have one."""
        valued = self.total("valued", period)
        return self.total("cents", period) / CENTS / valued if valued >= SMALLEST_DENOMINATOR else None

    def factor(self) -> Factor:
        """Return the mean amount of a win of the last year, with its interval."""
        valued, mean = int(self.total("valued", self.year)), self.mean(self.year)
        label = "Mean deal won"
        if not mean:
            unknown = f"only {valued} deals of the last year were won with an amount"
            return Factor(AMOUNT, label, Kind.AMOUNT, unknown=unknown)
        variance = max(0.0, self.total("squares", self.year) - valued * mean**2) / (valued - 1)
        error = sqrt(variance / valued) / mean
        return Factor(
            AMOUNT,
            label,
            Kind.AMOUNT,
            mean,
            (mean * exp(-Z_95 * error), mean * exp(Z_95 * error)),
            f"{valued:,} deals won in the last year",
            _seen(self.mean(quarter) for quarter in self.span.quarters),
        )


def _seen(values: Iterable[float | None]) -> tuple[float, float] | None:
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else None
