"""What the judged leads teach: who met which criteria, and what came of them, by pattern."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alignment.domain.definition import HIGHEST_SCORE, Criterion, Definition, Group
from alignment.domain.scale import NO_VALUE
from alignment.whatif.by_time import ByTime, Flags, inside_of, kinds_of
from alignment.whatif.cube import Cube, Places
from alignment.whatif.figures import Counting, Frame
from alignment.whatif.numbering import numbered
from alignment.whatif.ranking import Counts, Ranks, added_up

FEW_BITS = 20
"""So many flags are numbered at once."""

Points = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Outcomes:
    """Judged leads by pattern: successes and failures, both of shape [patterns]."""

    converted: Counts
    others: Counts

    @property
    def can_rank(self) -> bool:
        """Tell whether there are both kinds: without, no ranking is better than another."""
        return bool(self.converted.sum() and self.others.sum())


@dataclass(frozen=True)
class Evidence:
    """Who met which `criteria`: `met` has the shape [patterns, criteria]; a pattern without any value is out.

    `fit` and `check` are the judged leads to learn from and to check on; `leads` are all of the period.
    """

    criteria: tuple[Criterion, ...]
    met: Flags
    fit: Outcomes
    check: Outcomes
    leads: Counts

    def scores(self, points: Points, definition: Definition) -> Ranks:
        """Return each pattern's score with these points, capped and clipped; shape [patterns]."""
        total = np.zeros(len(self.met), np.intp)
        for group in Group:
            own = [place for place, found in enumerate(self.criteria) if found.group is group]
            if own:
                total += capped(self.met[:, own] @ points[own], definition.caps.get(group))
        return clipped(total, 0, HIGHEST_SCORE)


def capped(points: Points, cap: int | None) -> Points:
    """Return the points of a group within its cap."""
    return points if cap is None else clipped(points, -cap, cap)


def clipped(points: Points, low: int, high: int) -> Points:
    """Return the points within these bounds; `np.clip` takes several times as long on short arrays."""
    return np.minimum(np.maximum(points, low), high)


def evidence_of(cube: Cube, definition: Definition, frame: Frame, months: ByTime) -> Evidence:
    """Return what the cube's leads teach about the definition's criteria that it covers."""
    criteria = tuple(found for found in definition.criteria if cube.scale_for(found) is not None)
    columns = [met_by_tuple(cube, criterion) for criterion in criteria]
    has_value = _has_value(cube, criteria)
    firsts, pattern_of = _patterns([has_value, *columns], cube.tuples)
    met = np.stack([column[firsts] for column in columns], axis=1) if columns else np.zeros((len(firsts), 0))
    scored = has_value[firsts]
    size = len(firsts)
    pattern = pattern_of[cube.tuple_of]
    counting, inside = Counting(cube.fates, frame), inside_of(cube, frame)
    judged = (judged_cells(cube, counting, part) for part in (months.fit, months.check))
    fit, check = (Outcomes(*(added_up(pattern, kind, size)[scored] for kind in part)) for part in judged)
    leads = added_up(pattern, cube.leads * inside[cube.month_of], size)[scored]
    return Evidence(criteria, met[scored].astype(bool), fit, check, leads)


def met_by_tuple(cube: Cube, criterion: Criterion) -> Flags:
    """Return which tuples meet the criterion, whose scale the cube must have; shape [tuples]."""
    place = cube.scale_for(criterion)
    if place is None:
        return np.zeros(cube.tuples, bool)
    return np.array(cube.grid.scales[place].meets(criterion.threshold))[cube.levels[place]]


def judged_cells(cube: Cube, counting: Counting, months: Collection[int]) -> tuple[Counts, Counts]:
    """Return each cell's successes and failures in these months, zero where it is neither; shape [cells]."""
    leads = np.isin(np.array(cube.months), list(months))[cube.month_of] * cube.leads.astype(np.float64)
    succeeded, failed = kinds_of(counting)
    return leads * succeeded[cube.fate_of], leads * failed[cube.fate_of]


def _has_value(cube: Cube, criteria: Sequence[Criterion]) -> Flags:
    attributes = {criterion.attribute for criterion in criteria}
    found = np.zeros(cube.tuples, bool)
    for scale, levels in zip(cube.grid.scales, cube.levels, strict=True):
        if scale.attribute in attributes:
            found |= levels != NO_VALUE
    return found


def _patterns(columns: Sequence[Flags], tuples: int) -> tuple[Places, Places]:
    """Return a tuple for each different row of flags, and each tuple's place among these rows."""
    place = np.zeros(tuples, np.intp)
    for start in range(0, len(columns), FEW_BITS):
        part = columns[start : start + FEW_BITS]
        key = sum(
            (column.astype(np.intp) << bit for bit, column in enumerate(part)), np.zeros(tuples, np.intp)
        )
        _, place = numbered((place << len(part)) + key)
    first_of = np.empty(int(place.max(initial=-1)) + 1, np.intp)
    first_of[place] = np.arange(tuples)
    return first_of, place
