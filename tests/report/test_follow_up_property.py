"""Business time by arithmetic equals the calendar walked day by day, and nothing is lost on the way."""

import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from alignment.domain.definition import Definition, Level, Route
from alignment.domain.follow_up import SlaStatus
from alignment.domain.judged import Judged, Span
from tests.business_time_plain import due, spent
from tests.drawn import warehouse

FIRST = datetime(2026, 3, 20, tzinfo=UTC)
"""Two weeks on either side of it have the night that loses an hour; in New York it is another one."""
SPAN = 17 * 24 * 3600

instants = st.one_of(
    st.integers(0, SPAN),
    st.builds(lambda hour, off: hour * 3600 + off, st.integers(0, 400), st.integers(-1, 1)),
).map(lambda seconds: FIRST + timedelta(seconds=max(seconds, 0)))
leads = st.lists(st.tuples(instants, st.none() | instants), min_size=1, max_size=20)
holidays = st.sets(st.integers(0, 16).map(lambda number: date(2026, 3, 20) + timedelta(number)), max_size=4)


def written(instant):
    """Write an instant as it stands in a drawn table."""
    return f"{instant:%Y-%m-%dT%H:%M:%S}" if instant else "-"


def table(hand_offs):
    """Draw hand-offs and touches as a table."""
    lines = [
        f"l{number} {written(at)} {written(at)} {written(touch)} - s{number % 3}"
        for number, (at, touch) in enumerate(hand_offs)
    ]
    return "\n".join(["lead_id created_at mql_at first_touch_at sql_at source", *lines])


def status(hand_off, touch, now, seconds, zone, rest):
    """Return where a hand-off stands, by its due instant."""
    by = due(hand_off, seconds, zone, rest)
    if touch is not None and touch <= now:
        if touch < hand_off:
            return SlaStatus.REVERSED
        return SlaStatus.MET if touch <= by else SlaStatus.MISSED
    return SlaStatus.PENDING if now <= by else SlaStatus.OVERDUE


@settings(max_examples=10)
@drawn(
    leads,
    holidays,
    st.integers(1, 40),
    instants,
    st.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]),
)
def test_the_engine_agrees_with_a_calendar_walked_day_by_day(hand_offs, rest, hours, now, name):
    """Every status and every wait, at any instant, with holidays and both kinds of nights."""
    zone = ZoneInfo(name)
    now = max([now, *(at for at, _ in hand_offs)])
    levels = (Level("raw", 0), Level("hot", 60, Route.SALES, sla_hours=hours, enters_hand_off=True))
    terms = Judged("own", (Span(None, "ours", Definition(levels=levels)),))
    days = "\n".join(["holiday_on name", *(f"{day} x" for day in sorted(rest))])
    facts = {"time_zone": name, "as_of": f"{now:%Y-%m-%d %H:%M:%S}"}
    with tempfile.TemporaryDirectory() as folder:
        tables = {"leads": table(hand_offs), "holidays": days}
        snapshot = warehouse(Path(folder) / "w.duckdb", tables, facts)
        (row,) = report.follow_up(snapshot, terms=terms).rows
    told = [status(at, touch, now, hours * 3600, zone, rest) for at, touch in hand_offs]
    assert row.counts == Counter(told)
    waits = Counter(
        (is_over, spent(at, touch if is_over else now, zone, rest) // 60)
        for at, touch in hand_offs
        for is_over in [touch is not None and touch <= now]
        if not (is_over and touch < at)
    )
    found = {(True, minutes): leads for minutes, leads in row.speed.over.items()}
    assert waits == found | {(False, minutes): leads for minutes, leads in row.speed.still.items()}


@settings(max_examples=5)
@drawn(leads, instants)
def test_the_four_cells_sum_to_the_hand_offs(hand_offs, now):
    """Whatever their dates: nobody is in two cells, nobody in none."""
    with tempfile.TemporaryDirectory() as folder:
        facts = {"as_of": f"{now:%Y-%m-%d %H:%M:%S}"}
        snapshot = warehouse(Path(folder) / "w.duckdb", {"leads": table(hand_offs)}, facts)
        found = report.follow_up_by_quality(snapshot, window=30)
        (row,) = report.follow_up(snapshot).rows
    cells = [
        found.cell(is_followed_up=followed, is_good=good)
        for followed in (True, False)
        for good in (True, False)
    ]
    assert sum(cells) == row.hand_offs == sum(at <= now for at, _ in hand_offs)
