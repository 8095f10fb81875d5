"""Pictures of the shared revenue."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from alignment import report
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Grain, Period, months_later
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment, Revenues
from alignment.errors import MissingColumnError
from alignment.ui import charts, tables, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.pictures.order import OTHERS, first_of, shared_order, value_of
from alignment.ui.plans import part_of_goals
from alignment.ui.view import View
from alignment.ui.words import Words

MONTHS_SHOWN = 12


def won_to_date(view: View, attainment: Attainment | None, *, can_leave: bool = False) -> Picture:
    """Return what was won over the days of the period, beside the goal's pace and the period before."""
    report.need_amounts(view.snapshot)
    period, today = _dated(view)
    grain, say = charts.grain_of(period), view.reader.words
    won = _revenue(view, period, str(grain))
    title = f"Won to date, {words.period(period)}, {view.snapshot.currency}"
    if period.start > today:
        message = f"{words.period(period)} has not begun in this data. Choose an earlier period."
        raise Refusal(message)
    former = _revenue(view, period.previous(), str(grain))
    figure = charts.won_to_date(
        won,
        period,
        today,
        view.reader,
        attainment=attainment,
        former=former if former.rows else None,
        caption=view.caption(title, can_leave=can_leave),
    )
    beside = f" The goal is {say.money(attainment.goal.amount)}." if attainment else ""
    takeaway = f"Won so far {say.money(total(row.won_amount for row in won.rows))}.{beside}"
    return Picture(title, figure, takeaway, tables.of_revenue(won, str(grain)), won.passport, view.note)


def won_by_month(view: View, goals: Sequence[Goal], *, can_leave: bool = False) -> Picture:
    """Return what was won in each of the twelve months that end with the period, in its part of the goal."""
    period, today = _dated(view)
    months = months_shown(period)
    span = Period(months[0].start, months[-1].end)
    won = _revenue(view, span, "month")
    title = f"Won by month, {view.snapshot.currency}" if won.has_amounts else "Deals won by month"
    plans = [part_of_goals(month, goals) for month in months]
    caption = view.caption(title, can_leave=can_leave)
    figure = charts.won_by_bucket(
        won, months, plans, view.reader, grain=Grain.MONTH, today=today, caption=caption
    )
    if not won.rows:
        message = (
            f"No deal was closed in the months up to {words.day(span.last)}. Choose another period above."
        )
        raise Refusal(message)
    takeaway = _best_month(won, view.reader.words)
    return Picture(title, figure, takeaway, tables.of_revenue(won, "month"), won.passport, view.note)


def _best_month(won: Revenues, say: Words) -> str:
    if won.has_amounts:
        valued = [(row.won_amount, row) for row in won.rows if row.won_amount is not None]
        amount, row = max(valued, key=lambda pair: pair[0].cents)
        return f"The most was won in {value_of(row.by)}: {say.money(amount)}."
    row = max(won.rows, key=lambda each: each.won_count)
    return f"The most deals were won in {value_of(row.by)}: {say.count(row.won_count)}."


def months_shown(period: Period) -> tuple[Period, ...]:
    """Return the months of the period, and those before it up to twelve."""
    start = min(period.start.replace(day=1), months_later(period.last, 1 - MONTHS_SHOWN))
    return Period(start, months_later(period.last, 1)).buckets(Grain.MONTH)


def pipeline(view: View, *, most: int = 5, can_leave: bool = False) -> Picture:
    """Return the open deals by stage."""
    found, say = ask(report.pipeline, view.snapshot, sources=view.choice.sources), view.reader.words
    title = "Open pipeline by stage"
    if found.is_empty:
        message = "No deal is open at the moment of the load."
        raise Refusal(message)
    figure = charts.pipeline(found, view.reader, view.caption(title, can_leave=can_leave), most=most)
    count = say.count(sum(stage.count for stage in found.stages))
    worth = f"worth {say.money(found.amount)}" if found.amount else "none with a known amount"
    takeaway = f"{count} deals are open, {worth}."
    return Picture(title, figure, takeaway, tables.of_pipeline(found), found.passport, view.note)


def won_by_source(view: View, *, most: int, can_leave: bool = False) -> Picture:
    """Return won revenue by source, in the order that the picture of the sources' quality has too."""
    return won_by(view, "source", shared_order(view, most), can_leave=can_leave)


def won_by(
    view: View, column: str, order: tuple[str | None, ...] = (), *, most: int = 12, can_leave: bool = False
) -> Picture:
    """Return won revenue by a column of the deals.

    People stand in the order of their names and without what was lost: a list of owners is no ranking.
    """
    found, say = _revenue(view, view.choice.period, column), view.reader.words
    when, is_people = words.period(view.choice.period), column == "owner"
    if found.is_empty:
        chosen = f"{when} from {words.sources(view.choice.sources)}"
        message = f"No deal was closed in {chosen}. Choose other days or sources above."
        raise Refusal(message)
    names = [value_of(row.by) for row in found.rows]
    order = order or (tuple(sorted(names, key=str)) if is_people else first_of(names, most))
    title = f"{'Won' if found.has_amounts else 'Deals won'} by {column.replace('_', ' ')}, {when}"
    figure = charts.won_by(
        _with_others(found, order), order, column, view.reader, view.caption(title, can_leave=can_leave)
    )
    deals = f"{say.counted(sum(row.won_count for row in found.rows), 'deal')} won in all."
    worth = total(row.won_amount for row in found.rows)
    takeaway = f"Won {say.money(worth)} in all." if worth and found.has_amounts else deals
    table = tables.of_won(found, column) if is_people else tables.of_revenue(found, column)
    return Picture(title, figure, takeaway, table, found.passport, view.note)


def total(amounts: Iterable[Money | None]) -> Money | None:
    """Return the sum of the known amounts, None where none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if known else None


def _revenue(view: View, period: Period | None, by: str) -> Revenues:
    return ask(report.revenue, view.snapshot, period, by=by, sources=view.choice.sources)


def _dated(view: View) -> tuple[Period, date]:
    if view.choice.period is None or view.today is None:
        message = "Not available: needs column deals.closed_at. With it you would see what was won over time."
        raise MissingColumnError(message)
    return view.choice.period, view.today


def _with_others(found: Revenues, order: Sequence[str | None]) -> Revenues:
    """Return the revenue with the groups outside the order added up as one."""
    rest = [row for row in found.rows if value_of(row.by) not in order]
    if not rest or OTHERS not in order:
        return found
    shown = [row for row in found.rows if value_of(row.by) in order]
    won, count = total(row.won_amount for row in rest), sum(row.won_count for row in rest)
    column = next(iter(rest[0].by or {}), "")
    return replace(
        found, rows=(*shown, replace(rest[0], by={column: OTHERS}, won_amount=won, won_count=count))
    )
