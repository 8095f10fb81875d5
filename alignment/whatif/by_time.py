"""The months to learn from, and the newest ones kept apart to check what was learned."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alignment.domain.period import Period
from alignment.whatif.cube import NO_MONTH, Cube
from alignment.whatif.figures import Counting, Frame, is_in, month_of

CHECK_SHARE = 0.25
MATURE_SHARE = 0.9
FEWEST_MONTHS = 3
FEWEST_OF_A_KIND = 20
"""Fewer successes, or fewer failures, can't tell one ranking from another."""

NO_DATES = "The leads have no created_at, so a check by time is impossible; a random split would flatter."
FEW_MONTHS = "Under three months of leads are old enough to judge: too few for a check by time."
FEW_OUTCOMES = (
    f"Under {FEWEST_OF_A_KIND} successes or failures in the older or in the newest months: "
    "too few for a check by time."
)
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ByTime:
    """Month numbers to learn from and, newer than these, to check on; `why_unchecked` where there are none.

    A month that is too young to judge is in neither.
    """

    fit: tuple[int, ...]
    check: tuple[int, ...] = ()
    why_unchecked: str = ""

    @property
    def is_checked(self) -> bool:
        """Tell whether the newest months were kept apart."""
        return bool(self.check)

    @property
    def checked_on(self) -> Period | None:
        """Return the days of the months kept apart."""
        return _span(self.check)

    @property
    def fitted_on(self) -> Period | None:
        """Return the days of the months to learn from, None where they have no dates."""
        return _span(self.fit)


def _span(months: tuple[int, ...]) -> Period | None:
    dated = [number for number in months if number != NO_MONTH]
    return Period(month_of(min(dated)).start, month_of(max(dated)).end) if dated else None


def inside_of(cube: Cube, frame: Frame) -> Flags:
    """Return which of the cube's months the frame's period touches; shape [months]."""
    return np.array([is_in(month, frame.period) for month in cube.months], bool)


def by_time(cube: Cube, frame: Frame) -> ByTime:
    """Split the months of the frame's period into older ones and the newest that are old enough to judge."""
    inside = inside_of(cube, frame)
    months = [int(place) for place in np.argsort(cube.months) if inside[place]]
    numbers = tuple(cube.months[place] for place in months)
    if frame.period is None:
        return ByTime(numbers, (), NO_DATES)
    leads, counting = _by_month_and_fate(cube), Counting(cube.fates, frame)
    mature, totals = leads[:, ~counting.too_young].sum(axis=1), leads.sum(axis=1)
    old = [place for place in months if mature[place] >= MATURE_SHARE * totals[place] > 0]
    if len(old) < FEWEST_MONTHS:
        return ByTime(numbers, (), FEW_MONTHS)
    kinds = np.stack([leads[:, kind].sum(axis=1) for kind in kinds_of(counting)])[:, old]
    cut = _cut(kinds.sum(axis=0))
    known = tuple(cube.months[place] for place in old)
    if min(kinds[:, :cut].sum(axis=1).min(), kinds[:, cut:].sum(axis=1).min()) < FEWEST_OF_A_KIND:
        return ByTime(known, (), FEW_OUTCOMES)
    return ByTime(known[:cut], known[cut:])


def kinds_of(counting: Counting) -> tuple[Flags, Flags]:
    """Return which fates are judged as a success, and which as none; both of shape [fates]."""
    return counting.converted, counting.judged & ~counting.converted


def _cut(judged: npt.NDArray[np.int64]) -> int:
    """Return how many of the months to learn from: the newest ones after them hold the share to check on."""
    newest = np.cumsum(judged[::-1])
    kept = int(np.searchsorted(newest, CHECK_SHARE * newest[-1])) + 1
    return max(len(judged) - kept, 1)


def _by_month_and_fate(cube: Cube) -> npt.NDArray[np.int64]:
    shape = len(cube.months), len(cube.fates)
    key = cube.month_of * shape[1] + cube.fate_of
    return np.bincount(key, cube.leads, shape[0] * shape[1]).astype(np.int64).reshape(shape)
