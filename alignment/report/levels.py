"""Which levels the leads that come in reach, and the list of each route."""

from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa

from alignment.domain.cohort import Cohort
from alignment.domain.definition import Level
from alignment.domain.judged import Judged
from alignment.domain.levels import Destination, LevelCount, Levels, destinations_of
from alignment.domain.period import Grain, bucket_label
from alignment.errors import MissingColumnError, UnknownTermError
from alignment.metrics import levels as metric
from alignment.metrics.levels import Arrivals
from alignment.report.answer import Words, clock_of, passport
from alignment.report.judged import kinds_of, missing_for, unasked
from alignment.store.snapshot import Snapshot

SHOWS = "the leads that come in by level, and where each level goes"


def levels(snapshot: Snapshot, cohort: Cohort | None, terms: Judged) -> Levels:
    """Return the leads created in the period by their level, by the definition in force on their day.

    Raises UnknownTermError where no definition has criteria, MissingColumnError when the data can't tell.
    """
    arrivals = _arrivals(snapshot, cohort, terms)
    query = metric.arrivals_by_level(arrivals)
    counts: dict[Level | None, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    heights: dict[Level | None, int] = {None: -1}
    for row in snapshot.ask(query).to_pylist():
        level = None if row["level_key"] is None else arrivals.level_at(row["level_key"])
        kind = level and _told_apart(level)
        heights[kind] = max(heights.get(kind, -1), level.cutoff if level else -1)
        counts[kind][row["week"]] += row["leads"]
    numbers = [week for by_week in counts.values() for week in by_week if week is not None]
    weeks = (
        {week: bucket_label(week, Grain.WEEK) for week in range(min(numbers), max(numbers) + 1)}
        if numbers
        else {}
    )
    rows = tuple(
        LevelCount(
            level.name if level else None,
            level.route if level else None,
            bool(level and level.enters_hand_off),
            sum(by_week.values()),
            {label: by_week.get(week, 0) for week, label in weeks.items()},
        )
        for level, by_week in sorted(counts.items(), key=lambda each: -heights[each[0]])
    )
    return Levels(
        rows, tuple(weeks.values()), passport(arrivals.clock, _words(snapshot, arrivals, rows), query)
    )


def route_rows(
    snapshot: Snapshot, cohort: Cohort | None, terms: Judged, destination: Destination | None = None
) -> pa.Table:
    """Return the leads that came in, each with level and route; with a destination only those sent there."""
    arrivals = _arrivals(snapshot, cohort, terms)
    found = snapshot.ask(metric.arrivals_listed(arrivals))
    kept = [None if key is None else arrivals.level_at(key) for key in found["level_key"].to_pylist()]
    rows = found.drop_columns("level_key")
    rows = rows.append_column("level", _texts(level.name if level else None for level in kept))
    rows = rows.append_column("route", _texts(str(level.route) if level else None for level in kept))
    if destination is None:
        return rows
    sent = [destination in destinations_of(level.route if level else None) for level in kept]
    return rows.filter(pa.array(sent, pa.bool_()))


def _arrivals(snapshot: Snapshot, cohort: Cohort | None, terms: Judged) -> Arrivals:
    cohort = cohort or Cohort()
    if not any(span.definition.criteria for span in terms.spans):
        raise UnknownTermError(
            f"Not available: no definition has criteria yet. Once one is signed you would see {SHOWS}."
        )
    if lacks := missing_for(snapshot, terms, is_dated=cohort.period is not None):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {SHOWS}.")
    return Arrivals(clock_of(snapshot, cohort.as_of), cohort, terms, kinds_of(snapshot))


def _told_apart(level: Level) -> Level:
    """Return what is one level across versions: its name, route and hand-off, wherever its cutoff was."""
    return Level(level.name, 0, level.route, None, level.enters_hand_off)


def _texts(values: Iterable[str | None]) -> pa.Array:
    return pa.array(list(values), pa.string())


def _words(snapshot: Snapshot, arrivals: Arrivals, rows: tuple[LevelCount, ...]) -> Words:
    gone = ", ".join(unasked(snapshot, arrivals.terms))
    lacks = f" No lead can meet what is asked of {gone}: the data lacks it." if gone else ""
    return Words(
        "Leads by level",
        f"leads that {arrivals.cohort}, by the level of their score in the version in force on their day (of"
        " mql_at, else of creation), on the values that the table holds now. Each goes where the route of its"
        f" level says; “both” is the nurture drip and the SDR.{lacks}",
        " · ".join(f"{row.level or 'unscored'} {row.leads:,}" for row in rows),
        f"{sum(row.leads for row in rows):,} leads",
    )
