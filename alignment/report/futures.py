"""What might still be won: open deals drawn from past ones of their age, and deals nobody has opened yet."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

AGE_BANDS = (0, 15, 31, 61, 91, 181, 100_000)
FEWEST_PAST_DEALS = 20
"""Under so many comparable past deals the chance is not said."""
DRAWN_ALONE = 100
"""So many of a band's largest deals are drawn one by one; the sum of the rest comes close to a normal."""
LOOK_BACK = 365
"""Deals not opened yet are drawn from so many days."""
SEED = 20

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Lives:
    """Deals as arrays: days since creation, days to the close (inf: open), won or not, cents or nan."""

    age: Numbers
    life: Numbers
    is_won: Flags
    cents: Numbers

    @classmethod
    def of(cls, rows: pa.Table) -> "Lives":
        """Read the rows of `deal_lives`."""
        outcome = np.asarray(rows["outcome"].to_pylist(), dtype=object)
        return cls(
            rows["age"].to_numpy().astype(float),
            np.where(outcome == "open", np.inf, rows["life"].to_numpy().astype(float)),
            outcome == "won",
            rows["cents"].to_numpy().astype(float),
        )

    @property
    def is_open(self) -> Flags:
        """Tell which deals are neither won nor lost."""
        return np.isinf(self.life)

    @property
    def unvalued_open(self) -> int:
        """Return how many open deals have no value."""
        return int((self.is_open & np.isnan(self.cents)).sum())

    @property
    def is_priced_late(self) -> bool:
        """Tell whether deals are open and none of them has a value: what they are worth must be drawn too."""
        return bool(self.is_open.any()) and self.unvalued_open == int(self.is_open.sum())

    def before(self, days: int, cents: Numbers | None = None) -> "Lives":
        """Return the deals as they stood so many days ago, with the cents of then where they are told."""
        there = self.age >= days
        age, life = self.age[there] - days, self.life[there]
        return Lives(
            age,
            np.where(life <= age, life, np.inf),
            self.is_won[there] & (life <= age),
            (self.cents if cents is None else np.where(self.is_closed_by(days), self.cents, cents))[there],
        )

    def is_closed_by(self, days: int) -> Flags:
        """Tell which deals were closed so many days ago."""
        return self.life <= self.age - days


def futures(lives: Lives, days_left: int, count: int, *, draws_worth: bool) -> Numbers | None:
    """Draw what the days left bring, one sum of cents a future; None where too few past deals can tell.

    `draws_worth`: what open deals are worth is drawn from past won ones, for nobody prices deals before.
    """
    dice = np.random.default_rng(SEED)
    sums = _not_opened_yet(lives, days_left, dice, count)
    for low, high in pairwise(AGE_BANDS):
        band = lives.is_open & (lives.age >= low) & (lives.age < high)
        band &= np.full_like(band, fill_value=True) if draws_worth else lives.cents > 0
        if not band.any():
            continue
        comparable = _past(lives, float(np.median(lives.age[band])), days_left)
        if comparable is None:
            return None
        won, seen = comparable
        # Jeffreys: the past deals themselves are a sample.
        chance = dice.beta(won + 0.5, seen - won + 0.5, count)
        if draws_worth:
            sums += _drawn_worth(lives, dice, dice.binomial(int(band.sum()), chance))
        else:
            sums += _wins(lives.cents[band], chance, dice)
    return sums


def _wins(cents: Numbers, chance: Numbers, dice: np.random.Generator) -> Numbers:
    """Return the sum of the deals won in each future, each with the future's chance."""
    ordered = np.sort(cents)[::-1]
    alone, rest = ordered[:DRAWN_ALONE], ordered[DRAWN_ALONE:]
    is_won = dice.random((len(chance), len(alone)), dtype=np.float32) < chance[:, None]
    sums = is_won.astype(float) @ alone
    if len(rest):
        spread = np.sqrt(chance * (1 - chance) * (rest**2).sum())
        sums += np.maximum(0, dice.normal(chance * rest.sum(), spread))
    return sums


def _drawn_worth(lives: Lives, dice: np.random.Generator, wins: npt.NDArray[np.int64]) -> Numbers:
    """Return what so many wins bring: sums of past won amounts, as a gamma of the same mean and variance."""
    past = lives.cents[lives.is_won & (lives.cents > 0)]
    if not len(past):
        return np.zeros(len(wins))
    mean, variance = past.mean(), max(past.var(), 1.0)
    return np.where(wins > 0, dice.gamma(np.maximum(wins, 1) * mean**2 / variance, variance / mean), 0.0)


def _not_opened_yet(lives: Lives, days_left: int, dice: np.random.Generator, count: int) -> Numbers:
    """Draw what deals opened and won within so many days brought, from each stretch of the year before."""
    oldest = int(min(LOOK_BACK, lives.age.max())) if len(lives.age) else 0
    stretches = np.zeros(max(oldest - days_left + 1, 0) + 1)
    if len(stretches) == 1:
        return np.zeros(count)
    won = lives.is_won & (lives.cents > 0)
    age, life, cents = (each[won] for each in (lives.age, lives.life, lives.cents))
    # A stretch that began s days ago holds what was opened after that and won days_left later at most.
    first = np.maximum(age + 1, days_left)
    last = np.minimum(age - life + days_left, oldest)
    inside = first <= last
    np.add.at(stretches, (first[inside] - days_left).astype(int), cents[inside])
    np.add.at(stretches, (last[inside] - days_left).astype(int) + 1, -cents[inside])
    return dice.choice(np.maximum(np.cumsum(stretches)[:-1], 0), count)


def _past(lives: Lives, age: float, days_left: int) -> tuple[int, int] | None:
    """Count (won, all) of the past deals that were open at that age and could be watched for the days left.

    Where too few grew that old, the oldest age that enough of them reached stands in; None if there is none.
    """
    for reached in (age, *(low for low in reversed(AGE_BANDS) if low < age)):
        seen = (lives.life > reached) & (lives.age >= reached + days_left)
        if seen.sum() >= FEWEST_PAST_DEALS:
            return int((seen & lives.is_won & (lives.life <= reached + days_left)).sum()), int(seen.sum())
    return None
