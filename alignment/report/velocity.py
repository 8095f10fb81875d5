"""Sales velocity and lead velocity: how much comes in a day, and how fast the leads grow."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from alignment.domain.cohort import Cohort
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Grain, Period, bucket_label, bucket_of, label_of, months_later
from alignment.domain.revenue import Revenue
from alignment.domain.stage import Stage
from alignment.domain.velocity import LeadMonth, LeadVelocity, SalesVelocity
from alignment.errors import MissingColumnError
from alignment.metrics import pipeline as metric
from alignment.metrics.deals import Deals
from alignment.metrics.lead_velocity import leads_by_month
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.judged import kinds_of, missing_for
from alignment.report.revenue import Sources, need_amounts, revenue
from alignment.store.snapshot import Snapshot

MONTHS = 12
NO_LOSSES = "the win rate is undefined: the data holds no lost deal"
TOO_FEW = "too few deals were won or lost to tell a win rate"
NO_MEAN = "no deal was won with an amount"
NO_CYCLE = "no deal was won with both its days"
SAME_DAY = "deals are won on the day they are created, so no cycle to divide by"
NOT_BEGUN = "the period has not begun"


def sales_velocity(
    snapshot: Snapshot, period: Period | None = None, *, sources: Sources = (), as_of: date | None = None
) -> SalesVelocity:
    """Return open deals × win rate × mean won amount ÷ cycle, of the deals open or closed in the period.

    Open are those at the period's end, or at the as-of while it runs.
    """
    need_amounts(snapshot)
    shows = "how much is won a day"
    need(snapshot, "deals", "is_won", "is_closed", shows=shows)
    need(snapshot, "deals", "created_at", shows=shows)
    need(snapshot, "deals", "closed_at", shows=shows)
    today = clock_of(snapshot, as_of).today
    until = period.last if period and period.last < today else as_of
    deals = Deals(clock_of(snapshot, until), snapshot.currency, sources)
    found = revenue(snapshot, period, sources=sources, as_of=until)
    row, query = found.rows[0], metric.open_deals(deals)
    undefined = NOT_BEGUN if period and today < period.start else _undefined(row)
    open_count = snapshot.ask(query).to_pylist()[0]["deals"]
    words = _sales_words(period, open_count, row, undefined, dict(found.passport.left_out))
    return SalesVelocity(
        open_count,
        row.win_rate,
        row.mean_won_amount,
        row.median_cycle_days,
        passport(deals.clock, words, query),
        undefined,
    )


def _undefined(row: Revenue) -> str:
    """Return the first part that the data can't tell, in words."""
    if row.win_rate is None:
        return NO_LOSSES
    if row.win_rate.is_too_small:
        return TOO_FEW
    if row.mean_won_amount is None:
        return NO_MEAN
    if row.median_cycle_days is None:
        return NO_CYCLE
    return "" if row.median_cycle_days else SAME_DAY


def _sales_words(
    period: Period | None, open_count: int, row: Revenue, undefined: str, left_out: Mapping[str, int]
) -> Words:
    mean = "not known" if row.mean_won_amount is None else f"{row.mean_won_amount.amount:,.0f}"
    cycle = "not known" if row.median_cycle_days is None else f"{row.median_cycle_days:g} days"
    said = f" It is not said here: {undefined}." if undefined else ""
    return Words(
        f"Sales velocity, {period}" if period else "Sales velocity",
        "open deals × win rate by count × mean won amount ÷ cycle in days, of one population: the deals open"
        " at the end (or the as-of) and those closed in the period, from the same sources. The cycle is the"
        f" median of won deals only.{said}",
        f"{open_count:,} open × {row.win_rate or 'no win rate'} × {mean}",
        cycle,
        left_out,
    )


def lead_velocity(
    snapshot: Snapshot,
    until: date | None = None,
    *,
    stage: Stage = Stage.SQL,
    sources: Sources = (),
    as_of: date | None = None,
    judged: Judged = AS_RECORDED,
) -> LeadVelocity:
    """Return the leads that entered the stage, in the twelve months up to that of `until`.

    Each month stands beside the one before. Of a month under way, as many days of both count as have passed.
    """
    table, column = stage.column.split(".")
    shows = "how fast the qualified leads grow"
    if stage is Stage.MQL and (lacks := missing_for(snapshot, judged, is_dated=True)):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {shows}.")
    if stage is not Stage.MQL:
        need(snapshot, table, column, shows=shows)
    clock = clock_of(snapshot, as_of)
    last = bucket_of(min(until or clock.today, clock.today), Grain.MONTH)
    under_way = clock.today.day if last.contains(clock.today) and clock.today != last.last else None
    former_days = last.previous().days
    elapsed = None if under_way is None else min(under_way, former_days)
    first = months_later(last.start, -MONTHS)
    cohort = Cohort(stage, Period(first, last.end), sources, as_of, judged=judged)
    query = leads_by_month(clock, cohort, kinds_of(snapshot), elapsed or last.days)
    found = {bucket_label(row["month"], Grain.MONTH): row for row in snapshot.ask(query).to_pylist()}
    buckets = Period(first, last.end).buckets(Grain.MONTH)
    months = tuple(
        _month(former, month, found, elapsed if month == last else None)
        for former, month in pairwise(buckets)
    )
    newest = months[-1]
    return LeadVelocity(stage, months, passport(clock, _lead_words(stage, newest), query))


def _month(
    former: Period, month: Period, found: Mapping[str, Mapping[str, int]], elapsed: int | None
) -> LeadMonth:
    column = "leads" if elapsed is None else "by_then"
    count, before = (found.get(label_of(each, Grain.MONTH), {}).get(column, 0) for each in (month, former))
    return LeadMonth(month, count, before, elapsed)


def _lead_words(stage: Stage, newest: LeadMonth) -> Words:
    days = "" if newest.elapsed_days is None else f", first {newest.elapsed_days} days of both months"
    former = newest.month.start - timedelta(days=1)
    return Words(
        f"Lead velocity rate, {stage.label}s, {newest.month.start:%b %Y}",
        f"({stage.label}s of the month − those of the month before) ÷ those of the month before;"
        " undefined where that had none. Of a month under way, as many days of both count as have passed.",
        f"{newest.count:,} in {newest.month.start:%b %Y}{days}",
        f"{newest.former_count:,} in {former:%b %Y}",
    )
