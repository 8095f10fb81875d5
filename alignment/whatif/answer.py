"""Ask once, then answer from memory: the figures of any definition that the level cube at hand covers."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import prod
from threading import Lock
from typing import TypeAlias

from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.period import Grain, Period, bucket_start, months_later
from alignment.domain.scale import Scale
from alignment.domain.stage import Stage
from alignment.metrics.lead_levels import Grid
from alignment.metrics.level_cube import Outcome, leads_by_level, leads_by_segments
from alignment.metrics.query import Query
from alignment.report.answer import USUAL, Window, clock_of
from alignment.store.newest import Newest
from alignment.store.snapshot import Signature, Snapshot
from alignment.whatif.cube import NO_MONTH, Cube, cube_of
from alignment.whatif.figures import DAYS_A_WEEK, Figures, Frame, Impact, figures_of
from alignment.whatif.outcome import can_tell, outcome_of
from alignment.whatif.scales import is_answerable, scale_of
from alignment.whatif.workbench import Workbench, attributes_of

RECENT_MONTHS = 12
"""A year holds each season once, and enough months whose window is over."""
MOST_CELLS = 1_000_000
MOST_WIDE = 2
KEPT_CUBES, KEPT_FIGURES, KEPT_OUTCOMES = 4, 64, 32


@dataclass(frozen=True)
class Question:
    """Which leads, and what counts as success.

    Leads: created in the months that `period` touches (None: the last twelve full ones), from these `sources`
    (empty: all). Success: reaching `outcome` (None: the first that the data can tell) within `window` days.
    """

    period: Period | None = None
    sources: tuple[str | None, ...] = ()
    window: Window = USUAL
    outcome: Stage | None = None


EVERYTHING_RECENT = Question()

Kind: TypeAlias = tuple[Signature, Outcome | None]
ScaleKind: TypeAlias = tuple[str, Comparison]
Wanted: TypeAlias = Sequence[tuple[Criterion, ...]]

_benches: Newest[tuple[Kind, Grid], Workbench] = Newest(KEPT_CUBES)
_figures: Newest[Hashable, Figures] = Newest(KEPT_FIGURES)
_outcomes: Newest[Hashable, Outcome | None] = Newest(KEPT_OUTCOMES)
_lead_counts: Newest[Hashable, int] = Newest(KEPT_OUTCOMES)
_firsts: Newest[Hashable, datetime] = Newest(KEPT_OUTCOMES)
_building = Lock()


def impact(
    snapshot: Snapshot,
    in_force: Definition,
    draft: Definition,
    question: Question = EVERYTHING_RECENT,
    *,
    opened: str | None = None,
) -> Impact:
    """Return the figures of the definition in force and of the draft, on the same leads.

    `opened` is the id of the criterion whose threshold is about to move: of very large tables its stops are
    fetched at once, so that the move itself asks nothing.
    """
    bench = workbench(snapshot, (in_force, draft), question, opened)
    return Impact(_known(snapshot, bench, in_force, question), _known(snapshot, bench, draft, question))


def figures(snapshot: Snapshot, definition: Definition, question: Question = EVERYTHING_RECENT) -> Figures:
    """Return what the definition would have done."""
    return _known(snapshot, workbench(snapshot, (definition,), question), definition, question)


def workbench(
    snapshot: Snapshot,
    definitions: Iterable[Definition],
    question: Question = EVERYTHING_RECENT,
    opened: str | None = None,
) -> Workbench:
    """Return a cube that scores all these definitions, from memory where one does; else ask the engine."""
    wanted = [_answerable(snapshot, definition) for definition in definitions]
    wide = [
        scale_of(snapshot, criterion.attribute, criterion.comparison)
        for criteria in wanted
        for criterion in criteria
        if criterion.criterion_id == opened
    ]
    kind = snapshot.signature, judged_by(snapshot, question)
    if bench := _at_hand(kind, wanted, wide):
        return bench
    with _building:
        if bench := _at_hand(kind, wanted, wide):
            return bench
        grid = _grid(snapshot, wanted, {*map(_kind_of, wide), *_moved(kind, wanted)})
        return _benches.get((kind, grid), lambda: Workbench(_built(snapshot, grid, question)))


def _answerable(snapshot: Snapshot, definition: Definition) -> tuple[Criterion, ...]:
    return tuple(criterion for criterion in definition.criteria if is_answerable(snapshot, criterion))


def judged_by(snapshot: Snapshot, question: Question = EVERYTHING_RECENT) -> Outcome | None:
    """Return what hand-offs are judged by, the usual window worked out; None where the load can't tell."""
    key = snapshot.signature, question.outcome, question.window
    return _outcomes.get(key, lambda: outcome_of(snapshot, question.outcome, question.window))


def cube_query(snapshot: Snapshot, grid: Grid, question: Question) -> Query:
    """Return the question that fills a cube on the grid; sources are its segments."""
    segment = "source" if snapshot.has("leads", "source") else None
    outcome = counted_by(snapshot, question)
    return leads_by_level(clock_of(snapshot), snapshot.currency, grid, outcome, segment)


def counted_by(snapshot: Snapshot, question: Question = EVERYTHING_RECENT) -> Outcome:
    """Return what leads are counted by: what judges them, else one that the load has nothing of."""
    return judged_by(snapshot, question) or Outcome(Stage.SQL, None)


def segment_grid(snapshot: Snapshot, definitions: Iterable[Definition], most_cells: int) -> Grid:
    """Return the scales that score these definitions: all stops up to `most_cells`, else those in use."""
    return _grid(snapshot, [_answerable(snapshot, found) for found in definitions], (), most_cells)


