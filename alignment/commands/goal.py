"""`report goal`: the shared goal of a period beside what was attained, and the aims beside revenue."""

from datetime import date

from alignment import report
from alignment.commands.judging import (
    LedgerUrl,
    aims_set,
    default_judged,
    goal_if_any,
    terms_in_force,
)
from alignment.commands.options import AsOf, End, Json, Start, WarehousePath, tables_at
from alignment.commands.pipeline import GoalAmount, period_or_quarter
from alignment.commands.words import Row, amount_of, day_of, say
from alignment.config import settings
from alignment.domain.agreement import Person
from alignment.domain.aim import WHOLE, Reached
from alignment.domain.goal import Goal
from alignment.domain.period import Period
from alignment.store.snapshot import Snapshot


def goal(
    warehouse: WarehousePath = None,
    goal: GoalAmount = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print the goals of a period (else the fiscal quarter of the data's day) beside what was attained."""
    tables = tables_at(warehouse)
    snapshot, until = tables.snapshot(), day_of(as_of, "--as-of")
    period = period_or_quarter(snapshot, start, end, until)
    agreed = goal_if_any(tables, snapshot, period, goal, ledger)
    rows = [_revenue(snapshot, period, agreed, until)]
    aims = aims_set(tables, snapshot, period, ledger)
    if aims:
        terms = terms_in_force(tables, snapshot, ledger)
        judged = default_judged(tables, snapshot, ledger)
        rows += [
            _aim(report.aim_reached(snapshot, aim, terms, judged=judged, as_of=until))
            for aim in aims.values()
        ]
    say(rows, as_json=as_json)


def _revenue(snapshot: Snapshot, period: Period, agreed: Goal | None, as_of: date | None) -> Row:
    today = report.clock_of(snapshot, as_of).today
    if agreed is None:
        found = report.revenue(snapshot, period, as_of=as_of).rows[0]
        said = f"no goal was set for {period}"
        return _row(period, today, measure="revenue", attained=amount_of(found.won_amount), said=said)
    reached = report.attainment(snapshot, agreed, as_of=as_of)
    return _row(
        period,
        today,
        measure="revenue",
        target=agreed.amount.amount,
        attained=reached.won.amount,
        share=reached.share,
        pace=reached.pace,
        is_met=reached.is_met,
        said=reached.unknown,
        **_set(agreed.who, agreed.at.isoformat(), agreed.reason),
    )


def _aim(reached: Reached) -> Row:
    aim, rate = reached.aim, reached.rate
    value = reached.count if rate is None or rate.is_too_small else rate.value
    return _row(
        aim.period,
        reached.known_on,
        measure=str(aim.measure),
        target=aim.target / WHOLE if aim.measure.is_share else aim.target,
        attained=value,
        low=rate.low if rate else None,
        high=rate.high if rate else None,
        counted=rate.numerator if rate else None,
        out_of=rate.denominator if rate else None,
        is_met=reached.is_met,
        said=reached.unknown,
        **_set(aim.who, aim.at.isoformat(), aim.reason),
    )


def _set(who: Person, at: str, reason: str) -> Row:
    return {"set_by": who.name, "set_at": at, "reason": reason}


def _row(period: Period, today: date, **known: object) -> Row:
    names = ("target", "attained", "share", "pace", "is_met", "low", "high", "counted", "out_of")
    return {
        "measure": known["measure"],
        "period": settings().calendar.token(period),
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "known_on": min(today, period.last).isoformat(),
        **{name: known.get(name) for name in names},
        "set_by": known.get("set_by"),
        "set_at": known.get("set_at"),
        "reason": known.get("reason"),
        "said": known.get("said", ""),
    }
