"""`report recycling`: what became of leads that were sent back, or who has not come again."""

from typing import Annotated

import typer

from alignment import report
from alignment.commands.judging import LedgerUrl, judged_by, reasons_mapped
from alignment.commands.options import AsOf, End, Json, Judging, Start, WarehousePath, tables_at
from alignment.commands.words import Row, day_of, period_of, say, say_rows, window_of
from alignment.domain.cohort import Cohort
from alignment.domain.recycling import Recycling

ALL = "all"


def recycling(
    warehouse: WarehousePath = None,
    within: Annotated[
        str | None, typer.Option(help="days given to a lead to come again, or ever; else 91")
    ] = None,
    leads: Annotated[
        bool, typer.Option("--leads", help="list who was sent back and has not come again instead")
    ] = False,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print what became of leads that sales sent back, by the group of the reason."""
    tables = tables_at(warehouse)
    snapshot = tables.snapshot()
    by_what = judged_by(judged, tables, snapshot, ledger)
    cohort = Cohort(period=period_of(start, end), as_of=day_of(as_of, "--as-of"), judged=by_what)
    mapped = reasons_mapped(tables, snapshot, ledger)
    if leads:
        say_rows(report.sent_back(snapshot, cohort, mapped), as_json=as_json)
        return
    say(_rows(report.recycling(snapshot, cohort, mapped, window=window_of(within))), as_json=as_json)


def _rows(found: Recycling) -> list[Row]:
    return [
        {
            "reasons": returned.group or ALL,
            "sent_back": returned.leads,
            "came_again": str(came.step),
            "numerator": came.rate.numerator,
            "denominator": came.rate.denominator,
            "rate": came.rate.value,
            "low": came.rate.low,
            "high": came.rate.high,
            "too_young": returned.too_young,
            "window_days": found.window_days,
            "ever": came.ever,
            "median_days": came.median_days,
        }
        for returned in (found.whole, *found.groups)
        for came in returned.steps
    ]
