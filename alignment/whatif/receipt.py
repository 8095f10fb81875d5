"""Receipts: what a version was expected to bring when it was signed, beside what came of it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np

from alignment.domain.agreement import Version
from alignment.domain.definition_plain import Plain
from alignment.domain.period import Period
from alignment.domain.rate import SMALL_SAMPLE, Rate, RateDifference
from alignment.domain.stage import Stage
from alignment.metrics.handed_off import of_handed_off
from alignment.metrics.lead_levels import Grid
from alignment.metrics.level_cube import Outcome, leads_by_level
from alignment.report.answer import clock_of
from alignment.store.newest import Newest
from alignment.store.snapshot import Snapshot
from alignment.whatif.figures import DAYS_A_WEEK, Counting, Frame, HandOffs
from alignment.whatif.outcome import can_date, worked_columns

FEWEST_WEEKS = 4
"""Fewer don't tell what a usual week is."""
KEPT = 32

_kept: Newest[Hashable, "tuple[Receipt, ...]"] = Newest(KEPT)


class Verdict(StrEnum):
    """How what came stands to what was expected."""

    INSIDE = "inside"
    ABOVE = "above"
    BELOW = "below"
    EARLY = "too early to say"
    UNKNOWN = "can't be said"


@dataclass(frozen=True)
class Receipt:
    """One version's time, from its effective day up to the next version's or the data's now, and its leads.

    `came` are the leads that became MQL in it. `expected_a_week` and its ends, and `expected`, are what went
    on record with the signatures; None where nothing did. `is_over`: the next version is in force.
    """

    number: int
    span: Period
    is_over: bool
    outcome: Stage | None
    window_days: int | None
    came: HandOffs
    expected_a_week: float | None
    expected_ends: tuple[float, float] | None
    expected: Rate | None

    @property
    def weeks(self) -> float:
        """Return how long the version has held."""
        return self.span.days / DAYS_A_WEEK

    @property
    def a_week(self) -> float:
        """Return the hand-offs of an average week."""
        return self.came.leads / self.weeks

    @property
    def of_hand_offs(self) -> Verdict:
        """Say whether the average week lies within what was expected of one."""
        if self.expected_ends is None:
            return Verdict.UNKNOWN
        if self.weeks < FEWEST_WEEKS:
            return Verdict.UNKNOWN if self.is_over else Verdict.EARLY
        low, high = self.expected_ends
        return Verdict.BELOW if self.a_week < low else Verdict.ABOVE if self.a_week > high else Verdict.INSIDE

    @property
    def of_conversion(self) -> Verdict:
        """Say whether the conversion differs from the expected one by more than both could by chance.

        Chance: Newcombe's 95 % interval of the difference. It takes 30 leads that are old enough.
        """
        if self.expected is None or self.expected.is_too_small or self.outcome is None:
            return Verdict.UNKNOWN
        if self.came.conversion.denominator < SMALL_SAMPLE:
            return Verdict.EARLY if self.came.too_young or not self.is_over else Verdict.UNKNOWN
        ends = RateDifference(self.expected, self.came.conversion).interval or (0.0, 0.0)
        return Verdict.ABOVE if ends[0] > 0 else Verdict.BELOW if ends[1] < 0 else Verdict.INSIDE


def receipts(snapshot: Snapshot, versions: Sequence[Version]) -> tuple[Receipt, ...]:
    """Return the receipt of each version that has a prediction and has begun, oldest first.

    None at all where the load has no `mql_at`: then it can't tell who was handed off, and when.
    """
    if not snapshot.has("leads", "mql_at") or snapshot.as_of is None:
        return ()
    key = snapshot.signature, tuple((each.number, each.terms.effective_on, each.at) for each in versions)
    return _kept.get(key, lambda: tuple(_receipts(snapshot, versions)))


def _receipts(snapshot: Snapshot, versions: Sequence[Version]) -> list[Receipt]:
    tomorrow = clock_of(snapshot).today + timedelta(days=1)
    found = []
    for version, following in pairwise([*versions, None]):
        if version is None or not version.prediction or version.terms.effective_on is None:
            continue
        start, until = version.terms.effective_on, following.terms.effective_on if following else None
        end = min(until or tomorrow, tomorrow)
        if start < end:
            is_over = until is not None and until <= tomorrow
            found.append(_receipt(snapshot, version, Period(start, end), is_over=is_over))
    return found


def _receipt(snapshot: Snapshot, version: Version, span: Period, *, is_over: bool) -> Receipt:
    prediction = version.prediction
    outcome = _outcome(snapshot, prediction)
    low, high = _number(prediction, "hand_offs_low"), _number(prediction, "hand_offs_high")
    return Receipt(
        version.number,
        span,
        is_over,
        outcome.stage if outcome else None,
        outcome.window if outcome else None,
        _came(snapshot, outcome, span),
        _number(prediction, "hand_offs_a_week"),
        (low, high) if low is not None and high is not None else None,
        _rate(prediction),
    )


def _came(snapshot: Snapshot, outcome: Outcome | None, span: Period) -> HandOffs:
    """Count the leads that became MQL in the span by the same rules as a definition's hand-offs."""
    clock = clock_of(snapshot)
    counted = outcome or Outcome(Stage.SQL, None)
    query = leads_by_level(clock, snapshot.currency, Grid(()), counted)
    rows = snapshot.ask(of_handed_off(query, span, clock.zone))
    leads = np.array(rows.column("leads").to_pylist(), np.int64)
    frame = Frame(
        span,
        span.days / DAYS_A_WEEK,
        outcome.stage if outcome else None,
        outcome.window if outcome else None,
        snapshot.currency,
        tells_work=bool(counted.worked_columns),
        tells_won=False,
        tells_amounts=False,
    )
    return Counting(tuple(rows.column("fate").to_pylist()), frame).hand_offs(leads, 0)


def _outcome(snapshot: Snapshot, prediction: Mapping[str, Plain]) -> Outcome | None:
    """Return what the prediction was judged by, None where it says none or this load can't date it."""
    stage, days = prediction.get("outcome"), prediction.get("window_days")
    if stage not in list(Stage) or not isinstance(days, int):
        return None
    wanted = Stage(str(stage))
    return Outcome(wanted, days, worked_columns(snapshot)) if can_date(snapshot, wanted) else None


def _number(prediction: Mapping[str, Plain], name: str) -> float | None:
    value = prediction.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _rate(prediction: Mapping[str, Plain]) -> Rate | None:
    converted, judged = prediction.get("converted"), prediction.get("judged")
    if isinstance(converted, int) and isinstance(judged, int) and 0 <= converted <= judged and judged:
        return Rate(converted, judged)
    return None
