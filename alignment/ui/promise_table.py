"""The table twin of a promise's card: every promise on record, the newest first with what came."""

from collections.abc import Sequence

from alignment.domain.promise import AnswerPromise, Promise, ValuePromise
from alignment.domain.promise_kept import NOT_ANSWERED, Answered, ValueReached
from alignment.ui.agreement_panel import clock
from alignment.ui.tables import Table, Value

PROMISED = ("promised by", "on", "promised", "decided within days", "why")


def of_promises(found: ValueReached | Answered, made: Sequence[Promise]) -> Table:
    """Return a side's promises for a period, oldest first given; one row where there is none."""
    names, came = _came_of_value(found) if isinstance(found, ValueReached) else _came_of_answers(found)
    newest, *older = [_promised(promise) for promise in reversed(made)] or [(None,) * len(PROMISED)]
    nothing = (None,) * len(came)
    return Table((*PROMISED, *names), ((*newest, *came), *((*promise, *nothing) for promise in older)))


def _promised(promise: Promise) -> tuple[Value, ...]:
    said, days = None, None
    match promise.promised:
        case ValuePromise(amount=amount):
            said = amount
        case AnswerPromise(percent=percent, days=within):
            said, days = f"{percent} %", within
    return promise.who.name, clock(promise.at), said, days, promise.reason or None


def _came_of_value(found: ValueReached) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    names = ("status", "reached", "due by now", "MQLs", "reached by the values when it was promised")
    return names, (_status(found), found.reached, found.due, found.mqls, found.as_made)


def _came_of_answers(found: Answered) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    names = ("status", "answered", "pending", "not touched in time", "sent back without a reason")
    untouched, unexplained, undecided = (found.count(answer) for answer in NOT_ANSWERED)
    told = (_status(found), found.rate, found.pending, untouched, unexplained, undecided)
    return (*names, "not decided in time"), told


def _status(found: ValueReached | Answered) -> str | None:
    return str(found.status) if found.status else None
