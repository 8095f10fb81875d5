"""How the open pipeline of a period's start becomes that of its end; it balances to the cent."""

from dataclasses import dataclass

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period


@dataclass(frozen=True)
class Part:
    """What one kind of change adds to the pipeline (negative: takes from it), and of how many deals."""

    name: str
    amount: Money
    count: int


@dataclass(frozen=True)
class PipelineBridge:
    """Start + created + up − down − lost − won, and what the history does not tell, = end.

    `parts` hold their signs; `is_now` says that the end is now, for the period has not ended yet.
    """

    period: Period
    start: Part
    parts: tuple[Part, ...]
    end: Part
    is_now: bool
    passport: Passport

    @property
    def change(self) -> Money:
        """Return how much more is open at the end."""
        return self.end.amount - self.start.amount

    @property
    def is_balanced(self) -> bool:
        """Tell whether the start and all parts come to the end, to the cent."""
        return self.change.cents == sum(part.amount.cents for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """Tell whether no deal was open at any time of the period."""
        return not (self.start.count or self.end.count or any(part.count for part in self.parts))

    def part(self, name: str) -> Part:
        """Return the part of that name; nothing where it is not shown."""
        return next(
            (part for part in self.parts if part.name == name), Part(name, Money(0, self.currency), 0)
        )

    @property
    def currency(self) -> str:
        """Return the currency of all of them."""
        return self.start.amount.currency
