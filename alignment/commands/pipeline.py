"""`report coverage`, `sales-velocity`, `lead-velocity`, `pipeline`, `pipeline-bridge`: what lies ahead."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from alignment import report
from alignment.commands.judging import LedgerUrl, goal_of
from alignment.commands.options import AsOf, End, Json, Start, WarehousePath, tables_at
from alignment.commands.words import amount_of, day_of, period_of, say, stage_of, whole_period
from alignment.config import settings
from alignment.domain.period import Grain, Period
from alignment.errors import MissingColumnError
from alignment.store.snapshot import Snapshot

GoalAmount = Annotated[
    float | None, typer.Option("--goal", help="goal in the business currency; else what both sides set")
]


def coverage(
    warehouse: WarehousePath = None,
    goal: GoalAmount = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print how far the open pipeline due in a period covers what is left of its goal, and what is needed."""
    tables = tables_at(warehouse)
    snapshot, until = tables.snapshot(), day_of(as_of, "--as-of")
    period = period_or_quarter(snapshot, start, end, until)
    found = report.coverage(snapshot, goal_of(tables, snapshot, period, goal, ledger), as_of=until)
    row = {
        "goal_amount": found.goal.amount.amount,
        "won_amount": found.won.amount,
        "remaining_amount": found.remaining.amount,
        "due_count": found.due_count,
        "due_amount": found.due.amount,
        "coverage": found.value,
        "needed": found.needed,
        "win_rate_by_value": found.win_rate_by_value,
        "is_met": found.is_met,
        "said": found.unknown or found.undefined,
        "currency": found.won.currency,
    }
    say([row], as_json=as_json)


def sales_velocity(
    warehouse: WarehousePath = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Print what is won a day: open deals × win rate × mean won amount ÷ cycle, of one population."""
    snapshot = tables_at(warehouse).snapshot()
    found = report.sales_velocity(snapshot, period_of(start, end), as_of=day_of(as_of, "--as-of"))
    row = {
        "a_day_amount": amount_of(found.a_day),
        "open_count": found.open_count,
        "win_rate": found.win_rate.value if found.win_rate else None,
        "mean_won_amount": amount_of(found.mean_won_amount),
        "median_cycle_days": found.median_cycle_days,
        "said": found.undefined,
        "currency": snapshot.currency,
    }
    say([row], as_json=as_json)


def lead_velocity(
    warehouse: WarehousePath = None,
    stage: Annotated[str, typer.Option(help="the stage that the leads entered")] = "sql",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Print how the leads that enter a stage grow from month to month; a part month by equal elapsed days."""
    snapshot = tables_at(warehouse).snapshot()
    found = report.lead_velocity(snapshot, stage=stage_of(stage), as_of=day_of(as_of, "--as-of"))
    rows = [
        {
            "month": f"{row.month.start:%Y-%m}",
            "count": row.count,
            "month_before": row.former_count,
            "rate": None if row.is_too_small else row.rate,
            "elapsed_days": row.elapsed_days,
        }
        for row in found.months
    ]
    say(rows, as_json=as_json)


def pipeline(warehouse: WarehousePath = None, as_of: AsOf = None, as_json: Json = False) -> None:
    """Print the open deals by stage and by the days since they entered it."""
    found = report.pipeline_age(tables_at(warehouse).snapshot(), as_of=day_of(as_of, "--as-of"))
    rows = [
        {
            "stage": row.stage,
            "age": row.age,
            "count": row.count,
            "amount": amount_of(row.amount),
            "unvalued": row.unvalued,
        }
        for row in found.rows
    ]
    say(rows, as_json=as_json)


def pipeline_bridge(
    warehouse: WarehousePath = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Print how the open pipeline of a period's start became that of its end; it balances to the cent."""
    snapshot, until = tables_at(warehouse).snapshot(), day_of(as_of, "--as-of")
    period = period_or_quarter(snapshot, start, end, until)
    found = report.pipeline_bridge(snapshot, period, as_of=until)
    ends = (replace(found.start, name="start"), replace(found.end, name="now" if found.is_now else "end"))
    say(
        [
            {"part": part.name, "amount": part.amount.amount, "count": part.count}
            for part in (ends[0], *found.parts, ends[1])
        ],
        as_json=as_json,
    )


def period_or_quarter(snapshot: Snapshot, start: str | None, end: str | None, as_of: date | None) -> Period:
    """Return the period of both ends, else the quarter of the as-of."""
    given = whole_period(start, end, "--start", "--end")
    if given:
        return given
    if snapshot.as_of is None:
        raise MissingColumnError("Not available: needs a day in deals.closed_at or leads.created_at.")
    return settings().calendar.bucket_of(report.clock_of(snapshot, as_of).today, Grain.QUARTER)
