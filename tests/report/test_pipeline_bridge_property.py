"""The bridge in the engine equals the same walk, deal by deal and day by day, and balances on any history."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from alignment.domain.period import Period
from alignment.report.pipeline_bridge import NOT_TOLD, UNTOLD
from tests.drawn import warehouse

FIRST = date(2026, 1, 1)
days = st.integers(0, 60)
amounts = st.one_of(st.none(), st.integers(-500, 90_000))
deals = st.lists(
    st.tuples(
        days,
        st.one_of(st.none(), days),
        st.sampled_from(["true", "false", "-"]),
        amounts,
        st.lists(st.tuples(days, amounts), max_size=5, unique_by=lambda row: row[0]),
    ),
    min_size=1,
    max_size=12,
)


def written(cents):
    """Write cents as an amount."""
    return "-" if cents is None else f"{'-' * (cents < 0)}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def on(day):
    """Return the date of a day."""
    return "-" if day is None else str(FIRST + timedelta(days=day))


def tables(found):
    """Draw deals and their histories."""
    of_deals = [
        f"d{number} {on(created)} {on(closed)} {str(closed is not None).lower()}"
        f" {is_won if closed is not None else '-'} {written(cents)}"
        for number, (created, closed, is_won, cents, _) in enumerate(found)
    ]
    rows = [
        f"d{number} deals Open {on(day)} {written(cents)}"
        for number, (*_, history) in enumerate(found)
        for day, cents in history
    ]
    return {
        "deals": "\n".join(["deal_id created_at closed_at is_closed is_won amount", *of_deals]),
        "stage_history": "\n".join(["record_id record_table stage entered_at amount", *rows]),
    }


def worth_then(cents, history, today):
    """Return what an open deal was worth on a day: as told now, unless the history tells more of since."""
    told = sorted(history)
    if all(amount is None for _, amount in told) or all(day <= today for day, _ in told):
        return cents
    return ([amount for day, amount in told if day <= today] or [told[0][1]])[-1]


def walked(found, start, end, today):
    """Walk each deal through its days; return the cents of every part."""
    sums = dict.fromkeys(("start", "created", "up", "down", "won", "lost", UNTOLD, NOT_TOLD, "end"), 0)
    until = min(end, today + 1)
    for created, closed, is_won, cents, history in found:
        gone = closed if closed is not None and closed <= today else None
        opened = created if gone is None else min(created, gone)
        if (created > today and gone is None) or opened >= until or (gone is not None and gone < start):
            continue
        final = (cents if gone is not None else worth_then(cents, history, today)) or 0
        told = sorted((day, amount or 0) for day, amount in history if day <= today)
        if not any(amount is not None for day, amount in history if day <= today):
            told = [(-1, final)]
        leaves = gone is not None and gone < until
        worth, last_day = told[0][1], gone if leaves else until - 1
        entry = start - 1 if opened < start else opened
        for day, amount in told:
            if day <= entry:
                worth = amount
        sums["start" if opened < start else "created"] += worth
        for day, amount in told:
            if entry < day <= last_day:
                sums["up" if amount > worth else "down"] += amount - worth
                worth = amount
        out = final if leaves or end > today else worth
        sums[NOT_TOLD] += out - worth
        if leaves:
            sums[{"true": "won", "false": "lost", "-": UNTOLD}[is_won]] -= out
        else:
            sums["end"] += out
    return sums


@settings(max_examples=40)
@drawn(deals, st.integers(0, 50), st.integers(1, 30), st.integers(20, 70))
def test_the_bridge_is_what_a_walk_through_the_days_finds_and_balances(found, start, length, today):
    """Every part to the cent, whatever the deals and whatever their history tells."""
    start = min(start, today)
    period = Period(FIRST + timedelta(days=start), FIRST + timedelta(days=start + length))
    with tempfile.TemporaryDirectory() as folder:
        snapshot = warehouse(Path(folder) / "w.duckdb", tables(found), {"as_of": "2026-12-01 00:00:00"})
        bridge = report.pipeline_bridge(snapshot, period, as_of=FIRST + timedelta(days=today))
    expected = walked(found, start, start + length, today)
    got = {part.name: part.amount.cents for part in (bridge.start, *bridge.parts, bridge.end)}
    assert got | {UNTOLD: got.get(UNTOLD, 0)} == expected
    assert bridge.is_balanced
