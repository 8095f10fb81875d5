"""What fell in the gap between marketing and sales, what it might be worth, and how it came to be."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from alignment.domain.black_hole import BlackHole, Fallen, WeekOfHole, weeks_of
from alignment.domain.cohort import Cohort
from alignment.domain.judged import Judged
from alignment.domain.period import Grain, bucket_label
from alignment.errors import MissingColumnError
from alignment.metrics import black_hole as metric
from alignment.metrics.black_hole import GRACE_DAYS, Hole
from alignment.metrics.hand_offs import HandOffs, handed_in
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.follow_up import USUAL_TERMS, agreed
from alignment.report.judged import kinds_of, missing_for
from alignment.report.value import SHRINKS, Worth, value_per_mql
from alignment.store.snapshot import Snapshot

Row = Mapping[str, Any]

SHOWS = "hand-offs that nobody decided on and nothing happens to any more"
TELLS = {
    "rejected_at": "leads that sales sent back may be inside",
    "sal_at": "leads that sales accepted may be inside",
    "in_nurture": "leads in a nurture programme may be inside",
}
"""What each missing column leaves open."""


def black_hole(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    terms: Judged = USUAL_TERMS,
    worth: Worth | None = None,
) -> BlackHole:
    """Return the hand-offs without decision, deal, nurture or activity for SLA + 7 days, as it stands now.

    Of the cohort only sources, as-of and judgement count: the hole is what lies there now, whenever it was
    handed over. `worth` is what one MQL of each source might bring, asked for where it is not given. Raises
    MissingColumnError when the data can't tell.
    """
    hole = _hole(snapshot, cohort, terms)
    query = metric.whole(hole)
    parts: dict[str, list[Row]] = {"inside": [], "flow": [], "grown_up": []}
    for row in snapshot.ask(query).to_pylist():
        parts[row["part"]].append(row)
    fallen = tuple(
        Fallen(row["fell_day"], row["source"], row["level"], row["leads"]) for row in parts["inside"]
    )
    clock, cohort = hole.asked.clock, hole.asked.cohort
    if fallen and worth is None:
        worth = value_per_mql(snapshot, cohort.as_of, cohort.judged)
    return BlackHole(
        clock.today,
        fallen,
        _weeks(snapshot, hole, parts["flow"]),
        parts["grown_up"][0]["leads"],
        worth if fallen else None,
        passport(clock, _words(snapshot, cohort, terms), query),
    )


def black_hole_rows(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    terms: Judged = USUAL_TERMS,
    worth: Worth | None = None,
) -> pa.Table:
    """Return the leads in the hole, who fell in last first; by `worth`, what each might bring."""
    found = snapshot.ask(metric.leads_inside(_hole(snapshot, cohort, terms)))
    if worth is None:
        return found
    amounts = [worth[source].amount for source in found["source"].to_pylist()]
    return found.append_column(f"expected amount, {snapshot.currency}", pa.array(amounts, pa.float64()))


def _hole(snapshot: Snapshot, cohort: Cohort | None, terms: Judged) -> Hole:
    given = handed_in(cohort or Cohort())
    whole = Cohort(given.entered, None, given.sources, given.as_of, judged=given.judged)
    if lacks := missing_for(snapshot, whole.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {SHOWS}.")
    need(snapshot, "leads", "last_activity_at", shows=SHOWS)
    need(snapshot, "leads", "rejected_at", "sal_at", "sql_at", shows=SHOWS)
    clock = clock_of(snapshot, whole.as_of)
    return Hole(HandOffs(clock, whole, terms, snapshot.business_hours, kinds_of(snapshot)))


def _weeks(snapshot: Snapshot, hole: Hole, flow: Sequence[Row]) -> tuple[WeekOfHole, ...]:
    moves = {row["week"]: (row["leads"], row["came_out"]) for row in flow}
    if not moves:
        return ()
    last = snapshot.ask(metric.week_of_today(hole)).to_pylist()[0]["week"]
    labels = {week: bucket_label(week, Grain.WEEK) for week in range(min(moves), last + 1)}
    return weeks_of(moves, labels)


def _words(snapshot: Snapshot, cohort: Cohort, terms: Judged) -> Words:
    lacks = [
        f"without leads.{column} {left}"
        for column, left in TELLS.items()
        if not snapshot.has("leads", column)
    ]
    open_questions = f" Not known: {'; '.join(lacks)}." if lacks else ""
    return Words(
        "In the black hole",
        "MQLs without a decision (accepted, SQL or rejected), without a deal, not in nurture, and with no"
        f" activity for longer than the SLA ({agreed(terms)}) + {GRACE_DAYS} days. A lead falls in when that"
        " time is over and comes out with its next activity or decision, as often as it does. Expected value:"
        f" the chance of MQL → won of its source × the mean deal won of its source; {SHRINKS}."
        f" {cohort.judged.explained}{open_questions}",
        "",
    )
