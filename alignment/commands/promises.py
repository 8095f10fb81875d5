"""`report promises`: what both sides promised for a period, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from alignment import report
from alignment.commands.judging import LedgerUrl, default_judged, promises_made, terms_in_force
from alignment.commands.options import AsOf, End, Json, Start, WarehousePath, tables_at
from alignment.commands.words import Row, day_of, say
from alignment.config import settings
from alignment.domain.agreement import Side
from alignment.domain.period import Grain, Period
from alignment.domain.promise import WHOLE, Promise, newest
from alignment.domain.promise_kept import NOT_ANSWERED, Answer, Answered, ValueReached
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError, UnknownTermError
from alignment.store.snapshot import Snapshot

IN_LINE = (
    "side",
    "promised",
    "reached",
    "unit",
    "status",
    "reached_of_promised",
    "due_by_now",
    "counted",
    "out_of",
    "pending",
    "needs",
)
"""What fits a terminal; the JSON has all."""


def promises(
    warehouse: WarehousePath = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print what both sides promised for a period (else the quarter of the data's day), and what came."""
    tables = tables_at(warehouse)
    snapshot, until = tables.snapshot(), day_of(as_of, "--as-of")
    period = _period(snapshot, day_of(start, "--start"), day_of(end, "--end"), until)
    made = promises_made(tables, snapshot, ledger)
    marketing, sales = (newest(made, side, period) for side in (Side.MARKETING, Side.SALES))
    judged, terms = default_judged(tables, snapshot, ledger), terms_in_force(tables, snapshot, ledger)
    rows = [
        _row(
            Asked(Side.MARKETING, period, marketing),
            lambda: _value(report.value_of_mqls(snapshot, period, marketing, judged, as_of=until)),
        ),
        _row(
            Asked(Side.SALES, period, sales),
            lambda: _answers(report.answered(snapshot, period, sales, terms, judged, as_of=until)),
        ),
    ]
    shown = rows if as_json else [{name: row[name] for name in IN_LINE} for row in rows]
    say(shown, as_json=as_json)


@dataclass(frozen=True)
class Asked:
    """Whose promise for which period a row is about, and the promise itself if there is one."""

    side: Side
    period: Period
    promise: Promise | None


def _period(snapshot: Snapshot, start: date | None, end: date | None, as_of: date | None) -> Period:
    if start and end:
        return Period(start, end)
    if start or end:
        raise UnknownTermError("A promise is for a whole period: give both --start and --end, or neither.")
    if snapshot.as_of is None:
        shows = "what both sides promised beside what came"
        message = f"Not available: needs column leads.created_at. With it you would see {shows}."
        raise MissingColumnError(message)
    return settings().calendar.bucket_of(report.clock_of(snapshot, as_of).today, Grain.QUARTER)


def _row(asked: Asked, answer: Callable[[], Row]) -> Row:
    """Return a side's row; where the data can't tell, it says what it needs."""
    try:
        known, needs = answer(), None
    except Refusal as refusal:
        known, needs = _NOTHING, str(refusal)
    promise = asked.promise
    return {
        "side": str(asked.side),
        "start": asked.period.start.isoformat(),
        "end": asked.period.end.isoformat(),
        **known,
        "made_by": promise.who.name if promise else None,
        "made_at": promise.at.isoformat() if promise else None,
        "reason": promise.reason if promise else None,
        "needs": needs,
    }


_NOTHING: Row = dict.fromkeys(
    (
        "promised",
        "reached",
        "unit",
        "status",
        "reached_of_promised",
        "due_by_now",
        "counted",
        "out_of",
        "pending",
        "low",
        "high",
        "reached_as_made",
        "days_to_decide",
        "not_touched_in_time",
        "without_a_reason",
        "not_decided_in_time",
    )
)


def _value(found: ValueReached) -> Row:
    promised = found.promised
    return {
        **_NOTHING,
        "promised": promised.amount.amount if promised else None,
        "reached": found.reached.amount,
        "unit": found.reached.currency,
        "status": str(found.status) if found.status else None,
        "reached_of_promised": found.share,
        "due_by_now": found.due.amount if found.due else None,
        "counted": found.mqls,
        "reached_as_made": found.as_made.amount if found.as_made else None,
    }


def _answers(found: Answered) -> Row:
    promised, rate = found.promised, found.rate
    untouched, unexplained, undecided = (found.count(answer) for answer in NOT_ANSWERED)
    return {
        **_NOTHING,
        "promised": promised.percent / WHOLE if promised else None,
        "reached": rate.value,
        "unit": "share of hand-offs",
        "status": str(found.status) if found.status else None,
        "reached_of_promised": found.share,
        "counted": found.count(Answer.ANSWERED),
        "out_of": rate.denominator,
        "pending": found.pending,
        "low": rate.low,
        "high": rate.high,
        "days_to_decide": found.days,
        "not_touched_in_time": untouched,
        "without_a_reason": unexplained,
        "not_decided_in_time": undecided,
    }
