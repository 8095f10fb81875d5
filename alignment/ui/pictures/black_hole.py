"""Pictures of the black hole."""

from collections.abc import Mapping

from alignment import report
from alignment.domain.black_hole import BlackHole
from alignment.domain.judged import Judged
from alignment.domain.money import Money
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.ui import charts, handoff_tables
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.view import View

BY = {"days inside": "by days since they fell in", "source": "by source", "level": "by level at hand-off"}
"""What the hole can be split by, and how a title says it."""
WEEKS = 52
MOST = 9


def hole(view: View, terms: Judged) -> BlackHole:
    """Return the hole as it is now, of the chosen sources."""
    cohort = view.choice.cohort(Stage.MQL)
    return ask(report.black_hole, view.snapshot, cohort, terms, _worth(view, cohort.judged))


def _worth(view: View, judged: Judged) -> Mapping[str | None, Money] | None:
    """Return what one MQL might bring, as the promises ask for it too; None where nobody can tell."""
    try:
        return ask(report.worth_per_mql, view.snapshot, None, judged)
    except Refusal:
        return None


def inside(view: View, terms: Judged, by: str, *, can_leave: bool = False) -> Picture:
    """Return what lies in the hole, split by `by`, a key of BY."""
    found = hole(view, terms)
    groups = {"days inside": found.by_band, "source": found.by_source, "level": found.by_level}[by]()
    title = f"In the black hole, {BY[by]}"
    say = view.reader.words
    takeaway = "; ".join(f"{name or 'none given'}: {say.count(leads)}" for name, (leads, _) in groups.items())
    shown = dict(list(groups.items())[:MOST])
    figure = charts.inside(shown, view.reader, view.lead_caption(title, can_leave=can_leave))
    return Picture(
        title, figure, takeaway, handoff_tables.of_hole(groups, by), found.passport, view.source_note
    )


def flow(view: View, terms: Judged, *, can_leave: bool = False) -> Picture:
    """Return what fell in and came out, week by week over the last year."""
    found = hole(view, terms)
    weeks = found.weeks[-WEEKS:]
    fell, out = sum(week.fell_in for week in weeks), sum(week.came_out for week in weeks)
    say = view.reader.words
    title = (
        f"The hole week by week: {say.count(fell)} fell in, {say.count(out)} came out in {len(weeks)} weeks"
    )
    figure = charts.flow(weeks, view.reader, view.lead_caption(title, can_leave=can_leave))
    takeaway = f"{say.count(found.leads)} lie in the hole now."
    return Picture(title, figure, takeaway, handoff_tables.of_flow(found), found.passport, view.source_note)


def sentence(view: View, found: BlackHole) -> str:
    """Say how much of what was handed over lies in the hole, and what might be done."""
    if not found.leads:
        return "Nothing lies in the gap: every hand-off was decided on, or something happens to it."
    old = sum(leads for name, (leads, _) in found.by_band().items() if name == report.LAST_BAND)
    say = view.reader.words
    told = f"{say.rate(found.rate)} of hand-offs lie here"
    return f"{told}, {say.count(old)} for over 30 days."
