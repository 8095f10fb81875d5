"""What became of hand-offs: touched in time or not, how long they waited, and how good they were."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alignment.domain.cohort import Passport
from alignment.domain.rate import Rate, RateDifference

HALF, MOST = 0.5, 0.9
_ROUNDING = 1e-9


class SlaStatus(StrEnum):
    """Where a hand-off stands with the SLA: touched by the due time, after it, or not yet."""

    MET = "met"
    MISSED = "missed"
    OVERDUE = "overdue"
    PENDING = "pending"
    UNTOLD = "untold"  # worked at an unknown time: a decision without a touch
    REVERSED = "reversed"  # touched before hand-off: dates that contradict
    UNPROMISED = "unpromised"  # its level has no SLA

    @property
    def meaning(self) -> str:
        """Return the status in words."""
        return _MEANINGS[self]


_MEANINGS = {
    SlaStatus.MET: "touched by the due time",
    SlaStatus.MISSED: "touched after the due time",
    SlaStatus.OVERDUE: "not touched, past the due time",
    SlaStatus.PENDING: "not touched, not due yet",
    SlaStatus.UNTOLD: "decided on, nobody wrote down the first touch",
    SlaStatus.REVERSED: "touched before hand-off: dates that contradict",
    SlaStatus.UNPROMISED: "touched or not, of a level without an SLA",
}


@dataclass(frozen=True)
class Waited:
    """A point of how long leads waited, in minutes; `is_longer`: so many still wait that it lies beyond."""

    minutes: float
    is_longer: bool = False


@dataclass(frozen=True)
class Waits:
    """How long leads waited: by minutes, those whose wait is over, and those that still wait."""

    over: Mapping[int, int] = field(default_factory=dict)
    still: Mapping[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return all leads, still waiting or not."""
        return sum(self.over.values()) + sum(self.still.values())

    @property
    def median(self) -> Waited | None:
        """Return how long half of them waited, None without leads."""
        return self.within(HALF)

    @property
    def most(self) -> Waited | None:
        """Return how long nine in ten of them waited at most, None without leads."""
        return self.within(MOST)

    def within(self, share: float) -> Waited | None:
        """Return the minutes within which that share of waits is over; who still waits has waited longer.

        By the product-limit estimate (Kaplan & Meier, 1958): a lead that waits counts as older than its age.
        Where the curve lies level at the share, the middle of the level, as in a usual median.
        """
        if not self.count:
            return None
        at_risk, waiting = self.count, 1.0
        times = sorted(self.over)
        steps = iter(sorted(self.still.items()))
        left = next(steps, None)
        for place, time in enumerate(times):
            while left is not None and left[0] < time:
                at_risk -= left[1]
                left = next(steps, None)
            waiting *= 1 - self.over[time] / at_risk
            at_risk -= self.over[time]
            if waiting <= 1 - share + _ROUNDING:
                is_level = abs(waiting - (1 - share)) <= _ROUNDING and place + 1 < len(times)
                return Waited((time + times[place + 1]) / 2 if is_level else float(time))
        return Waited(float(max([*times, *self.still])), is_longer=True)


@dataclass(frozen=True)
class FollowUp:
    """The hand-offs of one group: how many stand where with the SLA, and how long they waited.

    Waits are in business minutes, `elapsed` in minutes of any kind. `system` is from MQL to the owner,
    `human` from the owner to the first touch; None where the data doesn't know when leads were given out.
    """

    by: Mapping[str, str | None] | None
    counts: Mapping[SlaStatus, int]
    speed: Waits
    elapsed: Waits
    system: Waits | None = None
    human: Waits | None = None

    def count(self, *statuses: SlaStatus) -> int:
        """Return how many hand-offs stand in one of these."""
        return sum(self.counts.get(status, 0) for status in statuses)

    @property
    def hand_offs(self) -> int:
        """Return all hand-offs."""
        return sum(self.counts.values())

    @property
    def compliance(self) -> Rate:
        """Return met ÷ (met + missed + overdue): those not due yet are in neither."""
        return Rate(self.count(SlaStatus.MET), self.count(SlaStatus.MET) + self.ever_missed)

    @property
    def ever_missed(self) -> int:
        """Return how many were not touched by their due time, whatever came later."""
        return self.count(SlaStatus.MISSED, SlaStatus.OVERDUE)

    @property
    def still_overdue(self) -> int:
        """Return how many are not touched to this day, past their due time."""
        return self.count(SlaStatus.OVERDUE)


@dataclass(frozen=True)
class FollowUps:
    """The same question for each group: one row without groups, else one a value."""

    rows: tuple[FollowUp, ...]
    passport: Passport

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no hand-off at all."""
        return sum(row.hand_offs for row in self.rows) == 0


@dataclass(frozen=True)
class LeadKind:
    """Hand-offs of one kind: how many were followed up, and what comes of its kind once it is followed up.

    `rate` and `rest` are of mature leads of a longer time: this kind's and those of all other kinds.
    """

    value: str | None
    followed_up: int
    not_followed_up: int
    rate: Rate
    rest: Rate

    @property
    def is_good(self) -> bool:
        """Tell whether nothing shows that the kind does worse than the others, once it is followed up."""
        return RateDifference(self.rest, self.rate).words != "likely lower"

    @property
    def is_told(self) -> bool:
        """Tell whether there are enough leads to compare."""
        return not (self.rate.is_too_small or self.rest.is_too_small)


@dataclass(frozen=True)
class FollowUpByQuality:
    """Hand-offs split into followed up or not, and of a good kind or not: four cells that sum to all."""

    column: str
    kinds: tuple[LeadKind, ...]
    not_due: int
    passport: Passport

    def cell(self, *, is_followed_up: bool, is_good: bool) -> int:
        """Return how many hand-offs lie in a cell."""
        kinds: Iterator[LeadKind] = (kind for kind in self.kinds if kind.is_good is is_good)
        return sum(kind.followed_up if is_followed_up else kind.not_followed_up for kind in kinds)

    @property
    def hand_offs(self) -> int:
        """Return all hand-offs."""
        return sum(kind.followed_up + kind.not_followed_up for kind in self.kinds)

    @property
    def weak(self) -> tuple[LeadKind, ...]:
        """Return the kinds that are not good, the one with the most hand-offs first."""
        found = [kind for kind in self.kinds if not kind.is_good]
        return tuple(sorted(found, key=lambda kind: -(kind.followed_up + kind.not_followed_up)))
