"""Ask once, then answer from memory: the figures of any definition that the level cube at hand covers."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import prod
from threading import Lock
from typing import TypeAlias

from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.period import Grain, Period, bucket_start, months_later
from alignment.domain.scale import Scale
from alignment.domain.stage import Stage
from alignment.metrics.level_cube import Outcome, leads_by_level
from alignment.metrics.query import Query
from alignment.report.answer import USUAL, Window, clock_of
from alignment.store.warehouse import Signature, Snapshot
from alignment.whatif.cube import NO_MONTH, Cube, cube_of
from alignment.whatif.figures import DAYS_A_WEEK, Figures, Frame, Impact, figures_of, month_of
from alignment.whatif.outcome import outcome_of
from alignment.whatif.scales import is_answerable, scale_of
from alignment.whatif.workbench import Newest, Workbench

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

_benches: Newest[tuple[Kind, tuple[Scale, ...]], Workbench] = Newest(KEPT_CUBES)
_figures: Newest[Hashable, Figures] = Newest(KEPT_FIGURES)
_outcomes: Newest[Hashable, Outcome | None] = Newest(KEPT_OUTCOMES)
_lead_counts: Newest[Hashable, int] = Newest(KEPT_OUTCOMES)
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
    """Return a cube that scores all these definitions, from memory where one does; else the engine is asked."""
    criteria = [
        found for definition in definitions for found in definition.criteria if is_answerable(snapshot, found)
    ]
    wide = [_scale(snapshot, criterion) for criterion in criteria if criterion.criterion_id == opened]
    kind = snapshot.signature, judged_by(snapshot, question)
    if bench := _at_hand(kind, criteria, wide):
        return bench
    with _building:
        if bench := _at_hand(kind, criteria, wide):
            return bench
        grid = _grid(snapshot, criteria, [*wide, *_moved(snapshot, kind, criteria)])
        return _benches.get((kind, grid), lambda: Workbench(_built(snapshot, grid, question)))


def judged_by(snapshot: Snapshot, question: Question) -> Outcome | None:
    """Return what hand-offs are judged by, the usual window worked out; None where the load can't tell."""
    key = snapshot.signature, question.outcome, question.window
    return _outcomes.get(key, lambda: outcome_of(snapshot, question.outcome, question.window))


def cube_query(snapshot: Snapshot, grid: tuple[Scale, ...], question: Question) -> Query:
    """Return the question that fills a cube on these scales; sources are its segments."""
    segment = "source" if snapshot.has("leads", "source") else None
    outcome = judged_by(snapshot, question) or Outcome(Stage.SQL, None)
    return leads_by_level(clock_of(snapshot), snapshot.currency, grid, outcome, segment)


def _built(snapshot: Snapshot, grid: tuple[Scale, ...], question: Question) -> Cube:
    return cube_of(snapshot.ask(cube_query(snapshot, grid, question)), grid)


def _at_hand(kind: Kind, criteria: list[Criterion], wide: list[Scale]) -> Workbench | None:
    """Return a kept cube that covers the criteria, with all stops of the wide scales."""
    for (known, _), bench in reversed(_benches.items()):
        if known == kind and bench.covers(criteria) and all(bench.cube.holds(scale) for scale in wide):
            return bench
    return None


def _moved(snapshot: Snapshot, kind: Kind, criteria: list[Criterion]) -> list[Scale]:
    """Return the scales of the thresholds that the newest cube doesn't cover: their sliders are being moved."""
    newest = next((bench for (known, _), bench in reversed(_benches.items()) if known == kind), None)
    if newest is None:
        return []
    return [
        _scale(snapshot, criterion) for criterion in criteria if newest.cube.scale_for(criterion) is None
    ][:MOST_WIDE]


def _grid(snapshot: Snapshot, criteria: list[Criterion], wide: list[Scale]) -> tuple[Scale, ...]:
    """Return the scales of the cube: with all their stops where it stays small, else only with those in use.

    A cube has no more cells than there are leads; larger tables keep all stops for the `wide` scales alone.
    """
    full: dict[tuple[str, Comparison], Scale] = {}
    narrow: dict[tuple[str, Comparison], Scale] = {}
    for criterion in criteria:
        key = criterion.attribute, criterion.comparison
        full[key] = (full.get(key) or scale_of(snapshot, *key)).with_threshold(criterion.threshold)
        narrow[key] = (narrow.get(key) or Scale(*key)).with_threshold(criterion.threshold)
    is_small = (
        _lead_count(snapshot) <= MOST_CELLS or prod(scale.size for scale in full.values()) <= MOST_CELLS
    )
    kept_wide = {(scale.attribute, scale.comparison) for scale in wide}
    return tuple(full[key] if is_small or key in kept_wide else narrow[key] for key in full)


def _scale(snapshot: Snapshot, criterion: Criterion) -> Scale:
    return scale_of(snapshot, criterion.attribute, criterion.comparison)


def _lead_count(snapshot: Snapshot) -> int:
    count = Query("select count(*) as leads from leads")
    return _lead_counts.get(snapshot.signature, lambda: snapshot.ask(count).column("leads")[0].as_py())


def _known(snapshot: Snapshot, bench: Workbench, definition: Definition, question: Question) -> Figures:
    key = bench, definition.criteria, definition.levels, tuple(sorted(definition.caps.items())), question
    return _figures.get(key, lambda: _counted(snapshot, bench, definition, question))


def _counted(snapshot: Snapshot, bench: Workbench, definition: Definition, question: Question) -> Figures:
    unmet = tuple(found.criterion_id for found in definition.criteria if not is_answerable(snapshot, found))
    frame = _frame(snapshot, bench.cube, question)
    return figures_of(definition, bench.tally(definition, question.sources), frame, unmet)


def _frame(snapshot: Snapshot, cube: Cube, question: Question) -> Frame:
    outcome, period = judged_by(snapshot, question), _period(snapshot, cube, question.period)
    return Frame(
        period,
        period.days / DAYS_A_WEEK if period else None,
        outcome.stage if outcome else None,
        outcome.window if outcome else None,
        snapshot.currency,
    )


def _period(snapshot: Snapshot, cube: Cube, asked: Period | None) -> Period | None:
    """Return the whole months that the figures are counted on, from the first lead on and up to the data's now."""
    months = sorted(month for month in cube.months if month != NO_MONTH)
    if not months:
        return None
    first, today = month_of(months[0]).start, clock_of(snapshot).today
    this_month = bucket_start(today, Grain.MONTH)
    if asked:
        last = min(months_later(asked.last, 1), today + timedelta(days=1))
        return Period(min(max(bucket_start(asked.start, Grain.MONTH), first), last - timedelta(days=1)), last)
    if first == this_month:
        return Period(first, today + timedelta(days=1))
    return Period(max(months_later(this_month, -RECENT_MONTHS), first), this_month)
