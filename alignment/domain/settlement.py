"""Where two positions differ, and the moves that bring them together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from alignment.domain.agreement import Draft, Side
from alignment.domain.definition import NUMERIC, Definition, Group
from alignment.domain.definition_plain import CRITERION_FIELDS, LEVEL_FIELDS, Plain, value_of, with_value
from alignment.domain.definition_steps import Step
from alignment.domain.refusal import Refusal
from alignment.domain.scale import Scale

WHOLE_NUMBERS = ("points", "cutoff", "sla_hours", "capacity")


@dataclass(frozen=True)
class Difference:
    """A field that the two sides want differently, and where each of them stands."""

    field: str
    marketing: Plain
    sales: Plain


class Way(StrEnum):
    """How one side can move a field."""

    THEIRS = "theirs"
    HALF_WAY = "half-way"
    IN_FORCE = "in force"


@dataclass(frozen=True)
class Meeting:
    """A value on which both sides could meet: that of one `side`, or half-way (None)."""

    field: str
    value: Plain
    side: Side | None


def differences(marketing: Definition, sales: Definition) -> tuple[Difference, ...]:
    """Return the fields in which two positions differ, criteria first; what only one has is left out."""
    found = []
    for field in _fields(marketing):
        try:
            one, other = value_of(marketing, field), value_of(sales, field)
        except Refusal:
            continue
        if one != other:
            found.append(Difference(field, one, other))
    return tuple(found)


def half_way(field: str, one: Plain, other: Plain, scale: Scale | None = None) -> Plain:
    """Return the value in the middle of two, whoever's comes first; None where there is none in between.

    Points, cutoffs and other whole numbers meet at the whole number in the middle, the lower of two. A
    threshold halts at the stop in the middle of its `scale`, on the slider as far from one as from the other.
    """
    name = field.rpartition(".")[2]
    if name == "threshold":
        return _middle_stop(one, other, scale)
    if not (name in WHOLE_NUMBERS or field.startswith("caps.")) or None in (one, other):
        return None
    middle = (one + other) // 2
    return None if middle in (one, other) else middle


def meetings(difference: Difference, scale: Scale | None = None) -> tuple[Meeting, ...]:
    """Return the values on which both sides could meet: half-way, where there is one, and each side's own."""
    middle = half_way(difference.field, difference.marketing, difference.sales, scale)
    sides = ((difference.marketing, Side.MARKETING), (difference.sales, Side.SALES))
    own = tuple(Meeting(difference.field, value, side) for value, side in sides)
    return own if middle is None else (Meeting(difference.field, middle, None), *own)


def ways(draft: Draft, side: Side, field: str, scale: Scale | None = None) -> Mapping[Way, Plain]:
    """Return the values to which one side can move a field, each only where it would move something.

    Where two ways lead to one value, the first is named. Once somebody has signed the draft, what changes
    nothing in it isn't offered: the other side's signature settles it.
    """
    own, theirs = (_at(draft.position_of(each), field) for each in (side, side.other))
    if own is None or theirs is None or not side.may_edit:
        return {}
    middle = half_way(field, own[0], theirs[0], scale)
    asked: dict[Way, tuple[Plain] | None] = {
        Way.THEIRS: theirs if theirs != own else None,
        Way.HALF_WAY: None if middle is None else (middle,),
        Way.IN_FORCE: _at(draft.base.definition, was) if (was := draft.in_force_as(field)) else None,
    }
    found: dict[Way, Plain] = {}
    for way, value in asked.items():
        if value and value[0] not in found.values() and _is_offered(draft, side, field, value[0]):
            found[way] = value[0]
    return found


def ways_for_all(draft: Draft, side: Side, scales: Mapping[str, Scale]) -> Mapping[Way, tuple[Step, ...]]:
    """Return the steps by which one side takes all that the other wants, or meets it half-way in all.

    `scales`: by the criterion's id.
    """
    steps: dict[Way, list[Step]] = {Way.THEIRS: [], Way.HALF_WAY: []}
    for difference in differences(draft.position_of(Side.MARKETING), draft.position_of(Side.SALES)):
        field, scale = difference.field, scale_of(difference.field, scales)
        theirs = difference.sales if side is Side.MARKETING else difference.marketing
        middle = half_way(field, difference.marketing, difference.sales, scale)
        steps[Way.THEIRS].append((field, theirs))
        if middle is not None:
            steps[Way.HALF_WAY].append((field, middle))
    in_turn = {way: in_order(draft.definition, found) for way, found in steps.items()}
    return {way: found for way, found in in_turn.items() if found}


def in_order(definition: Definition, steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps in an order in which the definition can take each; what it can't take is left out."""
    waiting = list(steps)
    done: list[Step] = []
    while waiting:
        step = next((step for step in waiting if _after(definition, step)), None)
        if step is None:
            break
        definition = _after(definition, step) or definition
        waiting.remove(step)
        done.append(step)
    return tuple(done)


def scale_of(field: str, scales: Mapping[str, Scale]) -> Scale | None:
    """Return the scale of the criterion that the field is of, None for other fields."""
    match field.split("."):
        case ["criteria", criterion_id, _]:
            return scales.get(criterion_id)
    return None


def _fields(definition: Definition) -> list[str]:
    criteria = [found.criterion_id for found in definition.criteria]
    return [
        *(f"criteria.{criterion_id}.{name}" for criterion_id in criteria for name in CRITERION_FIELDS),
        *(f"levels.{place}.{name}" for place in range(len(definition.levels)) for name in LEVEL_FIELDS),
        *(f"caps.{group}" for group in Group),
    ]


def _middle_stop(one: Plain, other: Plain, scale: Scale | None) -> Plain:
    if scale is None or scale.comparison not in NUMERIC or one == other:
        return None
    low, high = sorted((one, other))
    between = [stop for stop in scale.stops if low < stop < high]
    return between[(len(between) - 1) // 2] if between else None


def _at(definition: Definition, field: str) -> tuple[Plain] | None:
    """Return the field's value in a tuple of one, None where the definition has no such field."""
    try:
        return (value_of(definition, field),)
    except Refusal:
        return None


def _is_offered(draft: Draft, side: Side, field: str, value: Plain) -> bool:
    """Tell whether the move changes something, and the draft can take it as it stands."""
    if value == draft.value_of(field):
        return not _is_signed(draft) and draft.is_moved_by(side, field, value)
    return _after(draft.definition, (field, value)) is not None


def _is_signed(draft: Draft) -> bool:
    return any(draft.signature_of(side) for side in (Side.MARKETING, Side.SALES))


def _after(definition: Definition, step: Step) -> Definition | None:
    try:
        return with_value(definition, *step)
    except Refusal:
        return None
