"""The score of every tuple of levels; a move adds up what it changes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alignment.domain.definition import HIGHEST_SCORE, Criterion, Definition, Group
from alignment.domain.scale import NO_VALUE
from alignment.whatif.cube import UNSCORED, Cube, Places, Scores


@dataclass(frozen=True)
class Scoring:
    """The score of every tuple under one definition, kept so that the next one only adds what changed.

    `sums`: points by group, before caps, int16 [tuples]. `unscored`: the tuples with none of the values.
    """

    cube: Cube
    criteria: tuple[Criterion, ...]
    sums: dict[Group, npt.NDArray[np.int16]]
    unscored: Places

    @classmethod
    def nothing(cls, cube: Cube) -> "Scoring":
        """Return the scoring of a definition without criteria."""
        return cls(cube, (), {}, np.arange(cube.tuples))

    def moved_to(self, criteria: tuple[Criterion, ...]) -> "Scoring":
        """Return the scoring of other criteria that the cube covers: only what differs is added up."""
        sums = dict(self.sums)
        for (group, place), points in self._changes(criteria).items():
            moved = points[self.cube.levels[place]]
            sums[group] = sums[group] + moved if group in sums else moved
        return Scoring(self.cube, criteria, sums, self._unscored(criteria))

    def scores(self, definition: Definition) -> Scores:
        """Return the score of each tuple, 0…100 or UNSCORED, with the definition's caps; shape [tuples]."""
        total = np.zeros(self.cube.tuples, np.int16)
        for group, points in self.sums.items():
            cap = definition.caps.get(group)
            total += points if cap is None else np.clip(points, -cap, cap)
        scores = np.clip(total, 0, HIGHEST_SCORE).astype(np.uint8)
        scores[self.unscored] = UNSCORED
        return scores

    def _changes(self, criteria: tuple[Criterion, ...]) -> dict[tuple[Group, int], npt.NDArray[np.int16]]:
        """Return the change of points by level for each group and scale that gets one."""
        changes: dict[tuple[Group, int], npt.NDArray[np.int16]] = {}
        before, after = set(self.criteria), set(criteria)
        for sign, criterion in [(-1, gone) for gone in before - after] + [
            (1, come) for come in after - before
        ]:
            place = self.cube.scale_for(criterion)
            if place is None:
                continue
            scale = self.cube.grid.scales[place]
            points = np.array(scale.meets(criterion.threshold), np.int16) * (sign * criterion.points)
            key = criterion.group, place
            changes[key] = changes[key] + points if key in changes else points
        return {key: points for key, points in changes.items() if points.any()}

    def _unscored(self, criteria: tuple[Criterion, ...]) -> Places:
        attributes = {criterion.attribute for criterion in criteria}
        if attributes == {criterion.attribute for criterion in self.criteria}:
            return self.unscored
        has_value = np.zeros(self.cube.tuples, bool)
        for scale, levels in zip(self.cube.grid.scales, self.cube.levels, strict=True):
            if scale.attribute in attributes:
                has_value |= levels != NO_VALUE
        return np.flatnonzero(~has_value)
