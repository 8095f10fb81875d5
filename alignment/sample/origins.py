"""Where deals begin: with one lead, several or none, before their lead, or after another deal."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from alignment.sample.clock import DAY, NEVER, Clock
from alignment.sample.draw import Draw, Flags, Real, Whole, sigmoid
from alignment.sample.journey import Journey
from alignment.sample.prospects import Prospects
from alignment.sample.story import OUTBOUND, SOURCES

DEAL_SOURCES = (*(source.name for source in SOURCES), OUTBOUND)
PARTNER = DEAL_SOURCES.index("Partner")

SHARES_NEXT_DEAL = 0.065  # of the opportunities
BEFORE_LEAD = 0.012  # more, for every opportunity: a customer's new contact
ANOTHER_DEAL = 0.08
WITHOUT_LEAD = 0.135
WINS = -1.5  # log-odds of an average opportunity


def share_deals(draw: Draw, steps: Journey) -> Whole:
    """Return for each lead the lead whose deal is its own too: itself, the next one, or -1 for none."""
    leads = np.flatnonzero(steps.opportunity < NEVER)
    leads = leads[np.argsort(steps.opportunity[leads], kind="stable")]
    into = np.arange(len(leads))
    into[:-1] += draw.chance(SHARES_NEXT_DEAL, max(len(leads) - 1, 0))
    while (into[into] != into).any():
        into = into[into]
    deal_lead = np.full(len(steps.opportunity), -1)
    deal_lead[leads] = leads[into]
    return deal_lead


@dataclass(frozen=True)
class Origins:
    """The beginnings of deals, one row each; `lead` is the lead's row, -1 for none.

    `is_first` marks the deal that the lead became.
    """

    lead: Whole
    is_first: Flags
    created: Whole
    source: Whole
    win_chance: Real

    @classmethod
    def of(cls, draw: Draw, clock: Clock, leads: Prospects, steps: Journey, deal_lead: Whole) -> Self:
        """Return the beginnings of all deals of these leads and of their weeks, by time."""
        own = np.flatnonzero(deal_lead == np.arange(leads.count))
        again = own[draw.chance(ANOTHER_DEAL, len(own))]
        before = own[draw.chance(BEFORE_LEAD, len(own))]
        odds = WINS + 0.3 * leads.fit + 0.3 * leads.intent + 0.5 * leads.quality
        since = steps.opportunity[again] + draw.lag(150, 0.4, len(again)) + 30 * DAY
        ago = leads.created[before] - draw.whole(60 * DAY, 220 * DAY, len(before))
        parts = [
            cls(own, own >= 0, steps.opportunity[own], leads.source[own], sigmoid(odds[own])),
            cls(
                again, again < 0, clock.in_hours(draw, since), leads.source[again], sigmoid(odds[again] + 0.6)
            ),
            cls(
                before,
                before < 0,
                clock.in_hours(draw, ago),
                leads.source[before],
                sigmoid(odds[before] + 0.6),
            ),
            cls._without_lead(draw, clock, leads, round(WITHOUT_LEAD * len(own))),
        ]
        whole = cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in _columns()))
        return whole._rows(np.argsort(whole.created, kind="stable"))

    @classmethod
    def _without_lead(cls, draw: Draw, clock: Clock, leads: Prospects, count: int) -> Self:
        created = clock.in_hours(draw, leads.created[draw.whole(0, leads.count, count)])
        source = np.where(draw.chance(0.4, count), PARTNER, DEAL_SOURCES.index(OUTBOUND))
        return cls(np.full(count, -1), np.zeros(count, bool), created, source, np.full(count, 0.22))

    def until(self, end: int) -> Self:
        """Return the deals that begin before an instant."""
        return self._rows(np.flatnonzero(self.created < end))

    def _rows(self, rows: Whole) -> Self:
        return type(self)(*(getattr(self, name)[rows] for name in _columns()))


def _columns() -> list[str]:
    return [field.name for field in fields(Origins)]
