"""The hole in the engine equals each lead's days walked one by one, and its flow sums to its change."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from tests.business_time_plain import due
from tests.drawn import warehouse

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 3, 2, tzinfo=UTC)
SLA = 8 * 3600

hours = st.integers(0, 90 * 24).map(lambda number: FIRST + timedelta(hours=number))
lead = st.tuples(hours, st.none() | hours, st.none() | hours, st.none() | hours, st.lists(hours, max_size=3))
leads = st.lists(lead, min_size=1, max_size=15)


def written(instant):
    """Write an instant as it stands in a drawn table."""
    return f"{instant:%Y-%m-%dT%H:%M:%S}" if instant else "-"


def spells(found, now):
    """Return when a lead fell in and came out (None: not yet), by walking its events."""
    handed, touched, active, rejected, touches = found
    end = rejected if rejected and rejected <= now else None
    events = sorted({handed, *(at for at in (touched, active, *touches) if at and handed < at <= now)})
    events = [at for at in events if end is None or at < end]
    told = []
    afterwards = [*events[1:], end] if events else []
    for at, after in zip(events, afterwards, strict=True):
        wall = due(at, SLA, BERLIN, ()).astimezone(BERLIN).replace(tzinfo=None) + timedelta(days=7)
        until = (after or now).astimezone(BERLIN).replace(tzinfo=None)
        if wall < until:
            told.append((wall.date(), until.date() if after else None))
    return told


@settings(max_examples=8)
@drawn(leads, hours)
def test_the_hole_is_what_each_lead_walked_into(found, now):
    """Who lies inside, and every week: in − out is the change, on any data at any instant."""
    found = [each for each in found if each[0] <= now]
    rows = [
        f"l{n} {written(each[0])} " + " ".join(written(at) for at in each[:4]) for n, each in enumerate(found)
    ]
    touches = [f"l{n} {written(at)}" for n, each in enumerate(found) for at in each[4]]
    tables = {
        "leads": "\n".join(["lead_id created_at mql_at first_touch_at last_activity_at rejected_at", *rows]),
        "touches": "\n".join(["lead_id touched_at", *touches]),
    }
    facts = {"time_zone": "Europe/Berlin", "as_of": f"{now:%Y-%m-%d %H:%M:%S}"}
    with tempfile.TemporaryDirectory() as folder:
        snapshot = warehouse(Path(folder) / "w.duckdb", tables, facts)
        hole, listed = report.black_hole(snapshot), report.black_hole_rows(snapshot)
    told = [(f"l{n}", *spell) for n, each in enumerate(found) for spell in spells(each, now)]
    assert sorted((row["lead_id"], row["fell_day"]) for row in listed.to_pylist()) == sorted(
        (name, fell) for name, fell, out in told if out is None
    )
    assert hole.leads == listed.num_rows <= hole.grown_up
    assert (sum(week.fell_in for week in hole.weeks), sum(week.came_out for week in hole.weeks)) == (
        len(told),
        sum(out is not None for _, _, out in told),
    )
    before = 0
    for week in hole.weeks:
        assert week.inside - before == week.fell_in - week.came_out
        before = week.inside
    assert before == hole.leads
