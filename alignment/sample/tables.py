"""The tables of the column contract that grow with the leads, one block at a time."""

import numpy as np
import pyarrow as pa

from alignment.sample import columns, history
from alignment.sample.block import Block
from alignment.sample.clock import NEVER
from alignment.sample.deals import LOST, OPEN_STAGES, PRODUCTS, STAGES, WON
from alignment.sample.draw import Draw, Whole
from alignment.sample.origins import DEAL_SOURCES
from alignment.sample.reasons import LOST_REASONS, REASONS, TOO_EARLY
from alignment.sample.story import AES, CAMPAIGNS, CURRENCY, OTHER_CURRENCY, SDRS, SOURCES

KEPT_IN_NURTURE = 0.8  # of the leads rejected as too early


def tables_of(draw: Draw, block: Block) -> dict[str, pa.Table]:
    """Return the block's rows of leads, deals, deal_leads, touches and stage_history."""
    lead_ids, deal_ids = block.lead_ids, block.deal_ids
    entries = history.lead_entries(block.leads, block.steps, block.nurtured)
    opening, amount = block.in_currency(block.deals.opening_amount), block.in_currency(block.deals.amount)
    of_leads = history.lead_history(block.clock, lead_ids, entries)
    of_deals = history.deal_history(block.clock, deal_ids, block.deals, opening, amount)
    return {
        "leads": _leads(draw, block, entries),
        "deals": _deals(block),
        "deal_leads": _deal_leads(block),
        "touches": history.touches(draw, block.clock, block.leads, block.steps, lead_ids),
        "stage_history": pa.concat_tables([of_leads, of_deals]).unify_dictionaries(),
    }


def _leads(draw: Draw, block: Block, entries: list[tuple[str, Whole]]) -> pa.Table:
    leads, steps, instants = block.leads, block.steps, block.clock.instants
    stage, since = history.present_stage(entries)
    owner = np.where(steps.assigned < NEVER, draw.whole(0, len(SDRS), leads.count), -1)
    is_kept = np.isin(steps.reason, TOO_EARLY) & draw.chance(KEPT_IN_NURTURE, leads.count)
    first_deal = block.first_deal_of
    return pa.table(
        {
            "lead_id": block.lead_ids,
            "created_at": instants(leads.created),
            "source": columns.words(leads.source, [source.name for source in SOURCES]),
            "campaign": columns.words(leads.campaign, CAMPAIGNS),
            "owner": columns.words(owner, SDRS),
            "assigned_at": instants(steps.assigned),
            "mql_at": instants(steps.mql),
            "sal_at": instants(steps.sal),
            "sql_at": instants(steps.sql_stage),
            "meeting_at": instants(steps.meeting),
            "rejected_at": instants(steps.rejected),
            "rejection_reason": columns.words(steps.reason, REASONS),
            "first_touch_at": instants(steps.touched),
            "last_activity_at": instants(_last_activity(draw, block)),
            "in_nurture": pa.array((block.nurtured < NEVER) | is_kept),
            "stage": columns.words(stage, history.LEAD_STAGES),
            "stage_since": instants(since),
            "is_converted": pa.array(first_deal >= 0),
            "converted_at": instants(steps.opportunity),
            "converted_deal_id": columns.keys(
                "D", np.where(first_deal >= 0, block.first_deal + 1 + first_deal, -1)
            ),
        }
        | {name: columns.attribute(seen) for name, seen in block.attributes.items()}
    )


def _last_activity(draw: Draw, block: Block) -> Whole:
    leads, steps, deals = block.leads, block.steps, block.deals
    visit = leads.created + np.where(
        steps.touched < NEVER, draw.lag(4, 0.8, leads.count), draw.lag(1, 1.0, leads.count)
    )
    last = leads.created.copy()
    of_leads = (visit, steps.mql, steps.touched, steps.sal, steps.sql_stage, steps.rejected, steps.sal_again)
    for moment in of_leads:
        last = np.where(moment < block.clock.end, np.maximum(last, moment), last)
    of_a_lead = np.flatnonzero(deals.lead >= 0)
    for moment in (*(deals.stage_entered(stage) for stage in range(OPEN_STAGES)), deals.closed):
        rows = of_a_lead[moment[of_a_lead] < block.clock.end]
        np.maximum.at(last, deals.lead[rows], moment[rows])
    return last


def _deals(block: Block) -> pa.Table:
    deals, instants = block.deals, block.clock.instants
    amount = block.in_currency(deals.amount)
    is_lost = deals.stage == LOST
    lead = np.where(deals.lead >= 0, block.first + 1 + deals.lead, -1)
    return pa.table(
        {
            "deal_id": block.deal_ids,
            "lead_id": columns.keys("L", lead),
            "created_at": instants(deals.created),
            "source": columns.words(deals.source, DEAL_SOURCES),
            "stage": columns.words(deals.stage, STAGES),
            "amount": columns.money(amount, deals.is_priced),
            "currency": columns.words(deals.is_other_currency.astype(np.int64), (CURRENCY, OTHER_CURRENCY)),
            "closed_at": instants(deals.closed),
            "is_closed": pa.array(~deals.is_open),
            "is_won": pa.array(deals.stage == WON, mask=deals.is_open),
            "expected_close_at": instants(deals.expected_close),
            "expected_amount": columns.money(amount, deals.is_priced & deals.is_open),
            "owner": columns.words(deals.owner, AES),
            "lost_reason": columns.words(np.where(is_lost, deals.lost_reason, -1), LOST_REASONS),
            "product": columns.words(deals.product, PRODUCTS),
        }
    )


def _deal_leads(block: Block) -> pa.Table:
    own = np.flatnonzero(block.deals.lead >= 0)
    others = np.flatnonzero((block.deal_lead >= 0) & (block.deal_lead != np.arange(block.leads.count)))
    deal = np.concatenate([own, block.first_deal_of[others]])
    lead = np.concatenate([block.deals.lead[own], others])
    order = np.lexsort((lead, deal))
    return pa.table(
        {
            "deal_id": block.deal_ids.take(pa.array(deal[order])),
            "lead_id": block.lead_ids.take(pa.array(lead[order])),
        }
    )
