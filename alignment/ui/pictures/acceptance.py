"""The picture of what was decided on hand-offs, month by month."""

from datetime import date

from alignment import report
from alignment.domain.acceptance import Acceptance, Acceptances, Decision
from alignment.domain.business_hours import MINUTE
from alignment.domain.judged import Judged
from alignment.domain.stage import Stage
from alignment.ui import charts, handoff_tables, words
from alignment.ui.answers import ask
from alignment.ui.handoff_strip import waited
from alignment.ui.panels import Picture
from alignment.ui.pictures.follow_up import refuse_empty
from alignment.ui.pictures.order import value_of
from alignment.ui.view import View

WORDS = {
    Decision.ACCEPTED: "accepted",
    Decision.REJECTED: "rejected",
    Decision.UNDECIDED: "not decided on",
}
NAMES = ("accepted of those decided on", "rejected or undecided", "undecided")


def acceptance(view: View, terms: Judged, *, can_leave: bool = False) -> Picture:
    """Return the acceptance of each month's hand-offs, over the year that ends with the period."""
    cohort = view.choice.year_of_cohorts(Stage.MQL, view.today or date.max)
    found = ask(report.acceptance, view.snapshot, cohort, terms, by="month")
    rows = [row for row in found.rows if row.hand_offs]
    if not rows:
        refuse_empty(view)
    months = [
        charts.Month(value_of(row.by) or "", row.rate, _others(row), row.count(Decision.UNDECIDED))
        for row in rows
    ]
    title = f"Accepted of those decided on, by month of hand-off, {words.period(cohort.period)}"
    caption = view.lead_caption(title, can_leave=can_leave)
    figure = charts.by_month(months, NAMES, view.reader, caption)
    table = handoff_tables.of_acceptance(found, "month")
    return Picture(title, figure, decided(view, terms), table, found.passport, view.lead_note)


def decided(view: View, terms: Judged) -> str:
    """Say what was decided on the hand-offs of the period, and how long it took."""
    (row,) = _of_period(view, terms).rows
    say = view.reader.words
    took = waited(row.waits.median, view.snapshot.business_hours.length / MINUTE, say)
    return (
        f"{', '.join(f'{say.count(row.count(each))} {WORDS[each]}' for each in Decision)};"
        f" median time to decide: {took}."
    )


def _of_period(view: View, terms: Judged) -> Acceptances:
    return ask(report.acceptance, view.snapshot, view.choice.cohort(Stage.MQL), terms)


def _others(row: Acceptance) -> int:
    return row.hand_offs - row.count(Decision.ACCEPTED)
