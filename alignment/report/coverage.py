"""Coverage of a goal: what is due to close in its period beside what is still to be won."""

from datetime import date, timedelta

from alignment.domain.coverage import Coverage
from alignment.domain.goal import Goal, refuse_other_currency
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.revenue import Revenue
from alignment.metrics import pipeline as metric
from alignment.metrics.deals import Deals
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.revenue import need_amounts, revenue, won_so_far
from alignment.store.snapshot import Snapshot

YEAR = timedelta(days=365)
NO_LOSSES = "undefined: the data holds no lost deal"
NO_VALUES = "undefined: too few deals of the last year were won and lost with an amount"
NOTHING_WON = "undefined: no deal of the last year was won"


def coverage(snapshot: Snapshot, goal: Goal, *, as_of: date | None = None) -> Coverage:
    """Return the open pipeline due in the goal's period ÷ what is still to be won of the goal.

    Raises Refusal for a goal in another currency, MissingColumnError without amounts or expected closes.
    """
    need_amounts(snapshot)
    need(snapshot, "deals", "expected_close_at", shows="how far the open pipeline covers the goal")
    refuse_other_currency(goal, snapshot.currency)
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency)
    today, query = deals.clock.today, metric.due(deals, goal.period)
    won = revenue(snapshot, goal.period, as_of=as_of).rows[0]
    tomorrow = today + timedelta(days=1)
    past = revenue(snapshot, Period(tomorrow - YEAR, tomorrow), as_of=as_of).rows[0]
    due = snapshot.ask(query).to_pylist()[0]
    so_far = won_so_far(won, goal.period)
    rate, undefined = _win_rate(past)
    return Coverage(
        goal=goal,
        won=so_far,
        due=Money(due["cents"], snapshot.currency),
        due_count=due["deals"],
        win_rate_by_value=rate,
        undefined=undefined,
        unknown=_unknown(goal.period, today, due["deals"], due["unvalued"]),
        passport=passport(deals.clock, _words(goal, so_far, due, undefined), query),
    )


def _win_rate(past: Revenue) -> tuple[float | None, str]:
    """Return the win rate by value of the past, and why there is none to divide by."""
    if past.win_rate is None:
        return None, NO_LOSSES
    if not past.won_count:
        return None, NOTHING_WON
    return past.win_rate_by_value, "" if past.win_rate_by_value is not None else NO_VALUES


def _unknown(period: Period, today: date, due: int, unvalued: int) -> str:
    if today >= period.end:
        return "the period is over"
    return "open deals have no amount" if due and due == unvalued else ""


def _words(goal: Goal, won: Money, due: dict[str, int], undefined: str) -> Words:
    needed = f" It is {undefined}." if undefined else ""
    return Words(
        f"Coverage, {goal.period}",
        "amounts of the open deals due to close in the period ÷ (goal − won so far); nothing is to be covered"
        " once the goal is met. What is needed = 1 ÷ win rate by value of the deals closed in the year up to"
        f" the as-of.{needed}",
        f"{due['deals']:,} open deals due, {due['cents'] / 100:,.0f} {won.currency}",
        f"goal {goal.amount.amount:,.0f} {won.currency} − won so far {won.amount:,.0f} {won.currency}",
        {
            "due without an amount or an exchange rate": due["unvalued"],
            "due with a negative amount: a credit, in no sum": due["credits"],
            "due without an amount: what they should bring was taken": due["expected_only"],
            "open, but due before the period": due["overdue"],
            "open without a day on which they should close": due["undated"],
        },
    )
