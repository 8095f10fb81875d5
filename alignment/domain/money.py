"""Amounts in one currency, in whole cents, so that sums are exact."""

from dataclasses import dataclass
from typing import Self

from alignment.domain.refusal import Refusal

CENTS = 100


@dataclass(frozen=True, order=True)
class Money:
    """An amount of `cents` hundredths of the currency's unit."""

    cents: int
    currency: str

    def __add__(self, other: Self) -> Self:
        """Add two amounts of one currency."""
        return type(self)(self.cents + self._same(other).cents, self.currency)

    def __sub__(self, other: Self) -> Self:
        """Subtract an amount of the same currency."""
        return type(self)(self.cents - self._same(other).cents, self.currency)

    @property
    def amount(self) -> float:
        """Return the amount in units of the currency."""
        return self.cents / CENTS

    def _same(self, other: Self) -> Self:
        if self.currency != other.currency:
            message = f"{self.currency} and {other.currency} can't be added without an exchange rate."
            raise Refusal(message)
        return other
