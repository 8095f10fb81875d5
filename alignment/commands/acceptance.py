"""`report acceptance`, `set-quality`, `contradictions`: what was decided and why, what contradicts itself."""

from typing import Annotated

import typer

from alignment import report
from alignment.commands.asked import asked_of
from alignment.commands.judging import LedgerUrl
from alignment.commands.options import AsOf, By, End, Json, Judging, Start, WarehousePath, tables_at
from alignment.commands.words import say
from alignment.domain.acceptance import Decision
from alignment.domain.business_hours import MINUTE
from alignment.domain.set_quality import PARTS
from alignment.errors import UnknownTermError


def acceptance(
    warehouse: WarehousePath = None,
    by: By = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print how many hand-offs were accepted, rejected or not decided on, and the hours that it took."""
    asked = asked_of(warehouse, start=start, end=end, as_of=as_of, judged=judged, ledger=ledger)
    rows = [
        {
            "by": row.by,
            "hand_offs": row.hand_offs,
            **{str(decision): row.count(decision) for decision in Decision},
            "acceptance": row.rate.value,
            "low": row.rate.low,
            "high": row.rate.high,
            "sent_back_later": row.sent_back_later,
            "undated": row.undated,
            "reversed": row.reversed,
            "median_hours": row.waits.median.minutes / MINUTE if row.waits.median else None,
            "is_at_least": bool(row.waits.median and row.waits.median.is_longer),
        }
        for row in report.acceptance(asked.snapshot, asked.cohort, by=by).rows
    ]
    say(rows, as_json=as_json)


def contradictions(warehouse: WarehousePath = None, as_json: Json = False) -> None:
    """Print what says two things at once around hand-offs, and the figure that each distorts."""
    found = report.shelf(tables_at(warehouse).snapshot()).found
    say(
        [{"rows": each.rows, "contradiction": each.words, "distorts": each.distorts} for each in found],
        as_json=as_json,
    )


def set_quality(
    warehouse: WarehousePath = None,
    by: Annotated[str, typer.Option(help="month or source")] = "month",
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print why hand-offs came back: too early, wrong fit or bad data."""
    if by not in ("month", "source"):
        raise UnknownTermError(f"--by takes month or source here, got “{by}”.")
    asked = asked_of(warehouse, start=start, end=end, as_of=as_of, judged=judged, ledger=ledger)
    found = report.set_quality(asked.snapshot, asked.cohort, asked.terms, asked.mapped)
    rows = [{by: name, **{part: each.get(part, 0) for part in PARTS}} for name, each in found.by(by).items()]
    say(rows, as_json=as_json)
