"""Aims beside what came: SQLs and win rate of the period, and the hole as it stands at its end, or now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from alignment.domain.aim import Aim, Measure, Reached
from alignment.domain.cohort import Cohort
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import elapsed_share
from alignment.domain.stage import Stage
from alignment.metrics.entered import entered
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.black_hole import black_hole
from alignment.report.follow_up import USUAL_TERMS
from alignment.report.forecast import holidays_of
from alignment.report.judged import kinds_of
from alignment.report.revenue import revenue
from alignment.store.snapshot import Snapshot

NO_LOSSES = "undefined: the data holds no lost deal"
NONE_CLOSED = "no deal was closed in these days"
NOT_BEGUN = "not begun yet"


def aim_reached(
    snapshot: Snapshot,
    aim: Aim,
    terms: Judged = USUAL_TERMS,
    *,
    judged: Judged = AS_RECORDED,
    as_of: date | None = None,
) -> Reached:
    """Return an aim beside what came; what the data lacks for it is said, not raised."""
    clock = clock_of(snapshot, as_of)
    known_on = min(clock.today, aim.period.last)
    reached = Reached(aim, known_on, elapsed_share(aim.period, clock.today, holidays_of(snapshot)))
    if clock.today < aim.period.start:
        return replace(reached, unknown=NOT_BEGUN)
    asked = _Asked(snapshot, reached, terms, Cohort(as_of=as_of, judged=judged))
    answer: Callable[[_Asked], Reached] = {
        Measure.SQLS: _sqls,
        Measure.WIN_RATE: _win_rate,
        Measure.HOLE_RATE: _hole_rate,
    }[aim.measure]
    try:
        return answer(asked)
    except Refusal as refusal:
        return replace(reached, unknown=str(refusal))


@dataclass(frozen=True)
class _Asked:
    """What an aim is held against."""

    snapshot: Snapshot
    reached: Reached
    terms: Judged
    cohort: Cohort


def _sqls(asked: _Asked) -> Reached:
    snapshot, period = asked.snapshot, asked.reached.aim.period
    need(snapshot, "leads", "sql_at", shows="how many SQLs came")
    clock = clock_of(snapshot, asked.cohort.as_of)
    query = entered(clock, replace(asked.cohort, entered=Stage.SQL, period=period), kinds_of(snapshot))
    count = snapshot.ask(query).to_pylist()[0]["leads"]
    words = Words(
        f"SQLs, {period}",
        "leads that became SQL in the period; on pace by its business days",
        f"{count:,} SQLs",
    )
    return replace(asked.reached, count=count, passport=passport(clock, words, query))


def _win_rate(asked: _Asked) -> Reached:
    found = revenue(asked.snapshot, asked.reached.aim.period, as_of=asked.cohort.as_of)
    rate = found.rows[0].win_rate
    if rate is None:
        return replace(asked.reached, passport=found.passport, unknown=NO_LOSSES)
    unknown = "" if rate.denominator else NONE_CLOSED
    return replace(asked.reached, passport=found.passport, rate=None if unknown else rate, unknown=unknown)


def _hole_rate(asked: _Asked) -> Reached:
    """Return the hole of now; of a period that is over, that of its last day."""
    reached = asked.reached
    as_of = reached.known_on if reached.is_over else asked.cohort.as_of
    found = black_hole(asked.snapshot, replace(asked.cohort, as_of=as_of), asked.terms)
    if not found.rate.denominator:
        return replace(reached, passport=found.passport, unknown="no hand-off is old enough")
    return replace(reached, passport=found.passport, rate=found.rate)
