"""The picture of why hand-offs come back."""

from datetime import date

from alignment import report
from alignment.domain.judged import Judged
from alignment.domain.refusal import Refusal
from alignment.domain.set_quality import PARTS, ReasonGroup, SetQuality
from alignment.domain.stage import Stage
from alignment.ui import charts, handoff_tables, session, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.view import View

MONTH, SOURCE = "month", "source"
MOST = 9


def came_back(view: View, terms: Judged) -> SetQuality:
    """Return the hand-offs of the year that ends with the period that came back, as people mapped reasons."""
    cohort = view.choice.year_of_cohorts(Stage.MQL, view.today or date.max)
    mapped = dict(session.agreement().reasons.groups())
    return ask(report.set_quality, view.snapshot, cohort, terms, mapped)


def set_quality(view: View, terms: Judged, by: str, *, can_leave: bool = False) -> Picture:
    """Return what came back by month of hand-off or by source, split by the group of the reason."""
    found = came_back(view, terms)
    if not found.failed:
        raise Refusal("No hand-off of these twelve months came back. Choose other days or sources above.")
    counts = dict(list(found.by(by).items())[: None if by == MONTH else MOST])
    span = words.period(view.choice.year_of_cohorts(Stage.MQL, view.today or date.max).period)
    title = f"{view.reader.words.counted(found.leads, 'hand-off')} came back, by {by}, {span}"
    caption = view.lead_caption(title, can_leave=can_leave)
    figure = charts.set_quality(counts, view.reader, caption, is_by_month=by == MONTH)
    return Picture(
        title,
        figure,
        shares(view, found),
        handoff_tables.of_set_quality(found, by),
        found.passport,
        view.lead_note,
    )


def shares(view: View, found: SetQuality) -> str:
    """Say how many came back for each group of reasons."""
    say = view.reader.words
    totals = {part: sum(each.get(part, 0) for each in found.by(MONTH).values()) for part in PARTS}
    return ", ".join(
        f"{say.count(count)} {ReasonGroup(part).label if part in list(ReasonGroup) else part}"
        for part, count in totals.items()
        if count
    )


def might_have_caught(view: View, found: SetQuality) -> list[str]:
    """Return a sentence a group: the criterion that, asked of everybody, might have kept most of it back."""
    say = view.reader.words
    return [
        f"{group.label.capitalize()}. Asking everybody for {each.attribute.replace('_', ' ')} might have kept"
        f" back {say.rate(each.failed)} of them, and {say.percent(each.successful.value)} of those that"
        " became SQL."
        for group, each in found.caught.items()
    ]
