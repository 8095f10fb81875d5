"""A definition as plain data (TOML, JSON) and back, and its single fields by name.

A field's name is a path: `criteria.<id>.points`, `criteria.<id>.threshold`, `criteria.<id>.group`,
`criteria.<id>` (whole, None removes it), `levels.<position>.cutoff` (or name, route, sla_hours,
enters_hand_off, capacity), `levels` (whole), `caps.<group>`. A `capacity` of the whole definition, from
before each level had its own, is read as that of the highest level that enters hand-off.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from alignment.domain.definition import Comparison, Criterion, Definition, Group, Level, Route, Threshold
from alignment.domain.refusal import Refusal

Plain: TypeAlias = Any
"""What JSON can say: None, bool, int, float, str, list, dict."""

Word = TypeVar("Word", Comparison, Group, Route)

CRITERION_FIELDS = ("threshold", "points", "group")
LEVEL_FIELDS = ("name", "cutoff", "route", "sla_hours", "enters_hand_off", "capacity")


def to_plain(definition: Definition) -> dict[str, Plain]:
    """Return the definition as plain data that `from_plain` reads back to an equal one."""
    return {
        "criteria": [criterion_to_plain(criterion) for criterion in definition.criteria],
        "levels": [level_to_plain(level) for level in definition.levels],
        "caps": {str(group): cap for group, cap in definition.caps.items()},
    }


def from_plain(plain: Mapping[str, Plain]) -> Definition:
    """Read a definition; raise Refusal that names the part which can't be read."""
    _refuse_other_fields("A definition", plain, ("criteria", "levels", "caps", "capacity"))
    definition = Definition(
        criteria=tuple(criterion_from_plain(entry) for entry in plain.get("criteria", [])),
        caps={
            _one_of(Group, group, "group"): _whole(cap, f"the cap of {group}")
            for group, cap in plain.get("caps", {}).items()
        },
    )
    if "levels" in plain:
        definition = replace(definition, levels=tuple(level_from_plain(entry) for entry in plain["levels"]))
    return _with_capacity_of_old(definition, plain.get("capacity"))


def _with_capacity_of_old(definition: Definition, capacity: Plain) -> Definition:
    """Give the capacity of a whole definition to its highest hand-off level; refuse it beside the levels'."""
    if capacity is None:
        return definition
    if any(level.capacity is not None for level in definition.levels):
        message = "Each level has its own capacity here; please remove the one of the whole definition."
        raise Refusal(message)
    return definition.with_capacity(_whole(capacity, "the capacity"))


def criterion_to_plain(criterion: Criterion) -> dict[str, Plain]:
    """Return one criterion as plain data."""
    threshold = list(criterion.threshold) if isinstance(criterion.threshold, tuple) else criterion.threshold
    return {
        "criterion_id": criterion.criterion_id,
        "attribute": criterion.attribute,
        "comparison": str(criterion.comparison),
        "threshold": threshold,
        "points": criterion.points,
        "group": str(criterion.group),
    }


def _threshold(plain: Plain) -> Threshold:
    is_listed = hasattr(plain, "__iter__") and not isinstance(plain, str)
    return tuple(str(value) for value in plain) if is_listed else plain


def criterion_from_plain(plain: Mapping[str, Plain]) -> Criterion:
    """Read one criterion; raise Refusal that names the entry which is missing or wrong."""
    _refuse_other_fields("A criterion", plain, ("criterion_id", "attribute", "comparison", *CRITERION_FIELDS))
    for name in ("attribute", "comparison", "points"):
        if name not in plain:
            message = f"A criterion needs {name}; this one has only {', '.join(sorted(plain)) or 'nothing'}."
            raise Refusal(message)
    attribute = str(plain["attribute"])
    return Criterion(
        criterion_id=str(plain.get("criterion_id") or attribute.replace(".", "_")),
        attribute=attribute,
        comparison=_one_of(Comparison, plain["comparison"], f"comparison of {attribute}"),
        threshold=_threshold(plain.get("threshold")),
        points=_whole(plain["points"], f"the points of {attribute}"),
        group=_one_of(Group, plain.get("group", Group.FIT), f"group of {attribute}"),
    )


def level_to_plain(level: Level) -> dict[str, Plain]:
    """Return one level as plain data."""
    return {name: getattr(level, name) for name in LEVEL_FIELDS} | {"route": str(level.route)}


