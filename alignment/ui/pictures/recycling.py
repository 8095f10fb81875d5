"""The picture of what became of leads that were sent back."""

from datetime import date

from alignment import report
from alignment.domain.recycling import Again, Recycling
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.ui import charts, handoff_tables, session, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.view import View


def came_again(view: View, *, can_leave: bool = False) -> Picture:
    """Return how many of the hand-offs of a year that were sent back came again, and how far."""
    found = _of_year(view)
    if not found.whole.leads:
        raise Refusal("No hand-off of these twelve months was sent back. Choose other days or sources above.")
    span = words.period(view.choice.year_of_cohorts(Stage.MQL, view.today or date.max).period)
    title = f"Came again after they were sent back, {words.window(found.window_days)}, {span}"
    figure = charts.came_again(found.whole.steps, view.reader, view.lead_caption(title, can_leave=can_leave))
    table = handoff_tables.of_recycling(found)
    return Picture(title, figure, _said(view, found), table, found.passport, view.lead_note)


def _of_year(view: View) -> Recycling:
    cohort = view.choice.year_of_cohorts(Stage.MQL, view.today or date.max)
    mapped = dict(session.agreement().reasons.groups())
    return ask(report.recycling, view.snapshot, cohort, mapped, window=view.choice.window)


def _said(view: View, found: Recycling) -> str:
    """Say each step in words, and what this data can't tell."""
    say = view.reader.words
    told = [
        f"{came.label}: {say.rate(came.rate)}, "
        + (f"half of them after {say.decimal(came.median_days)} days at most" if came.ever else "nobody yet")
        for came in found.whole.steps
    ]
    lacks = [f"{Again(step).label} needs column {column}" for step, column in found.missing.items()]
    return "; ".join([*told, *lacks])
