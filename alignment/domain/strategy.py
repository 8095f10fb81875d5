"""What each campaign or source brought, and what it cost; the parts sum to the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alignment.domain.cohort import UNATTRIBUTED, Passport
from alignment.domain.money import Money
from alignment.domain.rate import Rate


class Basis(StrEnum):
    """Which leads and deals count for a period."""

    PERIOD = "period"
    LEADS = "leads"

    @property
    def label(self) -> str:
        """Return it as people choose it."""
        return {
            Basis.PERIOD: "what happened in it",
            Basis.LEADS: "what its new leads brought so far",
        }[self]


@dataclass(frozen=True)
class Strategy:
    """One campaign or source; `name` is None for what belongs to none of them.

    Counts are None where the data can't tell them, amounts where it has no amounts, `spend` where none is on
    record. `sent_back` counts MQLs that came back by the group of their reason (set quality).
    `is_whole`: all strategies together, what belongs to none included; there all that was spent counts.
    """

    name: str | None
    leads: int | None = None
    mqls: int | None = None
    sqls: int | None = None
    won: int | None = None
    revenue: Money | None = None
    open_deals: int | None = None
    open_amount: Money | None = None
    spend: Money | None = None
    sent_back: Mapping[str, int] = field(default_factory=dict)
    tells_sent_back: bool = False
    is_whole: bool = False

    @property
    def has_own_spend(self) -> bool:
        """Tell whether its spend was for it: money that names no strategy bought nobody in particular."""
        return self.spend is not None and (self.is_whole or self.name not in {None, UNATTRIBUTED})

    @property
    def cost_per_mql(self) -> Money | None:
        """Return spend ÷ MQLs, None where there is none of either."""
        return self._per(self.mqls)

    @property
    def cost_per_sql(self) -> Money | None:
        """Return spend ÷ SQLs."""
        return self._per(self.sqls)

    @property
    def cost_per_win(self) -> Money | None:
        """Return spend ÷ deals won."""
        return self._per(self.won)

    @property
    def returned(self) -> float | None:
        """Return revenue ÷ spend; None without revenue that is known, or without money spent."""
        if not self.has_own_spend or self.spend is None or self.revenue is None or self.spend.cents <= 0:
            return None
        return self.revenue.cents / self.spend.cents

    @property
    def came_back(self) -> Rate | None:
        """Return MQLs that sales sent back ÷ MQLs, None where the data can't tell."""
        if not self.tells_sent_back or self.mqls is None:
            return None
        return Rate(sum(self.sent_back.values()), self.mqls)

    @property
    def main_reason(self) -> str | None:
        """Return the group of reasons that most came back for, None where nobody did."""
        return max(self.sent_back, key=self.sent_back.__getitem__, default=None)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is known of it."""
        return not any((self.leads, self.mqls, self.sqls, self.won, self.open_deals)) and self.spend is None

    def _per(self, count: int | None) -> Money | None:
        if not self.has_own_spend or self.spend is None or not count:
            return None
        return Money(round(self.spend.cents / count), self.spend.currency)


@dataclass(frozen=True)
class Strategies:
    """Every strategy, the most leads first, what belongs to none last; `by` says what they are grouped by."""

    by: str
    basis: Basis
    rows: tuple[Strategy, ...]
    currency: str
    passport: Passport
    needs: str = ""
    """What the data lacks to show costs, as a sentence."""

    @property
    def total(self) -> Strategy:
        """Return the sum of all rows."""
        back: dict[str, int] = {}
        for row in self.rows:
            for group, count in row.sent_back.items():
                back[group] = back.get(group, 0) + count
        return Strategy(
            name="all",
            is_whole=True,
            leads=_sum(row.leads for row in self.rows),
            mqls=_sum(row.mqls for row in self.rows),
            sqls=_sum(row.sqls for row in self.rows),
            won=_sum(row.won for row in self.rows),
            revenue=self._money(row.revenue for row in self.rows),
            open_deals=_sum(row.open_deals for row in self.rows),
            open_amount=self._money(row.open_amount for row in self.rows),
            spend=self._money(row.spend for row in self.rows),
            sent_back=back,
            tells_sent_back=any(row.tells_sent_back for row in self.rows),
        )

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was counted and nothing spent."""
        return all(row.is_empty for row in self.rows)

    def called(self, name: str | None) -> str:
        """Return a strategy's name as it stands on a screen."""
        if name == UNATTRIBUTED:
            return "no lead known"
        return f"no {self.by}" if name is None else name

    def _money(self, amounts: Iterable[Money | None]) -> Money | None:
        known = [amount.cents for amount in amounts if amount is not None]
        return Money(sum(known), self.currency) if known else None


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
