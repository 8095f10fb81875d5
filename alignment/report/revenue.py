"""Won revenue, win rate, cycle and pipeline."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from alignment.domain.conversion import percentile
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import SMALLEST_DENOMINATOR, Rate
from alignment.domain.revenue import Pipeline, PipelineStage, Revenue, Revenues
from alignment.errors import MissingColumnError
from alignment.metrics import revenue as metric
from alignment.metrics.deals import Deals
from alignment.metrics.pipeline import pipeline as pipeline_query
from alignment.report.answer import Words, clock_of, grain_or_column, group, need, passport
from alignment.store.snapshot import Snapshot

Sources = tuple[str | None, ...]

_NOTHING_CLOSED = dict.fromkeys(metric.REVENUE_COLUMNS, 0) | {"group_value": None}


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
    found = snapshot.ask(query).to_pylist() or ([] if by else [_NOTHING_CLOSED])
    taken = _days_by_group(snapshot.ask(cycles))
    knows = Knows(
        snapshot.currency,
        amounts=snapshot.has("deals", "amount"),
        losses=snapshot.ask(metric.lost_deals(deals)).to_pylist()[0]["deals"] > 0,
    )
    rows = [
        _row(row, knows, group(column, grain, row["group_value"]), taken[row["group_value"]]) for row in found
    ]
    counts = {name: sum(row[name] for row in found) for name in ("credits", "lost_unvalued")}
    loose = snapshot.ask(metric.loose_ends(deals)).to_pylist()[0]
    words = _words(period, rows, knows, counts | loose)
    return Revenues(
        tuple(sorted(rows, key=_by_name if grain else _largest_first)),
        snapshot.currency,
        passport(deals.clock, words, query, cycles),
    )


@dataclass(frozen=True)
class Knows:
    """What the load can tell of its deals at all."""

    currency: str
    amounts: bool
    losses: bool


def _days_by_group(rows: pa.Table) -> Mapping[object, dict[int, int]]:
    taken: dict[object, dict[int, int]] = defaultdict(dict)
    for row in rows.to_pylist():
        taken[row["group_value"]][row["days"]] = row["deals"]
    return taken


def _by_name(row: Revenue) -> str:
    return str(row.by)


def _largest_first(row: Revenue) -> tuple[int, str]:
    return (-(row.won_amount.cents if row.won_amount else row.won_count), str(row.by))


def _words(period: Period | None, rows: Sequence[Revenue], knows: Knows, counts: Mapping[str, int]) -> Words:
    unrated = "" if knows.losses else " Win rate is undefined: the data holds no lost deal."
    return Words(
        f"Won revenue, {period}" if period else "Won revenue",
        "sum of the amounts of deals won, by the day they closed, each deal once; in the business currency at"
        f" the rate of the closing day. Win rate = won ÷ (won + lost).{unrated}",
        f"{sum(row.won_count for row in rows):,} deals won",
        f"{sum(row.won_count + row.lost_count for row in rows):,} deals won or lost",
        {
            "won without an amount or an exchange rate": sum(row.unvalued for row in rows),
            "won with an amount of zero: counted, but not in the mean": sum(row.zero for row in rows),
            "won with a negative amount: a credit, reported apart": counts["credits"],
            "lost without an amount: not in the win rate by value": counts["lost_unvalued"],
            "won on an unknown day: in no period": counts["won_undated"] if period else 0,
            "closed, but won or lost is not told: in no rate": counts["untold"],
        },
    )


def pipeline(snapshot: Snapshot, *, sources: Sources = (), as_of: date | None = None) -> Pipeline:
    """Return the open deals by stage, the largest amount first."""
    need_deals(snapshot)
    need(snapshot, "deals", "is_won", "is_closed", shows="which deals are open")
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency, sources)
    query = pipeline_query(deals)
    has_amount = snapshot.has("deals", "amount")
    stages = [
        PipelineStage(
            row["stage"],
            row["deals"],
            Money(row["cents"], snapshot.currency) if has_amount and row["unvalued"] < row["deals"] else None,
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
            Words(
                "Open pipeline by stage",
                "sum of the amounts of deals neither won nor lost, at the newest exchange rate",
                f"{sum(row.count for row in stages):,} open deals",
                left_out={"open without an amount or an exchange rate": sum(row.unvalued for row in stages)},
            ),
            query,
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


def won_so_far(found: Revenue, period: Period) -> Money:
    """Return what was won of a period; raise MissingColumnError when no deal won in it has an amount."""
    if found.won_amount is None:
        raise MissingColumnError(
            f"Not available: none of the {found.won_count:,} deals won in {period} has an amount, or an"
            " exchange rate for it. With them you would see won revenue in money."
        )
    return found.won_amount


def need_amounts(snapshot: Snapshot) -> None:
    """Raise MissingColumnError when the deals have no amounts: nothing won is not the same as not known."""
    need_deals(snapshot)
    need(snapshot, "deals", "amount", shows="won revenue in money")


def _row(
    found: Mapping[str, int], knows: Knows, by: dict[str, str | None] | None, taken: Mapping[int, int]
) -> Revenue:
    won, lost, valued = found["won_count"], found["lost_count"], found["won_value_count"]
    decided, lost_valued = found["won_cents"] + found["lost_cents"], found["lost_value_count"]
    tells_value = knows.losses and valued and lost_valued and valued + lost_valued >= SMALLEST_DENOMINATOR
    has_value = knows.amounts and not 0 < won == found["unvalued"]

    def money(cents: float) -> Money:
        return Money(round(cents), knows.currency)

    return Revenue(
        by=by,
        won_amount=money(found["won_cents"]) if has_value else None,
        won_count=won,
        lost_count=lost,
        win_rate=Rate(won, won + lost) if knows.losses else None,
        win_rate_by_value=found["won_cents"] / decided if tells_value else None,
        mean_won_amount=money(found["won_cents"] / valued) if knows.amounts and valued else None,
        median_cycle_days=percentile(taken, 0.5) if taken else None,
        valued=valued,
        unvalued=found["unvalued"],
        zero=found["zero"],
        credit_amount=money(found["credit_cents"]) if found["credits"] else None,
    )
