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
    shown = paid(found)
    if not shown:
        raise Refusal(f"Nothing was spent in {words.period(view.choice.period)}, as far as the data tells.")
    named = [(found.called(row.name), row.revenue, row.spend, returned(view, row)) for row in shown]
    title = f"Revenue and spend, by {found.by}"
    caption = view.caption(title, can_leave=can_leave)
    takeaway = "; ".join(f"{name}: {text}" for name, _, _, text in named)
    figure = charts.spend_and_revenue(named, view.reader, caption)
    return Picture(
        title, figure, takeaway, tables.of_strategies(found), found.passport, f"{view.note} · {view.mqls}"
    )


def paid(found: Strategies) -> list[Strategy]:
    """Return the strategies on which most was spent, the most first."""
    known = [row for row in found.rows if row.spend is not None]
    return sorted(known, key=lambda row: (-(row.spend.cents if row.spend else 0), row.name or ""))[:MOST]


def returned(view: View, row: Strategy) -> str:
    """Say what was won, and how many times the spend that is: `€60K · 6.9 ×`."""
    say = view.reader.words
    if row.revenue is None or row.returned is None:
        return f"{say.short_money(row.spend)} spent"
    return f"{say.short_money(row.revenue)} · {times(view, row.returned)}"


def times(view: View, returned: float) -> str:
    """Say a return: how many times the spend was won."""
    return f"{view.reader.words.decimal(returned)} ×"
