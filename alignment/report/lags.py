"""Leads by day of entry and days taken, as arrays: rates, medians and entries of any of their days."""

from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from alignment.domain.conversion import percentile, usual_window
from alignment.domain.period import Period
from alignment.domain.rate import Z_95, Rate

FULL_SHARE = 0.95
"""A plan counts late wins too: each lead is given the days that 19 of 20 took."""
TENTH, HALF = 0.1, 0.5

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lags:
    """Rows of leads that entered a stage on a day, and the days they took; nan for those that did not."""

    day: Numbers
    taken: Numbers
    is_undated: npt.NDArray[np.bool_]
    leads: Numbers
    today: int

    @classmethod
    def of(cls, rows: pa.Table, name: str, today: date) -> "Lags":
        """Read the rows of `metrics.backward_plan.lags`; `name` is `next` or `won`."""
        days = [each.toordinal() for each in rows["day"].to_pylist()]
        return cls(
            np.asarray(days, dtype=float),
            rows[f"{name}_lag"].cast(pa.float64()).to_numpy(zero_copy_only=False),
            rows[f"{name}_undated"].to_numpy(zero_copy_only=False) == 1,
            rows["leads"].to_numpy(zero_copy_only=False).astype(float),
            today.toordinal(),
        )

    def within(self, period: Period) -> "Lags":
        """Return the leads that entered in a period."""
        return self._only((self.day >= period.start.toordinal()) & (self.day < period.end.toordinal()))

    def older_than(self, days: int) -> "Lags":
        """Return the leads that entered at least so many days ago."""
        return self._only(self.today - self.day >= days)

    def _only(self, there: npt.NDArray[np.bool_]) -> "Lags":
        return Lags(self.day[there], self.taken[there], self.is_undated[there], self.leads[there], self.today)

    @property
    def window(self) -> int:
        """Return the days that 19 of 20 took, in whole weeks."""
        return usual_window(self.histogram, FULL_SHARE)

    @property
    def histogram(self) -> dict[int, int]:
        """Return how many leads took how many days."""
        there = self.taken >= 0
        days, places = np.unique(self.taken[there], return_inverse=True)
        counts = np.bincount(places, weights=self.leads[there], minlength=len(days))
        return {int(day): int(count) for day, count in zip(days, counts, strict=True)}

    @property
    def by_day(self) -> dict[date, int]:
        """Return how many leads entered on each day."""
        days, places = np.unique(self.day, return_inverse=True)
        counts = np.bincount(places, weights=self.leads, minlength=len(days))
        return {date.fromordinal(int(day)): int(count) for day, count in zip(days, counts, strict=True)}

    def rate(self, window: int) -> Rate:
        """Return the mature leads that got there within the window, of all mature ones with a known day."""
        ripe = self.older_than(window)
        told = ripe.leads[~ripe.is_undated].sum()
        reached = ripe.leads[(ripe.taken >= 0) & (ripe.taken <= window)].sum()
        return Rate(int(reached), int(told))


def tenth_and_median(taken: dict[int, int]) -> tuple[float, float]:
    """Return the days that 1 in 10 and that half of the leads stayed under."""
    return percentile(taken, TENTH), percentile(taken, HALF)


def interval_of_median(taken: dict[int, int]) -> tuple[float, float]:
    """Return the 95 % interval of the median by its binomial ranks."""
    total = sum(taken.values())
    half = Z_95 / 2 / sqrt(total)
    return percentile(taken, max(0.0, HALF - half)), percentile(taken, min(1.0, HALF + half))
