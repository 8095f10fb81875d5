"""Why hand-offs come back, and which criterion might have kept them back."""

from collections.abc import Mapping, Sequence
from typing import Any

from alignment.domain.cohort import Cohort
from alignment.domain.definition import Criterion
from alignment.domain.judged import Judged
from alignment.domain.period import Grain, bucket_label
from alignment.domain.rate import Rate
from alignment.domain.set_quality import Caught, Failed, ReasonGroup, SetQuality, grouped
from alignment.errors import MissingColumnError
from alignment.metrics import set_quality as metric
from alignment.metrics.definition_query import asked_of
from alignment.metrics.hand_offs import HandOffs, handed_in
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.follow_up import USUAL_TERMS
from alignment.report.judged import kinds_of, missing_for
from alignment.store.snapshot import Snapshot

SHOWS = "why hand-offs come back: too early, wrong fit or bad data"

Row = Mapping[str, Any]


def set_quality(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    terms: Judged = USUAL_TERMS,
    mapped: Mapping[str, ReasonGroup] | None = None,
) -> SetQuality:
    """Return the hand-offs of the period that came back, by reason; `mapped` is what people said of texts.

    The criteria are those of the newest of `terms`. Raises MissingColumnError when the data can't tell.
    """
    cohort = handed_in(cohort or Cohort())
    if lacks := missing_for(snapshot, cohort.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {SHOWS}.")
    for column in ("rejected_at", "rejection_reason"):
        need(snapshot, "leads", column, shows=SHOWS)
    clock, kinds = clock_of(snapshot, cohort.as_of), kinds_of(snapshot)
    asked = HandOffs(clock, cohort, terms, snapshot.business_hours, kinds)
    counted = metric.failed(asked)
    failed = tuple(
        Failed(bucket_label(row["month"], Grain.MONTH), row["source"], row["reason"], row["leads"])
        for row in snapshot.ask(counted).to_pylist()
    )
    groups = grouped({each.reason for each in failed if each.reason}, mapped or {})
    criteria = asked_of(terms.spans[-1].definition, kinds)
    missed = metric.criteria_missed(asked, criteria)
    caught = _caught(snapshot.ask(missed).to_pylist(), criteria, groups)
    total = snapshot.ask(metric.hand_offs(asked)).to_pylist()[0]["leads"]
    found = SetQuality(total, failed, groups, caught, passport(clock, Words("", "", ""), counted))
    words = _words(cohort, found)
    return SetQuality(total, failed, groups, caught, passport(clock, words, counted, missed))


def _caught(
    rows: Sequence[Row], criteria: Sequence[Criterion], groups: Mapping[str, ReasonGroup | None]
) -> Mapping[ReasonGroup, Caught]:
    """Return, for each group of failures, the criterion that would have kept back most beyond successes."""
    good = [row for row in rows if row["is_success"]]
    telling: dict[ReasonGroup, Caught] = {}
    for group in ReasonGroup:
        bad = [row for row in rows if not row["is_success"] and groups.get(row["reason"] or "") is group]
        found = [
            Caught(criterion.criterion_id, criterion.attribute, _rate(bad, place), _rate(good, place))
            for place, criterion in enumerate(criteria)
        ]
        found = [each for each in found if each.is_telling]
        if found:
            telling[group] = max(found, key=lambda each: each.gain)
    return telling


def _rate(rows: Sequence[Row], place: int) -> Rate:
    return Rate(sum(row[f"kept_{place}"] for row in rows), sum(row["leads"] for row in rows))


def _words(cohort: Cohort, found: SetQuality) -> Words:
    silent = sum(each.leads for each in found.failed if not each.reason)
    return Words(
        "Why hand-offs come back",
        f"hand-offs of leads that {cohort}, sent back by sales and no SQL or more, by the group of their"
        " reason: low (too early), wide (wrong fit), high (bad data), other. A reason in other words is in no"
        " group until somebody maps it. A criterion might have kept back who doesn't meet it (or meets one"
        " that takes points); it is named where it keeps back clearly more of them than of those that became"
        " SQL (Newcombe's interval).",
        f"{found.leads:,} sent back",
        f"{found.hand_offs:,} hand-offs",
        {
            "sent back for a reason that nobody has mapped yet": sum(leads for _, leads in found.unmapped),
            "sent back without a reason": silent,
        },
    )
