"""Conversion in the engine equals the same rule spelled out lead by lead."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from alignment.domain.cohort import Cohort
from alignment.domain.period import Period
from alignment.domain.stage import Stage
from tests.drawn import warehouse

FIRST = date(2026, 1, 1)
COLUMNS = ("created_at", "mql_at", "sal_at", "sql_at", "converted_at")
STAGES = (Stage.LEAD, Stage.MQL, Stage.SAL, Stage.SQL, Stage.OPPORTUNITY)

days = st.integers(0, 60)
leads = st.lists(st.tuples(days, *[st.one_of(st.none(), days) for _ in COLUMNS[1:]]), min_size=1, max_size=25)


def rows(journeys):
    """Draw the journeys as a table."""
    lines = [
        " ".join([f"l{number}", *("-" if day is None else str(FIRST + timedelta(day)) for day in journey)])
        for number, journey in enumerate(journeys)
    ]
    return "\n".join([f"lead_id {' '.join(COLUMNS)}", *lines])


def counted(journeys, start, end, window, today):
    """Count by hand (converted, mature, too young) of the leads that entered `start`."""
    converted = mature = young = 0
    for journey in journeys:
        known = [None if day is None or day > today else day for day in journey]
        entered = known[start]
        if known[0] is None or entered is None:
            continue
        if today - entered < window:
            young += 1
            continue
        mature += 1
        later = [day for day in known[end:] if day is not None and day >= entered]
        converted += bool(later) and min(later) - entered <= window
    return converted, mature, young


@settings(max_examples=20)
@drawn(leads, st.integers(0, 3), st.integers(1, 4), st.integers(0, 40), st.integers(20, 70))
def test_the_engine_counts_what_the_rule_says(journeys, start, further, window, today):
    """Numerator, denominator and too young agree on any table, pair of stages, window and as-of."""
    end = min(start + further, 4)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = warehouse(Path(folder) / "w.duckdb", {"leads": rows(journeys)}, {})
        cohort = Cohort(as_of=FIRST + timedelta(today))
        found = report.conversion(snapshot, STAGES[start], STAGES[end], cohort, window=window)
    (row,) = found.rows
    assert (row.rate.numerator, row.rate.denominator, row.too_young) == counted(
        journeys, start, end, window, today
    )


@settings(max_examples=15)
@drawn(leads, st.integers(0, 40), st.integers(20, 70))
def test_each_bar_of_the_path_is_the_conversion_to_its_stage(journeys, window, today):
    """Two questions, one rule: the path's counts are the numerators of lead → stage."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = warehouse(Path(folder) / "w.duckdb", {"leads": rows(journeys)}, {})
        cohort = Cohort(period=Period(FIRST, FIRST + timedelta(60)), as_of=FIRST + timedelta(today))
        path = {
            step.stage: step.count for step in report.conversion_path(snapshot, cohort, window=window).steps
        }
        single = {
            stage: report.conversion(snapshot, Stage.LEAD, stage, cohort, window=window)
            .rows[0]
            .rate.numerator
            for stage in STAGES[1:]
        }
    assert {stage: path[stage] for stage in single} == single
