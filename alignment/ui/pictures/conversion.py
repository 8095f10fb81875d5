"""Pictures of the way from lead to won."""

from collections.abc import Sequence

from alignment import report
from alignment.domain.conversion import ConversionPath, SourceQuality, SourceRow
from alignment.domain.rate import Rate
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.ui import charts, tables, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.pictures.order import OTHERS, first_of, shared_order, source_quality, value_of
from alignment.ui.view import View


def path(view: View, *, can_leave: bool = False) -> Picture:
    """Return one cohort from lead to won; a cohort that is too young as a whole is shown so far, faded."""
    found, is_young = cohort_path(view)
    chosen = words.period(view.choice.period)
    title = (
        f"Leads of {chosen}, so far: too young to judge"
        if is_young
        else f"Leads of {chosen}, {_given(found.window_days)}"
    )
    if found.is_empty:
        _refuse_empty(view, Stage.LEAD)
    caption = view.lead_caption(title, can_leave=can_leave)
    figure = charts.path(found, view.reader, caption, is_young=is_young)
    last, say = found.known_steps[-1], view.reader.words
    takeaway = (
        f"Of {say.counted(found.steps[0].count, 'lead')}, {say.count(last.count)} reached {last.stage.label}."
    )
    return Picture(title, figure, takeaway, tables.of_path(found), found.passport, view.lead_note)


def trend(view: View, start: Stage, end: Stage, *, can_leave: bool = False) -> Picture:
    """Return a rate by month of entry, over the twelve months that end with the period."""
    if view.today is None:
        rate = f"{start.label} → {end.label}"
        message = f"Not available: needs column {start.column}. With it you would see {rate} by month."
        raise MissingColumnError(message)
    days, cohort = view.days(start, end), view.choice.year_of_cohorts(start, view.today)
    found = ask(report.conversion, view.snapshot, start, end, cohort, window=days, by="month")
    if found.is_empty:
        _refuse_empty(view, start)
    title = f"{found.label} {words.window(days)}"
    judged = [row for row in found.rows if not row.is_young and not row.rate.is_too_small]
    takeaway = "No month is old enough to be judged."
    if judged:
        takeaway = (
            f"Latest month old enough, {value_of(judged[-1].by)}: {view.reader.words.rate(judged[-1].rate)}."
        )
    figure = charts.trend(found, view.reader, view.lead_caption(f"{title}, by month", can_leave=can_leave))
    return Picture(
        title, figure, takeaway, tables.of_conversions(found, "month"), found.passport, view.lead_note
    )


def sources(view: View, start: Stage, end: Stage, *, most: int, can_leave: bool = False) -> Picture:
    """Return each source's quantity and quality on one row."""
    found = source_quality(view, start, end)
    return _quality(view, found, shared_order(view, most), "source", can_leave=can_leave)


def by_column(view: View, start: Stage, end: Stage, column: str, *, most: int = 12) -> Picture:
    """Return quantity and quality of each value of a column of the leads, the most frequent first."""
    found = quality_by(view, start, end, column)
    order = first_of([row.source for row in found.rows], most)
    return _quality(view, found, order, column, can_leave=True)


def quality_by(view: View, start: Stage, end: Stage, column: str) -> SourceQuality:
    """Return quantity and quality of each value of a column of the leads, the most frequent first."""
    cohort = view.choice.cohort(start)
    found = ask(report.conversion, view.snapshot, start, end, cohort, window=view.choice.window, by=column)
    rows = tuple(SourceRow(value_of(row.by), row.entered, row.rate, row.too_young) for row in found.rows)
    return SourceQuality(start, end, rows, found.passport)


def cohort_path(view: View) -> tuple[ConversionPath, bool]:
    """Return the chosen cohort's path, and whether it had to be taken so far because nobody is old enough."""
    found = ask(report.conversion_path, view.snapshot, view.choice.cohort(), window=view.choice.window)
    if not found.is_empty or not found.too_young:
        return found, False
    return ask(report.conversion_path, view.snapshot, view.choice.cohort(), window=None), True


def _quality(
    view: View, found: SourceQuality, order: Sequence[str | None], column: str, *, can_leave: bool
) -> Picture:
    if found.is_empty:
        _refuse_empty(view, found.start)
    known = {row.source: row for row in found.rows}
    if OTHERS in order and OTHERS not in known:
        known[OTHERS] = _others([row for row in found.rows if row.source not in order])
    shown = [known.get(value, SourceRow(value, 0, Rate(0, 0), 0)) for value in order]
    title = f"{found.start.label}s and {found.start.label} → {found.end.label}, by {column.replace('_', ' ')}"
    say = view.reader.words
    takeaway = "; ".join(
        f"{row.source or f'no {column}'}: {say.count(row.entered)}, {say.rate(row.rate)}" for row in shown
    )
    figure = charts.sources(shown, found, view.reader, view.lead_caption(title, can_leave=can_leave))
    return Picture(title, figure, takeaway, tables.of_sources(found, column), found.passport, view.lead_note)


def _given(days: int | None) -> str:
    return "so far" if days is None else words.window(days)


def _others(rows: Sequence[SourceRow]) -> SourceRow:
    rate = Rate(sum(row.rate.numerator for row in rows), sum(row.rate.denominator for row in rows))
    return SourceRow(OTHERS, sum(row.entered for row in rows), rate, sum(row.too_young for row in rows))


def _refuse_empty(view: View, start: Stage) -> None:
    chosen = f"{words.period(view.choice.period)} from {words.sources(view.choice.sources)}"
    message = f"No lead entered {start.label} in {chosen}. Choose other days or sources above."
    raise Refusal(message)
