"""What sales can work: the cutoff that a week's capacity reaches down to, and what grows beyond it.

The queue is a fluid one, first come first served: a level's hand-offs arrive at their usual rate *a* and are
worked at its capacity *c* a week, beginning with nobody waiting. Where *a* is over *c*, after *t* weeks
(*a* − *c*) × *t* leads wait, and one that is handed off then waits (*a* − *c*) × *t* ÷ *c* weeks. It misses
an SLA of *s* weeks once that is over *s*. Weeks that vary make some wait even below capacity: the model is
the least that is to be expected.
"""

from dataclasses import dataclass

import numpy as np

from alignment.domain.definition import HIGHEST_SCORE, Definition, Level
from alignment.whatif.figures import Figures

HOURS_A_WEEK = 40
"""Business hours: five days of eight."""


@dataclass(frozen=True)
class Queue:
    """The hand-offs of one level a week, and how many of them can be worked."""

    level: Level
    a_week: float
    capacity: int

    @property
    def growth(self) -> float:
        """Return by how many leads the backlog grows each week."""
        return max(self.a_week - self.capacity, 0.0)

    @property
    def is_over(self) -> bool:
        """Tell whether more leads come than can be worked."""
        return self.growth > 0

    def backlog(self, weeks: float) -> float:
        """Return how many leads wait after so many weeks."""
        return self.growth * weeks

    def late(self, weeks: float) -> float | None:
        """Return how many of the leads handed off within so many weeks miss the SLA, None without one."""
        if self.level.sla_hours is None:
            return None
        return self.a_week * max(weeks - self._on_time, 0.0) if self.is_over else 0.0

    @property
    def _on_time(self) -> float:
        """Return for how many weeks the SLA is still kept."""
        return (self.level.sla_hours or 0) / HOURS_A_WEEK * self.capacity / self.growth


@dataclass(frozen=True)
class Capacity:
    """What a definition hands off beside what can be worked a week.

    `line` is the lowest cutoff for hand-off from which no more come than can be worked, None where even the
    highest score brings more. `queues`: a hand-off level each that says its capacity; `silent`: those that
    don't.
    """

    a_week: float
    capacity: int
    line: int | None
    queues: tuple[Queue, ...]
    silent: tuple[Level, ...]

    @property
    def over(self) -> float:
        """Return how many more a week are handed off than can be worked, below zero where there is room."""
        return self.a_week - self.capacity

    @property
    def growth(self) -> float:
        """Return by how many leads a week the backlog of all levels grows."""
        return sum(queue.growth for queue in self.queues)

    def backlog(self, weeks: float) -> float:
        """Return how many leads wait after so many weeks."""
        return sum(queue.backlog(weeks) for queue in self.queues)

    def late(self, weeks: float) -> float | None:
        """Return how many hand-offs of so many weeks miss their SLA, None where no level has one."""
        found = [late for queue in self.queues if (late := queue.late(weeks)) is not None]
        return sum(found) if found else None


def capacity_of(figures: Figures) -> Capacity | None:
    """Return what comes beside what can be worked, None without a capacity or without dates."""
    definition = figures.definition
    if definition.capacity is None or figures.hand_offs_a_week is None or figures.weeks is None:
        return None
    handed = [band for band in figures.bands if band.level.enters_hand_off]
    return Capacity(
        figures.hand_offs_a_week,
        definition.capacity,
        _line(definition, figures),
        tuple(
            Queue(band.level, band.a_week or 0.0, band.level.capacity)
            for band in handed
            if band.level.capacity is not None
        ),
        tuple(band.level for band in handed if band.level.capacity is None),
    )


def _line(definition: Definition, figures: Figures) -> int | None:
    """Return the lowest score from which hand-offs stay within the capacity.

    The levels above the lowest hand-off level stay as they are: one that is not handed off counts nothing.
    """
    leads = np.array([point.leads for point in figures.histogram], np.int64)
    start = next(place for place, level in enumerate(definition.levels) if level.enters_hand_off)
    for place, level in enumerate(definition.levels[start:], start=start):
        end = definition.levels[place + 1].cutoff if place + 1 < len(definition.levels) else HIGHEST_SCORE + 1
        if not level.enters_hand_off:
            leads[level.cutoff : end] = 0
    from_score_up = leads[::-1].cumsum()[::-1]
    fits = np.flatnonzero(from_score_up <= (definition.capacity or 0) * (figures.weeks or 0))
    return int(fits[0]) if len(fits) else None
