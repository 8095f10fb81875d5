"""`report`: the same figures as on the pages, for scripts and schedules."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from alignment import report
from alignment.commands import (
    acceptance,
    attribution,
    black_hole,
    compass,
    forecast,
    handoff,
    levels,
    pipeline,
    promises,
    recycling,
    strategies,
)
from alignment.commands.asked import asked_of
from alignment.commands.judging import LedgerUrl, versions_in_force
from alignment.commands.options import AsOf, By, End, Json, Judging, Start, WarehousePath, tables_at
from alignment.commands.words import Row, amount_of, day_of, period_of, say, stage_of, whole_period, window_of
from alignment.domain.bridge import Bridge, Counted, comparable
from alignment.domain.conversion import Conversion
from alignment.domain.period import Grain, bucket_of
from alignment.domain.revenue import Revenue
from alignment.errors import MissingColumnError
from alignment.store.warehouse import Snapshot

app = typer.Typer(no_args_is_help=True, help="Print the figures of the pages.", rich_markup_mode=None)
app.command()(handoff.handoff)
app.command()(attribution.attribution)
app.command("black-hole")(black_hole.black_hole)
app.command()(black_hole.untouched)
app.command()(levels.levels)
app.command()(acceptance.acceptance)
app.command("set-quality")(acceptance.set_quality)
app.command()(acceptance.contradictions)
app.command()(recycling.recycling)
app.command("few-attempts")(black_hole.few_attempts)
app.command()(pipeline.coverage)
app.command("sales-velocity")(pipeline.sales_velocity)
app.command("lead-velocity")(pipeline.lead_velocity)
app.command()(pipeline.pipeline)
app.command("pipeline-bridge")(pipeline.pipeline_bridge)
app.command()(forecast.forecast)
app.command()(forecast.backtest)
app.command()(promises.promises)
app.command()(compass.compass)
app.command()(strategies.strategies)


@app.command()
def conversion(
    start_stage: Annotated[str, typer.Option("--from", help="the stage that the leads entered")],
    end_stage: Annotated[str, typer.Option("--to", help="the later stage")],
    warehouse: WarehousePath = None,
    by: By = None,
    within: Annotated[
        str | None, typer.Option(help="days given to a lead, or ever; else what is usual")
    ] = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print the rate from one stage to a later one: of the leads old enough, how many reached it."""
    asked = asked_of(warehouse, start=start, end=end, as_of=as_of, judged=judged, ledger=ledger)
    found = report.conversion(
        asked.snapshot,
        stage_of(start_stage),
        stage_of(end_stage),
        asked.cohort,
        window=window_of(within),
        by=by,
    )
    say([{**_conversion(row), "judged": asked.cohort.judged.token} for row in found.rows], as_json=as_json)


@app.command()
def revenue(
    warehouse: WarehousePath = None,
    by: By = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Print won revenue, win rate, mean won amount and cycle of the deals closed in the period."""
    snapshot = tables_at(warehouse).snapshot()
    found = report.revenue(snapshot, period_of(start, end), by=by, as_of=day_of(as_of, "--as-of"))
    say([_revenue(row, found.currency) for row in found.rows], as_json=as_json)


@app.command()
def bridge(
    warehouse: WarehousePath = None,
    start: Start = None,
    end: End = None,
    before_start: Annotated[
        str | None, typer.Option(help="first day to compare with; else the days just before")
    ] = None,
    before_end: Annotated[str | None, typer.Option(help="the day after the last one to compare with")] = None,
    as_of: AsOf = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print why there are more or fewer MQLs than before: demand, definition and data, summing exactly."""
    tables = tables_at(warehouse)
    snapshot, until = tables.snapshot(), day_of(as_of, "--as-of")
    now = whole_period(start, end, "--start", "--end") or bucket_of(_today(snapshot, until), Grain.QUARTER)
    usual, now = comparable(now, _today(snapshot, until))
    before = whole_period(before_start, before_end, "--before-start", "--before-end") or usual
    as_was = versions_in_force(tables, snapshot, ledger)
    found = report.bridge(snapshot, before, now, as_was, as_of=until)
    if as_json:
        typer.echo(json.dumps(_bridge(found), ensure_ascii=False, indent=2))
        return
    say(_bridge_rows(found), as_json=False)


def _today(snapshot: Snapshot, as_of: date | None) -> date:
    if snapshot.as_of is None:
        shows = "why there are more or fewer MQLs than before"
        message = f"Not available: needs column leads.created_at. With it you would see {shows}."
        raise MissingColumnError(message)
    return report.clock_of(snapshot, as_of).today


def _bridge(found: Bridge) -> Mapping[str, Any]:
    return {
        "before": _counted(found.before),
        **dict(found.parts),
        "now": _counted(found.now),
        "change": found.change,
        "shares": {name: found.share(count) for name, count in found.parts},
        "version_before": found.former,
        "other_versions": list(found.changed_to),
        "has_recorded": found.has_records,
    }


def _counted(counted: Counted) -> Mapping[str, Any]:
    return {
        "start": counted.period.start.isoformat(),
        "end": counted.period.end.isoformat(),
        "mqls": counted.recorded,
        "as_was": counted.as_was,
        "by_version_before": counted.by_former,
    }


def _bridge_rows(found: Bridge) -> list[Row]:
    parts = [
        (str(found.before.period), found.before.recorded),
        *found.parts,
        (str(found.now.period), found.now.recorded),
    ]
    return [{"mqls": name, "count": count, "share_of_before": found.share(count)} for name, count in parts]


def _conversion(row: Conversion) -> Row:
    return {
        "by": row.by,
        "numerator": row.rate.numerator,
        "denominator": row.rate.denominator,
        "rate": row.rate.value,
        "low": row.rate.low,
        "high": row.rate.high,
        "too_young": row.too_young,
        "window_days": row.window_days,
        "undated": row.undated,
        "reversed": row.reversed,
        "implied": row.implied,
    }


def _revenue(row: Revenue, currency: str) -> Row:
    return {
        "by": row.by,
        "won_amount": amount_of(row.won_amount),
        "won_count": row.won_count,
        "lost_count": row.lost_count,
        "win_rate": row.win_rate.value if row.win_rate else None,
        "win_rate_low": row.win_rate.low if row.win_rate else None,
        "win_rate_high": row.win_rate.high if row.win_rate else None,
        "win_rate_by_value": row.win_rate_by_value,
        "mean_won_amount": amount_of(row.mean_won_amount),
        "median_cycle_days": row.median_cycle_days,
        "currency": currency,
        "unvalued": row.unvalued,
        "zero": row.zero,
        "credit_amount": amount_of(row.credit_amount),
    }
