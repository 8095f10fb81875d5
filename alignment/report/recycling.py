"""What became of leads that sales sent back, and which of them have not come again."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from alignment.domain.cohort import Cohort
from alignment.domain.conversion import FALLBACK_WINDOW
from alignment.domain.rate import Rate
from alignment.domain.recycling import Again, CameAgain, Recycling, Returned
from alignment.domain.set_quality import PARTS, ReasonGroup, grouped, part_of
from alignment.errors import MissingColumnError
from alignment.metrics import recycling as metric
from alignment.metrics.hand_offs import HandOffs, handed_in
from alignment.metrics.recycling import SentBack
from alignment.report.answer import USUAL, Window, Words, clock_of, need, passport
from alignment.report.follow_up import USUAL_TERMS
from alignment.report.judged import kinds_of, missing_for
from alignment.store.snapshot import Snapshot

SHOWS = "what became of the leads that were sent back"
TELLS = {
    Again.TOUCHED: ("touches", "is_marketing"),
    Again.ACCEPTED: ("leads", "sal_at"),
    Again.SQL: ("leads", "sql_at"),
    Again.WON: ("deals", "is_won"),
}
"""The column by which a step is told."""

Row = Mapping[str, Any]


def recycling(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    mapped: Mapping[str, ReasonGroup] | None = None,
    *,
    window: Window = USUAL,
) -> Recycling:
    """Return what became of the hand-offs of the period that were sent back, whole and by group of reasons.

    `mapped` is what people said of reasons. Raises MissingColumnError when the data can't tell.
    """
    back = _back(snapshot, handed_in(cohort or Cohort()))
    missing = {step: ".".join(column) for step, column in TELLS.items() if not snapshot.has(*column)}
    steps = [step for step in Again if step not in missing]
    if not steps:
        raise MissingColumnError(
            f"Not available: needs column {' or '.join(missing.values())}. With it you would see {SHOWS}."
        )
    days = FALLBACK_WINDOW if window == USUAL else window
    query = metric.came_again(back, days or 0)
    rows = snapshot.ask(query).to_pylist()
    reversed_ = sum(row["leads"] for row in rows if row["is_reversed"])
    told = [row for row in rows if not row["is_reversed"]]
    whole = _returned(None, told, steps, days)
    groups = grouped({row["reason"] for row in told if row["reason"]}, mapped or {})
    by_part: dict[str, list[Row]] = defaultdict(list)
    for row in told:
        by_part[part_of(row["reason"], groups)].append(row)
    parts = tuple(_returned(part, by_part[part], steps, days) for part in PARTS if part in by_part)
    words = _words(back.asked.cohort, whole, days, reversed_)
    return Recycling(whole, parts, days, missing, passport(back.asked.clock, words, query))


def sent_back(
    snapshot: Snapshot, cohort: Cohort | None = None, mapped: Mapping[str, ReasonGroup] | None = None
) -> pa.Table:
    """Return the leads of the cohort's sources that were sent back and have not come again, with their group.

    Whenever they were handed over: who waits, waits.
    """
    whole = replace(handed_in(cohort or Cohort()), period=None)
    found = snapshot.ask(metric.sent_back(_back(snapshot, whole)))
    reasons = found["reason"].to_pylist()
    groups = grouped({reason for reason in reasons if reason}, mapped or {})
    told = pa.array([part_of(reason, groups) for reason in reasons], pa.string())
    return found.add_column(found.column_names.index("reason") + 1, "group", told)


def _back(snapshot: Snapshot, cohort: Cohort) -> SentBack:
    if lacks := missing_for(snapshot, cohort.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {SHOWS}.")
    need(snapshot, "leads", "rejected_at", shows=SHOWS)
    clock = clock_of(snapshot, cohort.as_of)
    asked = HandOffs(clock, cohort, USUAL_TERMS, snapshot.business_hours, kinds_of(snapshot))
    return SentBack(asked, _names(snapshot))


def _names(snapshot: Snapshot) -> Mapping[Again, tuple[str, ...]]:
    """Return what the history calls accepted and SQL: stages that most leads enter at those very dates."""
    if not snapshot.has("stage_history"):
        return {}
    rows = snapshot.ask(metric.stage_names()).to_pylist()
    return {
        step: tuple(sorted(row["stage"] for row in rows if row[str(step)] * 2 > row["leads"]))
        for step in metric.TOLD_BY
    }


def _returned(group: str | None, rows: Sequence[Row], steps: Sequence[Again], window: int | None) -> Returned:
    leads = sum(row["leads"] for row in rows)
    old = sum(row["leads"] for row in rows if row["is_old"])
    came = tuple(_came(step, rows, old, window) for step in steps)
    return Returned(group, leads, leads - old, came)


def _came(step: Again, rows: Sequence[Row], old: int, window: int | None) -> CameAgain:
    days = Counter[int]()
    within = 0
    for row in rows:
        took = row[str(step)]
        if took is None:
            continue
        days[took] += row["leads"]
        within += row["leads"] if row["is_old"] and (window is None or took <= window) else 0
    return CameAgain(step, Rate(within, old), days)


def _words(cohort: Cohort, whole: Returned, window: int | None, reversed_: int) -> Words:
    within = "ever" if window is None else f"within {window} days"
    first = whole.steps[0]
    return Words(
        "What became of leads sent back",
        f"hand-offs of leads that {cohort}, sent back by sales, that came again {within} ÷ those sent back"
        " at least so long ago. Came again: a touch by sales since then, or accepted, SQL or won since then,"
        " by the lead's own dates or its history of stages; a later step implies the earlier ones. Each"
        " person counts once, by the first time: a second MQL doubles nobody. Days: the median of those that"
        " came again.",
        f"{first.rate.numerator:,} {first.step.label} {within}",
        f"{first.rate.denominator:,} sent back",
        {
            f"sent back less than {window} days ago: too young to judge": whole.too_young,
            "sent back before their hand-off: dates that contradict": reversed_,
        },
    )
