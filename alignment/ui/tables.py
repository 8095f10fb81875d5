"""The table twin of each picture: the same values in rows, for reading and for taking away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from alignment.domain.acceptance import Acceptances, Decision
from alignment.domain.black_hole import BlackHole
from alignment.domain.conversion import ConversionPath, Conversions, SourceQuality
from alignment.domain.follow_up import FollowUpByQuality, FollowUps, SlaStatus, Waited
from alignment.domain.levels import Levels
from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.domain.recycling import Recycling
from alignment.domain.revenue import Attainment, Pipeline, Revenues
from alignment.domain.set_quality import PARTS, SetQuality
from alignment.domain.strategy import Strategies
from alignment.report.shelf import Shelf
from alignment.ui.words import HOUR_MINUTES, Words, day

Value: TypeAlias = str | int | float | date | Money | Rate | None


@dataclass(frozen=True)
class Table:
    """Named columns and rows of values, each still what it is: a count, an amount, a rate."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def written(value: Value, words: Words) -> str:
    """Return a value exactly, as the reader writes it."""
    match value:
        case None:
            return "–"
        case Money():
            return words.money(value)
        case Rate():
            return words.rate(value)
        case int():
            return words.count(value)
        case float():
            return words.decimal(value)
        case date():
            return day(value)
        case _:
            return value


def of_revenue(found: Revenues, group: str) -> Table:
    """Return won revenue and what goes with it, a row a group."""
    columns = (
        group,
        "won",
        "deals won",
        "deals lost",
        "win rate by count",
        "win rate by value, %",
        "mean won",
        "median cycle, days",
    )
    return Table(
        columns,
        tuple(
            (
                _group(row.by, "all"),
                row.won_amount,
                row.won_count,
                row.lost_count,
                row.win_rate,
                None if row.win_rate_by_value is None else row.win_rate_by_value * 100,
                row.mean_won_amount,
                row.median_cycle_days,
            )
            for row in found.rows
        ),
    )


def of_won(found: Revenues, group: str) -> Table:
    """Return won revenue alone, in the order of the names: people are not compared by what they lost."""
    rows = sorted(found.rows, key=lambda row: _group(row.by, "all"))
    return Table(
        (group, "won", "deals won"),
        tuple((_group(row.by, "all"), row.won_amount, row.won_count) for row in rows),
    )


def of_pipeline(found: Pipeline) -> Table:
    """Return the open deals, a row a stage."""
    return Table(
        ("stage", "open deals", "amount", "without an amount"),
        tuple(
            (stage.stage or "no stage", stage.count, stage.amount, stage.unvalued) for stage in found.stages
        ),
    )


def of_path(found: ConversionPath) -> Table:
    """Return one cohort's stages, a row each."""
    return Table(
        ("stage", "leads", "rate from the stage before", "implied by a later stage", "needs column"),
        tuple(
            (
                step.stage.label,
                step.count if step.is_known else None,
                step.rate,
                step.implied,
                step.missing_column,
            )
            for step in found.steps
        ),
    )


def of_conversions(found: Conversions, group: str) -> Table:
    """Return a conversion, a row a group."""
    return Table(
        (group, f"entered {found.start.label}", found.label, "too young", "at an unknown time"),
        tuple(
            (_group(row.by, "all"), row.entered, row.rate, row.too_young, row.undated) for row in found.rows
        ),
    )


def of_sources(found: SourceQuality, group: str = "source") -> Table:
    """Return quantity and quality, a row a source or another value."""
    rate = f"{found.start.label} → {found.end.label}"
    return Table(
        (group, f"{found.start.label}s", rate, "too young"),
        tuple((row.source or f"no {group}", row.entered, row.rate, row.too_young) for row in found.rows),
    )


def of_follow_up(found: FollowUps, group: str) -> Table:
    """Return how hand-offs stand with the SLA and how long they waited, a row a group; hours of business."""
    columns = (
        group,
        "hand-offs",
        *(str(status) for status in SlaStatus),
        "touched in time",
        "speed, median hours",
        "speed, 9 in 10 within hours",
    )
    return Table(
        columns,
        tuple(
            (
                _group(row.by, "all"),
                row.hand_offs,
                *(row.count(status) for status in SlaStatus),
                row.compliance,
                _hours(row.speed.median),
                _hours(row.speed.most),
            )
            for row in found.rows
        ),
    )


def of_quality(found: FollowUpByQuality) -> Table:
    """Return the kinds of hand-offs: followed up or not, and what comes of those followed up."""
    return Table(
        (found.column, "followed up", "not followed up", "MQL → SQL once followed up", "others", "kind"),
        tuple(
            (
                kind.value or f"no {found.column}",
                kind.followed_up,
                kind.not_followed_up,
                kind.rate,
                kind.rest,
                "good" if kind.is_good else "likely lower",
            )
            for kind in found.kinds
        ),
    )


