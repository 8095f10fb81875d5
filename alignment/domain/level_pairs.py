"""Which level of one definition is which of another: a level has no id, and may be renamed or move up."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from alignment.domain.definition import Definition, Level

Pairs = dict[int, int]
"""The place of a level in the later definition, and its place in the earlier one."""


def level_pairs(before: Definition, after: Definition) -> Pairs:
    """Pair the levels of two definitions: by name in their order; those left over between them in turn.

    A level that has no partner is new, or gone. The lowest one, from 0 points, is always the same.
    """
    return paired(before.levels, after.levels)


def paired(before: Sequence[Level], after: Sequence[Level]) -> Pairs:
    """Pair two lists of levels, the lowest first."""
    was, now = ([level.name.casefold() for level in levels[1:]] for levels in (before, after))
    found = {0: 0}
    for _, start, end, later, until in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        for old, new in zip(range(start, end), range(later, until), strict=False):
            found[new + 1] = old + 1
    return found


def moved(field: str, pairs: Pairs) -> str | None:
    """Return the name that a field of the earlier definition has in the later one; None where it is gone."""
    match field.split("."):
        case ["levels", place, name]:
            later = next((new for new, old in pairs.items() if old == int(place)), None)
            return None if later is None else f"levels.{later}.{name}"
    return field


def former(field: str, pairs: Pairs) -> str | None:
    """Return the name that a field of the later definition had in the earlier one; None for a new level's."""
    match field.split("."):
        case ["levels", place, name]:
            old = pairs.get(int(place))
            return None if old is None else f"levels.{old}.{name}"
    return field