def segment_query(
    snapshot: Snapshot,
    grid: Grid,
    question: Question,
    segments: Sequence[Scale],
    months: tuple[int, int] | None,
) -> Query:
    """Return the question that fills a cube for each scale of `segments` at once, of these months' leads."""
    outcome = counted_by(snapshot, question)
    return leads_by_segments(clock_of(snapshot), snapshot.currency, grid, outcome, segments, months)


def query_of(
    snapshot: Snapshot, definitions: Iterable[Definition], question: Question = EVERYTHING_RECENT
) -> Query:
    """Return the question that was asked for the figures of these definitions: what a passport shows."""
    return cube_query(snapshot, workbench(snapshot, definitions, question).cube.grid, question)


def _built(snapshot: Snapshot, grid: Grid, question: Question) -> Cube:
    return cube_of(snapshot.ask(cube_query(snapshot, grid, question)), grid)


def _at_hand(kind: Kind, wanted: Wanted, wide: Iterable[Scale]) -> Workbench | None:
    """Return the smallest kept cube that covers each definition and holds the wide scales."""
    fit = [
        (key, bench)
        for key, bench in _benches.items()
        if key[0] == kind and all(map(bench.covers, wanted)) and all(map(bench.cube.holds, wide))
    ]
    if not fit:
        return None
    key, smallest = min(fit, key=lambda found: len(found[1].cube.leads))
    return _benches.get(key, lambda: smallest)


def _moved(kind: Kind, wanted: Wanted) -> list[ScaleKind]:
    """Return the scales of the thresholds that the newest cube doesn't cover: their sliders are moving."""
    newest = next((bench.cube for (known, _), bench in reversed(_benches.items()) if known == kind), None)
    if newest is None:
        return []
    moved = [_kind_of(found) for criteria in wanted for found in criteria if newest.scale_for(found) is None]
    return list(dict.fromkeys(moved))[:MOST_WIDE]


def _grid(
    snapshot: Snapshot, wanted: Wanted, wide: Collection[ScaleKind], most_cells: int | None = None
) -> Grid:
    """Return the scales of the cube: with all their stops where it stays small, else only with those in use.

    A cube has no more cells than there are leads; larger tables keep all stops for the `wide` scales alone,
    and don't tell which value is missing unless the definitions differ in their attributes.
    """
    full: dict[ScaleKind, Scale] = {}
    narrow: dict[ScaleKind, Scale] = {}
    for criterion in (found for criteria in wanted for found in criteria):
        kind = _kind_of(criterion)
        full[kind] = (full.get(kind) or scale_of(snapshot, *kind)).with_threshold(criterion.threshold)
        narrow[kind] = (narrow.get(kind) or Scale(*kind)).with_threshold(criterion.threshold)
    most = MOST_CELLS if most_cells is None else most_cells
    if min(_lead_count(snapshot), prod(scale.size for scale in full.values())) <= most:
        return Grid(tuple(full.values()))
    scales = tuple(full[kind] if kind in wide else narrow[kind] for kind in full)
    return Grid(scales, tells_blanks=len(set(map(attributes_of, wanted))) > 1)


def _kind_of(found: Criterion | Scale) -> ScaleKind:
    return found.attribute, found.comparison


def _lead_count(snapshot: Snapshot) -> int:
    count = Query("select count(*) as leads from leads")
    return _lead_counts.get(snapshot.signature, lambda: int(snapshot.ask(count).column("leads")[0].as_py()))


def _first_day(snapshot: Snapshot) -> date:
    """Return the business day on which the first dated lead was created."""
    first = Query("select min(created_at) as created_at from leads")
    created_at = _firsts.get(snapshot.signature, lambda: snapshot.ask(first).to_pylist()[0]["created_at"])
    return created_at.replace(tzinfo=UTC).astimezone(snapshot.zone).date()


def _known(snapshot: Snapshot, bench: Workbench, definition: Definition, question: Question) -> Figures:
    key = bench, definition.criteria, definition.levels, tuple(sorted(definition.caps.items())), question
    return _figures.get(key, lambda: _counted(snapshot, bench, definition, question))


def _counted(snapshot: Snapshot, bench: Workbench, definition: Definition, question: Question) -> Figures:
    unmet = tuple(found.criterion_id for found in definition.criteria if not is_answerable(snapshot, found))
    frame = frame_of(snapshot, bench.cube, question)
    return figures_of(definition, bench.tally(definition, question.sources), frame, unmet)


def frame_of(snapshot: Snapshot, cube: Cube, question: Question) -> Frame:
    """Return what figures are counted on: the question's period and outcome as the load can tell them."""
    outcome, period = judged_by(snapshot, question), _period(snapshot, cube, question.period)
    return Frame(
        period,
        period.days / DAYS_A_WEEK if period else None,
        outcome.stage if outcome else None,
        outcome.window if outcome else None,
        snapshot.currency,
        tells_work=outcome is not None and bool(outcome.worked_columns),
        tells_won=can_tell(snapshot, Stage.WON),
        tells_amounts=can_tell(snapshot, Stage.WON) and snapshot.has("deals", "amount"),
    )


def _period(snapshot: Snapshot, cube: Cube, asked: Period | None) -> Period | None:
    """Return the months that the figures are counted on, from the first lead's day up to the data's now."""
    if all(month == NO_MONTH for month in cube.months):
        return None
    first, today = _first_day(snapshot), clock_of(snapshot).today
    this_month = bucket_start(today, Grain.MONTH)
    if asked:
        last = min(months_later(asked.last, 1), today + timedelta(days=1))
        return Period(min(max(bucket_start(asked.start, Grain.MONTH), first), last - timedelta(days=1)), last)
    if first >= this_month:
        return Period(first, today + timedelta(days=1))
    return Period(max(months_later(this_month, -RECENT_MONTHS), first), this_month)
