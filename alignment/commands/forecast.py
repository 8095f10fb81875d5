"""`report forecast`, `backtest`: what a period might end with, and how often such ranges held."""

from alignment import report
from alignment.commands.judging import LedgerUrl, goal_of
from alignment.commands.options import AsOf, End, Json, Start, WarehousePath, tables_at
from alignment.commands.pipeline import GoalAmount, period_or_quarter
from alignment.commands.words import day_of, say
from alignment.config import settings


def forecast(
    warehouse: WarehousePath = None,
    goal: GoalAmount = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print what was won of a goal, the pace, the chance to reach it, and P10, P50, P90 of the end."""
    tables = tables_at(warehouse)
    snapshot, until = tables.snapshot(), day_of(as_of, "--as-of")
    period = period_or_quarter(snapshot, start, end, until)
    found = report.attainment(snapshot, goal_of(tables, snapshot, period, goal, ledger), as_of=until)
    low, middle, high = (each.amount for each in found.forecast) if found.forecast else (None, None, None)
    row = {
        "goal_amount": found.goal.amount.amount,
        "won_amount": found.won.amount,
        "pace": found.pace,
        "chance": found.chance,
        "p10_amount": low,
        "p50_amount": middle,
        "p90_amount": high,
        "said": found.unknown,
        "currency": found.won.currency,
    }
    say([row], as_json=as_json)


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
