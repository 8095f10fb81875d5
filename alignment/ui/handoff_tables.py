"""The table twins of the pictures of hand-off: the same values in rows, to read and to keep."""

from collections.abc import Mapping

from alignment.domain.acceptance import Acceptances, Decision
from alignment.domain.black_hole import BlackHole
from alignment.domain.follow_up import FollowUpByQuality, FollowUps, SlaStatus, Waited
from alignment.domain.levels import Levels
from alignment.domain.money import Money
from alignment.domain.recycling import Recycling
from alignment.domain.set_quality import PARTS, SetQuality
from alignment.report.shelf import Shelf
from alignment.ui.table import Table, Value, group_name
from alignment.ui.words import HOUR_MINUTES


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
                group_name(row.by, "all"),
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
                group_name(row.by, "all"),
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
