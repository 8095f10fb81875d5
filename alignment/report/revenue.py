"""Won revenue, win rate, cycle and pipeline."""

from collections import defaultdict
from datetime import date

import pyarrow as pa

from alignment.domain.conversion import percentile
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.revenue import Pipeline, PipelineStage, Revenue, Revenues
from alignment.errors import MissingColumnError
from alignment.metrics import revenue as metric
from alignment.metrics.deals import Deals
from alignment.report.answer import clock_of, grain_or_column, group, need, passport
from alignment.store.warehouse import Snapshot

Sources = tuple[str | None, ...]


def revenue(
    snapshot: Snapshot,
    period: Period | None = None,
    *,
    by: str | None = None,
    sources: Sources = (),
    as_of: date | None = None,
) -> Revenues:
    """Return what was won of the deals closed in the period (None: ever), overall or for each group.

    `by` is a column of the deals, `source` (the deal's origin), or a grain (`month` … of the close). Raises
    MissingColumnError when there are no deals, or no closing day for a period.
    """
    need_deals(snapshot)
    need(snapshot, "deals", "is_won", shows="won and lost deals")
    column, grain = grain_or_column(snapshot, "deals", by)
    if period or grain:
        need(snapshot, "deals", "closed_at", shows="revenue by period")
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency, sources, column)
    query, cycles = metric.revenue(deals, period, grain), metric.cycle_days(deals, period, grain)
    taken: dict[object, dict[int, int]] = defaultdict(dict)
    for row in snapshot.ask(cycles).to_pylist():
        taken[row["group_value"]][row["days"]] = row["deals"]
    knows_lost = snapshot.ask(metric.lost_deals(deals)).to_pylist()[0]["deals"] > 0
    found = snapshot.ask(query).to_pylist()
    if by is None and not found:
        found = [dict.fromkeys(["won_cents", "won_count", "lost_count", "won_value_count", "lost_cents"], 0)]
    rows = [
        _row(
            snapshot,
            row,
            group(column, grain, row.get("group_value")),
            taken[row.get("group_value")],
            knows_lost,
        )
        for row in found
    ]
    key = (
        (lambda row: str(row.by))
        if grain
        else (lambda row: (-(row.won_amount.cents if row.won_amount else row.won_count), str(row.by)))
    )
    unrated = "" if knows_lost else " Win rate is undefined: the data holds no lost deal."
    return Revenues(
        tuple(sorted(rows, key=key)),
        snapshot.currency,
        passport(
            deals.clock,
            f"Won revenue{f', {period}' if period else ''}",
            "sum of the amounts of deals won, by the day they closed, each deal once; in the business currency at the"
            f" rate of the closing day. Win rate = won ÷ (won + lost).{unrated}",
            query,
            cycles,
            numerator=f"{sum(row.won_count for row in rows):,} deals won",
            denominator=f"{sum(row.won_count + row.lost_count for row in rows):,} deals won or lost",
            left_out={
                "won without an amount or an exchange rate": sum(row.unvalued for row in rows)
                if snapshot.has("deals", "amount")
                else 0,
                "won with an amount of zero: counted, but not in the mean": sum(row.zero for row in rows),
                "won with a negative amount: a credit, reported apart": sum(
                    row.get("credits", 0) for row in found
                ),
            },
        ),
    )


def pipeline(snapshot: Snapshot, *, sources: Sources = (), as_of: date | None = None) -> Pipeline:
    """Return the open deals by stage, the largest amount first."""
    need_deals(snapshot)
    need(snapshot, "deals", "is_won", "is_closed", shows="which deals are open")
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency, sources)
    query = metric.pipeline(deals)
    has_amount = snapshot.has("deals", "amount")
    stages = [
        PipelineStage(
            row["stage"],
            row["deals"],
            Money(row["cents"], snapshot.currency) if has_amount else None,
            row["unvalued"],
        )
        for row in snapshot.ask(query).to_pylist()
    ]
    return Pipeline(
        tuple(
            sorted(stages, key=lambda row: (-(row.amount.cents if row.amount else row.count), str(row.stage)))
        ),
        passport(
            deals.clock,
            "Open pipeline by stage",
            "sum of the amounts of deals neither won nor lost, at the newest exchange rate",
            query,
            numerator=f"{sum(row.count for row in stages):,} open deals",
            left_out={"open without an amount or an exchange rate": sum(row.unvalued for row in stages)},
        ),
    )


def deal_rows(
    snapshot: Snapshot,
    period: Period | None = None,
    *,
    sources: Sources = (),
    as_of: date | None = None,
    outcomes: tuple[str, ...] = ("won", "lost"),
) -> pa.Table:
    """Return the deals behind a figure, a row each, newest first; `outcomes` of won, lost, open."""
    need_deals(snapshot)
    return snapshot.ask(
        metric.deal_rows(Deals(clock_of(snapshot, as_of), snapshot.currency, sources), period, outcomes)
    )


def need_deals(snapshot: Snapshot) -> None:
    """Raise MissingColumnError when the load has no deals."""
    if not snapshot.has("deals"):
        message = "Not available: needs a table of deals. Import one to see revenue, win rate and pipeline."
        raise MissingColumnError(message)


def _row(
    snapshot: Snapshot,
    found: dict[str, int],
    by: dict[str, str | None] | None,
    taken: dict[int, int],
    knows_lost: bool,
) -> Revenue:
    currency, has_amount = snapshot.currency, snapshot.has("deals", "amount")
    won, lost, valued = found["won_count"], found["lost_count"], found["won_value_count"]
    value = found["won_cents"] + found["lost_cents"]
    return Revenue(
        by=by,
        won_amount=Money(found["won_cents"], currency) if has_amount else None,
        won_count=won,
        lost_count=lost,
        win_rate=Rate(won, won + lost) if knows_lost else None,
        win_rate_by_value=found["won_cents"] / value
        if knows_lost and found["lost_cents"] and value
        else None,
        mean_won_amount=Money(round(found["won_cents"] / valued), currency)
        if has_amount and valued
        else None,
        median_cycle_days=percentile(taken, 0.5) if taken else None,
        unvalued=found.get("unvalued", 0),
        zero=found.get("zero", 0),
        credit_amount=Money(found["credit_cents"], currency) if found.get("credits") else None,
    )
