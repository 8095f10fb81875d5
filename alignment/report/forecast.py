"""Are we going to make the shared number? Won so far, pace, and the open deals resampled from past ones."""

from datetime import date

import numpy as np

from alignment.domain.goal import Goal, refuse_other_currency
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.revenue import Attainment, elapsed_share
from alignment.metrics import revenue as metric
from alignment.metrics.deals import Deals
from alignment.metrics.query import Query
from alignment.report.answer import Words, clock_of, passport
from alignment.report.futures import Lives, Numbers, futures
from alignment.report.revenue import Sources, need_amounts, revenue
from alignment.store.snapshot import Snapshot

FUTURES = 10_000


def attainment(
    snapshot: Snapshot, goal: Goal, *, sources: Sources = (), as_of: date | None = None
) -> Attainment:
    """Return the goal beside what was won, the pace, and the chance that the open deals bring the rest.

    The chance counts open deals, and deals not opened yet as past stretches of as many days brought them.
    Raises Refusal for a goal in another currency than the data's, MissingColumnError without amounts.
    """
    need_amounts(snapshot)
    refuse_other_currency(goal, snapshot.currency)
    won = revenue(snapshot, goal.period, sources=sources, as_of=as_of).rows[0]
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency, sources)
    query = metric.deal_lives(deals)
    lives = Lives.of(snapshot.ask(query))
    so_far = won.won_amount or Money(0, snapshot.currency)
    days_left = (goal.period.last - deals.clock.today).days
    drawn, unknown = _futures_of(goal.period, deals.clock.today, lives)
    ends = None if drawn is None else so_far.cents + drawn
    return Attainment(
        goal=goal,
        won=so_far,
        elapsed_share=elapsed_share(goal.period, deals.clock.today, holidays_of(snapshot)),
        chance=_chance(goal, so_far, ends),
        forecast=None if ends is None else _percentiles(ends, snapshot.currency),
        unknown=unknown,
        passport=passport(deals.clock, _words(goal, so_far, days_left, won.unvalued, lives), query),
    )


def _futures_of(period: Period, today: date, lives: Lives) -> tuple[Numbers | None, str]:
    """Return the futures, or why there are none."""
    if today < period.start:
        return None, "not begun yet"
    if today >= period.last:
        return None, "the period is over"
    drawn = futures(lives, (period.last - today).days, FUTURES, draws_worth=lives.is_priced_late)
    return drawn, "" if drawn is not None else "chance not known: too few past deals"


def _chance(goal: Goal, so_far: Money, ends: Numbers | None) -> float | None:
    if so_far.cents >= goal.amount.cents:
        return 1.0
    return None if ends is None else float(np.mean(ends >= goal.amount.cents))


def _words(goal: Goal, so_far: Money, days_left: int, unvalued: int, lives: Lives) -> Words:
    worth = ", what open deals are worth from those won: none of them has an amount" * lives.is_priced_late
    return Words(
        f"Chance to reach the goal, {goal.period}",
        f"share of {FUTURES:,} futures in which won so far + the open deals won in {max(0, days_left)}"
        " days left + what deals not opened yet bring in them reach it; whether an open deal is won is drawn"
        " from past deals still open at its age, what is not opened yet from as many days of the year before"
        f"{worth}",
        f"won so far {so_far.amount:,.0f} {so_far.currency}",
        f"goal {goal.amount.amount:,.0f} {goal.amount.currency}",
        {
            "won without an amount or an exchange rate": unvalued,
            "open without an amount or an exchange rate": lives.unvalued_open,
        },
    )


def _percentiles(ends: Numbers, currency: str) -> tuple[Money, Money, Money]:
    low, middle, high = (Money(round(float(cents)), currency) for cents in np.percentile(ends, (10, 50, 90)))
    return low, middle, high


def holidays_of(snapshot: Snapshot) -> frozenset[date]:
    """Return the days of the table holidays, none without one."""
    if not snapshot.has("holidays", "holiday_on"):
        return frozenset()
    return frozenset(
        row["holiday_on"] for row in snapshot.ask(Query("select holiday_on from holidays")).to_pylist()
    )
