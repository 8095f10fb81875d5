"""What became of leads that sales sent back: how many came again, how far they got, and after how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alignment.domain.cohort import Passport
from alignment.domain.conversion import percentile
from alignment.domain.rate import Rate

HALF = 0.5


class Again(StrEnum):
    """How far a lead came after it was sent back; each one implies those before it."""

    TOUCHED = "touched"
    ACCEPTED = "accepted"
    SQL = "sql"
    WON = "won"

    @property
    def label(self) -> str:
        """Return it in words, as what happened after the lead was sent back."""
        return {"touched": "touched again", "accepted": "accepted", "sql": "SQL", "won": "won"}[self]


@dataclass(frozen=True)
class CameAgain:
    """How many of some leads came so far: of those sent back a window ago, within the window.

    `days` counts all that ever did by the days that it took them.
    """

    step: Again
    rate: Rate
    days: Mapping[int, int] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return from where to where the rate leads."""
        return f"sent back → {self.step.label}"

    @property
    def ever(self) -> int:
        """Return how many did, however young they are and however long it took."""
        return sum(self.days.values())

    @property
    def median_days(self) -> float | None:
        """Return the median of the days that it took those that did, None without any."""
        return percentile(self.days, HALF) if self.days else None


@dataclass(frozen=True)
class Returned:
    """The leads sent back for one group of reasons, None for all: how many, and how many came again."""

    group: str | None
    leads: int
    too_young: int
    steps: tuple[CameAgain, ...]


@dataclass(frozen=True)
class Recycling:
    """What became of the leads sent back: all of them, then each group of reasons.

    `window_days`: the days given to each lead, None for ever. `missing`: steps that this data can't tell,
    each with the column that it needs.
    """

    whole: Returned
    groups: tuple[Returned, ...]
    window_days: int | None
    missing: Mapping[Again, str]
    passport: Passport
