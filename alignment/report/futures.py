"""What might still be won: open deals drawn from past ones like them, and deals nobody has opened yet."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alignment.report.comparable import groups
from alignment.report.lives import Lives, Numbers

DRAWN_ALONE, LEAST_ALONE = 600, 20
"""So many of the largest deals are drawn one by one, shared by the groups, but so many of a group at least.

The sum of the rest of a group comes close to a normal."""
LOOK_BACK = 365
"""Deals not opened yet are drawn from so many days."""
SEED = 20


@dataclass(frozen=True)
class Drawn:
    """The cents that each future brings, and how many open deals were drawn by their age alone."""

    sums: Numbers
    by_age: int


def futures(lives: Lives, days_left: int, count: int, *, draws_worth: bool) -> Drawn | None:
    """Draw what the days left bring, one sum of cents a future; None where too few past deals can tell.

    `draws_worth`: what open deals are worth is drawn from past won ones, for nobody prices deals before.
    """
    found = groups(lives, days_left, draws_worth=draws_worth)
    if found is None:
        return None
    dice = np.random.default_rng(SEED)
    sums = _not_opened_yet(lives, days_left, dice, count)
    alone = max(LEAST_ALONE, DRAWN_ALONE // max(len(found), 1))
    for group in found:
        # Jeffreys: the past deals themselves are a sample.
        chance = dice.beta(group.won + 0.5, group.seen - group.won + 0.5, count)
        if draws_worth:
            sums += _drawn_worth(lives, dice, dice.binomial(int(group.deals.sum()), chance))
        else:
            sums += _wins(lives.cents[group.deals], chance, dice, alone)
    return Drawn(sums, sum(int(group.deals.sum()) for group in found if not group.by_stage))


def _wins(cents: Numbers, chance: Numbers, dice: np.random.Generator, most: int) -> Numbers:
    """Return the sum of the deals won in each future, each with the future's chance; `most` one by one."""
    ordered = np.sort(cents)[::-1]
    alone, rest = ordered[:most], ordered[most:]
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
