"""One cube of every attribute that can become a criterion: what could help, or gives away."""

from collections.abc import Hashable
from dataclasses import dataclass

from alignment.domain.definition import Comparison, Definition
from alignment.domain.scale import Scale
from alignment.domain.stage import Stage
from alignment.metrics.lead_levels import Grid
from alignment.metrics.level_cube import Outcome, leads_by_level
from alignment.metrics.sampled import leads_by_ending, on_sample
from alignment.report.answer import clock_of
from alignment.store.newest import Newest
from alignment.store.snapshot import Snapshot
from alignment.whatif.answer import EVERYTHING_RECENT, Question, judged_by
from alignment.whatif.cube import Cube, cube_of
from alignment.whatif.scales import Candidate, candidates, is_answerable, scale_of
from alignment.whatif.workbench import Workbench

MOST_LEADS, FEWEST_LEADS = 60_000, 20_000
MOST_LEVELS_READ = 2_000_000
"""Leads times attributes: so much is read and counted in well under a second."""
KEPT = 2


@dataclass(frozen=True)
class Survey:
    """All candidates and the draft's criteria on one cube; `share` of the leads it holds, 1 for all."""

    candidates: tuple[Candidate, ...]
    bench: Workbench
    share: float

    @property
    def cube(self) -> Cube:
        """Return the cube."""
        return self.bench.cube

    def scale_of(self, candidate: Candidate) -> tuple[int, Scale]:
        """Return the candidate's scale and its place in the cube."""
        kind = candidate.attribute, candidate.comparison
        places = enumerate(self.cube.grid.scales)
        return next(found for found in places if (found[1].attribute, found[1].comparison) == kind)


_surveys: Newest[Hashable, Survey] = Newest(KEPT)
_endings: Newest[Hashable, tuple[tuple[str, int], ...]] = Newest(KEPT)


def survey_of(snapshot: Snapshot, draft: Definition, question: Question = EVERYTHING_RECENT) -> Survey:
    """Return the survey that covers the draft's criteria, from memory where nothing but points moved."""
    found = candidates(snapshot)
    grid = _grid(snapshot, draft, found)
    outcome = judged_by(snapshot, question)
    key = snapshot.signature, outcome, grid
    return _surveys.get(key, lambda: _asked(snapshot, found, grid, outcome))


def _asked(snapshot: Snapshot, found: tuple[Candidate, ...], grid: Grid, outcome: Outcome | None) -> Survey:
    query = leads_by_level(clock_of(snapshot), snapshot.currency, grid, outcome or Outcome(Stage.SQL, None))
    endings, share = _chosen(snapshot, MOST_LEVELS_READ // max(len(grid.scales), 1))
    if share < 1:
        query = on_sample(query, endings)
    return Survey(found, Workbench(cube_of(snapshot.ask(query), grid)), share)


def _grid(snapshot: Snapshot, draft: Definition, found: tuple[Candidate, ...]) -> Grid:
    scales: dict[tuple[str, Comparison], Scale] = {
        (candidate.attribute, candidate.comparison): candidate.scale for candidate in found
    }
    for criterion in draft.criteria:
        if is_answerable(snapshot, criterion):
            kind = criterion.attribute, criterion.comparison
            scales[kind] = (scales.get(kind) or scale_of(snapshot, *kind)).with_threshold(criterion.threshold)
    return Grid(tuple(scales.values()))


def _chosen(snapshot: Snapshot, most: int) -> tuple[tuple[str, ...], float]:
    """Return the endings of lead ids that hold about as many leads as can be read, and their share."""
    most = min(max(most, FEWEST_LEADS), MOST_LEADS)
    counts = _endings.get(snapshot.signature, lambda: _counted(snapshot))
    total, taken = sum(leads for _, leads in counts), 0
    chosen: list[str] = []
    for ending, leads in counts if total > most else ():
        if not chosen or taken + leads <= most:
            chosen.append(ending)
            taken += leads
    return tuple(chosen), taken / total if chosen else 1.0


def _counted(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    rows = snapshot.ask(leads_by_ending()).to_pylist()
    return tuple(sorted((str(row["ending"]), int(row["leads"])) for row in rows))
