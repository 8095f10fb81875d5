"""Levels and routes: every lead is in one level, and on exactly the lists of its level's route."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from alignment.domain.cohort import Cohort
from alignment.domain.definition import Comparison, Criterion, Definition, Level, Route
from alignment.domain.judged import Judged, Span
from alignment.domain.levels import Destination
from alignment.domain.period import Period
from alignment.errors import MissingColumnError, UnknownTermError
from tests.drawn import warehouse

LATER = "2026-12-31 00:00:00"
ASKS = tuple(Criterion(f"c{n}", "visits", Comparison.AT_LEAST, n, 10) for n in range(1, 6))


def terms(*levels):
    """Return a definition that gives ten points a visit, up to fifty."""
    return Judged("own", (Span(None, "ours", Definition(ASKS, levels)),))


COLD, WARM = Level("Cold", 0), Level("Lukewarm", 20, Route.NURTURE)
HOT = Level("On fire", 40, Route.BOTH, sla_hours=4, enters_hand_off=True)


def test_leads_are_counted_by_the_levels_of_the_company(given):
    """By its own names, the highest first; a lead without any value is unscored, neither cold nor zero."""
    snapshot = given(
        leads="""
        lead_id  created_at  visits
        ada      2026-07-06  5
        bob      2026-07-07  2
        cyd      2026-07-14  0
        dee      2026-07-14  -
        """,
        as_of=LATER,
    )
    found = report.levels(snapshot, None, terms(COLD, WARM, HOT))
    assert [(row.level, row.route, row.leads) for row in found.rows] == [
        ("On fire", Route.BOTH, 1),
        ("Lukewarm", Route.NURTURE, 1),
        ("Cold", Route.NONE, 1),
        (None, None, 1),
    ]
    assert found.weeks == ("2026-W28", "2026-W29")
    assert found.rows[1].by_week == {"2026-W28": 1, "2026-W29": 0}


def test_a_level_is_that_of_the_version_of_the_leads_day(given):
    """From August on two visits are enough for hot, and hot goes to sales."""
    now = Level("On fire", 20, Route.SALES, enters_hand_off=True)
    both = Judged(
        "as-was",
        (
            Span(None, "v1", Definition(ASKS, (COLD, WARM, HOT))),
            Span(date(2026, 8, 1), "v2", Definition(ASKS, (COLD, now))),
        ),
    )
    snapshot = given(leads="lead_id created_at visits\nada 2026-07-31 2\nbob 2026-08-01 2", as_of=LATER)
    rows = report.route_rows(snapshot, None, both).to_pylist()
    assert {row["lead_id"]: (row["level"], row["route"]) for row in rows} == {
        "ada": ("Lukewarm", "nurture"),
        "bob": ("On fire", "sales"),
    }


def test_only_leads_of_the_period_come_in(given):
    """By the business day of their creation."""
    snapshot = given(leads="lead_id created_at visits\nada 2026-06-30 5\nbob 2026-07-01 5", as_of=LATER)
    july = Cohort(period=Period(date(2026, 7, 1), date(2026, 8, 1)))
    assert report.levels(snapshot, july, terms(COLD, HOT)).leads == 1


def test_without_criteria_there_are_no_levels(given):
    """All leads would be unscored; the way to levels is said instead."""
    snapshot = given(leads="lead_id created_at visits\nada 2026-07-01 5", as_of=LATER)
    with pytest.raises(UnknownTermError, match="no definition has criteria yet"):
        report.levels(snapshot, None, report.USUAL_TERMS)
    with pytest.raises(MissingColumnError, match=r"needs column leads\.visits"):
        report.levels(given_without_visits(snapshot), None, terms(COLD, HOT))


def given_without_visits(_snapshot):
    """Return a load that lacks what the definition asks for."""
    folder = Path(tempfile.mkdtemp())
    return warehouse(folder / "w.duckdb", {"leads": "lead_id created_at\nada 2026-07-01"}, {})


cutoffs = st.sets(st.integers(1, 6).map(lambda number: number * 10), min_size=1, max_size=4).map(sorted)


@settings(max_examples=8)
@drawn(st.lists(st.none() | st.integers(0, 7), min_size=1, max_size=20), cutoffs, st.data())
def test_every_lead_is_in_one_level_and_on_exactly_the_lists_of_its_route(visits, starts, data):
    """Levels sum to leads, and so do routes, a lead of both on two lists; the rule lead by lead agrees."""
    routes = data.draw(st.lists(st.sampled_from(Route), min_size=len(starts) + 1, max_size=len(starts) + 1))
    levels = [
        Level(f"level {place}", start, route, enters_hand_off=place == len(starts))
        for place, (start, route) in enumerate(zip([0, *starts], routes, strict=True))
    ]
    judged = terms(*levels)
    definition = judged.spans[0].definition
    lines = [
        f"l{n} 2026-07-0{1 + n % 9} {'-' if value is None else value}.5" for n, value in enumerate(visits)
    ]
    lines = [line.replace("-.5", "-") for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        tables = {"leads": "\n".join(["lead_id created_at visits", *lines])}
        snapshot = warehouse(Path(folder) / "w.duckdb", tables, {})
        if snapshot.types["leads", "visits"] != "DOUBLE":
            return  # nobody has a visit, so the column is no number
        found = report.levels(snapshot, None, judged)
        lists = {
            each: set(report.route_rows(snapshot, None, judged, each)["lead_id"].to_pylist())
            for each in Destination
        }
    assert found.leads == len(visits)
    assert {each: len(rows) for each, rows in lists.items()} == {
        each: found.sent_to(each) for each in Destination
    }
    for n, value in enumerate(visits):
        level = definition.level_of(definition.score({"visits": None if value is None else value + 0.5}))
        route = level.route if level else Route.NONE
        wanted = {"nurture", "sdr"} if route is Route.BOTH else {str(route)}
        assert {str(each) for each, rows in lists.items() if f"l{n}" in rows} == wanted


def test_the_list_of_a_route_that_no_lead_takes_is_empty(given):
    """A month without a lead."""
    snapshot = given(leads="lead_id created_at visits\nada 2026-07-06 5", as_of=LATER)
    august = Cohort(period=Period(date(2026, 8, 1), date(2026, 9, 1)))
    assert report.route_rows(snapshot, august, terms(COLD, HOT), Destination.SALES).num_rows == 0
