"""The two definitions that the sample company has had, as plain data, and the score of many leads at once."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from alignment.sample.draw import Flags, Real, Whole

Plain = dict[str, Any]


@dataclass(frozen=True)
class Attribute:
    """A column of leads' values: numbers or flags, or codes into `labels` where it holds words."""

    values: Whole | Real | Flags
    known: Flags
    labels: tuple[str, ...] = ()


def _criterion(
    attribute: str, comparison: str, threshold: float | list[str] | None, points: int, group: str
) -> Plain:
    return {
        "criterion_id": f"{attribute}_{group}",
        "attribute": attribute,
        "comparison": comparison,
        "threshold": threshold,
        "points": points,
        "group": group,
    }


def _levels(warm: int, hot: int, capacity: int | None = None) -> list[Plain]:
    kept = {"sla_hours": None, "enters_hand_off": False, "capacity": None}
    handed = {"sla_hours": 8, "enters_hand_off": True, "capacity": capacity}
    return [
        {"name": "raw", "cutoff": 0, "route": "none", **kept},
        {"name": "warm", "cutoff": warm, "route": "nurture", **kept},
        {"name": "hot", "cutoff": hot, "route": "sales", **handed},
    ]


TARGET_INDUSTRIES = ("Machinery", "Electronics", "Laboratories", "Pharmaceuticals", "Energy")
DECIDERS = ("C-level", "Director", "Manager")

DEFINITION_BEFORE: Plain = {
    "criteria": [
        _criterion("employees", "at_least", 10, 10, "fit"),
        _criterion("pages_viewed", "at_least", 4, 15, "engagement"),
        _criterion("email_clicks", "at_least", 1, 15, "engagement"),
        _criterion("webinar_attended", "is_true", None, 20, "engagement"),
        _criterion("pricing_page_views", "at_least", 1, 15, "engagement"),
        _criterion("demo_requested", "is_true", None, 30, "engagement"),
        _criterion("is_competitor", "is_true", None, -50, "exclusion"),
    ],
    "levels": _levels(30, 55),
    "caps": {"fit": 20, "engagement": 80},
}
"""Mostly engagement: whoever clicked enough went to sales."""

DEFINITION_NOW: Plain = {
    "criteria": [
        _criterion("employees", "at_least", 50, 15, "fit"),
        _criterion("job_level", "one_of", list(DECIDERS), 15, "fit"),
        _criterion("industry", "one_of", list(TARGET_INDUSTRIES), 10, "fit"),
        _criterion("pages_viewed", "at_least", 6, 10, "engagement"),
        _criterion("pricing_page_views", "at_least", 1, 15, "engagement"),
        _criterion("webinar_attended", "is_true", None, 10, "engagement"),
        _criterion("content_downloads", "at_least", 1, 20, "engagement"),
        _criterion("email_clicks", "at_least", 2, 10, "engagement"),
        _criterion("demo_requested", "is_true", None, 25, "engagement"),
        _criterion("days_since_last_visit", "at_most", 7, 5, "engagement"),
        _criterion("is_competitor", "is_true", None, -50, "exclusion"),
        _criterion("job_level", "one_of", ["Student"], -30, "exclusion"),
    ],
    "levels": _levels(35, 60, capacity=45),
    "caps": {"fit": 40, "engagement": 60},
}
"""Fit counts too; a download weighs more than it is worth, which the e-book campaign brought to light."""


def scores(attributes: dict[str, Attribute], definition: Plain, count: int) -> Whole:
    """Return every lead's score 0…100 under a definition; -1 for a lead with none of the values asked for."""
    sums = {group: np.zeros(count, np.int64) for group in ("fit", "engagement", "exclusion")}
    is_scored = np.zeros(count, bool)
    for criterion in definition["criteria"]:
        attribute = attributes[criterion["attribute"]]
        is_scored |= attribute.known
        sums[criterion["group"]] += criterion["points"] * (attribute.known & _meets(attribute, criterion))
    for group, cap in definition["caps"].items():
        sums[group] = np.clip(sums[group], -cap, cap)
    return np.where(is_scored, np.clip(sum(sums.values()), 0, 100), -1)


def hand_off_cutoff(definition: Plain) -> int:
    """Return the points from which a lead goes to sales."""
    return min(level["cutoff"] for level in definition["levels"] if level["enters_hand_off"])


def _meets(attribute: Attribute, criterion: Plain) -> Flags:
    match criterion["comparison"]:
        case "at_least":
            return attribute.values >= criterion["threshold"]
        case "at_most":
            return attribute.values <= criterion["threshold"]
        case "one_of":
            return np.isin(
                attribute.values, [attribute.labels.index(label) for label in criterion["threshold"]]
            )
    return attribute.values.astype(bool)
