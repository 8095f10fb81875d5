"""Nothing is lost and nothing counted twice: every split of the hand-off page sums to what it splits.

Tables are random: dates missing, reversed, yet to come and repeated; sources and reasons missing.
"""

import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from alignment.domain.definition import Comparison, Criterion, Definition, Level, Route
from alignment.domain.judged import Judged, Span
from alignment.domain.levels import Destination
from tests.drawn import warehouse

FIRST, NOW, DAYS = datetime(2026, 3, 2), datetime(2026, 5, 4, 12), 80
DATES = [
    "created_at",
    "mql_at",
    "first_touch_at",
    "assigned_at",
    "sal_at",
    "rejected_at",
    "sql_at",
    "last_activity_at",
]
COLUMNS = ["lead_id", *DATES, "rejection_reason", "source", "in_nurture", "visits"]
SPLITS = ("month", "source")
OURS = Definition(
    (
        Criterion("visits", "visits", Comparison.AT_LEAST, 60, 3),
        Criterion("few", "visits", Comparison.AT_LEAST, 20, 1),
    ),
    (
        Level("raw", 0, Route.NONE),
        Level("warm", 20, Route.BOTH),
        Level("hot", 60, Route.SALES, sla_hours=8, enters_hand_off=True),
    ),
)
TERMS = Judged("own", (Span(None, "ours", OURS),))

instants = st.none() | st.integers(0, DAYS * 4).map(lambda number: FIRST + timedelta(hours=6 * number))
leads = st.lists(
    st.tuples(
        *(instants for _ in DATES),
        st.sampled_from(["-", "Company_size", "no_need_now", "call_me"]),
        st.sampled_from(["-", "web", "fair"]),
        st.sampled_from(["-", "true", "false"]),
        st.sampled_from(["-", "0.5", "1.5", "3.5"]),
    ),
    min_size=1,
    max_size=25,
)
touches = st.lists(st.tuples(st.integers(0, 30), instants), max_size=10)


def written(value):
    """Write a value as it stands in a drawn table."""
    return value if isinstance(value, str) else f"{value:%Y-%m-%dT%H:%M:%S}" if value else "-"


@pytest.fixture(scope="module")
def opened():
    """Return a function that writes leads and touches as a load."""
    with tempfile.TemporaryDirectory() as folder:
        count = iter(range(10_000))

        def load(rows, touched):
            lines = [f"l{n} " + " ".join(map(written, row)) for n, row in enumerate(rows)]
            lines.append("last " + " ".join(["-"] * len(DATES) + ["x", "web", "false", "0.5"]))
            calls = [f"l{n} {written(at)}" for n, at in (*touched, *touched[:3]) if at]  # some are told twice
            tables = {
                "leads": "\n".join([" ".join(COLUMNS), *lines]),
                "touches": "\n".join(["lead_id touched_at", *calls]),
            }
            facts = {"as_of": f"{NOW:%Y-%m-%d %H:%M:%S}", "time_zone": "Europe/Berlin"}
            return warehouse(Path(folder) / f"{next(count)}.duckdb", tables, facts)

        yield load


def handed_over(rows):
    """Return how many leads are hand-offs by now, by the rule itself."""
    return sum(
        mql_at is not None and mql_at <= NOW and (created_at is None or created_at <= NOW)
        for created_at, mql_at, *_ in rows
    )


@settings(max_examples=6)
@drawn(leads, touches)
def test_every_split_of_hand_offs_sums_to_the_hand_offs(opened, rows, touched):
    """SLA, 2×2, decisions and what came back, whole and by month and source: one number for all."""
    load, expected = opened(rows, touched), handed_over(rows)

    by_quality = report.follow_up_by_quality(load, window=10)
    cells = [
        by_quality.cell(is_followed_up=followed, is_good=good)
        for followed in (True, False)
        for good in (True, False)
    ]
    came_back = report.set_quality(load)

    assert sum(cells) == expected
    assert came_back.hand_offs == expected
    for by in (None, *SPLITS):
        followed, decided = (ask(load, by=by).rows for ask in (report.follow_up, report.acceptance))
        assert sum(row.hand_offs for row in followed) == expected
        assert sum(row.hand_offs for row in decided) == expected
    for by in ("month", "source"):
        parts = [sum(parts.values()) for parts in came_back.by(by).values()]
        assert sum(parts) == came_back.leads <= expected


@settings(max_examples=6)
@drawn(leads, touches)
def test_every_split_of_leads_sums_to_the_leads(opened, rows, touched):
    """Levels, their weeks, and the lists of the routes: who is on two lists is there because of `both`."""
    load = opened(rows, touched)
    arrived = 1 + sum(created_at is None or created_at <= NOW for created_at, *_ in rows)

    found = report.levels(load, None, TERMS)
    lists = {each: report.route_rows(load, None, TERMS, each)["lead_id"].to_pylist() for each in Destination}
    on_lists = Counter(lead for listed in lists.values() for lead in listed)

    assert found.leads == arrived == len(on_lists)
    assert report.route_rows(load, None, TERMS).num_rows == arrived
    both = sum(row.leads for row in found.rows if row.route is Route.BOTH)
    assert sum(on_lists.values()) == arrived + both
    dated = sum(created_at is not None and created_at <= NOW for created_at, *_ in rows)
    assert sum(sum(row.by_week.values()) for row in found.rows) == dated


@settings(max_examples=6)
@drawn(leads, touches)
def test_the_hole_changes_by_what_fell_in_and_came_out(opened, rows, touched):
    """Week by week, and every split of what lies inside sums to it, list included."""
    load = opened(rows, touched)

    hole = report.black_hole(load, terms=TERMS)
    listed = report.black_hole_rows(load, terms=TERMS)["lead_id"].to_pylist()

    before = 0
    for week in hole.weeks:
        assert week.inside - before == week.fell_in - week.came_out
        before = week.inside
    assert before == hole.leads == len(listed) == len(set(listed)) <= handed_over(rows)
    for split in (hole.by_band(), hole.by_source(), hole.by_level()):
        assert sum(count for count, _ in split.values()) == hole.leads
