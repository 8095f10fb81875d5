"""Are we going to make the shared number? Won so far, pace, and the open deals resampled from past ones."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from alignment.domain.goal import Goal, refuse_other_currency
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.revenue import Attainment, Forecast, Range, elapsed_share
from alignment.metrics.deals import Deals
from alignment.metrics.journeys import Clock
from alignment.metrics.query import Query
from alignment.report.answer import Words, clock_of, passport
from alignment.report.futures import Drawn, futures
from alignment.report.lives import Lives, Numbers, lives_of
from alignment.report.revenue import Sources, need_amounts, revenue, won_so_far
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
    drawn = _drawn(snapshot, goal.period, sources, as_of)
    title = f"Chance to reach the goal, {goal.period}"
    return Attainment(
        goal=goal,
        won=drawn.won,
        elapsed_share=elapsed_share(goal.period, drawn.clock.today, holidays_of(snapshot)),
        chance=_chance(goal, drawn),
        forecast=drawn.range,
        unknown=drawn.unknown,
        passport=passport(drawn.clock, _words(title, drawn, goal), *drawn.queries),
    )


def forecast(
    snapshot: Snapshot, period: Period, *, sources: Sources = (), as_of: date | None = None
) -> Forecast:
    """Return with what the period might end, goal or not; raise MissingColumnError without amounts."""
    need_amounts(snapshot)
    drawn = _drawn(snapshot, period, sources, as_of)
    words = _words(f"What {period} might end with", drawn)
    return Forecast(
        period, drawn.won, drawn.range, drawn.unknown, passport(drawn.clock, words, *drawn.queries)
    )


@dataclass(frozen=True)
class _Drawn:
    """What was won so far, and the futures drawn on top of it, None where they can't be."""

    clock: Clock
    queries: tuple[Query, ...]
    won: Money
    ends: Numbers | None
    by_age: int
    unknown: str
    lives: Lives
    days_left: int
    unvalued: int

    @property
    def range(self) -> Range | None:
        """Return the 10th, 50th and 90th percentile of the ends."""
        if self.ends is None:
            return None
        low, middle, high = (
            Money(round(float(cents)), self.won.currency) for cents in np.percentile(self.ends, (10, 50, 90))
        )
        return low, middle, high


def _drawn(snapshot: Snapshot, period: Period, sources: Sources, as_of: date | None) -> _Drawn:
    won = revenue(snapshot, period, sources=sources, as_of=as_of).rows[0]
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency, sources)
    lives, queries = lives_of(snapshot, deals)
    so_far = won_so_far(won, period)
    drawn, unknown = _futures_of(period, deals.clock.today, lives)
    return _Drawn(
        clock=deals.clock,
        queries=queries,
        won=so_far,
        ends=None if drawn is None else so_far.cents + drawn.sums,
        by_age=drawn.by_age if drawn else 0,
        unknown=unknown,
        lives=lives,
        days_left=(period.last - deals.clock.today).days,
        unvalued=won.unvalued,
    )


def _futures_of(period: Period, today: date, lives: Lives) -> tuple[Drawn | None, str]:
    """Return the futures, or why there are none."""
    if today < period.start:
        return None, "not begun yet"
    if today >= period.last:
        return None, "the period is over" if today >= period.end else "today is the period's last day"
    drawn = futures(lives, (period.last - today).days, FUTURES, draws_worth=lives.is_priced_late)
    return drawn, "" if drawn is not None else "chance not known: too few past deals"


def _chance(goal: Goal, drawn: _Drawn) -> float | None:
    if drawn.won.cents >= goal.amount.cents:
        return 1.0
    return None if drawn.ends is None else float(np.mean(drawn.ends >= goal.amount.cents))


def _words(title: str, drawn: _Drawn, goal: Goal | None = None) -> Words:
    lives, so_far = drawn.lives, drawn.won
    worth = ", what open deals are worth from those won: none of them has an amount" * lives.is_priced_late
    ends = (
        f"{FUTURES:,} futures of won so far + the open deals won in {max(0, drawn.days_left)}"
        " days left + what deals not opened yet bring in them"
    )
    asked = f"share of {ends} that reach it" if goal else f"the 10th, 50th and 90th percentile of {ends}"
    like = (
        "past deals still open at its age"
        if lives.visits is None
        else "past deals that had been in its stage as long as it has, or, where the history or too few of"
        " them can't tell, were still open at its age"
    )
    return Words(
        title,
        f"{asked}; whether an open deal is won is drawn from {like},"
        " what is not opened yet from as many days of the year before"
        f"{worth}",
        f"won so far {so_far.amount:,.0f} {so_far.currency}",
        f"goal {goal.amount.amount:,.0f} {goal.amount.currency}" if goal else "",
        {
            "won without an amount or an exchange rate": drawn.unvalued,
            "open without an amount or an exchange rate": lives.unvalued_open,
            "open, drawn by age alone: too few past deals like it, or no stage": drawn.by_age
            if lives.visits is not None
            else 0,
        },
    )


def holidays_of(snapshot: Snapshot) -> frozenset[date]:
    """Return the days of the table holidays, none without one."""
    if not snapshot.has("holidays", "holiday_on"):
        return frozenset()
    return frozenset(
        row["holiday_on"] for row in snapshot.ask(Query("select holiday_on from holidays")).to_pylist()
    )
