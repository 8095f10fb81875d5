"""Which past deals tell of an open one: those that stood in its stage as long, else those as old."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from alignment.report.lives import Flags, Lives, Numbers, Places, Visits

AGE_BANDS = (0, 15, 31, 61, 91, 181, 100_000)
FEWEST_PAST_DEALS = 20
"""Under so many comparable past deals the chance is not said."""


@dataclass(frozen=True)
class Group:
    """Open deals with one chance: of `seen` past ones like them `won` were won in as many days."""

    deals: Flags
    won: int
    seen: int
    by_stage: bool


def groups(lives: Lives, days_left: int, *, draws_worth: bool) -> list[Group] | None:
    """Return the open deals in groups, by stage and days in it where the past tells, else by age.

    Deals without a value are left out, unless what they are worth is drawn too. None where too few past deals
    can tell of some of them.
    """
    left = lives.is_open if draws_worth else lives.is_open & (lives.cents > 0)
    found: list[Group] = []
    if lives.visits is not None:
        found = list(_by_stage(lives, lives.visits, left, days_left))
        for group in found:
            left = left & ~group.deals
    for low, high in pairwise(AGE_BANDS):
        band = left & (lives.age >= low) & (lives.age < high)
        if not band.any():
            continue
        past = _as_old(lives, float(np.median(lives.age[band])), days_left)
        if past is None:
            return None
        found.append(Group(band, *past, by_stage=False))
    return found


@dataclass(frozen=True)
class _Stays:
    """The stays of deals in one stage: from and until how many days after each deal's creation."""

    deal: Places
    entered: Numbers
    until: Numbers

    @classmethod
    def of(cls, visits: Visits, stage: int, lives: Lives) -> "_Stays":
        """Return the stays in a stage; a close ends one."""
        place = np.flatnonzero(visits.stage == stage)
        deal = visits.deal[place]
        return cls(deal, visits.entered[place], np.minimum(visits.left[place], lives.life[deal]))


def _by_stage(lives: Lives, visits: Visits, wanted: Flags, days_left: int) -> Iterator[Group]:
    """Return the groups of which enough past deals stood in the same stage as long."""
    present = np.isinf(visits.left) & wanted[visits.deal]
    for stage in np.unique(visits.stage[present]):
        stays = _Stays.of(visits, int(stage), lives)
        now = np.isinf(stays.until) & wanted[stays.deal]
        deal, since = stays.deal[now], lives.age[stays.deal[now]] - stays.entered[now]
        for low, high in pairwise(AGE_BANDS):
            here = (since >= low) & (since < high)
            past = _as_long(lives, stays, float(np.median(since[here])), days_left) if here.any() else None
            if past:
                deals = np.zeros(len(lives.age), bool)
                deals[deal[here]] = True
                yield Group(deals, *past, by_stage=True)


def _as_long(lives: Lives, stays: _Stays, days: float, days_left: int) -> tuple[int, int] | None:
    """Count (won, all) of past stays in the stage that had lasted so long and could be watched afterwards."""
    for reached in _shorter(days):
        moment = stays.entered + reached
        lasted = stays.until > moment
        counted = _counted(lives, stays.deal[lasted], moment[lasted] + days_left)
        if counted[1] >= FEWEST_PAST_DEALS:
            return counted
    return None


def _as_old(lives: Lives, age: float, days_left: int) -> tuple[int, int] | None:
    """Count (won, all) of past deals that were open at that age and could be watched for the days left."""
    for reached in _shorter(age):
        deal = np.flatnonzero(lives.life > reached)
        counted = _counted(lives, deal, np.full(len(deal), reached + days_left))
        if counted[1] >= FEWEST_PAST_DEALS:
            return counted
    return None


def _shorter(days: float) -> tuple[float, ...]:
    """Return the days, and the shorter ones that stand in where too few past deals lasted so long."""
    return days, *(low for low in reversed(AGE_BANDS) if low < days)


def _counted(lives: Lives, deal: Places, until: Numbers) -> tuple[int, int]:
    """Count (won, all) of the deals that are old enough to be watched until then, in days since creation."""
    seen = lives.age[deal] >= until
    won = seen & lives.is_won[deal] & (lives.life[deal] <= until)
    return int(won.sum()), int(seen.sum())
