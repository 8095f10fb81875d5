"""The table twins of the pictures of revenue and conversion: the same values in rows, to read and to keep."""

from alignment.domain.conversion import ConversionPath, Conversions, SourceQuality
from alignment.domain.revenue import Attainment, Pipeline, Revenues
from alignment.domain.strategy import Strategies
from alignment.ui.table import Table, group_name


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
                group_name(row.by, "all"),
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
    rows = sorted(found.rows, key=lambda row: group_name(row.by, "all"))
    return Table(
        (group, "won", "deals won"),
        tuple((group_name(row.by, "all"), row.won_amount, row.won_count) for row in rows),
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
            (group_name(row.by, "all"), row.entered, row.rate, row.too_young, row.undated)
            for row in found.rows
        ),
    )


def of_sources(found: SourceQuality, group: str = "source") -> Table:
    """Return quantity and quality, a row a source or another value."""
    rate = f"{found.start.label} → {found.end.label}"
    return Table(
        (group, f"{found.start.label}s", rate, "too young"),
        tuple((row.source or f"no {group}", row.entered, row.rate, row.too_young) for row in found.rows),
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
