"""Where the names of levels stand at their lines on the scale, so that none runs into another."""

from collections.abc import Sequence
from itertools import pairwise

from alignment.domain.definition import HIGHEST_SCORE, Level

LETTER = 3.2
"""The width of a letter at a line, in points of the scale, where the page is narrowest."""


def of(level: Level) -> str:
    """Return what stands at a level's line: its name and cutoff."""
    return f"{level.name} {level.cutoff}"


def places(levels: Sequence[Level]) -> list[tuple[Level, str]]:
    """Return where each level has its name at its line: `over`, `before` or `after` it, empty for nowhere.

    Names that would run into one another move apart, the first to the left and the last to the right; those
    between them, and those that would leave the scale, stand at the sliders below alone.
    """
    crowds = [[level] for level in levels]
    while crowded := [
        place for place, (one, other) in enumerate(pairwise(crowds)) if _span(one)[1] > _span(other)[0]
    ]:
        place = crowded[0]
        crowds[place : place + 2] = [crowds[place] + crowds[place + 1]]
    return [found for crowd in crowds for found in zip(crowd, _places(crowd), strict=True)]


def _places(crowd: Sequence[Level]) -> list[str]:
    """Return where the names of levels stand that are close to one another."""
    first, last = crowd[0], crowd[-1]
    fits_before = first.cutoff - _width(first) >= 0
    fits_after = last.cutoff + _width(last) <= HIGHEST_SCORE
    if len(crowd) > 1:
        return ["before" if fits_before else "", *[""] * (len(crowd) - 2), "after" if fits_after else ""]
    half = _width(first) / 2
    if first.cutoff < half and fits_after:
        return ["after"]
    return ["before" if first.cutoff + half > HIGHEST_SCORE and fits_before else "over"]


def _span(crowd: Sequence[Level]) -> tuple[float, float]:
    """Return from where to where lines and names of levels reach that are close to one another."""
    ends = [end for level, place in zip(crowd, _places(crowd), strict=True) for end in _ends(level, place)]
    return min(ends), max(ends)


def _ends(level: Level, place: str) -> tuple[float, float]:
    before, after = {"before": (1, 0), "after": (0, 1), "over": (0.5, 0.5), "": (0, 0)}[place]
    return level.cutoff - before * _width(level), level.cutoff + after * _width(level)


def _width(level: Level) -> float:
    return len(of(level)) * LETTER
