"""What sales decided on hand-offs, and how long that took."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from alignment.domain.acceptance import Acceptance, Acceptances, Decision
from alignment.domain.cohort import Cohort
from alignment.domain.follow_up import Waits
from alignment.domain.judged import Judged
from alignment.errors import MissingColumnError
from alignment.metrics import acceptance as metric
from alignment.metrics.hand_offs import HandOffs, handed_in
from alignment.report.answer import Words, clock_of, grain_or_column, group, need, passport
from alignment.report.follow_up import USUAL_TERMS
from alignment.report.judged import kinds_of, missing_for
from alignment.store.snapshot import Snapshot

SHOWS = "how many hand-offs were accepted, rejected or not decided on, and how long that took"

Row = Mapping[str, Any]


def acceptance(
    snapshot: Snapshot, cohort: Cohort | None = None, terms: Judged = USUAL_TERMS, *, by: str | None = None
) -> Acceptances:
    """Return the hand-offs of the period by what was decided on them first, and how long that took.

    `by` is a column of the leads or a grain of the hand-off. Raises MissingColumnError when the data can't
    tell.
    """
    cohort = handed_in(cohort or Cohort())
    if lacks := missing_for(snapshot, cohort.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {SHOWS}.")
    for columns in (("sal_at", "sql_at"), ("rejected_at",)):
        need(snapshot, "leads", *columns, shows=SHOWS)
    column, grain = grain_or_column(snapshot, "leads", by)
    clock = clock_of(snapshot, cohort.as_of)
    asked = HandOffs(clock, cohort, terms, snapshot.business_hours, kinds_of(snapshot), column)
    counted, waited = metric.decisions(asked, grain), metric.waits(asked, grain)
    groups = _groups(snapshot.ask(counted).to_pylist())
    waits = _waits(snapshot.ask(waited).to_pylist())
    keys = sorted(groups, key=str) if by else [None]
    rows = [_row(group(column, grain, key), groups.get(key, []), waits.get(key, Waits())) for key in keys]
    if by and not grain:
        rows.sort(key=lambda row: -row.hand_offs)
    return Acceptances(tuple(rows), passport(clock, _words(cohort, rows), counted, waited))


def _groups(rows: Sequence[Row]) -> Mapping[str | int | None, list[Row]]:
    groups: dict[str | int | None, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["group_value"]].append(row)
    return groups


def _waits(rows: Sequence[Row]) -> Mapping[str | int | None, Waits]:
    parts: dict[str | int | None, tuple[dict[int, int], dict[int, int]]] = defaultdict(lambda: ({}, {}))
    for row in rows:
        parts[row["group_value"]][0 if row["is_over"] else 1][row["minutes"]] = row["leads"]
    return {key: Waits(*part) for key, part in parts.items()}


def _row(by: Mapping[str, str | None] | None, found: Sequence[Row], waits: Waits) -> Acceptance:
    later, undated, reversed_ = (
        sum(row[name] for row in found) for name in ("sent_back_later", "undated", "reversed")
    )
    counts = {Decision(row["decision"]): row["hand_offs"] for row in found}
    return Acceptance(by, counts, later, undated, reversed_, waits)


def _words(cohort: Cohort, rows: Sequence[Acceptance]) -> Words:
    def total(name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    accepted = sum(row.count(Decision.ACCEPTED) for row in rows)
    return Words(
        "Acceptance",
        f"accepted ÷ (accepted + rejected), of leads that {cohort}, by the first decision: accepted is SAL or"
        " more, rejected is sent back before that. Time to decide: business time from hand-off to that"
        " decision; who has none yet has waited longer than its age (product-limit estimate)."
        f" {cohort.judged.explained}",
        f"{accepted:,} accepted",
        f"{sum(row.rate.denominator for row in rows):,} hand-offs decided on",
        {
            "not decided on": sum(row.count(Decision.UNDECIDED) for row in rows),
            "accepted at first, sent back later: counted as accepted": total("sent_back_later"),
            "accepted at an unknown time: in no time to decide": total("undated"),
            "decided before the hand-off: dates that contradict, in no time to decide": total("reversed"),
        },
    )
