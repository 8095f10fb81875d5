"""The marks below a slider: where the field stands in force and where each side wants it, at their places."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from alignment.domain.agreement import Side
from alignment.domain.agreement_words import value_words
from alignment.domain.definition import Definition
from alignment.domain.definition_plain import Plain, value_of
from alignment.domain.refusal import Refusal
from alignment.ui import definition_asked
from alignment.ui.agreement_panel import SHAPES
from alignment.ui.definition_view import DefinitionView

Mark: TypeAlias = dict[str, Any]
"""One mark: `who` stands there (a CSS class), its `sign`, its `words`, and its `place` 0…100."""

Stand: TypeAlias = tuple[str, str, str, Plain]


def even(low: float, high: float) -> Callable[[Plain], float]:
    """Return the place 0…100 of a value on a slider from low to high."""
    return lambda value: min(max((value - low) / (high - low) * 100, 0), 100)


def halts(stops: Sequence[float]) -> Callable[[Plain], float]:
    """Return the place of a value on a slider that halts at these stops, each as far from the next."""
    return lambda value: 100 * sum(stop < value for stop in stops) / max(len(stops) - 1, 1)


def marks(view: DefinitionView, field: str, place: Callable[[Plain], float]) -> list[Mark]:
    """Return the marks that all screens share: in force, marketing, sales."""
    return [_mark(stand, place) for stand in _stands(view, field)]


def suggested(view: DefinitionView, field: str, place: Callable[[Plain], float]) -> Mark | None:
    """Return the mark of what the data suggested to this screen, None where it has no word on the field."""
    found = definition_asked.value_of(view, field)
    return None if found is None else _mark(("suggested", "◇", "suggested", found), place)


def words(view: DefinitionView, field: str) -> str:
    """Say where a field stands: in force, and where each side set it since, without a rail."""
    return " · ".join(f"{sign} {name} {value_words(value)}" for _, sign, name, value in _stands(view, field))


def values(view: DefinitionView, field: str) -> tuple[Plain, ...]:
    """Return the values that have a mark which all screens share."""
    return tuple(value for *_, value in _stands(view, field))


def positions(view: DefinitionView, field: str) -> tuple[tuple[Side, Plain], ...]:
    """Return where each side that has set the field wants it."""
    return tuple(
        (side, _at(view.draft.position_of(side), field))
        for side in (Side.MARKETING, Side.SALES)
        if view.draft.is_set_by(side, field)
    )


def _stands(view: DefinitionView, field: str) -> list[Stand]:
    known = view.in_force(field)
    found = [("force", "❘", view.base_word, known)] if known is not None else []
    return found + [
        (str(side), SHAPES[side], str(side), value)
        for side, value in positions(view, field)
        if value is not None
    ]


def _mark(stand: Stand, place: Callable[[Plain], float]) -> Mark:
    who, sign, name, value = stand
    return {
        "who": who, "sign": sign, "words": f"{name} {value_words(value)}",
        "place": round(min(place(value), 100), 1),
    }  # fmt: skip


def _at(definition: Definition, field: str) -> Plain:
    try:
        return value_of(definition, field)
    except Refusal:
        return None
