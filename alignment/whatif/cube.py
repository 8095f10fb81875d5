"""The level cube in memory: every definition on its scales is scored on its tuples of levels, not on leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from alignment.domain.definition import HIGHEST_SCORE, Criterion, Definition, Group
from alignment.domain.scale import NO_VALUE, Scale
from alignment.metrics.level_cube import keys_of

Whole: TypeAlias = npt.NDArray[np.int64]
Places: TypeAlias = npt.NDArray[np.intp]
Levels: TypeAlias = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
Scores: TypeAlias = npt.NDArray[np.uint8]

UNSCORED = HIGHEST_SCORE + 1
SCORES = UNSCORED + 1
NO_MONTH = -1


@dataclass(frozen=True)
class Cube:
    """Tuples of levels, and cells: the leads of one tuple, month, segment and fate.

    `levels`: an array a scale, of shape [tuples]. All others have shape [cells]; `tuple_of`, `month_of`,
    `segment_of` and `fate_of` are places in the tuples, `months`, `segments` and `fates`. Money is in cents.
    """

    scales: tuple[Scale, ...]
    levels: tuple[Levels, ...]
    tuple_of: Places
    months: tuple[int, ...]
    month_of: Places
    segments: tuple[str | None, ...]
    segment_of: Places
    fates: tuple[int, ...]
    fate_of: Places
    leads: Whole
    cents: Whole

    @property
    def tuples(self) -> int:
        """Return the number of tuples of levels that leads have."""
        return int(self.tuple_of.max(initial=-1)) + 1

    @property
    def nbytes(self) -> int:
        """Return the memory that the arrays take."""
        rows = (self.tuple_of, self.month_of, self.segment_of, self.fate_of, self.leads, self.cents)
        return sum(array.nbytes for array in (*rows, *self.levels))

    def scale_for(self, criterion: Criterion) -> int | None:
        """Return the place of a scale that can tell who meets the criterion, None where there is none."""
        wanted = criterion.attribute, criterion.comparison
        for place, scale in enumerate(self.scales):
            if (scale.attribute, scale.comparison) == wanted and scale.covers(criterion.threshold):
                return place
        return None

    def holds(self, scale: Scale) -> bool:
        """Tell whether the cube tells apart whatever the scale does."""
        known = [
            own
            for own in self.scales
            if (own.attribute, own.comparison) == (scale.attribute, scale.comparison)
        ]
        return any(set(scale.stops) <= set(own.stops) and all(map(own.covers, scale.values)) for own in known)

    @cached_property
    def whole(self) -> "CubeView":
        """Return the cells of all segments together."""
        return CubeView.of(self, None)

    def restricted_to(self, segments: Sequence[str | None]) -> "CubeView":
        """Return the cells of these segments."""
        wanted = [place for place, segment in enumerate(self.segments) if segment in segments]
        return CubeView.of(self, np.isin(self.segment_of, wanted))


def cube_of(rows: pa.Table, scales: tuple[Scale, ...]) -> Cube:
    """Return the cube of the rows of `leads_by_level` with those scales."""
    keys = keys_of(scales)
    columns = [_whole(rows, f"key_{number}") for number in range(len(keys))]
    firsts, tuple_of = _distinct(columns)
    months, month_of = _places(rows.column("month"))
    segments, segment_of = _places(rows.column("segment"))
    fates, fate_of = _places(rows.column("fate"))
    return Cube(
        scales,
        _levels(scales, keys, [column[firsts] for column in columns]),
        tuple_of,
        tuple(NO_MONTH if month is None else month for month in months),
        month_of,
        tuple(segments),
        segment_of,
        tuple(fates),
        fate_of,
        _whole(rows, "leads"),
        _whole(rows, "cents"),
    )


def _distinct(columns: list[Whole]) -> tuple[Places, Places]:
    """Return a row for each different combination of keys, and each row's place among the combinations."""
    _, place = np.unique(columns[0], return_inverse=True)
    for column in columns[1:]:
        values, part = np.unique(column, return_inverse=True)
        _, place = np.unique(place * len(values) + part, return_inverse=True)
    row_of = np.empty(int(place.max(initial=-1)) + 1, np.intp)
    row_of[place] = np.arange(len(place))
    return row_of, place


