"""Rates that know how sure they are; undefined is not zero."""

from dataclasses import dataclass
from math import sqrt

from alignment.domain.refusal import Refusal

Z_95 = 1.959963984540054
SMALLEST_DENOMINATOR = 5
SMALL_SAMPLE = 30
LEAST_SAID = 0.005
"""Smaller shares would round to nothing."""


@dataclass(frozen=True)
class Rate:
    """`numerator` of `denominator`: a share with its Wilson 95 % interval."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        """Refuse counts that are no part of a whole."""
        if not 0 <= self.numerator <= self.denominator:
            message = f"A rate needs 0 ≤ numerator ≤ denominator, got {self.numerator} of {self.denominator}."
            raise Refusal(message)

    @property
    def value(self) -> float | None:
        """Return the share, None when nothing was counted."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def is_too_small(self) -> bool:
        """Tell whether the denominator is under 5: no percentage is said then."""
        return self.denominator < SMALLEST_DENOMINATOR

    @property
    def is_small_sample(self) -> bool:
        """Tell whether the denominator is under 30: the mark is drawn hollow then."""
        return self.denominator < SMALL_SAMPLE

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the Wilson 95 % score interval (E. B. Wilson, 1927), None when nothing was counted."""
        if not self.denominator:
            return None
        n, share = self.denominator, self.numerator / self.denominator
        centre = (share + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
        half = Z_95 / (1 + Z_95**2 / n) * sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
        low = 0.0 if self.numerator == 0 else max(0.0, centre - half)
        high = 1.0 if self.numerator == n else min(1.0, centre + half)
        return low, high

    @property
    def low(self) -> float | None:
        """Return the interval's lower end."""
        return self.interval[0] if self.interval else None

    @property
    def high(self) -> float | None:
        """Return the interval's upper end."""
        return self.interval[1] if self.interval else None

    def __str__(self) -> str:
        """Return the rate as it stands on a screen: `38 % (3 of 8, 14–69 %)`."""
        if self.interval is None:
            return "n too small (0)"
        if self.is_too_small:
            return f"n too small ({self.numerator} of {self.denominator})"
        low, high = self.interval
        share = self.numerator / self.denominator
        part = f"{self.numerator:,} of {self.denominator:,}"
        return f"{_percent(share)} ({part}, {low * 100:.0f}–{high * 100:.0f} %)"


def _percent(share: float) -> str:
    """Return a share without digits after the point; some is never said as none, nor almost all as all."""
    if 0 < share < LEAST_SAID:
        return "< 1 %"
    return "> 99 %" if 1 - LEAST_SAID < share < 1 else f"{share * 100:.0f} %"


@dataclass(frozen=True)
class RateDifference:
    """How a rate changed from `before` to `after`, by Newcombe's interval (1998, method 10)."""

    before: Rate
    after: Rate

    @property
    def value(self) -> float | None:
        """Return after − before, in shares; None where one of them is too small to be said."""
        if self.before.is_too_small or self.after.is_too_small:
            return None
        return self.after.numerator / self.after.denominator - self.before.numerator / self.before.denominator

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval of the difference, None where a rate is too small."""
        value, before, after = self.value, self.before.interval, self.after.interval
        if value is None or before is None or after is None:
            return None
        old = self.before.numerator / self.before.denominator
        new = self.after.numerator / self.after.denominator
        return (
            value - sqrt((new - after[0]) ** 2 + (before[1] - old) ** 2),
            value + sqrt((after[1] - new) ** 2 + (old - before[0]) ** 2),
        )

    @property
    def words(self) -> str:
        """Return the difference in words; "no clear difference" while the interval holds zero."""
        interval = self.interval
        if interval is None:
            return "too few to compare"
        if interval[0] > 0:
            return "likely higher"
        if interval[1] < 0:
            return "likely lower"
        return "no clear difference"
