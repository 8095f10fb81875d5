"""Edits, versions and what changed between two definitions, in words."""

from alignment.domain.agreement import Draft, Edit
from alignment.domain.definition import Definition, Group
from alignment.domain.definition_plain import (
    CRITERION_FIELDS,
    LEVEL_FIELDS,
    Plain,
    criterion_from_plain,
    value_of,
)
from alignment.domain.definition_words import condition, field_label, number, signed


def value_words(value: Plain) -> str:
    """Return a field's value as people say it; “none” where it is empty."""
    match value:
        case None | "" | []:
            return "none"
        case bool():
            return "yes" if value else "no"
        case {"attribute": _}:
            criterion = criterion_from_plain(value)
            return f"{signed(criterion.points)} when {condition(criterion)}"
        case {"name": name, "cutoff": cutoff}:
            return f"{name} from {cutoff}"
        case list():
            return ", ".join(value_words(entry) for entry in value)
    return number(value)


def edit_words(draft: Draft, edit: Edit) -> str:
    """Return an edit as a line of the log, without who and when: `points of employees 15 → 20`."""
    label = _label(draft, edit)
    change = f"{label} {value_words(edit.before)} → {value_words(edit.after)}"
    if edit.before == edit.after:
        change = f"yes to {label} {value_words(edit.after)}"
    return f"took back: {change}" if edit.undoes else change


def _label(draft: Draft, edit: Edit) -> str:
    """Return the name that the field had when it was edited."""
    match edit.field.split("."), edit.after or edit.before:
        case ["criteria", _], {"attribute": attribute}:
            return f"criterion {attribute.replace('_', ' ')}"
    return field_label(draft.definition_before(edit), edit.field)


def changes(before: Definition, after: Definition) -> tuple[str, ...]:
    """Return what a definition changed against the one before, a line a field; empty for equal ones."""
    return (*_criteria_changes(before, after), *_level_changes(before, after), *_limit_changes(before, after))


def _criteria_changes(before: Definition, after: Definition) -> list[str]:
    known = {criterion.criterion_id for criterion in before.criteria}
    kept = {criterion.criterion_id for criterion in after.criteria}
    lines = [f"added: {_whole(after, entry)}" for entry in _ids(after) if entry not in known]
    lines += [f"removed: {_whole(before, entry)}" for entry in _ids(before) if entry not in kept]
    for entry in _ids(after):
        if entry not in known:
            continue
        was, now = before.criterion(entry), after.criterion(entry)
        if (was.attribute, was.comparison) != (now.attribute, now.comparison):
            lines.append(f"{_whole(before, entry)} became {_whole(after, entry)}")
        else:
            lines += _field_changes(before, after, [f"criteria.{entry}.{name}" for name in CRITERION_FIELDS])
    return lines


def _level_changes(before: Definition, after: Definition) -> list[str]:
    if len(before.levels) != len(after.levels):
        return [
            f"levels {value_words(value_of(before, 'levels'))} → {value_words(value_of(after, 'levels'))}"
        ]
    names = [f"levels.{position}.{name}" for position in range(len(after.levels)) for name in LEVEL_FIELDS]
    return _field_changes(before, after, names)


def _limit_changes(before: Definition, after: Definition) -> list[str]:
    return _field_changes(before, after, [f"caps.{group}" for group in Group])


def _field_changes(before: Definition, after: Definition, fields: list[str]) -> list[str]:
    pairs = {field: (value_of(before, field), value_of(after, field)) for field in fields}
    return [
        f"{field_label(after, field)} {value_words(was)} → {value_words(now)}"
        for field, (was, now) in pairs.items()
        if was != now
    ]


def _ids(definition: Definition) -> list[str]:
    return [criterion.criterion_id for criterion in definition.criteria]


def _whole(definition: Definition, criterion_id: str) -> str:
    return value_words(value_of(definition, f"criteria.{criterion_id}"))
