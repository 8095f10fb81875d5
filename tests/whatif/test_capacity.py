"""What can be worked: the line on the cutoff's scale, the backlog, the leads worked too late."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alignment.domain.definition import Definition, Level
from alignment.domain.rate import Rate
from alignment.whatif import Band, Figures, HandOffs, Point
from alignment.whatif.capacity import HOURS_A_WEEK, Queue, capacity_of

HOT = Level("hot", 60, sla_hours=8, enters_hand_off=True, capacity=30)
LEVELS = (Level("raw", 0), HOT)
NONE = HandOffs(0, Rate(0, 0), None, 0, 0, None, None, 0, 0)


def figures(levels, leads_by_score, weeks=1.0):
    """Figures of so many leads at each score."""
    definition = Definition(levels=levels)
    points = tuple(Point(score, leads_by_score.get(score, 0), 0, 0, 0) for score in range(101))
    ends = [*(level.cutoff for level in levels[1:]), 101]
    counts = [
        sum(leads_by_score.get(s, 0) for s in range(level.cutoff, end))
        for level, end in zip(levels, ends, strict=True)
    ]
    bands = tuple(Band(level, n, n / weeks) for level, n in zip(levels, counts, strict=True))
    handed = sum(n for level, n in zip(levels, counts, strict=True) if level.enters_hand_off)
    return Figures(
        definition, None, weeks, None, None, sum(counts), bands, 0, replace(NONE, leads=handed), points, ()
    )


def test_the_line_is_the_lowest_cutoff_that_stays_within_capacity():
    """Of 40 leads from 60 on, 30 have 70 or more: 61 already does."""
    found = capacity_of(figures(LEVELS, {60: 10, 70: 10, 80: 20}))

    assert (found.a_week, found.over, found.line) == (40, 10, 61)


@pytest.mark.parametrize(
    ("leads", "line"), [({100: 31}, None), ({60: 30}, 0), ({60: 30, 59: 1}, 60), ({}, 0)],
    ids=["even the best are too many", "all fit", "one too many below", "nobody"],
)  # fmt: skip
def test_the_line_at_its_ends(leads, line):
    """Where even 100 points bring too many there is none; where all fit it lies at 0."""
    assert capacity_of(figures(LEVELS, leads)).line == line


@settings(max_examples=25)
@given(some.dictionaries(some.integers(0, 100), some.integers(0, 30)), some.integers(0, 200))
def test_moving_the_cutoff_to_the_line_fits_and_one_below_does_not(leads, capacity):
    """The line is what a person would find by trying every cutoff."""
    levels = (Level("raw", 0), replace(HOT, capacity=capacity))
    found = capacity_of(figures(levels, leads))
    fits = [score for score in range(101) if sum(n for s, n in leads.items() if s >= score) <= capacity]

    assert found.line == min(fits, default=None)


def test_leads_of_a_level_that_is_not_handed_off_take_no_capacity():
    """Over 80 points nurture takes them, say."""
    levels = (Level("raw", 0), HOT, Level("known already", 80))

    assert capacity_of(figures(levels, {70: 25, 65: 10, 90: 500})).line == 66


def test_the_capacity_of_several_levels_is_one_line_and_a_queue_each():
    """Warm has room, hot has not: what hot lacks doesn't go away."""
    warm = Level("warm", 30, enters_hand_off=True, capacity=100)
    found = capacity_of(figures((Level("raw", 0), warm, HOT), {40: 10, 70: 40}))

    assert (found.capacity, found.over) == (130, -80)
    assert [(queue.level.name, queue.growth) for queue in found.queues] == [("warm", 0), ("hot", 10)]
    assert found.growth == 10


def test_without_a_capacity_or_dates_there_is_no_line():
    """Zero would say that nobody can be worked."""
    silent = (Level("raw", 0), replace(HOT, capacity=None))

    assert capacity_of(figures(silent, {70: 1})) is None
    assert capacity_of(replace(figures(LEVELS, {70: 1}), weeks=None)) is None


def simulated(a_week, capacity, sla_weeks, weeks, step=1 / 400):
    """Work the queue lead by lead: each starts when the one before it is done; who waits too long is late."""
    free_at, late = 0.0, 0
    arrivals = [number / a_week for number in range(round(a_week * weeks))]
    for at in arrivals:
        start = max(free_at, at)
        free_at = start + 1 / capacity
        late += start - at > sla_weeks + step
    waiting = sum(1 for number in range(len(arrivals)) if number / capacity > weeks)
    return waiting, late


@pytest.mark.parametrize(("a_week", "capacity"), [(60, 45), (50, 45), (200, 20)])
@pytest.mark.parametrize("weeks", [4, 13])
def test_the_fluid_queue_is_what_a_queue_of_single_leads_comes_to(a_week, capacity, weeks):
    """First come, first served, one after the other: as many wait and as many are late, but for a few."""
    queue = Queue(replace(HOT, capacity=capacity), a_week, capacity)
    waiting, late = simulated(a_week, capacity, 8 / HOURS_A_WEEK, weeks)

    assert queue.backlog(weeks) == pytest.approx(waiting, abs=3)
    assert queue.late(weeks) == pytest.approx(late, abs=5)


def test_within_capacity_nobody_is_late_and_nobody_waits():
    """On average, that is."""
    queue = Queue(HOT, 30, 30)

    assert (queue.is_over, queue.backlog(13), queue.late(13)) == (False, 0, 0)


def test_without_an_sla_nobody_can_be_late():
    """Late against what?"""
    assert Queue(replace(HOT, sla_hours=None), 60, 30).late(13) is None