def _levels(
    scales: tuple[Scale, ...], keys: tuple[tuple[int, ...], ...], columns: list[Whole]
) -> tuple[Levels, ...]:
    """Return the keys taken apart, an array of levels a scale."""
    levels: dict[int, Levels] = {}
    for positions, column in zip(keys, columns, strict=True):
        left = column
        for position in positions:
            left, level = np.divmod(left, scales[position].size)
            levels[position] = level.astype(
                np.uint8 if scales[position].size <= np.iinfo(np.uint8).max else np.uint16
            )
    return tuple(levels[position] for position in range(len(scales)))


def _whole(rows: pa.Table, name: str) -> Whole:
    return rows.column(name).to_numpy().astype(np.int64, copy=False)


def _places(column: pa.ChunkedArray) -> tuple[list[Any], Places]:
    """Return the column's different values, and the place among them of each row's."""
    encoded = column.combine_chunks().dictionary_encode("encode")
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.intp)


@dataclass(frozen=True)
class CubeView:
    """The cells of some segments, added up over them: what the figures are counted from.

    `cell_of` numbers month and fate together: month × number of fates + fate.
    """

    cube: Cube
    tuple_of: Places
    cell_of: Places
    leads: npt.NDArray[np.float64]
    paid: Places
    cents: npt.NDArray[np.float64]

    @classmethod
    def of(cls, cube: Cube, chosen: npt.NDArray[np.bool_] | None) -> "CubeView":
        """Return the chosen cells of the cube, None for all; equal ones of several segments become one."""
        rows = slice(None) if chosen is None else np.flatnonzero(chosen)
        cells = len(cube.months) * len(cube.fates)
        cell_of = cube.month_of[rows] * len(cube.fates) + cube.fate_of[rows]
        keys, place = np.unique(cube.tuple_of[rows] * cells + cell_of, return_inverse=True)
        leads = np.bincount(place, cube.leads[rows], len(keys))
        cents = np.bincount(place, cube.cents[rows], len(keys))
        paid = np.flatnonzero(cents)
        return cls(
            cube, keys // cells if cells else keys, keys % cells if cells else keys, leads, paid, cents[paid]
        )

    def tally(self, scores: Scores) -> "Tally":
        """Return leads and cents by score, month and fate."""
        cube = self.cube
        shape = (SCORES, len(cube.months), len(cube.fates))
        key = (scores.astype(np.intp) * (shape[1] * shape[2]))[self.tuple_of] + self.cell_of
        size = int(np.prod(shape))
        leads = np.bincount(key, self.leads, size).astype(np.int64).reshape(shape)
        cents = np.bincount(key[self.paid], self.cents, size).astype(np.int64).reshape(shape)
        return Tally(cube.months, cube.fates, leads, cents)


@dataclass(frozen=True)
class Tally:
    """What a definition's scores come to: `leads` and `cents` of shape [scores 0…100 and unscored, months, fates]."""

    months: tuple[int, ...]
    fates: tuple[int, ...]
    leads: Whole
    cents: Whole


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
        """Return the scoring of other criteria, which the cube's scales cover: only what differs is added up."""
        sums = dict(self.sums)
        for (group, place), points in self._changes(criteria).items():
            moved = points[self.cube.levels[place]]
            sums[group] = sums[group] + moved if group in sums else moved
        return Scoring(self.cube, criteria, sums, self._unscored(criteria))

    def scores(self, definition: Definition) -> Scores:
        """Return the score of each tuple, 0 … 100, or UNSCORED, with the definition's caps; shape [tuples]."""
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
            scale = self.cube.scales[place]
            points = np.array(scale.meets(criterion.threshold), np.int16) * (sign * criterion.points)
            key = criterion.group, place
            changes[key] = changes[key] + points if key in changes else points
        return {key: points for key, points in changes.items() if points.any()}

    def _unscored(self, criteria: tuple[Criterion, ...]) -> Places:
        attributes = {criterion.attribute for criterion in criteria}
        if attributes == {criterion.attribute for criterion in self.criteria}:
            return self.unscored
        has_value = np.zeros(self.cube.tuples, bool)
        for scale, levels in zip(self.cube.scales, self.cube.levels, strict=True):
            if scale.attribute in attributes:
                has_value |= levels != NO_VALUE
        return np.flatnonzero(~has_value)
