"""The pictures of the board and of the pages behind it: what the data answers, drawn, named and said in a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from alignment import report
from alignment.domain.conversion import ConversionPath, Conversions, SourceQuality, SourceRow
from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment, Revenues
from alignment.domain.stage import Stage
from alignment.ui import charts, tables, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.view import View

OTHERS = "others"


def won_to_date(view: View, attainment: Attainment | None, *, can_leave: bool = False) -> Picture:
    """Return what was won over the days of the period, beside the goal's pace and the period before."""
    period = view.choice.period
    if period is None or view.today is None:
        message = "Not available: needs column deals.closed_at. With it you would see what was won over time."
        raise Refusal(message)
    asked = partial(ask, report.revenue, view.snapshot, by=charts.grain_of(period), sources=view.choice.sources)
    won, former = asked(period), asked(period.previous())
    title = f"Won to date, {words.period(period)}, {view.snapshot.currency}"
    total = _total(won)
    beside = f" The goal is {view.reader.words.money(attainment.goal.amount)}." if attainment else ""
    is_nothing = period.start > view.today
    return Picture(
        title,
        None
        if is_nothing
        else charts.won_to_date(
            won,
            period,
            view.today,
            view.reader,
            attainment=attainment,
            former=former if former.rows else None,
            caption=_caption(view, title, can_leave=can_leave),
        ),
        f"{words.period(period)} has not begun in this data." if is_nothing else f"Won so far {view.reader.words.money(total)}.{beside}",
        tables.of_revenue(won, str(charts.grain_of(period))),
        won.passport,
        view.note,
    )


def pipeline(view: View, *, can_leave: bool = False) -> Picture:
    """Return the open deals by stage."""
    found = ask(report.pipeline, view.snapshot, sources=view.choice.sources)
    title = "Open pipeline by stage"
    amounts = [stage.amount for stage in found.stages if stage.amount]
    total = sum(amounts[1:], amounts[0]) if amounts else None
    return Picture(
        title,
        None if found.is_empty else charts.pipeline(found, view.reader, _caption(view, title, can_leave=can_leave), most=5),
        "No deal is open."
        if found.is_empty
        else f"{sum(stage.count for stage in found.stages)} deals are open, worth {view.reader.words.money(total)}.",
        tables.of_pipeline(found),
        found.passport,
        view.note,
    )


def won_by_source(view: View, *, most: int, can_leave: bool = False) -> Picture:
    """Return won revenue by source, in the order that the picture of the sources' quality has too."""
    found = ask(report.revenue, view.snapshot, view.choice.period, by="source", sources=view.choice.sources)
    title = f"Won by source, {words.period(view.choice.period)}"
    order, folded = shared_order(view, most), found
    rest = [row for row in found.rows if _source(row.by) not in order]
    if rest and OTHERS in order:
        others = replace(rest[0], by={"source": OTHERS}, won_amount=_sum(row.won_amount for row in rest), won_count=sum(row.won_count for row in rest))
        folded = replace(found, rows=(*(row for row in found.rows if _source(row.by) in order), others))
    best = found.rows[0] if found.rows else None
    return Picture(
        title,
        None if found.is_empty else charts.won_by(folded, order, "source", view.reader, _caption(view, title, can_leave=can_leave)),
        f"Nothing was won or lost in {words.period(view.choice.period)} from {words.sources(view.choice.sources)}. Choose another period above."
        if best is None or found.is_empty
        else f"Most revenue came from {_source(best.by) or 'no source'}: {view.reader.words.money(best.won_amount)}.",
        tables.of_revenue(found, "source"),
        found.passport,
        view.note,
    )


def path(view: View, *, can_leave: bool = False) -> Picture:
    """Return one cohort from lead to won; a cohort that is too young as a whole is shown so far, faded."""
    found, is_young = cohort_path(view)
    chosen = words.period(view.choice.period)
    title = f"Leads of {chosen}, so far" if is_young else f"Leads of {chosen}, {words.window(found.window_days)}"
    last = found.known_steps[-1] if found.known_steps else None
    return Picture(
        title,
        None if found.is_empty else charts.path(found, view.reader, _caption(view, title, can_leave=can_leave), is_young=is_young),
        f"No lead was created in {chosen} from {words.sources(view.choice.sources)}. Choose another period above."
        if found.is_empty or last is None
        else f"Of {view.reader.words.count(found.steps[0].count)} leads, {view.reader.words.count(last.count)} reached {last.stage.label}.",
        tables.of_path(found),
        found.passport,
        view.note,
    )


