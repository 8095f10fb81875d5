"""How far the leads of a cohort got."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from alignment.domain.cohort import Cohort
from alignment.domain.conversion import Conversion, ConversionPath, Conversions, Step
from alignment.domain.conversion import usual_window as usual
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Grain
from alignment.domain.rate import Rate
from alignment.domain.stage import PATH, Stage
from alignment.errors import MissingColumnError, UnknownTermError
from alignment.metrics import conversion as metric
from alignment.report.answer import USUAL, Window, Words, clock_of, grain_or_column, group, passport
from alignment.report.judged import has_records, kinds_of, missing_for, unasked
from alignment.store.snapshot import Snapshot

_COLUMN = {Stage.SAL: "sal_at", Stage.SQL: "sql_at", Stage.MEETING: "meeting_at"}
_LINKS = (("deals", "lead_id"), ("deal_leads", "lead_id"), ("leads", "converted_deal_id"))


def conversion(
    snapshot: Snapshot,
    start: Stage,
    end: Stage,
    cohort: Cohort | None = None,
    *,
    window: Window = USUAL,
    by: str | None = None,
) -> Conversions:
    """Return the rate from one stage to another, overall or for each group.

    `by` is a column of the leads or a grain (`month`, `quarter` … of the entry). Raises MissingColumnError
    when the data can't tell, UnknownTermError when the stages don't follow each other.
    """
    _refuse_backwards(start, end)
    cohort = replace(cohort or Cohort(), entered=start)
    column, grain = grain_or_column(snapshot, "leads", by)
    judged = cohort.judged
    _need_stage(snapshot, start, judged, is_dated=any((window is not None, cohort.period, grain)))
    days = usual_window(snapshot, start, end, cohort.as_of, judged) if window == USUAL else window
    _need_stage(snapshot, end, judged, is_dated=days is not None)
    clock = clock_of(snapshot, cohort.as_of)
    query = metric.conversion(clock, cohort, end, days, kinds_of(snapshot), column, grain)
    rows = [_row(found, column, grain, days) for found in snapshot.ask(query).to_pylist()]
    if by is None and not rows:
        rows = [Conversion(None, Rate(0, 0), days)]
    words = _words(cohort, end, days, rows)
    if Stage.MQL in (start, end):
        words = _with_judged(words, snapshot, judged)
    return Conversions(start, end, tuple(_sorted(rows, grain)), passport(clock, words, query))


def _words(cohort: Cohort, end: Stage, days: int | None, rows: Sequence[Conversion]) -> Words:
    entered, within = cohort.entered.label, _within(days)
    ripe = f" at least {days} days ago" if days else ""
    return Words(
        f"{entered} → {end.label} {within}",
        f"leads that {cohort} and reached {end.label} {within} ÷ leads that {cohort}{ripe}",
        f"{sum(row.rate.numerator for row in rows):,} leads that reached {end.label}",
        f"{sum(row.rate.denominator for row in rows):,} leads",
        {
            f"entered {entered} less than {days} days ago: too young to judge": sum(
                row.too_young for row in rows
            ),
            f"reached {end.label} at an unknown time": sum(row.undated for row in rows)
            if days is not None
            else 0,
            f"reached {end.label} before {entered}: dates that contradict": sum(row.reversed for row in rows),
            _implied(end, cohort.judged): sum(row.implied for row in rows),
        },
    )


def _with_judged(words: Words, snapshot: Snapshot, judged: Judged) -> Words:
    """Return the words of a figure that counts MQLs, with what makes a lead one."""
    gone = ", ".join(unasked(snapshot, judged))
    lacks = f" No lead can meet what is asked of {gone}: the data lacks it." if gone else ""
    return replace(words, formula=f"{words.formula}. {judged.explained}{lacks}")


def _implied(stage: Stage, judged: Judged) -> str:
    told = f"counted in {stage.label} because a later stage implies it"
    return told if judged.is_recorded or stage is not Stage.MQL else f"{told}, though not handed off {judged}"


def _within(days: int | None) -> str:
    return f"within {days} days" if days is not None else "ever"


def conversion_path(
    snapshot: Snapshot, cohort: Cohort | None = None, *, window: Window = USUAL
) -> ConversionPath:
    """Return how many of the cohort's mature leads reached each stage; a stage says what it lacks."""
    cohort = cohort or Cohort()
    judged, is_dated = cohort.judged, window is not None
    _need_stage(snapshot, cohort.entered, judged, is_dated=is_dated or cohort.period is not None)
    missing = {
        stage: missing_stage(snapshot, stage, judged, is_dated=is_dated)
        for stage in cohort.entered.onwards[1:]
    }
    known = [stage for stage, lacks in missing.items() if lacks is None]
    if window == USUAL:
        days = usual_window(snapshot, cohort.entered, known[-1], cohort.as_of, judged) if known else None
    else:
        days = window
    clock = clock_of(snapshot, cohort.as_of)
    query = metric.leads_by_stage(clock, cohort, known, days, kinds_of(snapshot))
    counts = snapshot.ask(query).to_pylist()[0]
    steps = tuple(_steps(cohort, counts, missing))
    words = _path_words(cohort, days, counts, steps)
    if Stage.MQL in (cohort.entered, *known):
        words = _with_judged(words, snapshot, judged)
    return ConversionPath(steps, days, int(counts["too_young"]), passport(clock, words, query))


