"""The level cube in memory: tuples of levels instead of leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from alignment.domain.definition import HIGHEST_SCORE, Criterion
from alignment.domain.scale import Scale
from alignment.metrics.lead_levels import Grid
from alignment.whatif.numbering import numbered

Whole: TypeAlias = npt.NDArray[np.int64]
Places: TypeAlias = npt.NDArray[np.intp]
Levels: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]
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

    grid: Grid
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
        for place, scale in enumerate(self.grid.scales):
            if (scale.attribute, scale.comparison) == wanted and scale.covers(criterion.threshold):
                return place
        return None

    def holds(self, scale: Scale) -> bool:
        """Tell whether the cube tells apart whatever the scale does."""
        wanted = scale.attribute, scale.comparison
        known = [own for own in self.grid.scales if (own.attribute, own.comparison) == wanted]
        return any(set(scale.stops) <= set(own.stops) and all(map(own.covers, scale.values)) for own in known)

    @cached_property
    def whole(self) -> "CubeView":
        """Return the cells of all segments together."""
        return CubeView.of(self, None)

    def restricted_to(self, segments: Sequence[str | None]) -> "CubeView":
        """Return the cells of these segments."""
        wanted = [place for place, segment in enumerate(self.segments) if segment in segments]
        return CubeView.of(self, np.isin(self.segment_of, wanted))


def cube_of(rows: pa.Table, grid: Grid) -> Cube:
    """Return the cube of the rows of `leads_by_level` on that grid."""
    keys = grid.keys
    columns = [_whole(rows, f"key_{number}") for number in range(len(keys))]
    firsts, tuple_of = _distinct(columns)
    months, month_of = _places(rows.column("month"))
    segments, segment_of = _places(rows.column("segment"))
    fates, fate_of = _places(rows.column("fate"))
    return Cube(
        grid,
        _levels(grid.scales, keys, [column[firsts] for column in columns]),
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
    _, place = numbered(columns[0])
    for column in columns[1:]:
        values, part = numbered(column)
        _, place = numbered(place * len(values) + part)
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
            levels[position] = level.astype(np.min_scalar_type(scales[position].size))
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
        keys, place = numbered(cube.tuple_of[rows] * cells + cell_of)
        leads = np.bincount(place, cube.leads[rows], len(keys)).astype(np.float64, copy=False)
        cents = np.bincount(place, cube.cents[rows], len(keys)).astype(np.float64, copy=False)
        paid = np.flatnonzero(cents)
        return cls(
            cube, keys // cells if cells else keys, keys % cells if cells else keys, leads, paid, cents[paid]
        )

    def tally(self, scores: Scores) -> "Tally":
        """Return leads and cents by score, month and fate."""
        cube = self.cube
        shape = (SCORES, len(cube.months), len(cube.fates))
        key = (scores.astype(np.intp) * (shape[1] * shape[2]))[self.tuple_of]
        key += self.cell_of
        size = int(np.prod(shape))
        leads = np.bincount(key, self.leads, size).astype(np.int64).reshape(shape)
        cents = np.bincount(key[self.paid], self.cents, size).astype(np.int64).reshape(shape)
        return Tally(cube.months, cube.fates, leads, cents)


@dataclass(frozen=True)
class Tally:
    """What scores come to: `leads` and `cents`, both of shape [scores 0…100 and unscored, months, fates]."""

    months: tuple[int, ...]
    fates: tuple[int, ...]
    leads: Whole
    cents: Whole
