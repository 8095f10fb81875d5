"""The definition in one plain sentence, and its fields and values in words."""

from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.definition_plain import Plain


def sentence(definition: Definition) -> str:
    """Return the definition as one sentence that both sides can read aloud."""
    if not definition.criteria:
        return "No lead qualifies yet: the definition has no criteria. Add the first one."
    gains = ", ".join(
        f"{signed(criterion.points)} when {condition(criterion)}" for criterion in definition.criteria
    )
    handed = [level for level in definition.levels if level.enters_hand_off]
    bands = ", ".join(f"{level.name} from {level.cutoff}" for level in definition.levels[1:])
    caps = "".join(f"; {group} counts at most {cap}" for group, cap in definition.caps.items())
    return f"A lead scores {gains}{caps}; it is {bands}, and {_joined([_handed(level) for level in handed])}."


def signed(points: int) -> str:
    """Return points with their sign, a real minus for fewer: `+15`, `−50`."""
    return f"{points:+d}".replace("-", "−")


def condition(criterion: Criterion) -> str:
    """Return what the criterion asks, in words."""
    name = criterion.attribute.replace("_", " ")
    match criterion.comparison:
        case Comparison.AT_LEAST:
            return f"{name} is at least {number(criterion.threshold)}"
        case Comparison.AT_MOST:
            return f"{name} is at most {number(criterion.threshold)}"
        case Comparison.ONE_OF:
            return (
                f"{name} is {_joined(list(criterion.threshold or ()), 'or')}"
                if isinstance(criterion.threshold, tuple)
                else name
            )
        case Comparison.IS_TRUE:
            return f"{name.removeprefix('is ').removeprefix('has ')} is yes"


def number(value: Plain) -> str:
    """Return a number without a trailing .0, anything else as it is."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def field_label(definition: Definition, field: str) -> str:
    """Return the name of a field as people say it: `points of employees`, `cutoff of hot`."""
    match field.split("."):
        case ["criteria", criterion_id, name]:
            return f"{name} of {_attribute(definition, criterion_id)}"
        case ["criteria", criterion_id]:
            return f"criterion {_attribute(definition, criterion_id)}"
        case ["levels", _, "name"]:
            return "level name"
        case ["levels", position, name] if int(position) < len(definition.levels):
            return f"{name.replace('_', ' ')} of {definition.levels[int(position)].name}"
        case ["caps", group]:
            return f"cap of {group}"
        case ["terms", name]:
            return {"effective_on": "effective day"}.get(name, name)
    return field


def _attribute(definition: Definition, criterion_id: str) -> str:
    known = {criterion.criterion_id: criterion.attribute for criterion in definition.criteria}
    return known.get(criterion_id, criterion_id).replace("_", " ")


def _handed(level: Level) -> str:
    within = f" within {level.sla_hours} business hours" if level.sla_hours else ""
    return f"{level.name} goes to {level.route.label}{within}"


def _joined(words: list[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
