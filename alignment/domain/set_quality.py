"""Why hand-offs come back: too early, wrong fit or bad data, from the reasons that sales gave."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from alignment.domain.cohort import Passport
from alignment.domain.rate import Rate, RateDifference


class ReasonGroup(StrEnum):
    """What a reason says of the hand-off."""

    LOW = "low"
    WIDE = "wide"
    HIGH = "high"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the group in words."""
        return {
            "low": "low: too early",
            "wide": "wide: wrong fit",
            "high": "high: bad data",
            "other": "other",
        }[self]


UNMAPPED, NO_REASON = "not mapped yet", "no reason given"
PARTS = (*map(str, ReasonGroup), UNMAPPED, NO_REASON)
"""Everything that the hand-offs which came back are split into."""
_KNOWN = {
    ReasonGroup.LOW: ("no need now", "no reply", "too early", "recycle"),
    ReasonGroup.WIDE: (
        "company size",
        "role",
        "region",
        "existing customer",
        "competitor",
        "student",
        "job seeker",
        "wrong fit",
    ),
    ReasonGroup.HIGH: ("contact data bad", "duplicate", "bad data"),
    ReasonGroup.OTHER: ("other",),
}
_HINTS = {
    ReasonGroup.LOW: r"budget|later|timing|not now|next (?:year|quarter)|spring|summer|autumn|winter|frozen",
    ReasonGroup.WIDE: r"size|small|large|industry|sector|country|region|role|student|compet|customer|only",
    ReasonGroup.HIGH: r"e-?mail|phone|number|bounce|invalid|wrong contact|duplicat|merged|left the|spam",
}
_ATTEMPTS = re.compile(r"no reply after \d+ attempts?")


@dataclass(frozen=True)
class Failed:
    """Hand-offs that came back in one month of hand-off, from one source, for one reason."""

    month: str
    source: str | None
    reason: str | None
    leads: int


@dataclass(frozen=True)
class Caught:
    """What one criterion, were it asked of everybody, would have kept back: failures, and successes."""

    criterion_id: str
    attribute: str
    failed: Rate
    successful: Rate

    @property
    def is_telling(self) -> bool:
        """Tell whether it keeps back clearly more of the failures than of the successes."""
        return RateDifference(self.successful, self.failed).words == "likely higher"

    @property
    def gain(self) -> float:
        """Return by how many more shares it keeps back failures than successes."""
        return (self.failed.value or 0) - (self.successful.value or 0)


@dataclass(frozen=True)
class SetQuality:
    """Hand-offs that came back, and of how many; `caught` by group, the most telling criterion of each."""

    hand_offs: int
    failed: tuple[Failed, ...]
    groups: Mapping[str, ReasonGroup | None]
    caught: Mapping[ReasonGroup, Caught]
    passport: Passport

    @property
    def leads(self) -> int:
        """Return how many hand-offs came back."""
        return sum(each.leads for each in self.failed)

    def group_of(self, each: Failed) -> str:
        """Return the group of some failures, UNMAPPED where nobody said one, NO_REASON without a reason."""
        return part_of(each.reason, self.groups)

    def by(self, name: str) -> Mapping[str, Mapping[str, int]]:
        """Return the leads of each group by `month` (in order) or `source` (the most first)."""
        counts: dict[str, Counter[str]] = {}
        for each in self.failed:
            key = each.month if name == "month" else each.source or "no source"
            counts.setdefault(key, Counter())[self.group_of(each)] += each.leads
        if name == "month":
            return dict(sorted(counts.items()))
        return dict(sorted(counts.items(), key=lambda pair: -pair[1].total()))

    @property
    def criteria(self) -> Mapping[str, str]:
        """Return the criteria that might have caught most of a group, each once: id and attribute."""
        return {each.criterion_id: each.attribute for each in self.caught.values()}

    @property
    def unmapped(self) -> tuple[tuple[str, int], ...]:
        """Return the reasons in nobody's group, with their leads, the most first."""
        counts = Counter[str]()
        for each in self.failed:
            if each.reason and self.groups.get(each.reason) is None:
                counts[each.reason] += each.leads
        return tuple(counts.most_common())


def grouped(reasons: Iterable[str], mapped: Mapping[str, ReasonGroup]) -> Mapping[str, ReasonGroup | None]:
    """Return the group of each reason: as people mapped it, else as the list knows it, else None."""
    return {reason: mapped.get(reason) or known_group(reason) for reason in reasons}


def part_of(reason: str | None, groups: Mapping[str, ReasonGroup | None]) -> str:
    """Return which of PARTS a reason is in: its group, not mapped yet, or no reason at all."""
    if not reason:
        return NO_REASON
    group = groups.get(reason)
    return str(group) if group else UNMAPPED


def known_group(reason: str) -> ReasonGroup | None:
    """Return the group of a reason of the list, however it is capitalised; None for any other text."""
    plain = " ".join(reason.lower().split())
    if _ATTEMPTS.fullmatch(plain):
        return ReasonGroup.LOW
    return next((group for group, known in _KNOWN.items() if plain in known), None)


def suggestion(reason: str) -> ReasonGroup:
    """Return the group that a free text might belong to; a person says whether it does."""
    return next(
        (group for group, hints in _HINTS.items() if re.search(hints, reason.lower())), ReasonGroup.OTHER
    )
