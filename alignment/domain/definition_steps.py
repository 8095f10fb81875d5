"""The single changes that lead from one definition to another, as edits of fields that people can read."""

from typing import TypeAlias

from alignment.domain.definition import Definition, Group
from alignment.domain.definition_plain import CRITERION_FIELDS, LEVEL_FIELDS, Plain, value_of, with_value
from alignment.domain.refusal import Refusal

Step: TypeAlias = tuple[str, Plain]
"""A field's name and the value to set it to."""


def steps(before: Definition, after: Definition) -> tuple[Step, ...]:
    """Return the edits that turn `before` into `after`, in an order in which each of them is possible.

    The criteria may come in another order then, which no score depends on. Raises nothing: both are valid.
    """
    names = [f"caps.{group}" for group in Group]
    return (*_criteria(before, after), *_levels(before, after), *_changed(before, after, names))


def _criteria(before: Definition, after: Definition) -> list[Step]:
    known = {criterion.criterion_id: criterion for criterion in before.criteria}
    wanted = {criterion.criterion_id: criterion for criterion in after.criteria}
    found: list[Step] = [(f"criteria.{name}", None) for name in known if name not in wanted]
    for name, criterion in wanted.items():
        was = known.get(name)
        if was and (was.attribute, was.comparison) == (criterion.attribute, criterion.comparison):
            found += _changed(before, after, [f"criteria.{name}.{field}" for field in CRITERION_FIELDS])
        else:
            found.append((f"criteria.{name}", value_of(after, f"criteria.{name}")))
    return found


def _levels(before: Definition, after: Definition) -> list[Step]:
    """Return the edits field by field, or all at once where single ones would break the order."""
    if before.levels == after.levels:
        return []
    whole: list[Step] = [("levels", value_of(after, "levels"))]
    if len(before.levels) != len(after.levels):
        return whole
    names = [f"levels.{place}.{field}" for place in range(len(after.levels)) for field in LEVEL_FIELDS]
    single = _changed(before, after, names)
    try:
        for name, value in single:
            before = with_value(before, name, value)
    except Refusal:
        return whole
    return single


def _changed(before: Definition, after: Definition, names: list[str]) -> list[Step]:
    return [
        (name, value_of(after, name)) for name in names if value_of(before, name) != value_of(after, name)
    ]
