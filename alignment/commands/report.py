"""`report`: the same figures as on the pages, for scripts and schedules."""

from pathlib import Path
from typing import Annotated

import typer

from alignment import report
from alignment.commands.words import Row, day_of, period_of, say, stage_of, window_of
from alignment.config import settings
from alignment.domain.cohort import Cohort
from alignment.domain.conversion import Conversion
from alignment.domain.money import Money
from alignment.domain.revenue import Revenue
from alignment.store.warehouse import Snapshot, Warehouse

app = typer.Typer(no_args_is_help=True, help="Print the figures of the pages.", rich_markup_mode=None)

WarehousePath = Annotated[
    Path | None, typer.Option("--warehouse", help="the DuckDB file; else ACCORD_WAREHOUSE")
]
By = Annotated[str | None, typer.Option(help="a column, or week, month, quarter, year")]
Start = Annotated[str | None, typer.Option(help="first day, as 2026-01-01")]
End = Annotated[str | None, typer.Option(help="the day after the last one")]
AsOf = Annotated[str | None, typer.Option(help="what came after this day has not happened")]
Json = Annotated[bool, typer.Option("--json", help="print JSON")]


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
    as_json: Json = False,
) -> None:
    """Print the rate from one stage to a later one: of the leads old enough, how many reached it."""
    cohort = Cohort(period=period_of(start, end), as_of=day_of(as_of, "--as-of"))
    found = report.conversion(
        _snapshot(warehouse),
        stage_of(start_stage),
        stage_of(end_stage),
        cohort,
        window=window_of(within),
        by=by,
    )
    say([_conversion(row) for row in found.rows], as_json=as_json)


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
    snapshot = _snapshot(warehouse)
    found = report.revenue(snapshot, period_of(start, end), by=by, as_of=day_of(as_of, "--as-of"))
    say([_revenue(row, found.currency) for row in found.rows], as_json=as_json)


def _snapshot(path: Path | None) -> Snapshot:
    return Warehouse(path or settings().warehouse).snapshot()


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
        "won_amount": _amount(row.won_amount),
        "won_count": row.won_count,
        "lost_count": row.lost_count,
        "win_rate": row.win_rate.value if row.win_rate else None,
        "win_rate_low": row.win_rate.low if row.win_rate else None,
        "win_rate_high": row.win_rate.high if row.win_rate else None,
        "win_rate_by_value": row.win_rate_by_value,
        "mean_won_amount": _amount(row.mean_won_amount),
        "median_cycle_days": row.median_cycle_days,
        "currency": currency,
        "unvalued": row.unvalued,
        "zero": row.zero,
        "credit_amount": _amount(row.credit_amount),
    }


def _amount(money: Money | None) -> float | None:
    return None if money is None else money.amount
