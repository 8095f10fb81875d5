"""`report forecast`, `backtest`: what a period might end with, and how often such ranges held."""

from datetime import date

from alignment import report
from alignment.commands.judging import LedgerUrl, goal_if_any
from alignment.commands.options import AsOf, End, Json, Start, WarehousePath, tables_at
from alignment.commands.pipeline import GoalAmount, period_or_quarter
from alignment.commands.words import Row, day_of, say
from alignment.config import settings
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.revenue import Range
from alignment.store.snapshot import Snapshot


def forecast(
    warehouse: WarehousePath = None,
    goal: GoalAmount = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print what was won, P10, P50 and P90 of the end; of a goal also the pace and the chance to reach it."""
    tables = tables_at(warehouse)
    snapshot, until = tables.snapshot(), day_of(as_of, "--as-of")
    period = period_or_quarter(snapshot, start, end, until)
    agreed = goal_if_any(tables, snapshot, period, goal, ledger)
    row = _of_goal(snapshot, agreed, until) if agreed else _without_goal(snapshot, period, until)
    say([row], as_json=as_json)


def _of_goal(snapshot: Snapshot, goal: Goal, as_of: date | None) -> Row:
    found = report.attainment(snapshot, goal, as_of=as_of)
    target, said = goal.amount.amount, found.unknown
    return _row(found.won, found.forecast, target=target, pace=found.pace, chance=found.chance, said=said)


def _without_goal(snapshot: Snapshot, period: Period, as_of: date | None) -> Row:
    found = report.forecast(snapshot, period, as_of=as_of)
    said = "; ".join(filter(None, (f"no goal was set for {period}", found.unknown)))
    return _row(found.won, found.range, target=None, pace=None, chance=None, said=said)


def _row(
    won: Money,
    ends: Range | None,
    *,
    target: float | None,
    pace: float | None,
    chance: float | None,
    said: str,
) -> Row:
    low, middle, high = (each.amount for each in ends) if ends else (None, None, None)
    return {
        "goal_amount": target,
        "won_amount": won.amount,
        "pace": pace,
        "chance": chance,
        "p10_amount": low,
        "p50_amount": middle,
        "p90_amount": high,
        "said": said,
        "currency": won.currency,
    }


def backtest(warehouse: WarehousePath = None, as_of: AsOf = None, as_json: Json = False) -> None:
    """Print forecasts of past quarters from what was known then, what came in, and whether the range held."""
    found = report.backtest(
        tables_at(warehouse).snapshot(), as_of=day_of(as_of, "--as-of"), calendar=settings().calendar
    )
    rows = [
        {
            "quarter": settings().calendar.token(check.period),
            "made_on": check.as_of.isoformat(),
            "p10_amount": check.low.amount,
            "p50_amount": check.middle.amount,
            "p90_amount": check.high.amount,
            "came_amount": check.came.amount,
            "is_held": check.is_held,
        }
        for check in found.checks
    ]
    say(rows, as_json=as_json)
