"""What lies ahead, in figures: coverage, sales velocity, lead velocity; each with its own passport."""

import streamlit as st

from alignment import report
from alignment.domain.coverage import Coverage
from alignment.domain.refusal import Refusal
from alignment.domain.velocity import LeadVelocity, SalesVelocity
from alignment.ui import figures, session, words
from alignment.ui.answers import ask
from alignment.ui.figures import Explained, Figure
from alignment.ui.plain import plain
from alignment.ui.tables import Table
from alignment.ui.view import View
from alignment.ui.words import UNKNOWN, Words

COVERAGE, SALES, LEADS = "Coverage of the goal", "Sales velocity", "Lead velocity rate"


def show(view: View) -> None:
    """Show the figures that the data can answer, and in a sentence what the others need."""
    shown: list[Explained] = []
    needs: list[str] = []
    for answer in (_coverage, _sales, _leads):
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
    goal = session.agreement().goals.of(period) if period else None
    if goal is None:
        invitation = f"no goal is set for {words.period(period)}" if period else "choose a period with a goal"
        return Explained(Figure(COVERAGE, "–", invitation))
    found = ask(report.coverage, view.snapshot, goal)
    return Explained(of_coverage(found, view.reader.words), found.passport, coverage_table(found))


def _sales(view: View) -> Explained:
    found = ask(report.sales_velocity, view.snapshot, view.choice.period, sources=view.choice.sources)
    return Explained(of_sales(found, view.reader.words), found.passport, sales_table(found))


def _leads(view: View) -> Explained:
    until = view.choice.period.last if view.choice.period else None
    found = ask(report.lead_velocity, view.snapshot, until, sources=view.choice.sources)
    return Explained(of_leads(found, view.reader.words), found.passport, leads_table(found))


def of_coverage(found: Coverage, say: Words) -> Figure:
    """Return how far the pipeline due covers what is left, beside what past deals needed."""
    if found.is_met:
        return Figure(COVERAGE, "Goal met", "nothing is left to cover")
    if found.value is None:
        return Figure(COVERAGE, "–", found.unknown)
    needed = (
        f"what is needed is {found.undefined}"
        if found.needed is None
        else f"needed {say.decimal(found.needed)}×: {say.percent(found.win_rate_by_value)} by value are won"
    )
    return Figure(COVERAGE, f"{say.decimal(found.value)}×", needed)


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
