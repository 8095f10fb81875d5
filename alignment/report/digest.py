"""Where the shared number stands and what changed since a day, in one answer: for who was not there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol, TypeVar

from alignment.domain.agreement import Side
from alignment.domain.cohort import Cohort
from alignment.domain.digest import USUAL_DAYS, Came, Digest, Record, Told
from alignment.domain.fiscal import JANUARY, FiscalCalendar
from alignment.domain.goal import Goal
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Grain, Period, midnight
from alignment.domain.promise import newest
from alignment.domain.promise_kept import Answered, ValueReached
from alignment.domain.refusal import Refusal
from alignment.domain.restated import Load, restated
from alignment.domain.revenue import Attainment, Forecast
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.metrics.entered import entered_by
from alignment.report.answer import clock_of
from alignment.report.backtest import backtest
from alignment.report.coverage import coverage
from alignment.report.forecast import attainment, forecast
from alignment.report.judged import kinds_of
from alignment.report.promise import answered, value_of_mqls
from alignment.report.revenue import revenue
from alignment.report.value import worth_per_mql
from alignment.store.snapshot import Snapshot

Answer = TypeVar("Answer")

UNDATED = "Not available: needs column deals.closed_at. With it you would see where this period stands."


class Ask(Protocol):
    """Puts a question to a load; an app may keep the answers."""

    def __call__(
        self, question: Callable[..., Answer], snapshot: Snapshot, *about: object, **options: object
    ) -> Answer:
        """Return `question(snapshot, *about, **options)`."""
        ...


def ask_now(question: Callable[..., Answer], snapshot: Snapshot, *about: object, **options: object) -> Answer:
    """Ask anew."""
    return question(snapshot, *about, **options)


@dataclass(frozen=True)
class Wanted:
    """What a digest is about: period (None: the data's quarter), since when (None: seven days), the record.

    `terms` are the definitions whose SLAs hold, `judged` is what makes a lead an MQL, `loads` are those on
    record, oldest first.
    """

    record: Record = field(default_factory=Record)
    period: Period | None = None
    since: date | None = None
    terms: Judged | None = None
    judged: Judged = AS_RECORDED
    loads: tuple[Load, ...] = ()
    calendar: FiscalCalendar = JANUARY


def digest(snapshot: Snapshot, wanted: Wanted, ask: Ask = ask_now) -> Digest:
    """Return where the period stands, and what changed since the day; raise MissingColumnError without dates.

    What the data can't tell is in it as the Refusal that says why.
    """
    if snapshot.as_of is None:
        raise MissingColumnError(UNDATED)
    today = clock_of(snapshot).today
    period = wanted.period or wanted.calendar.bucket_of(today, Grain.QUARTER)
    since = wanted.since or today - timedelta(days=USUAL_DAYS)
    goal = wanted.record.goal_of(period)
    attained = _told(lambda: ask(attainment, snapshot, goal)) if goal else None
    return Digest(
        period=period,
        today=today,
        since=since,
        moment=midnight(since, snapshot.zone),
        goal=attained,
        before=_before(snapshot, goal, since, ask) if goal and since <= today else None,
        forecast=_same(attained)
        if isinstance(attained, Attainment)
        else _told(lambda: ask(forecast, snapshot, period)),
        backtest=_told(lambda: ask(backtest, snapshot, calendar=wanted.calendar)),
        coverage=_told(lambda: ask(coverage, snapshot, goal)) if goal else None,
        marketing=_told(lambda: _marketing(snapshot, wanted, period, ask)),
        sales=_told(lambda: _sales(snapshot, wanted, period, ask)),
        record=wanted.record,
        came=_told(lambda: ask(came, snapshot, since)) if since <= today else None,
        restated=restated(wanted.loads),
    )


def _told(answer: Callable[[], Answer]) -> Told[Answer]:
    try:
        return answer()
    except Refusal as refusal:
        return refusal


def _same(found: Attainment) -> Forecast:
    """Return the forecast that stands beside a goal: it is drawn once."""
    return Forecast(found.goal.period, found.won, found.forecast, found.unknown, found.passport)


def _before(snapshot: Snapshot, goal: Goal, since: date, ask: Ask) -> Attainment | None:
    """Return where the goal stood on the day before; None before its period, or where nobody can tell."""
    day = since - timedelta(days=1)
    if day < goal.period.start:
        return None
    try:
        return ask(attainment, snapshot, goal, as_of=day)
    except Refusal:
        return None


def _marketing(snapshot: Snapshot, wanted: Wanted, period: Period, ask: Ask) -> ValueReached:
    promise = newest(wanted.record.promises, Side.MARKETING, period)
    worth = ask(worth_per_mql, snapshot, None, wanted.judged)
    return ask(value_of_mqls, snapshot, period, promise, wanted.judged, worth=worth)


def _sales(snapshot: Snapshot, wanted: Wanted, period: Period, ask: Ask) -> Answered:
    promise = newest(wanted.record.promises, Side.SALES, period)
    return ask(answered, snapshot, period, promise, wanted.terms, wanted.judged)


def came(snapshot: Snapshot, since: date) -> Came:
    """Return what the data brought from a day on; raise MissingColumnError where it tells nothing of it."""
    days = Period(since, clock_of(snapshot).today + timedelta(days=1))
    stages = {
        stage: entered(snapshot, stage, days)
        for stage in (Stage.LEAD, Stage.MQL, Stage.SQL)
        if snapshot.has("leads", stage.column.removeprefix("leads."))
    }
    try:
        found = revenue(snapshot, days)
    except MissingColumnError:
        if not stages:
            raise
        return Came(days, stages=stages)
    row = found.rows[0]
    return Came(days, row.won_amount, row.won_count, row.lost_count, stages, found.passport)


def entered(snapshot: Snapshot, stage: Stage, days: Period) -> int:
    """Return how many leads entered a stage on these days, as recorded."""
    query = entered_by(clock_of(snapshot), Cohort(stage, days), kinds_of(snapshot), Grain.YEAR)
    return sum(row["leads"] for row in snapshot.ask(query).to_pylist())
