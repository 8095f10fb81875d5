"""The picture of what was spent on each strategy and what was won with it."""

from alignment import report
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.domain.strategy import Basis, Strategies, Strategy
from alignment.ui import charts, session, tables, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.view import View

MOST = 9


def strategies(view: View, by: str, basis: Basis) -> Strategies:
    """Return the strategies of the chosen days and sources, reasons grouped as people mapped them."""
    mapped = dict(session.agreement().reasons.groups())
    cohort = view.choice.cohort(Stage.LEAD)
    return ask(report.strategies, view.snapshot, cohort, by=by, basis=basis, mapped=mapped)


def spend_and_revenue(view: View, found: Strategies, *, can_leave: bool = True) -> Picture:
    """Return revenue over spend of the strategies on which most was spent."""
    if found.needs:
        raise Refusal(found.needs)
    paid = [row for row in found.rows if row.spend is not None]
    if not paid:
        raise Refusal(f"Nothing was spent in {words.period(view.choice.period)}, as far as the data tells.")
    shown = sorted(paid, key=lambda row: (-(row.spend.cents if row.spend else 0), row.name or ""))[:MOST]
    named = [(found.called(row.name), row.revenue, row.spend, returned(view, row)) for row in shown]
    title = f"Revenue won and spend, by {found.by}, {words.period(view.choice.period)}"
    caption = view.caption(title, can_leave=can_leave)
    takeaway = "; ".join(f"{name}: {text}" for name, _, _, text in named)
    figure = charts.spend_and_revenue(named, view.reader, caption)
    return Picture(
        title, figure, takeaway, tables.of_strategies(found), found.passport, f"{view.note} · {view.mqls}"
    )


def returned(view: View, row: Strategy) -> str:
    """Say what came for what was spent: `€60K for €8.7K, 6.9 ×`; what is not known is left out."""
    say = view.reader.words
    spent = say.short_money(row.spend)
    if row.revenue is None or row.name is None:
        return f"{spent} spent"
    return f"{say.short_money(row.revenue)} for {spent}{_times(view, row)}"


def _times(view: View, row: Strategy) -> str:
    return "" if row.returned is None else f", {times(view, row.returned)}"


def times(view: View, returned: float) -> str:
    """Say a return: how many times the spend was won."""
    return f"{view.reader.words.decimal(returned)} ×"
