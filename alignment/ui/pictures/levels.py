"""The picture of the leads that come in, by level."""

from alignment import report
from alignment.domain.judged import Judged
from alignment.domain.levels import Levels
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.ui import charts, handoff_tables, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.view import View


def arrived(view: View, terms: Judged) -> Levels:
    """Return the leads that came in in the period, by level; raise Refusal where there are none."""
    found = ask(report.levels, view.snapshot, view.choice.cohort(Stage.LEAD), terms)
    if not found.leads:
        chosen = f"{words.period(view.choice.period)} from {words.sources(view.choice.sources)}"
        raise Refusal(f"No lead came in in {chosen}. Choose other days or sources above.")
    return found


def levels(view: View, terms: Judged, *, can_leave: bool = False) -> Picture:
    """Return the leads of each week of the period, by level."""
    found = arrived(view, terms)
    say = view.reader.words
    title = f"{say.counted(found.leads, 'lead')} came in, by level and week"
    takeaway = "; ".join(f"{row.level or 'unscored'}: {say.count(row.leads)}" for row in found.rows)
    figure = charts.levels(found, view.reader, view.caption(title, can_leave=can_leave))
    return Picture(title, figure, takeaway, handoff_tables.of_levels(found), found.passport, view.note)
