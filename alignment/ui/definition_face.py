"""What a control shows of its field, as plain values that travel: to a script's run and to other screens."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from alignment.domain.agreement import Side
from alignment.domain.definition import HIGHEST_SCORE, MOST_POINTS, NUMERIC
from alignment.domain.definition_plain import Plain
from alignment.domain.definition_words import condition, number
from alignment.domain.settlement import scale_of, ways
from alignment.ui import definition_moves, definition_rail
from alignment.ui.definition_view import DefinitionView

CHANGED = (
    "Other data came in while you moved this, so the change was not applied. Please look and move it again."
)

Face: TypeAlias = dict[str, Any]
"""`label`, `value`, `low` and `high`, `marks` and `ways`; with `stops` and their `words` where it halts."""


def face(view: DefinitionView, field: str, side: Side) -> Face:
    """Return what a person of that side sees of a field that is a number; raise Refusal when it is gone."""
    offered = ways(view.draft, side, field, scale_of(field, view.scales))
    return {
        **_range(view, field),
        "label": _label(view, field),
        "value": view.draft.value_of(field),
        "marks": definition_rail.marks(view, field, place(view, field)),
        "ways": [
            {
                "name": way.name.lower(),
                "label": definition_moves.label(way, side, to, view.base_word),
                "value": to,
            }
            for way, to in offered.items()
        ],
    }


def fields(view: DefinitionView) -> Iterator[str]:
    """Yield every field that has a control: points, thresholds that are numbers, cutoffs."""
    for criterion in view.definition.criteria:
        whole = f"criteria.{criterion.criterion_id}"
        yield f"{whole}.points"
        if criterion.comparison in NUMERIC and criterion.criterion_id in view.scales:
            yield f"{whole}.threshold"
    for position in range(1, len(view.definition.levels)):
        yield f"levels.{position}.cutoff"


def place(view: DefinitionView, field: str) -> Callable[[Plain], float]:
    """Return where on the slider of a field a value stands, 0…100."""
    found = _range(view, field)
    if "stops" in found:
        return definition_rail.halts(found["stops"])
    return definition_rail.even(found["low"], found["high"])


def _range(view: DefinitionView, field: str) -> Face:
    value = view.draft.value_of(field)
    name = field.rpartition(".")[2]
    if name == "threshold":
        known = {value, *definition_rail.values(view, field)}
        stops = sorted({*view.scales[field.split(".")[1]].stops, *known})
        return {"stops": stops, "words": [number(stop) for stop in stops]}
    low, high = (-MOST_POINTS, MOST_POINTS) if name == "points" else (0, HIGHEST_SCORE)
    return {"low": min(low, value), "high": max(high, value)}


def _label(view: DefinitionView, field: str) -> str:
    match field.split("."):
        case ["criteria", criterion_id, "points"]:
            return f"Points when {condition(view.definition.criterion(criterion_id))}"
        case ["criteria", criterion_id, _]:
            criterion = view.definition.criterion(criterion_id)
            return f"{criterion.attribute.replace('_', ' ')}, {criterion.comparison.replace('_', ' ')}"
        case [_, position, _]:
            return f"Points that make a lead {view.definition.levels[int(position)].name}"
    return field
