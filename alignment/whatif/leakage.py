"""Attributes that look into the future: written after sales contact, or too good to be known before."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from alignment.domain.definition import Comparison
from alignment.domain.rate import Rate
from alignment.domain.scale import NO_VALUE, Scale
from alignment.whatif.by_time import inside_of
from alignment.whatif.evidence import judged_cells
from alignment.whatif.figures import Counting, Frame
from alignment.whatif.ranking import Counts, added_up, auc_value
from alignment.whatif.survey import Survey

TOO_GOOD = 0.9
"""A single attribute that ranks leads this well knows what sales found out."""
ALMOST_ALL, ALMOST_NONE = 0.95, 0.02
USUALLY_SOME = 0.2
"""Almost none is telling only where this share or more succeeds otherwise."""
LARGE_SHARE, LARGE_COUNT = 0.05, 100
FEW = 30
"""Values of fewer leads are ranked together: by themselves they would look good by chance."""


class Reason(StrEnum):
    """Why an attribute is left out."""

    MARKED = "marked"
    TOO_GOOD = "too good"
    GIVES_AWAY = "gives away"


@dataclass(frozen=True)
class Suspect:
    """An attribute left out of suggestions, and why.

    `auc`: how well it ranks alone. `value` with its `rate`: the value (None: none there) that gives the
    outcome away.
    """

    attribute: str
    reason: Reason
    auc: float | None = None
    value: str | None = None
    rate: Rate | None = None


def suspects(survey: Survey, frame: Frame) -> tuple[Suspect, ...]:
    """Return the candidates that are marked as written after contact or that the judged leads give away."""
    cube = survey.cube
    months = [month for month, is_in in zip(cube.months, inside_of(cube, frame), strict=True) if is_in]
    cells = judged_cells(cube, Counting(cube.fates, frame), months)
    found = []
    for candidate in survey.candidates:
        if candidate.is_after_contact:
            found.append(Suspect(candidate.attribute, Reason.MARKED))
            continue
        place, scale = survey.scale_of(candidate)
        levels = cube.levels[place][cube.tuple_of]
        converted, others = (added_up(levels, cell, scale.size) for cell in cells)
        if suspect := suspicion(scale, converted, others):
            found.append(suspect)
    return tuple(found)


def suspicion(scale: Scale, converted: Counts, others: Counts) -> Suspect | None:
    """Return what is suspicious about an attribute, by its judged leads a level; both of shape [levels]."""
    auc = alone(converted, others)
    if auc is not None and auc >= TOO_GOOD:
        return Suspect(scale.attribute, Reason.TOO_GOOD, auc)
    leads = converted + others
    total, base = leads.sum(), converted.sum() / max(leads.sum(), 1)
    for level in np.argsort(-leads):
        count, share = leads[level], converted[level] / max(leads[level], 1)
        if count < max(LARGE_COUNT, LARGE_SHARE * total):
            break
        is_sure = share >= ALMOST_ALL > base or (share <= ALMOST_NONE and base >= USUALLY_SOME)
        if is_sure:
            rate = Rate(int(converted[level]), int(count))
            return Suspect(scale.attribute, Reason.GIVES_AWAY, auc, _value(scale, int(level)), rate)
    return None


def alone(converted: Counts, others: Counts) -> float | None:
    """Return the AUC of an attribute by itself, its levels ranked by their rate; None without both kinds."""
    leads = converted + others
    is_few = leads < FEW
    hits, misses = (np.append(kind[~is_few], kind[is_few].sum()) for kind in (converted, others))
    order = np.argsort(hits / np.maximum(hits + misses, 1), kind="stable")
    return auc_value(hits[order], misses[order])


def _value(scale: Scale, level: int) -> str | None:
    """Say which values fall into a level, None for no value."""
    if level == NO_VALUE:
        return None
    if scale.comparison is Comparison.IS_TRUE:
        return "yes" if level > 1 else "no"
    if scale.comparison is Comparison.ONE_OF:
        return " or ".join(scale.values[level - 2]) if level > 1 else "another value"
    ends = [*("" for _ in range(1)), *(f"{stop:g}" for stop in scale.stops), ""]
    low, high = ends[level - 1], ends[level]
    return f"{low} to {high}" if low and high else f"up to {high}" if high else f"from {low}"
