"""What a change does to segments: a lead's source, industry, size … and who of them nearly disappears.

Leads of all sources take part, whatever sources a question names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TypeAlias

import pyarrow as pa

from alignment.domain.definition import Comparison, Definition
from alignment.domain.scale import NO_VALUE, Scale
from alignment.domain.segment import NOT_KNOWN, band_stops, segment_name
from alignment.metrics.lead_levels import Grid
from alignment.metrics.level_cube import Outcome
from alignment.store.newest import Newest
from alignment.store.snapshot import Signature, Snapshot
from alignment.whatif.answer import (
    EVERYTHING_RECENT,
    Question,
    frame_of,
    judged_by,
    segment_grid,
    segment_query,
    workbench,
)
from alignment.whatif.cube import NO_MONTH, Whole, cube_of
from alignment.whatif.figures import Counting, HandOffs, is_in
from alignment.whatif.scales import candidates, comparisons_of, scale_of
from alignment.whatif.workbench import Chosen, Workbench

FEWEST = 5
"""Segments with fewer hand-offs in force come and go by chance."""
MOST_CELLS = 50_000
"""There is a cube an attribute: larger tables keep in them only the stops in use."""
KEPT_CUBES = 48
SOURCE = "source"

Months: TypeAlias = tuple[int, int] | None
Key: TypeAlias = tuple[tuple[Signature, Outcome | None, Grid, Months], Scale]

_benches: Newest[Key, Workbench] = Newest(KEPT_CUBES)
_asking = Lock()


@dataclass(frozen=True)
class Segment:
    """The hand-offs of one segment, before and after a change, and those of before that go by it."""

    attribute: str
    name: str
    before: HandOffs
    after: HandOffs
    gone: HandOffs

    @property
    def is_over_half_lost(self) -> bool:
        """Tell whether less than half as many are handed off as before."""
        return 2 * self.after.leads < self.before.leads

    @property
    def is_small(self) -> bool:
        """Tell whether there were under five hand-offs before."""
        return self.before.leads < FEWEST


@dataclass(frozen=True)
class Losses:
    """The segments that lose over half of their hand-offs, the largest loss first.

    `small`: those with under five hand-offs before, apart. `attributes`: where they were looked for.
    """

    segments: tuple[Segment, ...]
    small: tuple[Segment, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class Segments:
    """The leads of a load by segment: a workbench whose cube has them, and their names in its order."""

    bench: Workbench
    names: tuple[str, ...]


def attributes(snapshot: Snapshot, *, is_usual: bool = False) -> tuple[str, ...]:
    """Return the attributes that make segments, source first; `is_usual` leaves out what looks ahead.

    That is what the load's mapping marks as written after sales contact.
    """
    found = [each.attribute for each in candidates(snapshot) if not (is_usual and each.is_after_contact)]
    first = [SOURCE] if snapshot.has("leads", SOURCE) else []
    return tuple(dict.fromkeys([*first, *found]))


def losses(
    snapshot: Snapshot, before: Definition, after: Definition, question: Question = EVERYTHING_RECENT
) -> Losses:
    """Return the segments, over all usual attributes, that lose over half of their hand-offs."""
    names = attributes(snapshot, is_usual=True)
    scales = [segment_scale(snapshot, name) for name in names if name != SOURCE]
    _by_segment(snapshot, (before, after), question, scales)
    found = [
        segment
        for attribute in names
        for segment in segments(snapshot, before, after, attribute, question)
        if segment.is_over_half_lost
    ]
    found.sort(key=lambda segment: segment.after.leads - segment.before.leads)
    return Losses(
        tuple(segment for segment in found if not segment.is_small),
        tuple(segment for segment in found if segment.is_small),
        names,
    )


def segments(
    snapshot: Snapshot,
    before: Definition,
    after: Definition,
    attribute: str,
    question: Question = EVERYTHING_RECENT,
) -> tuple[Segment, ...]:
    """Return every segment of an attribute that has hand-offs by either definition, the largest first."""
    by = segmented(snapshot, (before, after), attribute, question)
    was, is_now = by.bench.handed(before), by.bench.handed(after)
    parts = zip(*hand_offs(snapshot, by, (was, is_now, was & ~is_now), question), strict=True)
    found = [Segment(attribute, name, *part) for name, part in zip(by.names, parts, strict=True)]
    met = [segment for segment in found if segment.before.leads or segment.after.leads]
    return tuple(sorted(met, key=lambda segment: (-segment.before.leads, -segment.after.leads)))


def hand_offs(
    snapshot: Snapshot, by: Segments, parts: Sequence[Chosen], question: Question
) -> tuple[tuple[HandOffs, ...], ...]:
    """Return what each choice of tuples came to in each segment: [parts][segments]."""
    counting, leads, cents = _counted(snapshot, by.bench, parts, question)
    places = range(len(by.names))
    return tuple(
        tuple(counting.hand_offs(leads[part, place], int(cents[part, place])) for place in places)
        for part in range(len(parts))
    )


def hand_offs_of_all(
    snapshot: Snapshot, bench: Workbench, parts: Sequence[Chosen], question: Question
) -> tuple[HandOffs, ...]:
    """Return what each choice of tuples came to, over all segments."""
    counting, leads, cents = _counted(snapshot, bench, parts, question)
    sums = zip(leads.sum(axis=1), cents.sum(axis=1), strict=True)
    return tuple(counting.hand_offs(part, int(paid)) for part, paid in sums)


def _counted(
    snapshot: Snapshot, bench: Workbench, parts: Sequence[Chosen], question: Question
) -> tuple[Counting, Whole, Whole]:
    """Return leads, shape [parts, segments, fates], and cents, shape [parts, segments], of the period."""
    frame = frame_of(snapshot, bench.cube, question)
    inside = [place for place, month in enumerate(bench.cube.months) if is_in(month, frame.period)]
    leads, cents = (amounts[:, :, inside] for amounts in bench.parted(parts))
    return Counting(bench.cube.fates, frame), leads.sum(axis=2), cents.sum(axis=(2, 3))


def segmented(
    snapshot: Snapshot, definitions: Sequence[Definition], attribute: str, question: Question
) -> Segments:
    """Return the leads by segment of an attribute, on a cube that scores all these definitions."""
    if attribute == SOURCE:
        bench = workbench(snapshot, definitions, question)
        return Segments(bench, tuple(name or NOT_KNOWN for name in bench.cube.segments))
    scale = segment_scale(snapshot, attribute)
    (bench,) = _by_segment(snapshot, definitions, question, [scale])
    return Segments(
        bench, tuple(segment_name(scale, int(level or NO_VALUE)) for level in bench.cube.segments)
    )


def _by_segment(
    snapshot: Snapshot, definitions: Sequence[Definition], question: Question, scales: Sequence[Scale]
) -> tuple[Workbench, ...]:
    """Return a workbench a scale, whose levels are its segments; what is not at hand is asked at once."""
    grid = segment_grid(snapshot, definitions, MOST_CELLS)
    months = _months(snapshot, definitions, question)
    kind = snapshot.signature, judged_by(snapshot, question), grid, months
    with _asking:
        known = {key: bench for key, bench in _benches.items() if key[0] == kind}
        missing = [scale for scale in scales if (kind, scale) not in known]
        if missing:
            rows = snapshot.ask(segment_query(snapshot, grid, question, missing, months))
            place_of = rows.column("place").to_numpy()
            for place, scale in enumerate(missing):
                bench = Workbench(cube_of(rows.filter(pa.array(place_of == place)), grid))
                known[kind, scale] = _benches.get((kind, scale), partial(_same, bench))
    return tuple(known[kind, scale] for scale in scales)


def _months(snapshot: Snapshot, definitions: Sequence[Definition], question: Question) -> Months:
    """Return the first and last month that are counted, None where the leads have no dates."""
    cube = workbench(snapshot, definitions, question).cube
    inside = [month for month in cube.months if is_in(month, frame_of(snapshot, cube, question).period)]
    return None if NO_MONTH in inside or not inside else (min(inside), max(inside))


def _same(bench: Workbench) -> Workbench:
    return bench


def segment_scale(snapshot: Snapshot, attribute: str) -> Scale:
    """Return the scale whose levels are the attribute's segments: few bands of a number, else its values."""
    comparison, *_ = comparisons_of(snapshot, attribute)
    scale = scale_of(snapshot, attribute, comparison)
    if comparison is not Comparison.AT_LEAST:
        return scale
    return Scale(attribute, comparison, stops=band_stops(scale.stops))
