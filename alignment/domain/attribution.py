"""Who brought a deal: how six models share its amount among its touches, exactly to the cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import lcm

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.refusal import Refusal

DAY_SECONDS = 86_400
USUAL_HALF_LIFE = 7.0
SHORTEST_HALF_LIFE, LONGEST_HALF_LIFE = 0.5, 3_650.0
FINEST = 2**52
"""What the youngest touch weighs in time decay; older ones are whole parts of it."""
U_ENDS, U_REST = 40, 20
W_MILESTONES, W_REST = 30, 10

Weights = tuple[int, ...]


class Model(StrEnum):
    """A rule that shares a deal among its touches; none of them is the truth."""

    FIRST = "first"
    LAST = "last"
    LINEAR = "linear"
    U = "u"
    W = "w"
    TIME_DECAY = "time-decay"

    @property
    def label(self) -> str:
        """Return its name as people say it."""
        return {Model.U: "U-shaped", Model.W: "W-shaped"}.get(self, self.value.replace("-", " ").capitalize())

    def rule(self, half_life: float = USUAL_HALF_LIFE) -> str:
        """Say in words how it shares a deal; `half_life` in days."""
        return {
            Model.FIRST: "the first touch takes all",
            Model.LAST: "the last touch before the close takes all",
            Model.LINEAR: "every touch takes the same",
            Model.U: "40 % to the first touch, 40 % to the last, 20 % to those between; two touches 50/50",
            Model.W: "30 % to the first touch, 30 % to the one that the lead was created with, 30 % to the"
            " one that the deal was created with (each the last up to that moment), 10 % to the rest; a touch"
            " of two milestones takes both parts, and that of a missing one goes to the others in"
            " proportion",
            Model.TIME_DECAY: "a touch weighs 2^(−Δt/h), Δt the time before the close and h ="
            f" {half_life:g} days",
        }[self]


class Before(StrEnum):
    """Up to which moment of a deal a marketing touch makes it an influenced one."""

    CREATION = "creation"
    CLOSE = "close"


@dataclass(frozen=True)
class Rules:
    """What people choose: half-life in days, whose touches take part, and up to when one influences."""

    half_life: float = USUAL_HALF_LIFE
    is_marketing_only: bool = True
    before: Before = Before.CREATION

    def __post_init__(self) -> None:
        """Refuse a half-life that would weigh nothing, or everything alike."""
        if not SHORTEST_HALF_LIFE <= self.half_life <= LONGEST_HALF_LIFE:
            message = (
                f"A half-life must lie between {SHORTEST_HALF_LIFE:g} and {LONGEST_HALF_LIFE:,.0f} days,"
                f" got {self.half_life:g}."
            )
            raise Refusal(message)


@dataclass(frozen=True)
class Journey:
    """The touches that a deal had up to its close, oldest first, with its milestones; instants are naive UTC.

    `lead_at` and `deal_at` are the last moments that still belong to the creation of its first lead and of
    the deal, None where they are not known.
    """

    touched_at: tuple[datetime, ...]
    lead_at: datetime | None = None
    deal_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse touches out of order: first and last would be others."""
        if any(after < before for before, after in zip(self.touched_at, self.touched_at[1:], strict=False)):
            message = "The touches of a journey must stand in the order of their time."
            raise Refusal(message)

    def weights(self, model: Model, half_life: float = USUAL_HALF_LIFE) -> Weights:
        """Return what each touch weighs by the model, in whole numbers; those of one instant alike."""
        if not self.touched_at:
            return ()
        first, last = self._of(self.touched_at[0]), self._of(self.touched_at[-1])
        match model:
            case Model.FIRST:
                return self._shared(((first, 1),))
            case Model.LAST:
                return self._shared(((last, 1),))
            case Model.LINEAR:
                return (1,) * len(self.touched_at)
            case Model.U:
                return self._shared(((first, U_ENDS), (last, U_ENDS)), U_REST)
            case Model.W:
                milestones = (first, self._up_to(self.lead_at), self._up_to(self.deal_at))
                return self._shared([(each, W_MILESTONES) for each in milestones], W_REST)
            case Model.TIME_DECAY:
                return self._decayed(half_life)

    def _of(self, instant: datetime) -> range:
        """Return the places of the touches of one instant: nobody knows which of them came first."""
        start = self.touched_at.index(instant)
        return range(start, start + self.touched_at.count(instant))

    def _up_to(self, moment: datetime | None) -> range:
        """Return the places of the last touches up to the moment; none where none was, or nobody knows."""
        until = [at for at in self.touched_at if moment is not None and at <= moment]
        return self._of(until[-1]) if until else range(0)

    def _shared(self, parts: Sequence[tuple[range, int]], rest: int = 0) -> Weights:
        """Give each part to its places and `rest` to all others; a part without a place is left out."""
        others = set(range(len(self.touched_at))).difference(*(places for places, _ in parts))
        given = [(tuple(places), part) for places, part in (*parts, (sorted(others), rest)) if places]
        scale = lcm(*(len(places) for places, _ in given))
        weights = [0] * len(self.touched_at)
        for places, part in given:
            for place in places:
                weights[place] += part * scale // len(places)
        return tuple(weights)

    def _decayed(self, half_life: float) -> Weights:
        """Weigh each touch against the youngest: their ratio is the same whatever the close."""
        youngest = self.touched_at[-1]
        ages = ((youngest - at).total_seconds() / DAY_SECONDS for at in self.touched_at)
        return tuple(int(FINEST * 2 ** -(age / half_life)) for age in ages)


def parts(cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split an amount by weights so that the parts sum to it exactly.

    What rounding leaves over goes, a cent each, to the largest remainders, the earliest of equal ones first.
    A negative amount is split as its opposite is.
    """
    total, size = sum(weights), abs(cents)
    if not total:
        return (0,) * len(weights)
    whole = [divmod(size * weight, total) for weight in weights]
    left_over = size - sum(share for share, _ in whole)
    first = sorted(range(len(whole)), key=lambda place: -whole[place][1])[:left_over]
    sign = -1 if cents < 0 else 1
    return tuple(sign * (share + (place in first)) for place, (share, _) in enumerate(whole))


@dataclass(frozen=True)
class Attributed:
    """What each model gives to one value of the column (None: not told); `deals` had a touch of it."""

    value: str | None
    amounts: Mapping[Model, Money]
    deals: int


@dataclass(frozen=True)
class Touched:
    """Deals that marketing touched: how many and what was won of them, each in full."""

    deals: int
    amount: Money


@dataclass(frozen=True)
class Influenced:
    """The deals with a marketing touch up to the moment `before`, and, overlapping, those of each value.

    A deal of two values stands in both, so the values' amounts sum to more than the whole.
    """

    before: Before
    total: Touched
    by: Mapping[str | None, Touched]
    passport: Passport


@dataclass(frozen=True)
class Attribution:
    """Won revenue shared by the models, a row a value of `by`, what no touch explains apart.

    For each model the rows and `not_attributed` sum to `won` to the cent. `influenced` is None where the data
    doesn't tell who made a touch. `unvalued` deals lack an amount or an exchange rate.
    """

    by: str
    rules: Rules
    rows: tuple[Attributed, ...]
    not_attributed: Touched
    won: Touched
    unvalued: int
    influenced: Influenced | None
    passports: Mapping[Model, Passport]
    passport: Passport

    @property
    def is_empty(self) -> bool:
        """Tell whether no deal was won."""
        return not self.won.deals

    @property
    def has_amounts(self) -> bool:
        """Tell whether any of the deals won has an amount."""
        return self.won.deals > self.unvalued
