"""The table twins of the compass: by month, of each chart, and of what SQLs have in common."""

from collections.abc import Sequence

from alignment.domain.compass import CompassMonth
from alignment.domain.compass_words import label
from alignment.domain.plan import Plan
from alignment.domain.swing import Reading, Usual
from alignment.domain.traits import Traits
from alignment.ui.charts import Point
from alignment.ui.table import Table, Value
from alignment.ui.words import day


def of_compass(months: Sequence[CompassMonth]) -> Table:
    """Return the compass, a row a month, with the plan and who set it."""
    return Table(
        (
            "month",
            "MQLs",
            "planned MQLs",
            "MQLs are",
            "SQLs",
            "planned SQLs",
            "SQLs are",
            "MQL → SQL",
            "judged on",
            "plan set by",
        ),
        tuple(
            (
                f"{each.month:%Y-%m}",
                each.mqls.actual,
                each.mqls.plan,
                _standing(each.mqls),
                each.sqls.actual,
                each.sqls.plan,
                _standing(each.sqls) if each.is_mature else "too young to judge",
                each.counted.rate,
                each.judged_on,
                _set_by(each.plan) if each.plan else None,
            )
            for each in months
        ),
    )


def of_swing(points: Sequence[Point], what: str) -> Table:
    """Return a process behaviour chart, a row a month, each with the limits that it was judged by."""
    return Table(
        ("month", what, "planned", "usual", "from", "up to", "in a row on one side", f"{what} are"),
        tuple(
            (
                f"{point.month:%Y-%m}",
                point.reading.actual,
                point.reading.plan,
                *_limits(point.reading.usual),
                abs(point.reading.run),
                "too young to judge" if point.is_young else _standing(point.reading),
            )
            for point in points
        ),
    )


def of_traits(found: Traits, most: int = 15) -> Table:
    """Return the values that were compared, the surest first; the chance is as corrected for all of them."""
    return Table(
        ("attribute", "value", "SQLs with it", "of", "before", "of before", "chance, %", "in words"),
        tuple(
            (
                trait.counts.attribute,
                trait.counts.value,
                trait.counts.found,
                trait.counts.leads,
                trait.counts.found_before,
                trait.counts.leads_before,
                trait.chance * 100,
                trait.words,
            )
            for trait in found.tested[:most]
        ),
    )


def _standing(reading: Reading) -> str:
    if reading.standing is None:
        return "too few months before"
    return label(reading.standing, is_planned=reading.plan is not None)


def _limits(usual: Usual | None) -> tuple[Value, Value, Value]:
    return (usual.centre, usual.low, usual.high) if usual else (None, None, None)


def _set_by(plan: Plan) -> str:
    late = " (afterwards)" if plan.is_afterwards else ""
    return f"{plan.who.name}, {day(plan.at.date())}{late}"
