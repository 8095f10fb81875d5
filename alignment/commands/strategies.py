"""`report strategies`: what each campaign or source brought and cost; rows sum to the last line."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

import typer

from alignment import report
from alignment.commands.asked import asked_of
from alignment.commands.judging import LedgerUrl
from alignment.commands.options import AsOf, End, Json, Judging, Start, WarehousePath
from alignment.commands.words import Row, amount_of, say
from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain, bucket_of
from alignment.domain.strategy import Basis, Strategies, Strategy
from alignment.errors import UnknownTermError

IN_LINE = (
    "leads",
    "mqls",
    "sqls",
    "won",
    "revenue",
    "spend",
    "cost_per_mql",
    "cost_per_sql",
    "cost_per_win",
    "return",
    "open_deals",
    "open_amount",
    "came_back",
)
"""What fits a terminal; the JSON has all."""


def strategies(
    warehouse: WarehousePath = None,
    by: Annotated[str, typer.Option(help="campaign or source")] = "campaign",
    basis: Annotated[
        str, typer.Option(help="period: what happened in it; leads: what its new leads brought so far")
    ] = Basis.PERIOD,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print what each campaign or source brought and cost in a period, else the quarter of the data's day."""
    asked = asked_of(warehouse, start=start, end=end, as_of=as_of, judged=judged, ledger=ledger)
    if basis not in list(Basis):
        raise UnknownTermError(f"--basis takes one of {', '.join(Basis)}, got “{basis}”.")
    cohort = asked.cohort
    if cohort.period is None and asked.snapshot.as_of:
        today = report.clock_of(asked.snapshot, cohort.as_of).today
        cohort = replace(cohort, period=bucket_of(today, Grain.QUARTER))
    found = report.strategies(asked.snapshot, cohort, by=by, basis=Basis(basis), mapped=asked.mapped)
    if as_json:
        typer.echo(json.dumps(_told(found, cohort), ensure_ascii=False, indent=2))
        return
    rows = [_row(found, row, name=found.called(row.name)) for row in found.rows]
    shown = [*rows, _row(found, found.total, name="(all)")]
    say([{found.by: row[found.by], **{name: row[name] for name in IN_LINE}} for row in shown], as_json=False)
    if found.needs:
        typer.echo(found.needs)


def _told(found: Strategies, cohort: Cohort) -> Mapping[str, Any]:
    period = cohort.period
    return {
        "by": found.by,
        "basis": str(found.basis),
        "start": period.start.isoformat() if period else None,
        "end": period.end.isoformat() if period else None,
        "currency": found.currency,
        "rows": [_row(found, row, name=row.name) for row in found.rows],
        "total": _row(found, found.total, name="all"),
        "needs": found.needs or None,
        "left_out": dict(found.passport.left_out),
    }


def _row(found: Strategies, row: Strategy, *, name: str | None) -> Row:
    return {
        found.by: name,
        "leads": row.leads,
        "mqls": row.mqls,
        "sqls": row.sqls,
        "won": row.won,
        "revenue": amount_of(row.revenue),
        "spend": amount_of(row.spend),
        "cost_per_mql": amount_of(row.cost_per_mql),
        "cost_per_sql": amount_of(row.cost_per_sql),
        "cost_per_win": amount_of(row.cost_per_win),
        "return": row.returned,
        "open_deals": row.open_deals,
        "open_amount": amount_of(row.open_amount),
        "came_back": row.came_back.numerator if row.came_back else None,
        "came_back_for": dict(row.sent_back),
    }
