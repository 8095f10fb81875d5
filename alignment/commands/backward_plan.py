"""`report plan`: how many wins, SQLs, MQLs and leads a goal needs, in which days, and until when."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from alignment import report
from alignment.commands.judging import LedgerUrl, assumptions_made, goal_of, judged_by
from alignment.commands.options import AsOf, End, Json, Judging, Start, WarehousePath, tables_at
from alignment.commands.pipeline import GoalAmount, period_or_quarter
from alignment.commands.words import Row, day_of, say
from alignment.domain.assumption import typed, values_of
from alignment.domain.backward_plan import BackwardPlan, Lever, Need
from alignment.domain.backward_plan_basis import Factor
from alignment.domain.stage import Stage
from alignment.errors import UnknownTermError

Assume = Annotated[
    list[str] | None,
    typer.Option("--assume", metavar="FACTOR=VALUE", help="as in sql_won=0.3; may be given several times"),
]
AsMeasured = Annotated[
    bool, typer.Option("--as-measured", help="leave out what both sides assume in the app")
]


def plan(
    warehouse: WarehousePath = None,
    goal: GoalAmount = None,
    start: Start = None,
    end: End = None,
    assume: Assume = None,
    as_measured: AsMeasured = False,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print wins, SQLs, MQLs and leads that a goal needs, their range, their days, and what came so far."""
    tables = tables_at(warehouse)
    snapshot, until = tables.snapshot(), day_of(as_of, "--as-of")
    period = period_or_quarter(snapshot, start, end, until)
    agreed = goal_of(tables, snapshot, period, goal, ledger)
    shared = assumptions_made(tables, snapshot, period, ledger)
    asked = judged_by(judged, tables, snapshot, ledger)
    found = report.backward_plan(
        snapshot,
        agreed,
        {} if as_measured else values_of(shared),
        judged=asked,
        as_of=until,
    )
    found = found.with_assumed(_typed(assume or (), found))
    if as_json:
        typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    say([_need(each, found) for each in found.needs], as_json=False)


def _typed(words: Sequence[str], found: BackwardPlan) -> Mapping[str, float]:
    """Read factors as typed; raise UnknownTermError that lists them, Refusal for a value of no use."""
    names = [each.name for each in found.basis.factors]
    read: dict[str, float] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if name.strip() not in names or not equals:
            raise UnknownTermError(
                f"--assume takes FACTOR=VALUE with one of {', '.join(names)}, got “{word}”."
            )
        try:
            number = float(value)
        except ValueError:
            raise UnknownTermError(f"--assume needs a number after {name}=, got “{value}”.") from None
        read[name.strip()] = typed(name.strip(), number)
    return read


def _plain(found: BackwardPlan) -> Mapping[str, Any]:
    period = found.goal.period
    return {
        "goal_amount": found.goal.amount.amount,
        "currency": found.basis.currency,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "today": found.basis.today.isoformat(),
        "factors": [_factor(each, found) for each in found.basis.factors],
        "needs": [_need(each, found) for each in found.needs],
        "levers": [_lever(each) for each in found.levers(Stage.MQL)]
        if Stage.MQL in found.basis.chain
        else [],
    }


def _factor(factor: Factor, found: BackwardPlan) -> Row:
    low, high = factor.interval or (None, None)
    least, most = factor.seen or (None, None)
    used = found.used(factor.name)
    return {
        "factor": factor.name,
        "used": used,
        "is_assumed": factor.name in found.assumed,
        "measured": factor.value,
        "low": low,
        "high": high,
        "seen_least": least,
        "seen_most": most,
        "is_unseen": None if used is None else factor.is_unseen(used),
        "counted": factor.counted,
        "said": factor.unknown,
    }


def _need(need: Need, found: BackwardPlan) -> Row:
    low, high = need.counts or (None, None)
    each = found.value_of(need.stage)
    return {
        "stage": str(need.stage),
        "needed": need.count,
        "needed_low": low,
        "needed_high": high,
        "from_on": need.days.start.isoformat() if need.days else None,
        "to_on": need.days.last.isoformat() if need.days else None,
        "came": need.came,
        "goal_amount_each": each.amount if each else None,
        "latest_useful_on": need.until.isoformat() if need.until else None,
        "last_call_on": need.last_call.isoformat() if need.last_call else None,
        "said": need.missing,
    }


def _lever(lever: Lever) -> Row:
    return {
        "factor": lever.factor.name,
        "now": lever.now,
        "would_have_to_be": lever.value,
        "is_unseen": lever.is_unseen,
    }
