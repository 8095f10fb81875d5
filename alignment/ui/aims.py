"""The aims beside revenue, as figures: what came beside what we aim for, with its days."""

import streamlit as st

from alignment import report
from alignment.domain.aim import WHOLE, Measure, Reached
from alignment.ui import figures, session, terms, words
from alignment.ui.answers import ask
from alignment.ui.figures import Explained, Figure
from alignment.ui.table import Table
from alignment.ui.view import View
from alignment.ui.words import Words


def show(view: View) -> None:
    """Show the aims that are set for the period; nothing where none is."""
    period = view.choice.period
    aims = session.agreement().aims.of(period) if period else {}
    if not aims:
        return
    judged, agreed = terms.mqls(view.snapshot), terms.in_force()
    found = [
        ask(report.aim_reached, view.snapshot, aims[measure], agreed, judged=judged)
        for measure in Measure
        if measure in aims
    ]
    shown = [
        Explained(figure(each, view.reader.words), each.passport, table_of(each) if each.passport else None)
        for each in found
    ]
    with st.container(key="aims"):
        figures.show_each(shown, view.reader, key="aims", note=view.whole_note)


def figure(found: Reached, say: Words) -> Figure:
    """Return one aim: attained beside target, and where it stands up to which day."""
    measure = found.aim.measure
    target = say.percent(found.aim.target / WHOLE) if measure.is_share else say.count(found.aim.target)
    name = f"{measure.label}, at most" if measure.is_ceiling else f"{measure.label}, goal"
    until = words.day(found.aim.period.last)
    if found.unknown:
        return Figure(f"{name} {target}", "–", found.unknown)
    known = f"as of {words.day(found.known_on)}, until {until}"
    if found.known_on.year == found.aim.period.last.year:
        known = f"as of {found.known_on:%-d %b}, until {until}"
    sign = {True: " ✓", False: "", None: ""}[found.is_met]
    if found.count is not None:
        due = "" if found.is_over or found.due is None else f"on pace would be {say.count(found.due)}; "
        return Figure(f"{name} {target}", f"{say.count(found.count)} of {target}{sign}", f"{due}{known}")
    rate = found.rate
    if rate is None or rate.is_too_small:
        few = f"n too small ({say.of_counts(rate)})" if rate else "–"
        return Figure(f"{name} {target}", few, known)
    sure = f"{say.of_counts(rate)}, {say.interval(rate)}; {known}"
    return Figure(f"{name} {target}", f"{say.percent(rate.value)}{sign}", sure)


def table_of(found: Reached) -> Table:
    """Return one aim as a row."""
    aim = found.aim
    return Table(
        ("goal for", "goal", "attained", "from", "to", "known up to"),
        (
            (
                aim.measure.label,
                f"{aim.target} %" if aim.measure.is_share else aim.target,
                found.count if found.rate is None else found.rate,
                aim.period.start,
                aim.period.last,
                found.known_on,
            ),
        ),
    )
