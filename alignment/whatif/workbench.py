"""One cube with what was last worked out on it, so that a move only pays for what it moves."""

from collections.abc import Collection, Hashable, Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from alignment.domain.definition import Criterion, Definition
from alignment.domain.period import Period
from alignment.store.newest import Newest
from alignment.whatif.cube import SCORES, Cube, CubeView, Places, Tally, Whole
from alignment.whatif.figures import handed_scores, is_in
from alignment.whatif.scoring import Scoring

KEPT_SCORINGS, KEPT_VIEWS, KEPT_TALLIES = 3, 4, 12

Chosen: TypeAlias = npt.NDArray[np.bool_]


class Workbench:
    """Scores definitions on one cube; safe to share between threads."""

    def __init__(self, cube: Cube) -> None:
        self.cube = cube
        self._views: Newest[Hashable, CubeView] = Newest(KEPT_VIEWS)
        self._scorings: Newest[Hashable, Scoring] = Newest(KEPT_SCORINGS)
        self._tallies: Newest[Hashable, Tally] = Newest(KEPT_TALLIES)

    def covers(self, criteria: Collection[Criterion]) -> bool:
        """Tell whether the cube can score leads by these criteria, and tell which ones have no score."""
        if not (self.cube.grid.tells_blanks or self.cube.grid.attributes == attributes_of(criteria)):
            return False
        return all(self.cube.scale_for(criterion) is not None for criterion in criteria)

    def tally(self, definition: Definition, sources: tuple[str | None, ...] = ()) -> Tally:
        """Return leads and cents of these sources (empty: all) by the definition's score, month and fate."""
        key = definition.criteria, tuple(sorted(definition.caps.items())), sources
        return self._tallies.get(
            key, lambda: self._view(sources).tally(self.scoring(definition).scores(definition))
        )

    def handed(self, definition: Definition, near: Definition | None = None) -> Chosen:
        """Return which tuples the definition hands off, shape [tuples].

        `near`: a definition scored before that differs little; what is worked out from it isn't kept.
        """
        scoring = self.scoring(near).moved_to(definition.criteria) if near else self.scoring(definition)
        is_handed = np.zeros(SCORES, bool)
        is_handed[handed_scores(definition)] = True
        return is_handed[scoring.scores(definition)]

    def parted(self, parts: Iterable[Chosen]) -> tuple[Whole, Whole]:
        """Return leads and cents of some choices of tuples: shape [parts, segments, months, fates] each."""
        cube = self.cube
        shape = len(cube.segments), len(cube.months), len(cube.fates)
        place = np.ravel_multi_index((cube.segment_of, cube.month_of, cube.fate_of), shape)
        inside = [np.flatnonzero(chosen[cube.tuple_of]) for chosen in parts]
        leads, cents = (
            np.stack([_summed(place[rows], amounts[rows], shape) for rows in inside])
            for amounts in (cube.leads, cube.cents)
        )
        return leads, cents

    def leads_of_tuples(self, period: Period | None) -> Whole:
        """Return the leads of the period, shape [tuples]."""
        cube = self.cube
        months = np.array([is_in(month, period) for month in cube.months], bool)
        rows = np.flatnonzero(months[cube.month_of])
        return _summed(cube.tuple_of[rows], cube.leads[rows], (cube.tuples,))

    def scoring(self, definition: Definition) -> Scoring:
        """Return the points of every tuple, from the nearest definition scored before."""
        return self._scorings.get(
            definition.criteria, lambda: self._nearest(definition).moved_to(definition.criteria)
        )

    def _nearest(self, definition: Definition) -> Scoring:
        wanted = set(definition.criteria)
        known = [Scoring.nothing(self.cube), *(scoring for _, scoring in self._scorings.items())]
        return min(known, key=lambda scoring: len(wanted.symmetric_difference(scoring.criteria)))

    def _view(self, sources: tuple[str | None, ...]) -> CubeView:
        return self._views.get(
            sources, lambda: self.cube.restricted_to(sources) if sources else self.cube.whole
        )


def _summed(place: Places, amounts: Whole, shape: tuple[int, ...]) -> Whole:
    """Return the amounts added up by place, as whole numbers: floats would lose cents past 2**53."""
    sums = np.zeros(int(np.prod(shape)), np.int64)
    np.add.at(sums, place, amounts)
    return sums.reshape(shape)


def attributes_of(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Return the attributes that the criteria look at."""
    return frozenset(criterion.attribute for criterion in criteria)
