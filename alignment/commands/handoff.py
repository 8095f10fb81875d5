"""`report handoff`: how hand-offs were followed up, and how good they were."""

from typing import Annotated

import typer

from alignment import report
from alignment.commands.asked import asked_of
from alignment.commands.judging import LedgerUrl
from alignment.commands.options import AsOf, By, End, Json, Judging, Start, WarehousePath
from alignment.commands.words import Row, say
from alignment.domain.business_hours import MINUTE
from alignment.domain.follow_up import FollowUp, FollowUpByQuality, SlaStatus


def handoff(
    warehouse: WarehousePath = None,
    by: By = None,
    quality: Annotated[
        bool, typer.Option("--quality", help="follow-up × quality instead, by the kinds that --by names")
    ] = False,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print how hand-offs stand with the SLA, and how long they waited; hours are those of the business."""
    asked = asked_of(warehouse, start=start, end=end, as_of=as_of, judged=judged, ledger=ledger)
    if quality:
        found = report.follow_up_by_quality(asked.snapshot, asked.cohort, asked.terms, by=by)
        say([_cells(found)] if as_json else _kinds(found), as_json=as_json)
        return
    rows = report.follow_up(asked.snapshot, asked.cohort, asked.terms, by=by).rows
    say([_row(row) for row in rows], as_json=as_json)


def _row(row: FollowUp) -> Row:
    waited = {
        f"{name}_{point}_hours": of
        for name, waits in (
            ("speed", row.speed),
            ("elapsed", row.elapsed),
            ("system", row.system),
            ("human", row.human),
        )
        for point, of in (("median", waits.median if waits else None), ("p90", waits.most if waits else None))
    }
    return {
        "by": row.by,
        "hand_offs": row.hand_offs,
        **{str(status): row.count(status) for status in SlaStatus},
        "compliance": row.compliance.value,
        "low": row.compliance.low,
        "high": row.compliance.high,
        "ever_missed": row.ever_missed,
        "still_overdue": row.still_overdue,
        **{name: of.minutes / MINUTE if of else None for name, of in waited.items()},
        "at_least": ", ".join(name for name, of in waited.items() if of and of.is_longer) or None,
    }


def _cells(found: FollowUpByQuality) -> Row:
    return {
        "hand_offs": found.hand_offs,
        "followed_up_good": found.cell(is_followed_up=True, is_good=True),
        "followed_up_poor": found.cell(is_followed_up=True, is_good=False),
        "not_followed_up_good": found.cell(is_followed_up=False, is_good=True),
        "not_followed_up_poor": found.cell(is_followed_up=False, is_good=False),
        "not_due": found.not_due,
        "kinds": [dict(row) for row in _kinds(found)],
    }


def _kinds(found: FollowUpByQuality) -> list[Row]:
    return [
        {
            found.column: kind.value,
            "followed_up": kind.followed_up,
            "not_followed_up": kind.not_followed_up,
            "sql_rate": kind.rate.value,
            "low": kind.rate.low,
            "high": kind.rate.high,
            "good": "yes" if kind.is_good else "no",
        }
        for kind in found.kinds
    ]
