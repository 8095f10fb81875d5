"""A block of leads with their deals: what happened, before it becomes tables."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
import pyarrow as pa

from alignment.sample import blunders, columns
from alignment.sample.clock import NEVER, Clock
from alignment.sample.deals import Deals, deals
from alignment.sample.definitions import Attribute
from alignment.sample.draw import Draw, Real, Whole
from alignment.sample.handoff import hand_off
from alignment.sample.journey import Journey, journey
from alignment.sample.origins import share_deals
from alignment.sample.prospects import Prospects, prospects
from alignment.sample.surroundings import month_row

IN_NURTURE = 0.4  # of the leads that nobody works


@dataclass(frozen=True)
class Block:
    """Leads from number `first` on, and their deals from number `first_deal` on.

    `deal_lead` is for each lead the row of the lead whose deal is its own too, -1 without a deal; `nurtured`
    is when it was sent to the nurture programme; `rates` are EUR for one USD by month.
    """

    clock: Clock
    rates: Real
    first: int
    first_deal: int
    leads: Prospects
    steps: Journey
    deal_lead: Whole
    deals: Deals
    nurtured: Whole
    attributes: dict[str, Attribute]

    @classmethod
    def of(
        cls, draw: Draw, clock: Clock, rates: Real, span: tuple[int, int], total: int, first_deal: int
    ) -> Self:
        """Let leads number span[0]…span[1] of `total` arrive and go their way."""
        leads = prospects(draw, clock, *span, total)
        mql, attributes = hand_off(draw, clock, leads)
        steps = journey(draw, clock, leads, mql)
        deal_lead = share_deals(draw, steps)
        opportunity = np.where(deal_lead >= 0, steps.opportunity[deal_lead], NEVER)
        steps = replace(steps, opportunity=opportunity)
        opened = deals(draw, clock, leads, steps, deal_lead)
        is_left_alone = (steps.mql >= NEVER) & (steps.touched >= NEVER) & draw.chance(IN_NURTURE, leads.count)
        nurtured = clock.happened(
            np.where(is_left_alone, leads.created + draw.lag(2, 0.5, leads.count), NEVER)
        )
        attributes["company"] = _of_the_same_company(attributes["company"], deal_lead)
        return cls(clock, rates, span[0], first_deal, leads, steps, deal_lead, opened, nurtured, attributes)

    def with_blunders(self, draw: Draw) -> Self:
        """Return the block with a handful of records that contradict themselves."""
        steps = blunders.reject_customers(draw, self.steps, self.deals)
        steps = blunders.misdate_meetings(draw, self.clock, steps)
        opened = blunders.misdate_deals(draw, self.clock, self.deals)
        return replace(self, steps=steps, deals=opened)

    @cached_property
    def lead_ids(self) -> pa.Array:
        """Return the leads' keys, by row."""
        return columns.keys("L", self.first + 1 + np.arange(self.leads.count))

    @cached_property
    def deal_ids(self) -> pa.Array:
        """Return the deals' keys, by row."""
        return columns.keys("D", self.first_deal + 1 + np.arange(self.deals.count))

    @property
    def first_deal_of(self) -> Whole:
        """Return for each lead the row of the deal that it became, alone or with others; -1 for none."""
        own = np.full(self.leads.count, -1)
        rows = np.flatnonzero(self.deals.is_first)
        own[self.deals.lead[rows]] = rows
        return np.where(self.deal_lead >= 0, own[self.deal_lead], -1)

    def in_currency(self, amounts: Real) -> Real:
        """Return amounts of EUR in each deal's own currency, at the rate of the month it was opened."""
        rate = self.rates[month_row(self.clock, self.deals.created)]
        return np.where(self.deals.is_other_currency, np.round(amounts / rate / 50) * 50, amounts)


def _of_the_same_company(company: Attribute, deal_lead: Whole) -> Attribute:
    as_before = np.arange(len(deal_lead))
    partner = np.where(deal_lead >= 0, deal_lead, as_before)
    return Attribute(company.values[partner], company.known, company.labels)
