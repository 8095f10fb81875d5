"""Segments of an attribute: few bands of a number, the values of a text, yes and no; and their names."""

from collections.abc import Sequence

from alignment.domain.definition import Comparison
from alignment.domain.definition_words import number
from alignment.domain.scale import NO_VALUE, Scale

MOST_BANDS = 5
"""More bands of a number than this say no more."""
NOT_KNOWN = "not known"


def band_stops(stops: Sequence[float]) -> tuple[float, ...]:
    """Return the stops between up to five bands of a number, from the stops of its slider."""
    inner = stops[1:]
    places = range(len(inner))
    if len(inner) >= MOST_BANDS:
        places = [len(inner) * band // MOST_BANDS for band in range(1, MOST_BANDS)]
    return tuple(inner[place] for place in places)


def segment_name(scale: Scale, level: int) -> str:
    """Return a segment's name by its level on the scale: `10 to under 50`, `Energy`, `yes`."""
    if level == NO_VALUE:
        return NOT_KNOWN
    match scale.comparison:
        case Comparison.IS_TRUE:
            return "yes" if level > 1 else "no"
        case Comparison.ONE_OF:
            return "other values" if level == 1 else " or ".join(scale.values[level - 2])
    if not scale.stops:
        return "any value"
    if level == 1:
        return f"under {number(scale.stops[0])}"
    low = number(scale.stops[level - 2])
    return (
        f"{low} and more" if level > len(scale.stops) else f"{low} to under {number(scale.stops[level - 1])}"
    )
