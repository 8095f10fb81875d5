"""Which traits some leads have more often than others do, tested: what chance explains is no trait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, lgamma

from alignment.domain.cohort import Passport

LEVEL = 0.05
SURE = 0.001
LEAST_LIFT = 1.2
"""A trait is at least a fifth more frequent: of very many leads, less is a signal that nobody can use."""
FEWEST = 5
"""A value that fewer of all these leads have could not be told from chance, and is not tested."""
TINY = 1e-18


@dataclass(frozen=True)
class Counts:
    """How many have one value of an attribute: `found` of `leads`, and before `found_before` of some more.

    Both count only leads with any value of the attribute.
    """

    attribute: str
    value: str
    found: int
    leads: int
    found_before: int
    leads_before: int

    @property
    def is_testable(self) -> bool:
        """Tell whether there is anything to compare."""
        return self.found + self.found_before >= FEWEST and self.leads > 0 and self.leads_before > 0

    @property
    def chance(self) -> float:
        """Return how likely it is that as many or more are found by chance alone (Fisher's exact test)."""
        return at_least(self.found, self.leads, self.found + self.found_before, self.leads_before)

    @property
    def lift(self) -> float:
        """Return how many times as frequent it is now as it was before; infinite for what was never."""
        if not self.found_before:
            return float("inf") if self.found else 0.0
        return self.found * self.leads_before / (self.leads * self.found_before)


@dataclass(frozen=True)
class Trait:
    """A value beside before; `chance` that it is as frequent or more, adjusted for all that were tested."""

    counts: Counts
    chance: float

    @property
    def is_telling(self) -> bool:
        """Tell whether chance would hardly bring it, and it is large enough to speak about."""
        return self.chance < LEVEL and self.counts.lift >= LEAST_LIFT

    @property
    def words(self) -> str:
        """Return how sure we are, in words."""
        if self.chance >= LEVEL:
            return "chance might explain it"
        return "very unlikely to be chance" if self.chance < SURE else "unlikely to be chance"


@dataclass(frozen=True)
class Traits:
    """Every value that was tested, the surest first."""

    tested: tuple[Trait, ...]
    passport: Passport

    @property
    def found(self) -> tuple[Trait, ...]:
        """Return the traits over-represented now."""
        return tuple(trait for trait in self.tested if trait.is_telling)


def compared(counts: Iterable[Counts]) -> tuple[Trait, ...]:
    """Return all values that can be tested, their chances corrected for their number, the surest first."""
    tested = [each for each in counts if each.is_testable]
    traits = map(Trait, tested, holm([each.chance for each in tested]))
    return tuple(
        sorted(traits, key=lambda trait: (trait.chance, trait.counts.chance, trait.counts.attribute))
    )


def at_least(found: int, drawn: int, marked: int, others: int) -> float:
    """Return the chance of `found` marked or more among `drawn`, of `drawn` + `others` with `marked` in all.

    The upper tail of the hypergeometric distribution. It is added up from its larger end, each term from the
    one before: above the mean upwards, else what lies below `found`, downwards.
    """
    if found <= max(0, marked - others):
        return 1.0
    spare = others - marked
    if found * (drawn + others) > drawn * marked:
        ups = ((marked - i) * (drawn - i) / ((i + 1) * (spare + i + 1)) for i in range(found, drawn + 1))
        return min(1.0, _sum(_exactly(found, drawn, marked, others), ups))
    last = found - 1
    downs = (i * (spare + i) / ((marked - i + 1) * (drawn - i + 1)) for i in range(last, -1, -1))
    return max(0.0, 1.0 - _sum(_exactly(last, drawn, marked, others), downs))


def holm(chances: Sequence[float]) -> list[float]:
    """Return the chances adjusted for their number, in the same order (Holm 1979)."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    adjusted, largest = [0.0] * len(chances), 0.0
    for passed, place in enumerate(order):
        largest = max(largest, min(1.0, chances[place] * (len(chances) - passed)))
        adjusted[place] = largest
    return adjusted


def _exactly(found: int, drawn: int, marked: int, others: int) -> float:
    total = drawn + others
    return exp(_choose(marked, found) + _choose(total - marked, drawn - found) - _choose(total, drawn))


def _sum(term: float, ratios: Iterable[float]) -> float:
    """Return the sum of terms that begin with this one and follow by the ratios, which fall."""
    total = 0.0
    for ratio in ratios:
        total += term
        term *= ratio
        if term <= total * TINY:
            break
    return total


def _choose(of: int, some: int) -> float:
    """Return the logarithm of the number of ways to choose."""
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)
