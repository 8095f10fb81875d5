"""How far leads got: rates from stage to stage, always labelled from → to."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from alignment.domain.cohort import Passport
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage

WEEK = 7
USUAL_SHARE = 0.8
FALLBACK_WINDOW = 91
"""Days given to a lead where the data has too few conversions to say what is usual."""


@dataclass(frozen=True)
class Conversion:
    """Leads that went from one stage to another within `window_days` (None: ever).

    `rate` counts mature leads only. `too_young` entered less than the window ago. `undated` reached the later
    stage at an unknown time, `reversed` reached it before the earlier one: of a windowed rate the undated are
    left out, the reversed did not convert within it. `implied` counts leads that skipped the later stage.
    """

    by: Mapping[str, str | None] | None
    rate: Rate
    window_days: int | None
    too_young: int = 0
    undated: int = 0
    reversed: int = 0
    implied: int = 0

    @property
    def entered(self) -> int:
        """Return all leads of the cohort, mature or not."""
        return self.rate.denominator + self.too_young + (self.undated if self.window_days is not None else 0)

    @property
    def is_young(self) -> bool:
        """Tell whether part of the cohort can't be judged yet: drawn faded, never compared."""
        return self.too_young > 0


@dataclass(frozen=True)
class Conversions:
    """The same question for each group: one row without groups, else one a value, the largest first."""

    start: Stage
    end: Stage
    rows: tuple[Conversion, ...]
    passport: Passport

    @property
    def label(self) -> str:
        """Return the question as it stands on a screen: `MQL → SQL`."""
        return f"{self.start.label} → {self.end.label}"

    @property
    def is_empty(self) -> bool:
        """Tell whether no lead entered at all."""
        return sum(row.entered for row in self.rows) == 0


@dataclass(frozen=True)
class Step:
    """One bar of the path: how many of the cohort reached the stage, and the rate from the bar before."""

    stage: Stage
    count: int
    rate: Rate | None
    implied: int = 0
    missing_column: str | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether the data can say anything of this stage."""
        return self.missing_column is None


@dataclass(frozen=True)
class ConversionPath:
    """Lead → MQL → SAL → SQL → opportunity → won, all of one cohort, within one window."""

    steps: tuple[Step, ...]
    window_days: int | None
    too_young: int
    passport: Passport

    @property
    def is_empty(self) -> bool:
        """Tell whether the cohort has no lead old enough."""
        return not self.steps or self.steps[0].count == 0

    @property
    def known_steps(self) -> tuple[Step, ...]:
        """Return the bars that the data can fill."""
        return tuple(step for step in self.steps if step.is_known)

    @property
    def weakest_step(self) -> Step | None:
        """Return the step after which the smallest share goes on, None where no rate can be said."""
        rated = {
            step: step.rate.value or 0
            for step in self.known_steps
            if step.rate and not step.rate.is_too_small
        }
        return min(rated, key=lambda step: rated[step], default=None)


@dataclass(frozen=True)
class SourceRow:
    """One source: its quantity (leads that entered the start stage), its quality (the mature ones' rate)."""

    source: str | None
    entered: int
    rate: Rate
    too_young: int


@dataclass(frozen=True)
class SourceQuality:
    """Quality and quantity of the sources, the largest first."""

    start: Stage
    end: Stage
    rows: tuple[SourceRow, ...]
    passport: Passport

    @property
    def is_empty(self) -> bool:
        """Tell whether no lead entered at all."""
        return not self.rows


def usual_window(days_taken: Mapping[int, int], share: float = USUAL_SHARE) -> int:
    """Return the 80th percentile (or another) of past lags, rounded up to whole weeks.

    `days_taken` counts leads a lag.
    """
    total = sum(days_taken.values())
    if total == 0:
        return FALLBACK_WINDOW
    return max(WEEK, ceil(percentile(days_taken, share) / WEEK) * WEEK)


def percentile(counts: Mapping[int, int], share: float) -> float:
    """Return the value below which that share lies, by linear interpolation between the sorted values.

    `counts` is a histogram: value → how often. Source: Hyndman & Fan (1996), type 7.
    """
    total = sum(counts.values())
    place = (total - 1) * share
    below, above = _at(counts, int(place)), _at(counts, min(int(place) + 1, total - 1))
    return below + (above - below) * (place - int(place))


def _at(counts: Mapping[int, int], index: int) -> int:
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if index < passed:
            return value
    message = "A percentile needs at least one value."
    raise ValueError(message)
