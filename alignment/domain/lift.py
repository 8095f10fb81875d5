"""Lift: how many times as often the chosen leads convert as all leads do."""

from dataclasses import dataclass
from math import exp, log, sqrt

from alignment.domain.rate import Z_95, Rate
from alignment.domain.refusal import Refusal


@dataclass(frozen=True)
class Lift:
    """The rate of the chosen leads beside the rate of all leads, of which they are a part."""

    chosen: Rate
    everyone: Rate

    def __post_init__(self) -> None:
        """Refuse a part that is larger than the whole."""
        failed = [rate.denominator - rate.numerator for rate in (self.chosen, self.everyone)]
        if self.chosen.numerator > self.everyone.numerator or failed[0] > failed[1]:
            message = f"The chosen leads are a part of all leads; {self.chosen} is none of {self.everyone}."
            raise Refusal(message)

    @property
    def value(self) -> float | None:
        """Return chosen ÷ everyone; None where nobody converted or a rate is too small to be said."""
        if self.chosen.is_too_small or not self.everyone.numerator:
            return None
        share = self.chosen.numerator / self.chosen.denominator
        return share * self.everyone.denominator / self.everyone.numerator

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval on the log scale (delta method, the part within the whole).

        None where there is no value or no chosen lead converted.
        """
        if not self.value:
            return None
        half = Z_95 * self._log_error()
        return exp(log(self.value) - half), exp(log(self.value) + half)

    def _log_error(self) -> float:
        """Return the standard error of the log: each kind of lead weighs by its slope, squared."""
        found, chosen, successes = self.chosen.numerator, self.chosen.denominator, self.everyone.numerator
        slope = 1 / found - 1 / chosen - 1 / successes
        squares = found * slope**2 + (chosen - found) / chosen**2 + (successes - found) / successes**2
        return sqrt(max(squares - 1 / self.everyone.denominator, 0.0))