def of_hole(groups: Mapping[str | None, tuple[int, Money | None]], by: str) -> Table:
    """Return what lies in the black hole, a row a group."""
    return Table(
        (by, "leads", "expected value"),
        tuple((name or "none given", leads, money) for name, (leads, money) in groups.items()),
    )


def of_acceptance(found: Acceptances, group: str) -> Table:
    """Return what was decided on hand-offs, a row a group; hours of business."""
    columns = (
        group,
        "hand-offs",
        *map(str, Decision),
        "accepted of those decided on",
        "median hours to decide",
    )
    return Table(
        columns,
        tuple(
            (
                _group(row.by, "all"),
                row.hand_offs,
                *(row.count(decision) for decision in Decision),
                row.rate,
                _hours(row.waits.median),
            )
            for row in found.rows
        ),
    )


def of_set_quality(found: SetQuality, by: str) -> Table:
    """Return the hand-offs that came back, a row a month or source, a column a group of reasons."""
    counts = found.by(by)
    return Table(
        (by, *PARTS), tuple((name, *(each.get(part, 0) for part in PARTS)) for name, each in counts.items())
    )


def of_strategies(found: Strategies) -> Table:
    """Return the strategies, a row each, and their sum on the last one."""
    columns = (
        found.by,
        "leads",
        "MQLs",
        "SQLs",
        "deals won",
        "revenue won",
        "spend",
        "cost of an MQL",
        "cost of an SQL",
        "cost of a win",
        "revenue ÷ spend",
        "open deals",
        "open amount",
        "came back",
    )
    named = [*((found.called(row.name), row) for row in found.rows), ("all", found.total)]
    return Table(
        columns,
        tuple(
            (
                name,
                row.leads,
                row.mqls,
                row.sqls,
                row.won,
                row.revenue,
                row.spend,
                row.cost_per_mql,
                row.cost_per_sql,
                row.cost_per_win,
                row.returned,
                row.open_deals,
                row.open_amount,
                row.came_back,
            )
            for name, row in named
        ),
    )


def of_recycling(found: Recycling) -> Table:
    """Return what became of leads sent back, a row a step, of all and of each group of reasons."""
    return Table(
        ("reasons", "from → to", "came again", "too young", "ever", "median days"),
        tuple(
            (returned.group or "all", came.label, came.rate, returned.too_young, came.ever, came.median_days)
            for returned in (found.whole, *found.groups)
            for came in returned.steps
        ),
    )


def of_shelf(found: Shelf) -> Table:
    """Return the contradictions, a row each, with the figure that each distorts."""
    return Table(
        ("contradiction", "rows", "distorts"),
        tuple((each.words, each.rows, each.distorts) for each in found.found),
    )


def of_levels(found: Levels) -> Table:
    """Return the leads that came in, a row a level: where it goes, and how many a week."""
    weeks = max(len(found.weeks), 1)
    return Table(
        ("level", "route", "enters hand-off", "leads", "a week", *found.weeks),
        tuple(
            (
                row.level or "unscored",
                row.route.label if row.route else "nobody",
                "yes" if row.enters_hand_off else "no",
                row.leads,
                row.leads / weeks,
                *row.by_week.values(),
            )
            for row in found.rows
        ),
    )


def of_flow(found: BlackHole) -> Table:
    """Return what fell into the black hole and came out, a row a week."""
    return Table(
        ("week", "fell in", "came out", "inside at its end"),
        tuple((week.label, week.fell_in, week.came_out, week.inside) for week in found.weeks),
    )


def _hours(waited: Waited | None) -> Value:
    if waited is None:
        return None
    hours = waited.minutes / HOUR_MINUTES
    return f"not yet after {hours:.1f}" if waited.is_longer else hours


def of_attainment(found: Attainment) -> Table:
    """Return the goal and where we stand, one row."""
    low, middle, high = found.forecast or (None, None, None)
    chance = None if found.chance is None else found.chance * 100
    pace = None if found.pace is None else found.pace * 100
    return Table(
        (
            "goal",
            "won so far",
            "pace, %",
            "chance, %",
            "1 in 10 ends under",
            "half end under",
            "9 in 10 end under",
        ),
        ((found.goal.amount, found.won, pace, chance, low, middle, high),),
    )


def _group(by: object, without: str) -> str:
    values: Sequence[object] = list(by.values()) if isinstance(by, dict) else []
    return without if not values else str(values[0]) if values[0] is not None else "none given"
