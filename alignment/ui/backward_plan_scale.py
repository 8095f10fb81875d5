"""The track of a factor's slider, in what people read: percent, whole units of the currency, days."""

from dataclasses import dataclass
from math import ceil, floor, log10

from alignment.domain.backward_plan_basis import Factor, Kind

PERCENT = 100
ROOM = 2.0
"""The track ends at twice of what was ever seen: further away nobody plans."""
FINE, MIDDLING = 20, 50
STEPS = 100
NICE = (1, 2, 5, 10)


@dataclass(frozen=True)
class Track:
    """From where to where a slider goes, by which step; `of` says how many of its units make one raw unit."""

    low: float
    high: float
    step: float
    of: float = 1.0

    def shown(self, value: float) -> float:
        """Return a raw value as it stands on the slider: on a step, and on the track."""
        steps = round(value * self.of / self.step)
        return min(max(round(steps * self.step, 6), self.low), self.high)

    def raw(self, shown: float) -> float:
        """Return what a place on the slider means."""
        return round(shown / self.of, 9)

    def place(self, value: float) -> float:
        """Return where a raw value lies on the track, in percent of its length."""
        share = (value * self.of - self.low) / (self.high - self.low)
        return min(max(share, 0.0), 1.0) * PERCENT


def track_of(factor: Factor, used: float | None) -> Track:
    """Return the track for a factor: wide enough for what was seen, and for what is assumed."""
    known = [factor.value, used, *(factor.interval or ()), *(factor.seen or ())]
    most = max((value for value in known if value), default=0.0)
    match factor.kind:
        case Kind.SHARE:
            high = min(PERCENT, _nice_end(most * PERCENT * ROOM)) if most else PERCENT
            step = 0.1 if high <= FINE else 0.5 if high <= MIDDLING else 1.0
            return Track(step, float(high), step, PERCENT)
        case Kind.AMOUNT:
            step = _nice(max(most, 1.0) / STEPS)
            return Track(step, ceil(max(most, 1.0) * ROOM / step) * step, step)
        case Kind.DAYS:
            return Track(1.0, float(ceil(max(most, 30) * ROOM / 10) * 10), 1.0)


def _nice_end(percent: float) -> int:
    return ceil(percent / 10) * 10


def _nice(size: float) -> float:
    """Return 1, 2 or 5 times a power of ten, not under the size, and 1 at the least."""
    power = 10.0 ** floor(log10(size)) if size > 1 else 1.0
    return next(power * each for each in NICE if power * each >= size)
