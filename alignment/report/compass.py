"""MQLs and SQLs of each month against the plan, and whether a difference is more than the usual swing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alignment.domain.cohort import Cohort
from alignment.domain.compass import Compass, CompassMonth, MonthCount, compass_months
from alignment.domain.period import MONTHS_A_YEAR, months_later
from alignment.domain.plan import Plan, in_force
from alignment.domain.stage import Stage
from alignment.domain.swing import FEWEST_MONTHS, MOST_MONTHS, RUN
from alignment.errors import MissingColumnError
from alignment.metrics import compass as metric
from alignment.metrics.journeys import Clock
from alignment.report.answer import USUAL, Window, Words, clock_of, need, passport
from alignment.report.conversion import usual_window
from alignment.report.judged import kinds_of, missing_for
from alignment.store.snapshot import Snapshot

SHOWS = "whether a month brought fewer or more MQLs and SQLs than planned or usual"
ROUNDING = timedelta(seconds=1)
"""The newest instant of a day that is over may be given to the second."""
NONE = {"mqls": 0, "sqls": 0, "undated": 0, "reversed": 0}

Row = Mapping[str, Any]


def compass(
    snapshot: Snapshot, cohort: Cohort | None = None, plans: Iterable[Plan] = (), window: Window = USUAL
) -> Compass:
    """Return every whole month of MQLs up to the as-of, with its SQLs, beside its plan and what is usual.

    The cohort's period is not looked at: months are judged by those before them. Plans (oldest first) are for
    all sources: with some chosen they are left out. Raises MissingColumnError when the data can't tell.
    """
    cohort = of_mqls(snapshot, cohort)
    days = window_of(snapshot, cohort, window)
    clock = clock_of(snapshot, cohort.as_of)
    query = metric.mqls_by_month(clock, cohort, days, kinds_of(snapshot))
    rows = snapshot.ask(query).to_pylist()
    counts = _without_gaps(rows, clock.today)
    until = _known_until(clock)
    planned = {} if cohort.sources else in_force(plans)
    months = compass_months(counts, planned, days, until)
    part = sum(row["mqls"] for row in rows) - sum(each.counted.mqls for each in months)
    return Compass(months, days, passport(clock, _words(cohort, days, months, part), query))


def of_mqls(snapshot: Snapshot, cohort: Cohort | None) -> Cohort:
    """Return the cohort's MQLs of all time; raise MissingColumnError when the data can't tell MQL and SQL."""
    cohort = replace(cohort or Cohort(), entered=Stage.MQL, period=None)
    if lacks := missing_for(snapshot, cohort.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {SHOWS}.")
    need(snapshot, "leads", "sql_at", shows=SHOWS)
    return cohort


def window_of(snapshot: Snapshot, cohort: Cohort, window: Window) -> int:
    """Return the days that an MQL is given: those asked for, else the usual ones; for ever judges nothing."""
    if isinstance(window, int):
        return window
    return usual_window(snapshot, Stage.MQL, Stage.SQL, cohort.as_of, cohort.judged)


def _without_gaps(rows: Sequence[Row], today: date) -> tuple[MonthCount, ...]:
    """Return every month since MQLs began; a month without any has none.

    They began on the day of the first one: of a month that was under way by then only a part is known.
    """
    if not rows:
        return ()
    counted = {row["month"]: row for row in rows}
    began = counted[min(counted)]["first_on"]
    first = _number(began if began.day == 1 else months_later(began, 1))
    return tuple(_counted(number, counted.get(number, NONE)) for number in range(first, _number(today) + 1))


def _counted(number: int, row: Row) -> MonthCount:
    month = date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)
    return MonthCount(month, row["mqls"], row["sqls"], row["undated"], row["reversed"])


def _known_until(clock: Clock) -> date:
    """Return the first day of which the data does not know everything yet."""
    after = min(clock.as_of, datetime.max - ROUNDING) + ROUNDING  # noqa: DTZ901 - naive UTC, as in the tables
    return after.replace(tzinfo=UTC).astimezone(ZoneInfo(clock.zone)).date()


def _number(day: date) -> int:
    return day.year * MONTHS_A_YEAR + day.month - 1


def _words(cohort: Cohort, days: int, months: Sequence[CompassMonth], in_parts: int) -> Words:
    who = "all sources" if not cohort.sources else "the chosen sources, for which there is no plan"
    return Words(
        "Lack or surplus",
        f"MQL: leads that became MQL in the month, of {who}. SQL: those of them that became SQL within"
        f" {days} days, judged once the month's last lead has had as long. Expected: the month's plan as last"
        f" set, without one the mean of the up to {MOST_MONTHS} whole months before it. Swing: 2.66 × the"
        " mean difference between one of these months and the next (Wheeler's process behaviour chart). Fewer"
        f" or more: farther from what was expected than the swing, or the last of {RUN} months or more in a"
        f" row on one side of it. Under {FEWEST_MONTHS} months before it nothing is judged."
        f" {cohort.judged.explained}",
        f"{sum(each.counted.mqls for each in months):,} MQLs,"
        f" {sum(each.counted.sqls for each in months):,} of them SQL so far",
        f"{len(months):,} whole months",
        {
            "MQLs of months of which only a part is known": in_parts,
            "MQLs of months whose SQLs are too young to judge": sum(
                each.counted.mqls for each in months if not each.is_mature
            ),
            "became SQL at an unknown time": sum(each.counted.undated for each in months),
            "became SQL before MQL: dates that contradict": sum(each.counted.reversed for each in months),
        },
    )
