"""The table twin of a promise's card: every promise on record, the newest first with what came."""

from collections.abc import Sequence

from alignment.domain.promise import AnswerPromise, Promise, ValuePromise
from alignment.domain.promise_kept import NOT_ANSWERED, Answered, ValueReached
from alignment.ui.agreement_panel import clock
from alignment.ui.table import Table, Value

MADE = ("promised by", "on", "why", "promised")
OF_VALUE = ("status", "reached", "as valued when promised", "due by now", "MQLs")
OF_ANSWERS = (
    "status",
    "answered",
    "pending",
    "not touched in time",
    "sent back without a reason",
    "not decided in time",
)


def of_promises(found: ValueReached | Answered, made: Sequence[Promise]) -> Table:
    """Return a side's promises for a period, oldest first given; one row where there is none."""
    is_value = isinstance(found, ValueReached)
    columns, came = (OF_VALUE, _value(found)) if is_value else (OF_ANSWERS, _answers(found))
    newest, *older = [_made(promise) for promise in reversed(made)] or [(None,) * len(MADE)]
    nothing = (None,) * len(came)
    return Table((*MADE, *columns), ((*newest, *came), *((*promise, *nothing) for promise in older)))


def _made(promise: Promise) -> tuple[Value, ...]:
    match promise.promised:
        case ValuePromise(amount=amount):
            said: Value = amount
        case AnswerPromise(percent=percent, days=days):
            said = f"{percent} % within {days} days"
    return promise.who.name, clock(promise.at), promise.reason or None, said


def _value(found: ValueReached) -> tuple[Value, ...]:
    return _status(found), found.reached, found.as_made, found.due, found.mqls


def _answers(found: Answered) -> tuple[Value, ...]:
    failed = (found.count(answer) for answer in NOT_ANSWERED)
    return _status(found), found.rate, found.pending, *failed


def _status(found: ValueReached | Answered) -> str | None:
    return str(found.status) if found.status else None
