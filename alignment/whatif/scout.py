"""The scout sample: leads below the cutoff that sales works anyway, so that what nobody knows gets known."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from alignment.domain import scout as rules
from alignment.domain.agreement import Draft, Person
from alignment.domain.definition import Definition
from alignment.domain.rate import SMALL_SAMPLE, Rate
from alignment.domain.scout import ScoutLead, ScoutResult, ScoutSample
from alignment.metrics.level_cube import Outcome
from alignment.metrics.query import Query
from alignment.metrics.scout import count_of, scouted_leads, unworked_leads
from alignment.report.answer import clock_of, need
from alignment.report.judged import kinds_of
from alignment.store.newest import Newest
from alignment.store.snapshot import Snapshot
from alignment.whatif.answer import counted_by, judged_by
from alignment.whatif.figures import Figures
from alignment.whatif.outcome import TELL_OF_FAILURE

RECENT_DAYS = 90
"""Older leads have gone cold, and a call to them would tell of their age."""
LEVEL = "scout"
"""What a CRM calls the leads of a sample, beside raw, warm and hot."""
KEPT = 16

_counts: Newest[Hashable, int] = Newest(KEPT)
_results: Newest[Hashable, ScoutResult] = Newest(KEPT)

Fact = Mapping[str, object]


def refuse_unknowable(snapshot: Snapshot) -> None:
    """Raise MissingColumnError, naming the column, where the load can't tell who was worked or what came."""
    need(snapshot, "leads", "created_at", shows="which leads are recent enough to be worked")
    need(snapshot, "leads", *TELL_OF_FAILURE, shows="which leads nobody worked")
    if judged_by(snapshot) is None:
        need(snapshot, "leads", "sql_at", "is_converted", "converted_at", shows="what came of a sample")


def eligible(snapshot: Snapshot, definition: Definition, samples: Sequence[ScoutSample] = ()) -> int:
    """Return how many leads could be drawn; raise MissingColumnError where the load can't tell."""
    refuse_unknowable(snapshot)
    key = snapshot.signature, _key(definition), len(samples)
    query = count_of(_pool(snapshot, definition, samples))
    return _counts.get(key, lambda: int(snapshot.ask(query).column("leads")[0].as_py()))


def draw(
    snapshot: Snapshot,
    draft: Draft,
    who: Person,
    share: float,
    seed: int,
    samples: Sequence[ScoutSample] = (),
) -> ScoutSample:
    """Draw a share of the leads that could be drawn, without those of earlier samples; nothing is kept yet.

    Raises MissingColumnError where the load can't tell who was worked, and Refusal where nobody is left.
    """
    refuse_unknowable(snapshot)
    found = snapshot.ask(_pool(snapshot, draft.definition, samples)).to_pylist()
    leads = rules.drawn(
        (ScoutLead(row["lead_id"], row["source"], row["score"]) for row in found), share, seed
    )
    as_of = clock_of(snapshot).as_of
    return ScoutSample(
        who, as_of, as_of, draft.base.number, draft.seq, share, seed, rule_of(draft.definition), leads
    )


def rule_of(definition: Definition) -> str:
    """Return in words who can be drawn."""
    handed = [f"{level.name} from {level.cutoff}" for level in definition.levels if level.enters_hand_off]
    return (
        f"not handed off by the draft ({', '.join(handed)}), never worked and never handed off before,"
        f" created in the last {RECENT_DAYS} days, in no earlier sample"
    )


def result(snapshot: Snapshot, samples: Sequence[ScoutSample]) -> ScoutResult:
    """Return what all samples together tell on this load; raise MissingColumnError where it can't.

    A lead's window starts on the day up to which the data went when it was drawn.
    """
    refuse_unknowable(snapshot)
    key = snapshot.signature, tuple(sample.number for sample in samples)
    return _results.get(key, lambda: _counted(snapshot, samples))