def level_from_plain(plain: Mapping[str, Plain]) -> Level:
    """Read one level; raise Refusal that names the entry which is missing or wrong."""
    _refuse_other_fields("A level", plain, LEVEL_FIELDS)
    for name in ("name", "cutoff"):
        if name not in plain:
            message = f"A level needs {name}; this one has only {', '.join(sorted(plain)) or 'nothing'}."
            raise Refusal(message)
    hours, capacity = plain.get("sla_hours"), plain.get("capacity")
    return Level(
        name=str(plain["name"]),
        cutoff=_whole(plain["cutoff"], f"the cutoff of {plain['name']}"),
        route=_one_of(Route, plain.get("route", Route.NONE), f"route of {plain['name']}"),
        sla_hours=None if hours is None else _whole(hours, f"the SLA hours of {plain['name']}"),
        enters_hand_off=_yes_or_no(
            plain.get("enters_hand_off", False), f"whether {plain['name']} enters hand-off"
        ),
        capacity=None if capacity is None else _whole(capacity, f"the capacity of {plain['name']}"),
    )


def value_of(definition: Definition, field: str) -> Plain:
    """Return the present value of a field as plain data; None for a criterion or cap that is not there."""
    match field.split("."):
        case ["criteria", criterion_id]:
            found = (known for known in definition.criteria if known.criterion_id == criterion_id)
            return next((criterion_to_plain(criterion) for criterion in found), None)
        case ["criteria", criterion_id, name] if name in CRITERION_FIELDS:
            return criterion_to_plain(definition.criterion(criterion_id))[name]
        case ["levels", position, name] if name in LEVEL_FIELDS and _is_position(definition, position):
            return level_to_plain(definition.levels[int(position)])[name]
        case ["caps", group]:
            return definition.caps.get(_one_of(Group, group, "group"))
        case ["levels"]:
            return [level_to_plain(level) for level in definition.levels]
        case ["capacity"]:
            return definition.capacity
    raise Refusal(_no_such_field(field))


def with_value(definition: Definition, field: str, value: Plain) -> Definition:
    """Return the definition with one field changed; raise Refusal when field or value can't be."""
    match field.split("."):
        case ["criteria", criterion_id] if value is None:
            return definition.without_criterion(criterion_id)
        case ["criteria", criterion_id]:
            return definition.with_criterion(criterion_from_plain({**value, "criterion_id": criterion_id}))
        case ["criteria", criterion_id, name] if name in CRITERION_FIELDS:
            entry = criterion_to_plain(definition.criterion(criterion_id)) | {name: value}
            return definition.with_criterion(criterion_from_plain(entry))
        case ["levels", position, name] if name in LEVEL_FIELDS and _is_position(definition, position):
            entry = level_to_plain(definition.levels[int(position)]) | {name: value}
            return definition.with_level(int(position), level_from_plain(entry))
        case ["caps", group]:
            known = _one_of(Group, group, "group")
            return definition.with_cap(known, None if value is None else _whole(value, f"the cap of {group}"))
        case ["levels"]:
            return replace(definition, levels=tuple(level_from_plain(entry) for entry in value))
        case ["capacity"]:
            return definition.with_capacity(None if value is None else _whole(value, "the capacity"))
    raise Refusal(_no_such_field(field))


def _is_position(definition: Definition, text: str) -> bool:
    return text.isdecimal() and int(text) < len(definition.levels)


def _no_such_field(field: str) -> str:
    return f"The definition has no field “{field}” (any more)."


def _refuse_other_fields(what: str, plain: Plain, fields: tuple[str, ...]) -> None:
    if not isinstance(plain, Mapping):
        message = f"{what} is a table of {', '.join(fields)}; got {plain!r}."
        raise Refusal(message)
    if unknown := sorted(set(plain) - set(fields)):
        message = f"{what} has {', '.join(fields)}; it can't have {', '.join(unknown)}."
        raise Refusal(message)


def _yes_or_no(value: Plain, what: str) -> bool:
    if not isinstance(value, bool):
        message = f"{what[0].upper()}{what[1:]} must be true or false, got {value!r}."
        raise Refusal(message)
    return value


def _whole(value: Plain, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        message = f"{what[0].upper()}{what[1:]} must be a whole number, got {value!r}."
        raise Refusal(message)
    return value


def _one_of(kind: type[Word], value: Plain, what: str) -> Word:
    try:
        return kind(value)
    except ValueError:
        message = f"The {what} must be one of {', '.join(kind)}, got {value!r}."
        raise Refusal(message) from None
