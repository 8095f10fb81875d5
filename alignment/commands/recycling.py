"""`report recycling`: what became of leads that were sent back, or who has not come again."""

from typing import Annotated

import typer

from alignment import report
from alignment.commands.asked import asked_of
from alignment.commands.judging import LedgerUrl
from alignment.commands.options import AsOf, End, Json, Judging, Start, WarehousePath
from alignment.commands.words import Row, say, say_rows, window_of
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
    asked = asked_of(warehouse, start=start, end=end, as_of=as_of, judged=judged, ledger=ledger)
    if leads:
        say_rows(report.sent_back(asked.snapshot, asked.cohort, asked.mapped), as_json=as_json)
        return
    found = report.recycling(asked.snapshot, asked.cohort, asked.mapped, window=window_of(within))
    say(_rows(found), as_json=as_json)


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
