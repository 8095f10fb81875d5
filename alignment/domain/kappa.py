"""Cohen's κ: how far two judges agree beyond what chance alone would bring."""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from alignment.domain.rate import SMALL_SAMPLE, SMALLEST_DENOMINATOR, Z_95
from alignment.domain.refusal import Refusal

_NAMES = ((0.2, "hardly more than by chance"), (0.4, "a little"), (0.6, "moderately"), (0.8, "well"))


@dataclass(frozen=True)
class Kappa:
    """What two judges said of the same leads, as counts: both yes, only one of them, neither."""

    both: int
    only_first: int
    only_second: int
    neither: int

    def __post_init__(self) -> None:
        """Refuse counts below zero."""
        if min(self.both, self.only_first, self.only_second, self.neither) < 0:
            message = f"Agreement needs counts of 0 or more, got {self}."
            raise Refusal(message)

    @property
    def count(self) -> int:
        """Return how many leads both judged."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def alike(self) -> int:
        """Return on how many of them they said the same."""
        return self.both + self.neither

    @property
    def is_too_small(self) -> bool:
        """Tell whether there are under 5: nothing is said then."""
        return self.count < SMALLEST_DENOMINATOR

    @property
    def is_small_sample(self) -> bool:
        """Tell whether there are under 30."""
        return self.count < SMALL_SAMPLE

    @property
    def value(self) -> float | None:
        """Return κ, −1 … 1; None where nobody could disagree: each judge's answers are all the same."""
        return None if self._chance == 1 else (self._alike - self._chance) / (1 - self._chance)

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval by the large-sample error of Fleiss, Cohen and Everitt (1969)."""
        if self.value is None:
            return None
        half = Z_95 * self._error(self.value)
        return max(self.value - half, -1.0), min(self.value + half, 1.0)

    @property
    def words(self) -> str:
        """Return how far they agree, in words."""
        if self.value is None:
            return "can't be told"
        value = round(self.value, 9)
        return next((words for end, words in _NAMES if value < end), "very well")

    @property
    def _first_yes(self) -> float:
        return (self.both + self.only_first) / self.count

    @property
    def _second_yes(self) -> float:
        return (self.both + self.only_second) / self.count

    @property
    def _alike(self) -> float:
        return self.alike / self.count

    @cached_property
    def _chance(self) -> float:
        """Return how often they would agree by chance; 1 where nothing was judged."""
        if not self.count:
            return 1.0
        first, second = self._first_yes, self._second_yes
        return first * second + (1 - first) * (1 - second)

    def _error(self, value: float) -> float:
        first, second, apart = self._first_yes, self._second_yes, 1 - value
        total = (
            self.both * (1 - (first + second) * apart) ** 2
            + self.neither * (1 - (2 - first - second) * apart) ** 2
            + self.only_first * (apart * (second + 1 - first)) ** 2
            + self.only_second * (apart * (1 - second + first)) ** 2
        ) / self.count - (value - self._chance * apart) ** 2
        return sqrt(max(total, 0.0) / self.count) / (1 - self._chance)
