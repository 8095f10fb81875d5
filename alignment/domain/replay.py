"""How edits become a definition again, and what each of them touches."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from alignment.domain import definition_plain
from alignment.domain.level_pairs import Pairs, paired
from alignment.domain.refusal import Refusal

if TYPE_CHECKING:
    from alignment.domain.agreement import Edit, Side
    from alignment.domain.definition import Definition, Level
    from alignment.domain.definition_plain import Plain


def with_edits(
    definition: "Definition", edits: Iterable["Edit"], base: "Definition | None" = None
) -> "Definition":
    """Return the definition with the edits put in, one after the other.

    A criterion that comes back stands where it stood in `base`, which is the definition itself where it is
    the one in force.
    """
    order = {found.criterion_id: place for place, found in enumerate((base or definition).criteria)}
    for edit in edits:
        if edit.field.startswith("terms."):
            continue
        try:
            definition = (
                _with_levels(definition, edit)
                if edit.field == "levels"
                else definition_plain.with_value(definition, edit.field, edit.after)
            )
        except Refusal:  # one side's view may lack what the edit spoke of: a level moved past another, say
            continue
    criteria = tuple(sorted(definition.criteria, key=lambda found: order.get(found.criterion_id, len(order))))
    return definition if criteria == definition.criteria else replace(definition, criteria=criteria)


def pairs_of(edit: "Edit") -> Pairs:
    """Return which level is which, before and after an edit of all levels."""
    return paired(_levels(edit.before), _levels(edit.after))


def _levels(plain: "Plain") -> "tuple[Level, ...]":
    return tuple(definition_plain.level_from_plain(entry) for entry in plain or ())


def _with_levels(definition: "Definition", edit: "Edit") -> "Definition":
    """Put in the levels of an edit; whoever stands elsewhere on one that it left alone stands there still."""
    before, after = _levels(edit.before), _levels(edit.after)
    if len(before) == len(definition.levels):
        pairs = paired(before, after)
        kept = tuple(
            definition.levels[pairs[place]] if place in pairs and before[pairs[place]] == level else level
            for place, level in enumerate(after)
        )
        try:
            return replace(definition, levels=kept)
        except Refusal:  # a new level lies on the other side of where one stands
            pass
    return replace(definition, levels=after)


def of_side(edits: Iterable["Edit"], side: "Side") -> "list[Edit]":
    """Return the edits that make where one side stands: its own, and those that add or remove for both."""
    return [edit for edit in edits if edit.who.side is side or is_structural(edit.field)]


def is_structural(name: str) -> bool:
    """Tell whether a field is a whole criterion, or all levels."""
    return name == "levels" or (name.startswith("criteria.") and name.count(".") == 1)


def touches(edited: str, name: str) -> bool:
    """Tell whether a field is another, part of it, or the whole that it is part of."""
    return edited == name or edited.startswith(f"{name}.") or name.startswith(f"{edited}.")
