"""Pictures of follow-up: month by month, and beside the quality of what was handed over."""

from datetime import date

from alignment import report
from alignment.domain.follow_up import FollowUp, FollowUpByQuality
from alignment.domain.judged import Judged
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.ui import charts, handoff_tables, words
from alignment.ui.answers import ask
from alignment.ui.charts.conversion import MONTHS
from alignment.ui.panels import Picture
from alignment.ui.pictures.order import value_of
from alignment.ui.view import View


def compliance(view: View, terms: Judged, *, can_leave: bool = False) -> Picture:
    """Return the share touched in time by month of hand-off, over the year that ends with the period."""
    cohort = view.choice.year_of_cohorts(Stage.MQL, view.today or date.max)
    found = ask(report.follow_up, view.snapshot, cohort, terms, by="month")
    rows = [row for row in found.rows if row.hand_offs]
    if not rows:
        refuse_empty(view)
    title = f"Touched within the SLA, by month of hand-off, {words.period(cohort.period)}"
    months = [
        charts.Month(value_of(row.by) or "", row.compliance, row.ever_missed, row.still_overdue)
        for row in rows
    ]
    words_below = ("touched in time", "not touched in time", "still not touched")
    figure = charts.by_month(months, words_below, view.reader, view.lead_caption(title, can_leave=can_leave))
    return Picture(
        title,
        figure,
        lowest(rows, view),
        handoff_tables.of_follow_up(found, "month"),
        found.passport,
        view.lead_note,
    )


def quality(view: View, terms: Judged, *, can_leave: bool = False) -> Picture:
    """Return the hand-offs of the period in four fields: followed up or not, of a good kind or not."""
    found = _by_quality(view, terms)
    if not found.hand_offs:
        refuse_empty(view)
    title = f"{view.reader.words.counted(found.hand_offs, 'hand-off')}: followed up, and worth it?"
    figure = charts.quality(found, view.reader, view.lead_caption(title, can_leave=can_leave))
    return Picture(
        title,
        figure,
        both_sides(view, terms),
        handoff_tables.of_quality(found),
        found.passport,
        view.lead_note,
    )


def both_sides(view: View, terms: Judged) -> str:
    """Say what both sides see at once: what was not followed up, and what might not have been worth it."""
    found = _by_quality(view, terms)
    say = view.reader.words
    missed = found.cell(is_followed_up=False, is_good=True)
    weak = sum(found.cell(is_followed_up=each, is_good=False) for each in (True, False))
    kinds = ", ".join(kind.value or f"no {found.column}" for kind in found.weak[:2])
    waiting = f"{say.count(missed)} of a good kind {'was' if missed == 1 else 'were'} not followed up"
    poor = f"{say.count(weak)} came from kinds that likely convert less ({kinds})" if weak else ""
    return f"{waiting}; {poor}." if poor else f"{waiting}; no kind clearly converts less than the others."


def lowest(rows: list[FollowUp], view: View) -> str:
    """Say which month was touched in time least."""
    rated = [row for row in rows if not row.compliance.is_too_small]
    if not rated:
        return "No month has enough hand-offs that were due."
    row = min(rated, key=lambda row: row.compliance.value or 0)
    year, _, month = str(next(iter((row.by or {}).values()), "")).partition("-")
    lowest_rate = view.reader.words.rate(row.compliance)
    return f"Lowest in {MONTHS[int(month) - 1]} {year}: {lowest_rate} touched in time."


def refuse_empty(view: View) -> None:
    """Say that nobody was handed over in what was chosen."""
    chosen = f"{words.period(view.choice.period)} from {words.sources(view.choice.sources)}"
    raise Refusal(f"No lead was handed over in {chosen}. Choose other days or sources above.")


def _by_quality(view: View, terms: Judged) -> FollowUpByQuality:
    cohort, window = view.choice.cohort(Stage.MQL), view.choice.window
    return ask(report.follow_up_by_quality, view.snapshot, cohort, terms, window=window)
