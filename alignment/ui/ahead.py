"""What lies ahead, in figures: coverage, forecast, sales and lead velocity; each with its own passport."""

from dataclasses import replace

import streamlit as st

from alignment import report
from alignment.config import settings
from alignment.domain.backtest import Backtest
from alignment.domain.coverage import Coverage
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Range
from alignment.domain.velocity import LeadVelocity, SalesVelocity
from alignment.ui import figures, goal, session, words
from alignment.ui.ahead_words import COVERAGE, of_coverage, of_forecast
from alignment.ui.answers import ask
from alignment.ui.figure import Figure
from alignment.ui.figures import Explained
from alignment.ui.plain import plain
from alignment.ui.table import Table
from alignment.ui.view import View
from alignment.ui.words import UNKNOWN, Words

SALES, LEADS = "Sales velocity", "Lead velocity rate"


def show(view: View) -> None:
    """Show the figures that the data can answer, and in a sentence what the others need."""
    shown: list[Explained] = []
    needs: list[str] = []
    for answer in (_coverage, _forecast, _sales, _leads):
        try:
            shown.append(answer(view))
        except Refusal as refusal:
            needs.append(str(refusal))
    if shown:
        figures.show_each(shown, view.reader, key="ahead", note=view.note)
    for sentence in dict.fromkeys(needs):
        st.caption(f":material/table_chart: {plain(sentence)}")


def _coverage(view: View) -> Explained:
    period = view.choice.period
    agreed = session.agreement().goals.of(period) if period else None
    if agreed is None:
        invitation = f"no goal is set for {words.period(period)}" if period else "choose a period with a goal"
        return Explained(Figure(COVERAGE, "–", invitation))
    found = ask(report.coverage, view.snapshot, agreed)
    figure = _of_all_sources(of_coverage(found, view.reader.words), view)
    return Explained(figure, found.passport, coverage_table(found))


def _forecast(view: View) -> Explained:
    found = ask(report.backtest, view.snapshot, calendar=settings().calendar)
    period, today = view.choice.period, view.today
    passed = (today - period.start).days / period.days if period and today else 0.0
    try:
        range_now = _range_now(view)
    except Refusal:
        range_now = None
    figure = of_forecast(found, range_now, min(max(passed, 0.0), 1.0), view.reader.words)
    return Explained(_of_all_sources(figure, view), found.passport, backtest_table(found))


def _of_all_sources(figure: Figure, view: View) -> Figure:
    """Say that a figure of the shared goal holds all sources, where only some are chosen."""
    return replace(figure, detail=f"{figure.detail} (all sources)") if view.choice.sources else figure


def _range_now(view: View) -> Range | None:
    """Return P10, P50 and P90 of the chosen period's end, goal or not; None where it has no end to come."""
    if found := goal.attainment(view):
        return found.forecast
    period = view.choice.period
    return ask(report.forecast, view.snapshot, period).range if period else None


def _sales(view: View) -> Explained:
    found = ask(report.sales_velocity, view.snapshot, view.choice.period, sources=view.choice.sources)
    return Explained(of_sales(found, view.reader.words), found.passport, sales_table(found))


def _leads(view: View) -> Explained:
    until = view.choice.period.last if view.choice.period else None
    found = ask(report.lead_velocity, view.snapshot, until, sources=view.choice.sources)
    return Explained(of_leads(found, view.reader.words), found.passport, leads_table(found))


def of_sales(found: SalesVelocity, say: Words) -> Figure:
    """Return what is won a day, and the four numbers that it is made of."""
    if found.a_day is None or found.win_rate is None:
        return Figure(SALES, "–", found.undefined)
    return Figure(
        SALES,
        f"{say.short_money(found.a_day)} a day",
        f"{say.count(found.open_count)} open × {say.percent(found.win_rate.value)} × "
        f"{say.short_money(found.mean_won_amount)} ÷ {say.decimal(found.median_cycle_days)} days (won only)",
    )


def of_leads(found: LeadVelocity, say: Words) -> Figure:
    """Return the growth of the newest month over the one before."""
    newest, stage = found.newest, f"{found.stage.label}s"
    days = "" if newest.elapsed_days is None else f", first {newest.elapsed_days} days of both"
    detail = (
        f"{say.count(newest.count)} {stage} in {words.period(newest.month)}"
        f" after {say.count(newest.former_count)}{days}"
    )
    if newest.rate is None:
        return Figure(LEADS, "undefined", f"{detail}: no growth from nothing")
    if newest.is_too_small:
        return Figure(LEADS, "n too small", detail)
    sign = {True: "+", False: "−"}[newest.rate > 0] if newest.rate else ""
    return Figure(LEADS, f"{sign}{say.percent(abs(newest.rate))}", detail)


def coverage_table(found: Coverage) -> Table:
    """Return coverage and its parts."""
    rate = None if found.win_rate_by_value is None else found.win_rate_by_value * 100
    return Table(
        ("goal", "won so far", "due", "deals due", "coverage", "needed", "win rate by value, %"),
        (
            (
                found.goal.amount,
                found.won,
                found.due,
                found.due_count,
                "goal met" if found.is_met else found.value,
                found.needed,
                rate,
            ),
        ),
    )


def backtest_table(found: Backtest) -> Table:
    """Return each forecast of a past quarter beside what came in."""
    return Table(
        (
            "quarter",
            "made on",
            "1 in 10 ends under",
            "half end under",
            "9 in 10 end under",
            "came in",
            "held",
        ),
        tuple(
            (
                words.period(check.period),
                check.as_of,
                check.low,
                check.middle,
                check.high,
                check.came,
                "yes" if check.is_held else "no",
            )
            for check in found.checks
        ),
    )


def sales_table(found: SalesVelocity) -> Table:
    """Return sales velocity and its four parts."""
    return Table(
        ("won a day", "open deals", "win rate by count", "mean won", "median cycle, days"),
        ((found.a_day, found.open_count, found.win_rate, found.mean_won_amount, found.median_cycle_days),),
    )


def leads_table(found: LeadVelocity) -> Table:
    """Return the months, the newest first."""
    return Table(
        ("month", f"{found.stage.label}s", "month before", "growth, %", "days of both"),
        tuple(
            (
                words.period(row.month),
                row.count,
                row.former_count,
                UNKNOWN if row.rate is None or row.is_too_small else row.rate * 100,
                row.elapsed_days,
            )
            for row in reversed(found.months)
        ),
    )
