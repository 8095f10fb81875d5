"""The figures of a definition, from its tally, and how they change from one definition to another."""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import fmean, variance

import numpy as np

from alignment.domain.definition import HIGHEST_SCORE, Definition, Level
from alignment.domain.money import Money
from alignment.domain.period import MONTHS_A_YEAR, Grain, Period, bucket_of
from alignment.domain.rate import Z_95, Rate, RateDifference
from alignment.domain.stage import Stage
from alignment.metrics.level_cube import Fate
from alignment.whatif.cube import NO_MONTH, UNSCORED, Tally, Whole

DAYS_A_WEEK, DAYS_A_YEAR = 7, 365.25
FEWEST_MONTHS = 3


@dataclass(frozen=True)
class Band:
    """The leads of one level; `a_week` is None where the data has no dates."""

    level: Level
    leads: int
    a_week: float | None


@dataclass(frozen=True)
class Point:
    """The leads of one score: `judged` ones are mature and worked, `converted` ones of these had success.

    `unworked` ones are mature and nobody worked them; 0 where the data can't tell.
    """

    score: int
    leads: int
    judged: int
    converted: int
    won: int
    unworked: int = 0


@dataclass(frozen=True)
class HandOffs:
    """What the leads handed off came to.

    `conversion` counts mature leads that sales worked. `unknown`: mature and never worked, so nobody can
    tell (None: the data doesn't tell outcomes, or who was worked); `too_young`: the window isn't over;
    `undated`: reached the outcome at an unknown time. `won` and `won_revenue` are None where the data can't
    tell them; `unvalued`: leads with a won deal whose amount or exchange rate is missing;
    `counted_elsewhere`: leads with a won deal whose money counts with an earlier lead.
    """

    leads: int
    conversion: Rate
    unknown: int | None
    too_young: int
    undated: int
    won: int | None
    won_revenue: Money | None
    unvalued: int
    counted_elsewhere: int


@dataclass(frozen=True)
class TrendMonth:
    """One month of creation: all its leads, and its hand-offs."""

    month: Period
    leads: int
    hand_offs: HandOffs
    leads_by_level: tuple[int, ...]

    @property
    def is_young(self) -> bool:
        """Tell whether part of the month's hand-offs can't be judged yet."""
        return self.hand_offs.too_young > 0


@dataclass(frozen=True)
class Figures:
    """A definition on the leads created in `period` (None: the data has no dates), over so many `weeks`.

    `never_dated`: leads without a day of creation, left out of a period. `unmet` names the criteria whose
    attribute this load lacks or has in another type: nobody meets them.
    """

    definition: Definition
    period: Period | None
    weeks: float | None
    outcome: Stage | None
    window_days: int | None
    leads: int
    bands: tuple[Band, ...]
    unscored: int
    hand_offs: HandOffs
    histogram: tuple[Point, ...]
    trend: tuple[TrendMonth, ...]
    never_dated: int = 0
    unmet: tuple[str, ...] = ()

    @property
    def hand_offs_a_week(self) -> float | None:
        """Return the hand-offs of an average week, None where the data has no dates."""
        return self.hand_offs.leads / self.weeks if self.weeks else None

    @property
    def hand_offs_of_a_month(self) -> tuple[float, float] | None:
        """Return between which hand-offs a week 95 of 100 months might lie: what to expect of one to come.

        By how much the full months of the period differ from each other, three at least; where they don't
        differ by more than chance, by chance (Poisson) alone. None without dates or with fewer months.
        """
        if self.period is None or self.hand_offs_a_week is None:
            return None
        months = [found for found in self.trend if self.period.start <= found.month.start]
        weekly = [
            found.hand_offs.leads / (found.month.days / DAYS_A_WEEK)
            for found in months
            if found.month.end <= self.period.end
        ]
        if len(weekly) < FEWEST_MONTHS:
            return None
        mean = fmean(weekly)
        spread = max(variance(weekly), mean * DAYS_A_WEEK * MONTHS_A_YEAR / DAYS_A_YEAR)
        half = Z_95 * sqrt(spread * (1 + 1 / len(weekly)))
        return max(mean - half, 0.0), mean + half

    @property
    def unscored_a_week(self) -> float | None:
        """Return the leads a week with a value for none of the criteria, None where the data has no dates."""
        return self.unscored / self.weeks if self.weeks else None


@dataclass(frozen=True)
class Impact:
    """The figures of the definition in force beside those of the draft, on the same leads."""

    in_force: Figures
    draft: Figures

    @property
    def conversion(self) -> RateDifference:
        """Return how the conversion of hand-offs changes."""
        return RateDifference(self.in_force.hand_offs.conversion, self.draft.hand_offs.conversion)

    @property
    def hand_offs_a_week(self) -> float | None:
        """Return how many more hand-offs a week there are, None where the data has no dates."""
        before, after = self.in_force.hand_offs_a_week, self.draft.hand_offs_a_week
        return None if before is None or after is None else after - before

    @property
    def hand_offs(self) -> int:
        """Return how many more hand-offs there are in the period."""
        return self.draft.hand_offs.leads - self.in_force.hand_offs.leads

    @property
    def won_revenue(self) -> Money | None:
        """Return how much more won revenue the hand-offs brought, None where one of the two is unknown."""
        before, after = self.in_force.hand_offs.won_revenue, self.draft.hand_offs.won_revenue
        return None if before is None or after is None else after - before


@dataclass(frozen=True)
class Frame:
    """What the figures are counted on: period, its weeks, the outcome with its window, and the currency.

    `tells_…`: whether the data knows which leads were worked, which were won, and for how much.
    """

    period: Period | None
    weeks: float | None
    outcome: Stage | None
    window_days: int | None
    currency: str
    tells_work: bool
    tells_won: bool
    tells_amounts: bool


