"""The scout sample: leads below the cutoff, drawn by chance, worked anyway to learn what they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from math import sqrt
from typing import TypeVar

from alignment.domain.agreement import Person
from alignment.domain.rate import Z_95, Rate
from alignment.domain.refusal import Refusal

USUAL_SHARE = 0.05
MOST_DRAWN = 10_000
"""More leads than a team works beside its own; and all of them are kept in one row."""
LARGEST_SEED = 2**31 - 1
SAID_WITHIN = 0.05
"""How sure a sample should make us: five points to either side."""

Lead = TypeVar("Lead", bound="ScoutLead")


@dataclass(frozen=True)
class ScoutLead:
    """A lead of a sample as it stood when it was drawn; `score` is None for an unscored one."""

    lead_id: str
    source: str | None
    score: int | None


@dataclass(frozen=True)
class ScoutSample:
    """Leads drawn by chance on a load whose newest event was at `as_of` (naive UTC).

    `base` is the version that the draft stood on, `seq` the draft's newest edit, `rule` says who could be
    drawn, and `seed` repeats the draw. `number` counts the samples, 0 for one that is not kept yet.
    """

    who: Person
    at: datetime
    as_of: datetime
    base: int
    seq: int
    share: float
    seed: int
    rule: str
    leads: tuple[ScoutLead, ...]
    number: int = 0

    def __post_init__(self) -> None:
        """Refuse a sample of nobody and a share that is none."""
        refuse_share(self.share)
        if not self.leads:
            message = "There is nobody to draw: no lead below the cutoff was never worked and is recent."
            raise Refusal(message)


@dataclass(frozen=True)
class ScoutResult:
    """What all samples together tell so far; each lead counts once, with the sample that drew it first.

    `rate`: of the leads worked since the draw whose window is over, those that reached the outcome in it.
    `too_young`: worked, window not over; `unworked`: nobody worked them yet; `worked_before`: work or outcome
    dated before the draw, so chance didn't choose them; `undated`: outcome at an unknown time; `gone`: no
    longer in the data.
    """

    rate: Rate
    too_young: int = 0
    unworked: int = 0
    worked_before: int = 0
    undated: int = 0
    gone: int = 0

    @property
    def drawn(self) -> int:
        """Return all leads drawn."""
        return self.rate.denominator + self.pending + self.worked_before + self.undated + self.gone

    @property
    def pending(self) -> int:
        """Return the leads that will still tell something: not worked yet, or too young."""
        return self.too_young + self.unworked


def refuse_share(share: float) -> None:
    """Raise Refusal unless the share lies over 0 and up to 1."""
    if not 0 < share <= 1:
        message = f"The share to draw must be over 0 % and at most 100 %, got {share * 100:g} %."
        raise Refusal(message)


def drawn(leads: Iterable[Lead], share: float, seed: int) -> tuple[Lead, ...]:
    """Return a random share of the leads, at least one of them, at most MOST_DRAWN, by their ids.

    Each lead's place in the draw follows from the seed and its own id alone: the same seed draws the same
    leads on every machine, in whatever order they come. Raises Refusal for a share that is none.
    """
    refuse_share(share)
    ranked = sorted(leads, key=lambda lead: _place(lead.lead_id, seed))
    count = min(max(1, round(share * len(ranked))), MOST_DRAWN)
    return tuple(sorted(ranked[:count], key=lambda lead: lead.lead_id))


def leads_needed(expected: float, within: float = SAID_WITHIN) -> int:
    """Return how many leads tell a rate of `expected` so that its Wilson 95 % interval ends within so much.

    Both are shares: with 0.1 and 0.05, neither end lies over five points from 10 %.
    """
    few, enough = 0, 1
    while _widest_side(expected, enough) > within:
        few, enough = enough, enough * 2
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if _widest_side(expected, middle) <= within else (middle, enough)
    return enough


def _widest_side(share: float, n: int) -> float:
    centre = (share + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
    return half + abs(centre - share)


def _place(lead_id: str, seed: int) -> bytes:
    return blake2b(lead_id.encode(), digest_size=16, key=seed.to_bytes(8, "big")).digest()
