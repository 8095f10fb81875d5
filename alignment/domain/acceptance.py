"""What sales decided on hand-offs first, and how long that took."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alignment.domain.cohort import Passport
from alignment.domain.follow_up import Waits
from alignment.domain.rate import Rate


class Decision(StrEnum):
    """The first decision on a hand-off."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Acceptance:
    """The hand-offs of one group by their first decision.

    `sent_back_later`: accepted at first, rejected since. `waits`: business minutes from hand-off to the first
    decision; who has none has waited longer than its age. `undated` and `reversed` decisions are in no wait.
    """

    by: Mapping[str, str | None] | None
    counts: Mapping[Decision, int] = field(default_factory=dict)
    sent_back_later: int = 0
    undated: int = 0
    reversed: int = 0
    waits: Waits = field(default_factory=Waits)

    def count(self, decision: Decision) -> int:
        """Return how many hand-offs were decided so."""
        return self.counts.get(decision, 0)

    @property
    def hand_offs(self) -> int:
        """Return all hand-offs."""
        return sum(self.counts.values())

    @property
    def rate(self) -> Rate:
        """Return accepted ÷ decided: the undecided are in neither."""
        accepted = self.count(Decision.ACCEPTED)
        return Rate(accepted, accepted + self.count(Decision.REJECTED))


@dataclass(frozen=True)
class Acceptances:
    """The same question for each group: one row without groups, else one a value."""

    rows: tuple[Acceptance, ...]
    passport: Passport