def trend(view: View, *, start: Stage = Stage.MQL, end: Stage = Stage.SQL, can_leave: bool = False) -> Picture:
    """Return a rate by month of entry, over the twelve months that end with the period."""
    if view.today is None:
        message = f"Not available: needs column {start.column}. With it you would see {start.label} → {end.label} month by month."
        raise Refusal(message)
    days = view.days(start, end)
    found = ask(report.conversion, view.snapshot, start, end, view.choice.year_of_cohorts(start, view.today), window=days, by="month")
    title = f"{found.label} {words.window(days)}, by month"
    judged = [row for row in found.rows if not row.is_young and not row.rate.is_too_small]
    latest = f"Latest month old enough: {view.reader.words.rate(judged[-1].rate)}." if judged else "No month is old enough to be judged."
    return Picture(
        title,
        None if found.is_empty else charts.trend(found, view.reader, _caption(view, title, can_leave=can_leave)),
        f"No lead became {start.label} in these months. Choose another period above." if found.is_empty else latest,
        tables.of_conversions(found, "month"),
        found.passport,
        view.note,
    )


def sources(view: View, *, most: int, start: Stage = Stage.MQL, end: Stage = Stage.SQL, can_leave: bool = False) -> Picture:
    """Return each source's quantity and quality on one row."""
    found = source_quality(view, start, end)
    title = f"{start.label}s and {start.label} → {end.label}, by source"
    order = shared_order(view, most)
    known = {row.source: row for row in found.rows}
    if OTHERS in order and OTHERS not in known:
        known[OTHERS] = _others([row for row in found.rows if row.source not in order])
    shown = [known.get(source, SourceRow(source, 0, Rate(0, 0), 0)) for source in order]
    return Picture(
        title,
        None if found.is_empty else charts.sources(shown, found, view.reader, _caption(view, title, can_leave=can_leave)),
        f"No lead became {start.label} in {words.period(view.choice.period)}. Choose another period above."
        if found.is_empty
        else "; ".join(f"{row.source or 'no source'}: {row.entered}, {view.reader.words.rate(row.rate)}" for row in shown),
        tables.of_sources(found),
        found.passport,
        view.note,
    )


def cohort_path(view: View) -> tuple[ConversionPath, bool]:
    """Return the chosen cohort's path, and whether it had to be taken so far because nobody is old enough."""
    found = ask(report.conversion_path, view.snapshot, view.choice.cohort(), window=view.choice.window)
    if not found.is_empty or not found.too_young:
        return found, False
    return ask(report.conversion_path, view.snapshot, view.choice.cohort(), window=None), True


def source_quality(view: View, start: Stage = Stage.MQL, end: Stage = Stage.SQL) -> SourceQuality:
    """Return quality and quantity of the chosen cohort's sources."""
    return ask(report.sources, view.snapshot, view.choice.cohort(start), start=start, end=end, window=view.choice.window)


def shared_order(view: View, most: int) -> tuple[str | None, ...]:
    """Return the rows that both halves show, in the one order of what the sources won; the last may be OTHERS."""
    order: list[str | None] = []
    for find in (lambda: _won_sources(view), lambda: [row.source for row in source_quality(view).rows]):
        try:
            order += [source for source in find() if source not in order]
        except Refusal:  # one half lacks its columns; the other still has an order
            continue
    return tuple(order if len(order) <= most else [*order[: most - 1], OTHERS])


def _won_sources(view: View) -> Sequence[str | None]:
    won = ask(report.revenue, view.snapshot, view.choice.period, by="source", sources=view.choice.sources)
    return [_source(row.by) for row in won.rows]


def _others(rows: Sequence[SourceRow]) -> SourceRow:
    rate = Rate(sum(row.rate.numerator for row in rows), sum(row.rate.denominator for row in rows))
    return SourceRow(OTHERS, sum(row.entered for row in rows), rate, sum(row.too_young for row in rows))


def _source(by: object) -> str | None:
    return by.get("source") if isinstance(by, dict) else None


def _total(won: Revenues) -> Money | None:
    return _sum(row.won_amount for row in won.rows)


def _sum(amounts: object) -> Money | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if known else None


def _caption(view: View, title: str, *, can_leave: bool) -> charts.Caption | None:
    return charts.Caption(title, view.note) if can_leave else None


def rates_overall(view: View, start: Stage, end: Stage) -> Conversions:
    """Return one conversion of the chosen cohort, not grouped."""
    return ask(report.conversion, view.snapshot, start, end, view.choice.cohort(start), window=view.choice.window)
