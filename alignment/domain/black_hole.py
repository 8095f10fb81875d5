"""What fell in the gap: hand-offs that nobody decided on and nothing happens to any more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.rate import Rate

BANDS = ((2, "0–2 days"), (7, "3–7 days"), (14, "8–14 days"), (30, "15–30 days"))
"""How long a lead has lain in the hole: up to so many days, and the band's name."""
LAST_BAND = "over 30 days"


@dataclass(frozen=True)
class Fallen:
    """Leads of one source and level that fell in on one day and lie there still."""

    fell_on: date
    source: str | None
    level: str | None
    leads: int


@dataclass(frozen=True)
class WeekOfHole:
    """One week: how often a lead fell in and came out, and how many lay there at its end."""

    label: str
    fell_in: int
    came_out: int
    inside: int


@dataclass(frozen=True)
class BlackHole:
    """The hole as it is now, by what is in it, and week by week how it came to be.

    `worth` is the expected value of one MQL by source, None where the data has no amounts.
    """

    today: date
    fallen: tuple[Fallen, ...]
    weeks: tuple[WeekOfHole, ...]
    grown_up: int
    worth: Mapping[str | None, Money] | None
    passport: Passport

    @property
    def leads(self) -> int:
        """Return how many leads lie in the hole."""
        return sum(each.leads for each in self.fallen)

    @property
    def rate(self) -> Rate:
        """Return holes ÷ hand-offs old enough."""
        return Rate(self.leads, self.grown_up)

    @property
    def money(self) -> Money | None:
        """Return what its leads would bring, were they like other MQLs of their sources."""
        return self._money(self.fallen)

    def by_band(self) -> dict[str | None, tuple[int, Money | None]]:
        """Return leads and money by how long they have lain there, every band, the newest first."""
        names = [*(name for _, name in BANDS), LAST_BAND]
        return self._grouped({each: band_of((self.today - each.fell_on).days) for each in self.fallen}, names)

    def by_source(self) -> dict[str | None, tuple[int, Money | None]]:
        """Return leads and money by source, the most leads first."""
        return self._grouped({each: each.source for each in self.fallen})

    def by_level(self) -> dict[str | None, tuple[int, Money | None]]:
        """Return leads and money by the level they had on the day of their hand-off, the most leads first."""
        return self._grouped({each: each.level for each in self.fallen})

    def _grouped(
        self, groups: Mapping[Fallen, str | None], names: Iterable[str | None] = ()
    ) -> dict[str | None, tuple[int, Money | None]]:
        counts = Counter[str | None]()
        for each, group in groups.items():
            counts[group] += each.leads
        order = list(names) or [group for group, _ in counts.most_common()]
        return {
            group: (counts[group], self._money([each for each in self.fallen if groups[each] == group]))
            for group in order
        }

    def _money(self, fallen: Iterable[Fallen]) -> Money | None:
        if self.worth is None:
            return None
        currency = next(iter(self.worth.values())).currency
        return Money(sum(self.worth[each.source].cents * each.leads for each in fallen), currency)


def band_of(days: int) -> str:
    """Return the band of so many days in the hole."""
    return next((name for most, name in BANDS if days <= most), LAST_BAND)


def weeks_of(moves: Mapping[int, tuple[int, int]], labels: Mapping[int, str]) -> tuple[WeekOfHole, ...]:
    """Return the weeks from the first to the last of `labels`, in order, with what lay there at each end."""
    inside = accumulate(fell - out for fell, out in (moves.get(week, (0, 0)) for week in labels))
    return tuple(
        WeekOfHole(label, *moves.get(week, (0, 0)), inside=held)
        for (week, label), held in zip(labels.items(), inside, strict=True)
    )