def rows(sample: ScoutSample) -> pa.RecordBatchReader:
    """Return a sample for the CRM; columns: lead_id, source, score (null: unscored), level."""
    leads = sample.leads
    columns = {
        "lead_id": pa.array([lead.lead_id for lead in leads], pa.string()),
        "source": pa.array([lead.source for lead in leads], pa.string()),
        "score": pa.array([lead.score for lead in leads], pa.int64()),
        "level": pa.array([LEVEL] * len(leads), pa.string()),
    }
    return pa.table(columns).to_reader()


def query_of(snapshot: Snapshot, samples: Sequence[ScoutSample]) -> Query:
    """Return what is asked about the leads drawn: what a passport shows."""
    return scouted_leads(clock_of(snapshot), snapshot.currency, counted_by(snapshot), _drawn_at(samples))


def recorded_below(figures: Figures) -> Rate | None:
    """Return what the worked leads below the cutoff came to, to plan a sample with; None for too few.

    Somebody chose them, so they are likely better than those that nobody worked.
    """
    definition = figures.definition
    below = [point for point in figures.histogram if not _is_handed(definition, point.score)]
    rate = Rate(sum(point.converted for point in below), sum(point.judged for point in below))
    return rate if rate.denominator >= SMALL_SAMPLE else None


def _is_handed(definition: Definition, score: int) -> bool:
    level = definition.level_of(score)
    return level is not None and level.enters_hand_off


def _pool(snapshot: Snapshot, definition: Definition, samples: Iterable[ScoutSample]) -> Query:
    drawn = {lead.lead_id for sample in samples for lead in sample.leads}
    outcome, kinds = counted_by(snapshot), kinds_of(snapshot)
    return unworked_leads(
        clock_of(snapshot), snapshot.currency, outcome, definition, kinds, RECENT_DAYS, drawn
    )


def _counted(snapshot: Snapshot, samples: Sequence[ScoutSample]) -> ScoutResult:
    drawn_at, outcome = _drawn_at(samples), counted_by(snapshot)
    asked = snapshot.ask(query_of(snapshot, samples)).to_pylist() if drawn_at else []
    found = {row["lead_id"]: row for row in asked}
    fates = [_fate(snapshot, outcome, at, found.get(lead_id)) for lead_id, at in drawn_at.items()]
    converted, failed = fates.count("converted"), fates.count("failed")
    return ScoutResult(
        Rate(converted, converted + failed),
        too_young=fates.count("too young"),
        unworked=fates.count("unworked"),
        worked_before=fates.count("worked before"),
        undated=fates.count("undated"),
        gone=fates.count("gone"),
    )


def _drawn_at(samples: Sequence[ScoutSample]) -> dict[str, datetime]:
    """Return up to when the data went when each lead was drawn first."""
    return {lead.lead_id: sample.as_of for sample in reversed(samples) for lead in sample.leads}


def _fate(snapshot: Snapshot, outcome: Outcome, drawn_at: datetime, fact: Fact | None) -> str:
    """Return what became of one lead that was drawn when the data went up to `drawn_at`."""
    if fact is None:
        return "gone"
    worked_at, reached_at = fact["worked_at"], fact["reached_at"]
    if any(isinstance(at, datetime) and at <= drawn_at for at in (worked_at, reached_at)):
        return "worked before"
    if not fact["is_worked"]:
        return "unworked"
    if outcome.window is None:  # whoever reached it has done so since the draw
        return "converted" if fact["is_undated"] or reached_at else "failed"
    if fact["is_undated"] and reached_at is None:
        return "undated"
    if _days(drawn_at, clock_of(snapshot).as_of, snapshot.zone) < outcome.window:
        return "too young"
    is_within = isinstance(reached_at, datetime) and (
        _days(drawn_at, reached_at, snapshot.zone) <= outcome.window
    )
    return "converted" if is_within else "failed"


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Return the calendar days between two naive UTC instants in the business zone."""
    first, last = (at.replace(tzinfo=UTC).astimezone(zone).date() for at in (start, end))
    return (last - first).days


def _key(definition: Definition) -> Hashable:
    return definition.criteria, definition.levels, tuple(sorted(definition.caps.items()))
