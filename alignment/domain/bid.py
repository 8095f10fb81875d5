"""Two-hand bids: each side says where it wants one number of the draft before it sees what the other says."""

from dataclasses import dataclass, field
from datetime import datetime

from alignment.domain import definition_plain
from alignment.domain.agreement import Person, Side
from alignment.domain.definition import HIGHEST_SCORE, LARGEST, MOST_POINTS, NUMERIC, Definition
from alignment.domain.definition_plain import Plain
from alignment.domain.refusal import Refusal

SHORTEST_SLA = 1


@dataclass(frozen=True)
class Bid:
    """One side's value. Its printed form hides it, so that no log or traceback gives it away."""

    who: Person
    value: Plain = field(repr=False)


@dataclass(frozen=True)
class Reveal:
    """Both sides' bids on one field of the draft as it stood at edit `seq`, opened together."""

    field: str
    marketing: Bid
    sales: Bid
    at: datetime
    seq: int

    @property
    def is_met(self) -> bool:
        """Tell whether both sides said the same."""
        return self.marketing.value == self.sales.value

    def of(self, side: Side) -> Bid:
        """Return what one side bid."""
        return self.marketing if side is Side.MARKETING else self.sales


def fields(definition: Definition) -> tuple[str, ...]:
    """Return the numbers of a definition that can be bid on: cutoffs first, then points, then the rest."""
    places = range(len(definition.levels) - 1, 0, -1)
    found = [f"levels.{place}.cutoff" for place in places]
    for criterion in definition.criteria:
        found.append(f"criteria.{criterion.criterion_id}.points")
        if criterion.comparison in NUMERIC:
            found.append(f"criteria.{criterion.criterion_id}.threshold")
    handed = [place for place, level in enumerate(definition.levels) if level.enters_hand_off]
    found += [f"levels.{place}.{name}" for place in reversed(handed) for name in ("sla_hours", "capacity")]
    return (*found, *(f"caps.{group}" for group in definition.caps))


def limits(definition: Definition, name: str) -> tuple[float, float | None]:
    """Return the least and the greatest number that a field can be, None for no greatest one.

    Raises Refusal when the field can't be bid on.
    """
    refuse_no_number(definition, name)
    match name.split("."):
        case ["levels", place, "cutoff"]:
            cutoffs = [*(level.cutoff for level in definition.levels), HIGHEST_SCORE + 1]
            return cutoffs[int(place) - 1] + 1, cutoffs[int(place) + 1] - 1
        case ["levels", _, "sla_hours"]:
            return SHORTEST_SLA, None
        case ["criteria", _, "points"]:
            return -MOST_POINTS, MOST_POINTS
        case ["criteria", _, "threshold"]:
            return -LARGEST, LARGEST
        case ["caps", _]:
            return 0, HIGHEST_SCORE
    return 0, None


def refuse_no_number(definition: Definition, name: str) -> None:
    """Raise Refusal when the field is no number of the definition, or not there any more."""
    if name not in fields(definition):
        message = f"Bids are for numbers of the draft; “{name}” is none, or not there any more."
        raise Refusal(message)


def refuse_misfit(definition: Definition, name: str, value: Plain) -> None:
    """Raise Refusal when the field can't be bid on, or can't be that value."""
    refuse_no_number(definition, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "A bid is a number. Please set one."
        raise Refusal(message)
    definition_plain.with_value(definition, name, value)