def _steps(cohort: Cohort, counts: Mapping[str, int], missing: Mapping[Stage, str | None]) -> Iterator[Step]:
    before = int(counts[cohort.entered])
    yield Step(cohort.entered, before, None)
    for stage, lacks in missing.items():
        if lacks:
            yield Step(stage, 0, None, missing_column=lacks)
            continue
        count = int(counts[stage])
        rate = Rate(count, before - int(counts[f"{stage}_undated"]))
        yield Step(stage, count, rate, int(counts[f"{stage}_implied"]))
        before = count


def _path_words(cohort: Cohort, days: int | None, counts: Mapping[str, int], steps: Sequence[Step]) -> Words:
    known = [step.stage for step in steps[1:] if step.is_known]
    implied = {_implied(step.stage, cohort.judged): step.implied for step in steps}
    undated = {
        f"reached {stage.label} at an unknown time: in no rate to it": int(counts[f"{stage}_undated"])
        for stage in known
    }
    return Words(
        f"{cohort.entered.label} → Won, one cohort",
        f"leads that {cohort} and reached each stage {_within(days)}; a later stage implies the earlier ones",
        " · ".join(f"{step.stage.label} {step.count:,}" for step in steps if step.is_known),
        f"{steps[0].count:,} leads",
        {
            f"entered less than {days} days ago: too young to judge": int(counts["too_young"]),
            **undated,
            **implied,
        },
    )


def usual_window(
    snapshot: Snapshot,
    start: Stage,
    end: Stage,
    as_of: date | None = None,
    judged: Judged = AS_RECORDED,
) -> int:
    """Return the days that 80 of 100 past leads took from one stage to the other, in whole weeks.

    MQLs are those recorded wherever there are any: judged otherwise, leads still get the same time.
    """
    judged = AS_RECORDED if has_records(snapshot) else judged
    for stage in (start, end):
        _need_stage(snapshot, stage, judged, is_dated=True)
    query = metric.days_taken(
        clock_of(snapshot, as_of), Cohort(start, judged=judged), end, kinds_of(snapshot)
    )
    found = snapshot.ask(query).to_pylist()
    return usual({row["days"]: row["leads"] for row in found})


def lead_rows(snapshot: Snapshot, cohort: Cohort, by: str | None = None) -> pa.Table:
    """Return the cohort's leads, a row each with the day of every stage, newest first."""
    column, _ = grain_or_column(snapshot, "leads", by)
    clock = clock_of(snapshot, cohort.as_of)
    return snapshot.ask(metric.lead_rows(clock, cohort, kinds_of(snapshot), column))


def _row(found: dict[str, int], column: str | None, grain: Grain | None, days: int | None) -> Conversion:
    unjudged = found["undated"] if days is not None else 0
    return Conversion(
        by=group(column, grain, found["group_value"]),
        rate=Rate(found["numerator"], found["mature"] - unjudged),
        window_days=days,
        too_young=found["too_young"],
        undated=found["undated"],
        reversed=found["reversed"],
        implied=found["implied"],
    )


def _sorted(rows: list[Conversion], grain: Grain | None) -> list[Conversion]:
    if grain:
        return sorted(rows, key=lambda row: str(next(iter((row.by or {}).values()), "")))
    return sorted(rows, key=lambda row: (-row.entered, str(row.by)))


def _refuse_backwards(start: Stage, end: Stage) -> None:
    if end is Stage.LEAD or start is end or (start in PATH and end in PATH and end not in start.onwards):
        order = " → ".join(PATH)
        message = f"A conversion goes forward: {start.label} → {end.label} doesn't. The order is {order}."
        raise UnknownTermError(message)


def _need_stage(snapshot: Snapshot, stage: Stage, judged: Judged, *, is_dated: bool) -> None:
    lacks = missing_stage(snapshot, stage, judged, is_dated=is_dated)
    if lacks:
        message = (
            f"Not available: needs column {lacks}. With it you would see {stage.label} ({stage.meaning})."
        )
        raise MissingColumnError(message)


def missing_stage(snapshot: Snapshot, stage: Stage, judged: Judged, *, is_dated: bool) -> str | None:
    """Return the column that the data lacks to tell who reached the stage (and when), None when it can."""
    if not snapshot.has("leads"):
        return "leads.lead_id"
    if stage is Stage.MQL:
        return missing_for(snapshot, judged, is_dated=is_dated)
    if stage in _COLUMN:
        return _absent(snapshot, "leads", _COLUMN[stage])
    if stage is Stage.LEAD:
        return _absent(snapshot, "leads", "created_at") if is_dated else None
    if stage is Stage.OPPORTUNITY and (
        snapshot.has("leads", "converted_at") or (snapshot.has("leads", "is_converted") and not is_dated)
    ):
        return None
    if not any(snapshot.has(table, column) and snapshot.has("deals") for table, column in _LINKS):
        return "deals.lead_id"
    needed = ("created_at",) if stage is Stage.OPPORTUNITY else ("is_won", "closed_at")
    asked = needed if is_dated else needed[:-1]
    return next((lacks for column in asked if (lacks := _absent(snapshot, "deals", column))), None)


def _absent(snapshot: Snapshot, table: str, column: str) -> str | None:
    return None if snapshot.has(table, column) else f"{table}.{column}"