def figures_of(definition: Definition, tally: Tally, frame: Frame, unmet: tuple[str, ...] = ()) -> Figures:
    """Return the definition's figures from its tally."""
    inside = np.array([is_in(month, frame.period) for month in tally.months], bool)
    leads, cents = tally.leads[:, inside].sum(axis=1), tally.cents[:, inside].sum(axis=1)
    counting = Counting(tally.fates, frame)
    handed = handed_scores(definition)
    by_score = leads.sum(axis=1)
    return Figures(
        definition=definition,
        period=frame.period,
        weeks=frame.weeks,
        outcome=frame.outcome,
        window_days=frame.window_days,
        leads=int(by_score.sum()),
        bands=_bands(definition, by_score, frame.weeks),
        unscored=int(by_score[UNSCORED]),
        hand_offs=counting.hand_offs(leads[handed].sum(axis=0), cents[handed].sum()),
        histogram=counting.histogram(leads),
        trend=_trend(definition, tally, counting),
        never_dated=_never_dated(tally) if frame.period else 0,
        unmet=unmet,
    )


class Counting:
    """Turns leads by fate into counts; `frame` says in which currency and by which outcome."""

    def __init__(self, fates: tuple[int, ...], frame: Frame) -> None:
        flags = np.array(fates, np.int64)
        mature, worked, undated = ((flags & flag) > 0 for flag in (Fate.MATURE, Fate.WORKED, Fate.UNDATED))
        is_told = frame.outcome is not None
        self.judged = mature & worked & ~undated & is_told
        self.converted = self.judged & ((flags & Fate.CONVERTED) > 0)
        self.unknown = mature & ~undated & ~self.judged
        self.too_young = ~mature
        self.undated = mature & undated
        self.won, self.unvalued = ((flags & flag) > 0 for flag in (Fate.WON, Fate.UNVALUED))
        self.elsewhere = (flags & Fate.ELSEWHERE) > 0
        self.frame = frame

    def hand_offs(self, leads: Whole, cents: int) -> HandOffs:
        """Return what leads by fate, shape [fates], came to."""
        unvalued = int(leads[self.unvalued].sum())
        is_money_told = self.frame.tells_amounts and (cents > 0 or not unvalued)
        return HandOffs(
            leads=int(leads.sum()),
            conversion=Rate(int(leads[self.converted].sum()), int(leads[self.judged].sum())),
            unknown=int(leads[self.unknown].sum()) if self.frame.tells_work else None,
            too_young=int(leads[self.too_young].sum()),
            undated=int(leads[self.undated].sum()),
            won=int(leads[self.won].sum()) if self.frame.tells_won else None,
            won_revenue=Money(int(cents), self.frame.currency) if is_money_told else None,
            unvalued=unvalued,
            counted_elsewhere=int(leads[self.elsewhere].sum()),
        )

    def histogram(self, leads: Whole) -> tuple[Point, ...]:
        """Return the points of leads by score and fate, shape [scores, fates]."""
        unworked = self.unknown & self.frame.tells_work & (self.frame.outcome is not None)
        chosen = (self.judged, self.converted, self.won, unworked)
        counts = [leads, *(leads[:, each] for each in chosen)]
        columns = np.stack([count.sum(axis=1) for count in counts], axis=1).tolist()
        return tuple(Point(score, *columns[score]) for score in range(HIGHEST_SCORE + 1))


def _bands(definition: Definition, by_score: Whole, weeks: float | None) -> tuple[Band, ...]:
    counts = by_level(definition, by_score)
    return tuple(
        Band(level, count, count / weeks if weeks else None)
        for level, count in zip(definition.levels, counts, strict=True)
    )


def by_level(definition: Definition, by_score: Whole) -> tuple[int, ...]:
    """Return the sums of `by_score`, shape [scores], a level each, the lowest first."""
    sums = np.add.reduceat(by_score[: HIGHEST_SCORE + 1], [level.cutoff for level in definition.levels])
    return tuple(map(int, sums))


def handed_scores(definition: Definition) -> list[int]:
    """Return the scores that a lead is handed off with."""
    ends = [*(level.cutoff for level in definition.levels[1:]), HIGHEST_SCORE + 1]
    spans = zip(definition.levels, ends, strict=True)
    return [score for level, end in spans if level.enters_hand_off for score in range(level.cutoff, end)]


def _trend(definition: Definition, tally: Tally, counting: Counting) -> tuple[TrendMonth, ...]:
    handed = handed_scores(definition)
    leads, cents = tally.leads[handed].sum(axis=0), tally.cents[handed].sum(axis=(0, 2))
    by_score = tally.leads.sum(axis=2)
    dated = sorted((number, place) for place, number in enumerate(tally.months) if number != NO_MONTH)
    return tuple(
        TrendMonth(
            month=month_of(number),
            leads=int(by_score[:, place].sum()),
            hand_offs=counting.hand_offs(leads[place], cents[place]),
            leads_by_level=by_level(definition, by_score[:, place]),
        )
        for number, place in dated
    )


def _never_dated(tally: Tally) -> int:
    return int(tally.leads[:, [month == NO_MONTH for month in tally.months]].sum())


def is_in(month: int, period: Period | None) -> bool:
    """Tell whether the month has days in the period, which may start within the first lead's month."""
    if period is None or month == NO_MONTH:
        return period is None
    days = month_of(month)
    return days.start < period.end and period.start < days.end


def month_of(number: int) -> Period:
    """Return the days of the month with that number: year × 12 + month − 1."""
    return bucket_of(date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1), Grain.MONTH)
