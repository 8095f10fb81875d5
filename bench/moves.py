"""What people do to a definition: they move a slider of points, of a cutoff or of a threshold."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle, islice

from alignment.domain.definition import Definition
from alignment.domain.definition_plain import from_plain
from alignment.domain.scale import Scale
from alignment.sample.definitions import DEFINITION_NOW

IN_FORCE = from_plain(DEFINITION_NOW)
OPENED = "pages_viewed_engagement"
HOT = len(IN_FORCE.levels) - 1


def points(count: int) -> Iterator[Definition]:
    """Yield drafts whose points differ, each criterion in turn."""
    draft = IN_FORCE
    for criterion in islice(cycle(IN_FORCE.criteria), count):
        points = draft.criterion(criterion.criterion_id).points
        draft = draft.with_points(criterion.criterion_id, points + (1 if points < 0 else -1))
        yield draft


def cutoffs(count: int) -> Iterator[Definition]:
    """Yield drafts whose cutoff for hand-off differs."""
    for number in range(count):
        yield IN_FORCE.with_level(HOT, replace(IN_FORCE.levels[HOT], cutoff=40 + number))


def thresholds(count: int, scales: Mapping[str, Scale]) -> Iterator[Definition]:
    """Yield drafts whose threshold of the opened criterion stands on one stop after the other."""
    stops = [stop for stop in scales[OPENED].stops if stop != IN_FORCE.criterion(OPENED).threshold]
    for stop in islice(stops, count):
        yield IN_FORCE.with_threshold(OPENED, stop)
