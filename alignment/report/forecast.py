"""Are we going to make the shared number? Won so far, pace, and the open deals resampled from past ones."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.revenue import Attainment, elapsed_share
from alignment.metrics import revenue as metric
from alignment.metrics.deals import Deals
from alignment.metrics.query import Query
from alignment.report.answer import Words, clock_of, passport
from alignment.report.revenue import Sources, need_amounts, refuse_other_currency, revenue
from alignment.store.warehouse import Snapshot

FUTURES = 10_000
AGE_BANDS = (0, 15, 31, 61, 91, 181, 100_000)
FEWEST_PAST_DEALS = 20
"""Under so many comparable past deals the chance is not said."""
SEED = 20

Numbers = npt.NDArray[np.float64]


def attainment(
    snapshot: Snapshot, goal: Goal, *, sources: Sources = (), as_of: date | None = None
) -> Attainment:
    """Return the goal beside what was won, the pace, and the chance that the open deals bring the rest.

    The chance counts open deals only; deals not yet opened are left out, so it errs on the careful side.
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
    futures, unknown = _futures_of(goal.period, deals.clock.today, lives)
    ends = None if futures is None else so_far.cents + futures
    return Attainment(
        goal=goal,
        won=so_far,
        elapsed_share=elapsed_share(goal.period, deals.clock.today, _holidays(snapshot)),
        chance=_chance(goal, so_far, ends),
        forecast=None if ends is None else _percentiles(ends, snapshot.currency),
        unknown=unknown,
        passport=passport(
            deals.clock, _words(goal, so_far, days_left, won.unvalued, lives.unvalued_open), query
        ),
    )


def _futures_of(period: Period, today: date, lives: "Lives") -> tuple[Numbers | None, str]:
    """Return the futures, or why there are none."""
    if today < period.start:
        return None, "not begun yet"
    if today >= period.last:
        return None, "the period is over"
    if lives.unvalued_open and lives.unvalued_open == lives.is_open.sum():
        return None, "chance not known: open deals have no amount"
    futures = _futures(lives, (period.last - today).days)
    return futures, "" if futures is not None else "chance not known: too few past deals"


def _chance(goal: Goal, so_far: Money, ends: Numbers | None) -> float | None:
    if so_far.cents >= goal.amount.cents:
        return 1.0
    return None if ends is None else float(np.mean(ends >= goal.amount.cents))


def _words(goal: Goal, so_far: Money, days_left: int, unvalued: int, unvalued_open: int) -> Words:
    return Words(
        f"Chance to reach the goal, {goal.period}",
        f"share of {FUTURES:,} futures in which won so far + the open deals won in {max(0, days_left)}"
        " days left reach it; whether an open deal is won is drawn from past deals still open at its age",
        f"won so far {so_far.amount:,.0f} {so_far.currency}",
        f"goal {goal.amount.amount:,.0f} {goal.amount.currency}",
        {
            "won without an amount or an exchange rate": unvalued,
            "open without an amount or an exchange rate": unvalued_open,
        },
    )


@dataclass(frozen=True)
class Lives:
    """Deals as arrays: days since creation, days from creation to close (inf: open), won or not, cents."""

    age: Numbers
    life: Numbers
    is_won: npt.NDArray[np.bool_]
    is_open: npt.NDArray[np.bool_]
    cents: Numbers
    unvalued_open: int

    @classmethod
    def of(cls, rows: pa.Table) -> "Lives":
        """Read the rows of `deal_lives`."""
        outcome = np.asarray(rows["outcome"].to_pylist(), dtype=object)
        life = rows["life"].to_numpy().astype(float)
        cents = rows["cents"].to_numpy().astype(float)
        return cls(
            rows["age"].to_numpy().astype(float),
            np.where(outcome == "open", np.inf, life),
            outcome == "won",
            outcome == "open",
            np.nan_to_num(cents),
            int(((outcome == "open") & np.isnan(cents)).sum()),
        )


def _futures(lives: Lives, days_left: int) -> Numbers | None:
    """Draw what the open deals bring within the days left, one sum a future; None when nothing can tell."""
    dice = np.random.default_rng(SEED)
    sums = np.zeros(FUTURES)
    for low, high in pairwise(AGE_BANDS):
        band = lives.is_open & (lives.age >= low) & (lives.age < high) & (lives.cents > 0)
        if not band.any():
            continue
        comparable = _past(lives, float(np.median(lives.age[band])), days_left)
        if comparable is None:
            return None
        won, seen = comparable
        # Jeffreys: the past deals themselves are a sample.
        chance = dice.beta(won + 0.5, seen - won + 0.5, FUTURES)
        for cents in lives.cents[band]:
            sums += cents * (dice.random(FUTURES) < chance)
    return sums


def _past(lives: Lives, age: float, days_left: int) -> tuple[int, int] | None:
    """Count (won, all) of the past deals that were open at that age and could be watched for the days left.

    Where too few grew that old, the oldest age that enough of them reached stands in; None if there is none.
    """
    for reached in (age, *(low for low in reversed(AGE_BANDS) if low < age)):
        seen = (lives.life > reached) & (lives.age >= reached + days_left)
        if seen.sum() >= FEWEST_PAST_DEALS:
            return int((seen & lives.is_won & (lives.life <= reached + days_left)).sum()), int(seen.sum())
    return None


def _percentiles(ends: Numbers, currency: str) -> tuple[Money, Money, Money]:
    low, middle, high = (Money(round(float(cents)), currency) for cents in np.percentile(ends, (10, 50, 90)))
    return low, middle, high


def _holidays(snapshot: Snapshot) -> frozenset[date]:
    if not snapshot.has("holidays", "holiday_on"):
        return frozenset()
    return frozenset(
        row["holiday_on"] for row in snapshot.ask(Query("select holiday_on from holidays")).to_pylist()
    )
