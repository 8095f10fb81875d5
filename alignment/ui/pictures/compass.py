"""The compass of the months, and its two process behaviour charts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from alignment import report
from alignment.domain.compass import Compass, CompassMonth
from alignment.domain.plan import Plan
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.domain.swing import Reading, Standing
from alignment.domain.traits import Traits
from alignment.ui import charts, compass_tables, compass_words, session, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.view import View

MOST_SHOWN = 24
SIGNALS = {Standing.MORE: "more", Standing.FEWER: "fewer"}


def compass(view: View) -> Compass:
    """Return all whole months beside the plans that people set; raise Refusal when the data can't tell."""
    cohort = replace(view.choice.cohort(Stage.MQL), period=None)
    plans: tuple[Plan, ...] = session.agreement().plans.every()
    return ask(report.compass, view.snapshot, cohort, plans, view.choice.window)


def year_of(view: View, found: Compass) -> tuple[CompassMonth, ...]:
    """Return the months of the year that ends with the period; raise Refusal when none of them is over."""
    period = view.choice.year_of_cohorts(Stage.MQL, view.today or date.max).period
    shown = tuple(each for each in found.months if period is None or period.contains(each.month))
    if not shown:
        raise Refusal(
            f"No whole month with MQLs lies in {words.period(period)}, from"
            f" {words.sources(view.choice.sources)}. Choose other days or sources above."
        )
    return shown


def in_common(view: View, found: Compass, month: CompassMonth) -> Traits | None:
    """Return what the month's SQLs have in common, where there are more of them than expected."""
    if not month.has_more_sqls:
        return None
    cohort = replace(view.choice.cohort(Stage.MQL), period=None)
    return ask(
        report.traits, view.snapshot, cohort, month.month, month.months_before, window=found.window_days
    )


def mqls(view: View, found: Compass, month: CompassMonth, *, can_leave: bool = False) -> Picture:
    """Return the chart of MQLs by month, with the limits of the one chosen."""
    shown = _shown(view, found, month)
    points = [charts.Point(each.month, each.mqls) for each in shown]
    return _picture(view, found, shown, points, month, "MQLs", can_leave=can_leave)


def sqls(view: View, found: Compass, month: CompassMonth, *, can_leave: bool = False) -> Picture:
    """Return the chart of the SQLs of each month's MQLs, with the limits of the one chosen."""
    shown = _shown(view, found, month)
    points = [charts.Point(each.month, each.sqls, not each.is_mature) for each in shown]
    return _picture(view, found, shown, points, month, "SQLs", can_leave=can_leave)


def _shown(view: View, found: Compass, month: CompassMonth) -> tuple[CompassMonth, ...]:
    """Return the months up to the last of the year, as many as fit; the chosen one is among them."""
    last = year_of(view, found)[-1]
    until = found.months[: found.months.index(last) + 1]
    return until[min(-MOST_SHOWN, until.index(month) - len(until)) :]


def _picture(
    view: View,
    found: Compass,
    shown: Sequence[CompassMonth],
    points: Sequence[charts.Point],
    month: CompassMonth,
    what: str,
    *,
    can_leave: bool,
) -> Picture:
    place = shown.index(month)
    titles = {"MQLs": "MQLs by month", "SQLs": f"SQLs within {found.window_days} days, by month of MQL"}
    title = titles[what]
    figure = charts.swing(points, place, view.reader, view.lead_caption(title, can_leave=can_leave))
    table = compass_tables.of_swing(points, what)
    return Picture(title, figure, _takeaway(view, points, place, what), table, found.passport, view.lead_note)


def _takeaway(view: View, points: Sequence[charts.Point], place: int, what: str) -> str:
    """Say the chosen month's count, and which months were signals."""
    say, chosen = view.reader.words, points[place]
    signals = [
        f"{SIGNALS[point.standing]} in {compass_words.name(point.month)}"
        for point in points
        if point.standing in SIGNALS
    ]
    told = ", ".join(signals) or "no month beyond the usual swing"
    young = [compass_words.name(point.month) for point in points if point.is_young]
    waiting = f"; too young to judge: {', '.join(young)}" if young else ""
    count = f"{say.count(chosen.reading.actual)} {what}{_beside(view, chosen.reading)}"
    return f"{compass_words.name(chosen.month)}: {count}. {told[0].upper()}{told[1:]}{waiting}."


def _beside(view: View, reading: Reading) -> str:
    say = view.reader.words
    plan = f", planned {say.count(reading.plan)}" if reading.plan is not None else ""
    if not reading.usual:
        return plan
    return f"{plan}, usually {say.count(reading.usual.low)} to {say.count(reading.usual.high)}"
