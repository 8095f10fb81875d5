"""The plan backwards from the goal: mature rates, lags and amounts of the past, with their uncertainty."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from alignment.domain.backward_plan import BackwardPlan
from alignment.domain.backward_plan_basis import Basis, Factor
from alignment.domain.cohort import Cohort
from alignment.domain.goal import Goal
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Grain, bucket_start, months_later
from alignment.domain.stage import Stage
from alignment.metrics import backward_plan as metric
from alignment.metrics.deals import Deals
from alignment.metrics.query import Query
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.backward_plan_factors import Span, Taken, Wins, following
from alignment.report.conversion import missing_stage
from alignment.report.judged import kinds_of
from alignment.report.revenue import need_amounts
from alignment.store.snapshot import Snapshot

SEEN_MONTHS = 24
BACKWARDS = (Stage.SQL, Stage.MQL, Stage.LEAD)
SHOWS = "how many {stage}s the goal needs"


def backward_plan(
    snapshot: Snapshot,
    goal: Goal,
    assumed: Mapping[str, float] | None = None,
    *,
    judged: Judged = AS_RECORDED,
    as_of: date | None = None,
) -> BackwardPlan:
    """Return how many wins, SQLs, MQLs and leads a goal needs, and until when they can still come.

    `assumed` holds factors that stand in for those of the data. Raises Refusal for a goal in another
    currency, MissingColumnError where the data can't even tell what a win brings.
    """
    return BackwardPlan(goal, plan_basis(snapshot, judged=judged, as_of=as_of), assumed or {})


def plan_basis(snapshot: Snapshot, *, judged: Judged = AS_RECORDED, as_of: date | None = None) -> Basis:
    """Return what every plan rests on: factors with intervals and what was seen, lags, what came by day."""
    need_amounts(snapshot)
    need(snapshot, "deals", "is_won", shows="how many wins the goal needs")
    need(snapshot, "deals", "closed_at", shows="how many wins the goal needs")
    clock = clock_of(snapshot, as_of)
    since = bucket_start(months_later(clock.today, -SEEN_MONTHS), Grain.QUARTER)
    span = Span(since, clock.today)
    query = metric.won_deals(Deals(clock, snapshot.currency), since)
    wins = Wins(snapshot.ask(query), span)
    missing = {stage: lacks for stage in BACKWARDS if (lacks := _lacks(snapshot, stage, judged))}
    chain = tuple(stage for stage in BACKWARDS if stage not in missing)
    asked = [
        _ask(snapshot, stage, chain, Cohort(stage, span.period, as_of=as_of, judged=judged))
        for stage in chain
    ]
    steps = [Taken(stage, chain, rows, span) for stage, (rows, _) in zip(chain, asked, strict=True)]
    cycle = next((each for each in steps if each.stage is Stage.MQL), steps[0] if steps else None)
    factors = [wins.factor(), *(step.factor() for step in steps), *([cycle.cycle()] if cycle else [])]
    return Basis(
        today=clock.today,
        currency=snapshot.currency,
        factors=tuple(factors),
        chain=chain,
        missing=missing,
        lags={step.stage: lag for step in steps if (lag := step.lag())},
        came={Stage.WON: wins.by_day, **{step.stage: step.to_next.by_day for step in steps}},
        passport=passport(clock, _words(factors, wins), query, *(asked_with for _, asked_with in asked)),
    )


def _lacks(snapshot: Snapshot, stage: Stage, judged: Judged) -> str:
    """Return the sentence that says what the data lacks to count a stage and its wins, "" when it can."""
    column = missing_stage(snapshot, stage, judged, is_dated=True) or missing_stage(
        snapshot, Stage.WON, judged, is_dated=True
    )
    if not column:
        return ""
    return f"Not available: needs column {column}. With it you would see {SHOWS.format(stage=stage.label)}."


def _ask(
    snapshot: Snapshot, stage: Stage, chain: tuple[Stage, ...], cohort: Cohort
) -> tuple[pa.Table, Query]:
    clock = clock_of(snapshot, cohort.as_of)
    query = metric.lags(clock, cohort, following(stage, chain), kinds_of(snapshot))
    return snapshot.ask(query), query


def _words(factors: list[Factor], wins: Wins) -> Words:
    steps = " · ".join(f"{each.label}: {each.counted or each.unknown}" for each in factors)
    return Words(
        "Plan backwards from the goal",
        "wins = goal ÷ mean deal won; SQLs = wins ÷ SQL → Won; MQLs = SQLs ÷ MQL → SQL; leads = MQLs ÷"
        " Lead → MQL; each in the period, earlier by the median days that those who won took. Rates are of"
        " the newest year of leads old enough; each lead is given the days that 19 of 20 took, so that late"
        " wins count. The range combines the 95 % intervals of the factors that nobody changed. The mean deal"
        " is that of the last 365 days. Seen: the least and largest value of a quarter in two years.",
        steps,
        left_out={
            "won in the last year by a deal of no lead: the plan asks leads for all of the goal": int(
                wins.total("leadless", wins.year)
            ),
            "won in the last year by a deal of several leads: each of them counts as a win, the plan asks for"
            " fewer leads than such deals had": int(wins.total("shared", wins.year)),
            "won in the last year without an amount over zero: not in the mean": int(
                wins.total("deals", wins.year) - wins.total("valued", wins.year)
            ),
        },
    )
