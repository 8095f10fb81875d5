"""How hand-offs were followed up, and how good they were."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from alignment.domain.agreement import Version
from alignment.domain.cohort import Cohort, Passport
from alignment.domain.definition import Definition
from alignment.domain.follow_up import (
    FollowUp,
    FollowUpByQuality,
    FollowUps,
    LeadKind,
    SlaStatus,
    Waits,
)
from alignment.domain.judged import Judged, Span
from alignment.domain.period import Period, months_later
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.metrics import follow_up as metric
from alignment.metrics.hand_offs import HandOffs, handed_in
from alignment.metrics.journeys import Clock
from alignment.report.answer import USUAL, Window, Words, clock_of, grain_or_column, group, need, passport
from alignment.report.conversion import usual_window
from alignment.report.judged import kinds_of, missing_for
from alignment.store.snapshot import Snapshot

USUAL_TERMS = Judged("usual", (Span(None, "what a new definition begins with", Definition()),))
"""The SLA where nobody has agreed one: that of the levels that a new definition begins with."""
KINDS = ("source", "campaign")
"""What tells the kinds of hand-offs apart, the first that the data has."""
YEAR = 12

Row = Mapping[str, Any]


def follow_up(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    terms: Judged = USUAL_TERMS,
    *,
    by: str | None = None,
) -> FollowUps:
    """Return how the hand-offs of the period stand with the SLA and how long they waited.

    `terms` are the definitions whose SLAs hold. `by` is a column of the leads or a grain of the hand-off.
    Raises MissingColumnError when the data can't tell.
    """
    shows = "speed to lead and how many hand-offs were touched within the SLA"
    cohort = _cohort(snapshot, cohort, shows)
    column, grain = grain_or_column(snapshot, "leads", by)
    asked = _asked(snapshot, cohort, terms, column)
    measures = ["speed", "elapsed"]
    if snapshot.has("leads", "assigned_at"):
        measures += ["system", "human"]
    counted, waited = metric.statuses(asked, grain), metric.waits(asked, measures, grain)
    counts = _counts(snapshot.ask(counted).to_pylist())
    waits = _waits(snapshot.ask(waited).to_pylist(), measures)
    keys = sorted(counts, key=str) if by else [None]
    rows = [
        FollowUp(group(column, grain, key), counts.get(key, {}), **waits.get(key, _nobody(measures)))
        for key in keys
    ]
    if by and not grain:
        rows.sort(key=lambda row: -row.hand_offs)
    words = _words(snapshot, cohort, terms, rows, measures)
    return FollowUps(tuple(rows), passport(asked.clock, words, counted, waited))


def follow_up_by_quality(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    terms: Judged = USUAL_TERMS,
    *,
    window: Window = USUAL,
    by: str | None = None,
) -> FollowUpByQuality:
    """Return the hand-offs of the period, followed up or not and of a good kind or not.

    A kind is a value of `by` (else of the source or the campaign). It is good unless its followed-up leads of
    the year that ends with the period became SQL clearly less often than those of all other kinds.
    """
    shows = "follow-up and quality of the hand-offs at once"
    cohort = _cohort(snapshot, cohort, shows)
    need(snapshot, "leads", "sql_at", shows=shows)
    if by is None:
        need(snapshot, "leads", *KINDS, shows=shows)
        by = next(column for column in KINDS if snapshot.has("leads", column))
    column, _ = grain_or_column(snapshot, "leads", by)
    days = _days(snapshot, cohort, window)
    asked = _asked(snapshot, cohort, terms, column)
    counted = metric.kinds_followed_up(asked)
    year = _year_of(cohort, asked.clock)
    judged = metric.kinds_qualified(_asked(snapshot, year, terms, column), days)
    found = snapshot.ask(counted).to_pylist()
    kinds = _kinds(found, snapshot.ask(judged).to_pylist())
    not_due = sum(row["not_due"] for row in found)
    explained = _quality_passport(asked.clock, kinds, (by, days, year.period, not_due), (counted, judged))
    return FollowUpByQuality(by, kinds, not_due, explained)


def terms_of(versions: Sequence[Version]) -> Judged:
    """Return the definitions whose SLAs hold: of the version in force on each day, oldest first given.

    A ledger begins with a version without criteria; where no other is signed, its levels hold.
    """
    if any(version.definition.criteria for version in versions):
        return Judged.as_was(versions)
    return Judged.as_if(versions[-1]) if versions else USUAL_TERMS


def _cohort(snapshot: Snapshot, cohort: Cohort | None, shows: str) -> Cohort:
    """Return the cohort of hand-offs; raise MissingColumnError where they or their touches are not known."""
    cohort = handed_in(cohort or Cohort())
    if lacks := missing_for(snapshot, cohort.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {shows}.")
    need(snapshot, "leads", "first_touch_at", shows=shows)
    return cohort


def _asked(snapshot: Snapshot, cohort: Cohort, terms: Judged, column: str | None) -> HandOffs:
    clock = clock_of(snapshot, cohort.as_of)
    return HandOffs(clock, cohort, terms, snapshot.business_hours, kinds_of(snapshot), column)


def _counts(rows: Iterable[Row]) -> dict[str | int | None, dict[SlaStatus, int]]:
    counts: dict[str | int | None, dict[SlaStatus, int]] = defaultdict(dict)
    for row in rows:
        counts[row["group_value"]][SlaStatus(row["status"])] = row["hand_offs"]
    return counts


def _waits(rows: Iterable[Row], measures: Sequence[str]) -> dict[str | int | None, dict[str, Waits]]:
    waits: dict[str | int | None, dict[str, Waits]] = defaultdict(lambda: _nobody(measures))
    for row in rows:
        of = waits[row["group_value"]][row["measure"]]
        minutes = of.over if row["is_over"] else of.still
        minutes[row["minutes"]] = row["leads"]  # pyrefly: ignore[unsupported-operation]
    return waits


def _nobody(measures: Sequence[str]) -> dict[str, Waits]:
    return {measure: Waits({}, {}) for measure in measures}


def _words(
    snapshot: Snapshot, cohort: Cohort, terms: Judged, rows: Sequence[FollowUp], measures: Sequence[str]
) -> Words:
    def total(*statuses: SlaStatus) -> int:
        return sum(row.count(*statuses) for row in rows)

    hours = f"Monday to Friday {snapshot.business_hours}"
    rest = "the days of the table holidays apart" if snapshot.has("holidays") else "no holidays are loaded"
    left_out = {
        status.meaning: total(status)
        for status in (SlaStatus.PENDING, SlaStatus.UNTOLD, SlaStatus.REVERSED, SlaStatus.UNPROMISED)
    }
    lacks = "" if "system" in measures else " Waiting for an owner apart needs column leads.assigned_at."
    return Words(
        "Follow-up of hand-offs",
        f"touched by the due time ÷ (touched by it + touched later + not touched and past it), of leads that"
        f" {cohort}. Due = hand-off + the SLA of the lead's level ({agreed(terms)}), in business hours:"
        f" {hours}, {rest}. Speed: from hand-off to the first human touch; a lead not touched yet counts as"
        f" slower than its age (product-limit estimate). {cohort.judged.explained}{lacks}",
        f"{total(SlaStatus.MET):,} touched in time",
        f"{total(SlaStatus.MET, SlaStatus.MISSED, SlaStatus.OVERDUE):,} hand-offs that were due",
        left_out,
    )


def agreed(terms: Judged) -> str:
    """Return the SLA in words: its hours, and since when others hold."""
    told = [(span, _hours(span.definition)) for span in terms.spans]
    if len({hours for _, hours in told}) == 1:
        return f"{told[0][1]}, by {'all versions' if len(told) > 1 else told[0][0].name}"
    return "; ".join(f"{hours} by {span.name}" for span, hours in told)


def _hours(definition: Definition) -> str:
    return ", ".join(
        f"{level.name} {level.sla_hours} business hours" if level.sla_hours else f"{level.name} none"
        for level in definition.levels
        if level.enters_hand_off
    )


def _days(snapshot: Snapshot, cohort: Cohort, window: Window) -> int:
    """Return the days that a lead is given to become SQL: a window without an end is the usual one here."""
    if isinstance(window, int):
        return window
    return usual_window(snapshot, Stage.MQL, Stage.SQL, cohort.as_of, cohort.judged)


def _year_of(cohort: Cohort, clock: Clock) -> Cohort:
    """Return the cohort of the twelve months that end with the period, so that its kinds are known better."""
    if cohort.period is None:
        return cohort
    end = min(cohort.period.end, clock.today)
    start = min(cohort.period.start, months_later(end, -YEAR))
    return Cohort(
        Stage.MQL,
        Period(start, max(cohort.period.end, end)),
        cohort.sources,
        cohort.as_of,
        judged=cohort.judged,
    )


def _kinds(found: Iterable[Row], judged: Iterable[Row]) -> tuple[LeadKind, ...]:
    rates = {row["group_value"]: (int(row["qualified"]), row["judged"]) for row in judged}
    qualified, of = (sum(each[place] for each in rates.values()) for place in range(2))
    kinds: list[LeadKind] = []
    for row in found:
        mine, of_mine = rates.get(row["group_value"], (0, 0))
        rate, rest = Rate(mine, of_mine), Rate(qualified - mine, of - of_mine)
        kinds.append(LeadKind(row["group_value"], row["followed_up"], row["not_followed_up"], rate, rest))
    return tuple(
        sorted(kinds, key=lambda kind: (-(kind.followed_up + kind.not_followed_up), str(kind.value)))
    )


def _quality_passport(
    clock: Clock,
    kinds: Sequence[LeadKind],
    terms: tuple[str, int, Period | None, int],
    queries: Sequence[Any],
) -> Passport:
    by, days, year, not_due = terms
    untold = sum(kind.followed_up + kind.not_followed_up for kind in kinds if not kind.is_told)
    words = Words(
        "Follow-up × quality",
        f"Followed up: touched, or decided on. Good: of a {by} whose followed-up leads"
        f"{f' of {year}' if year else ''} became SQL within {days} days not clearly less often than all"
        " others (Newcombe's interval of the difference, 95 %). What an untouched lead would have become,"
        " nobody knows: its kind speaks for it.",
        " · ".join(
            f"{kind.value or f'no {by}'} {kind.rate}{'' if kind.is_good else ': likely lower'}"
            for kind in kinds
        ),
        f"{sum(kind.followed_up + kind.not_followed_up for kind in kinds):,} hand-offs",
        {
            f"of a {by} with too few leads to tell: counted as good": untold,
            "not followed up and not due yet: counted as not followed up": not_due,
        },
    )
    return passport(clock, words, *queries)
