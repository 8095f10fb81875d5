"""What happened on the way: every stage that a lead or a deal entered, and every touch."""

import numpy as np
import pyarrow as pa

from alignment.sample import columns
from alignment.sample.clock import DAY, NEVER, Clock
from alignment.sample.deals import OPEN_STAGES, STAGES, Deals
from alignment.sample.draw import Draw, Flags, Real, Whole
from alignment.sample.journey import Journey
from alignment.sample.prospects import Prospects
from alignment.sample.reasons import TOO_EARLY
from alignment.sample.story import CAMPAIGNS, SOURCES

LEAD_STAGES = (
    "New",
    "Nurture",
    "Marketing qualified",
    "Working",
    "Sales qualified",
    "Converted",
    "Recycled",
    "Disqualified",
)
ALL_STAGES = (*LEAD_STAGES, *STAGES)
CHANNELS = ("web", "mail", "event", "call")


def lead_entries(leads: Prospects, steps: Journey, nurtured: Whole) -> list[tuple[str, Whole]]:
    """Return the stages that leads enter and when, in the order of the journey."""
    is_recycled = np.isin(steps.reason, TOO_EARLY)
    return [
        ("New", leads.created),
        ("Nurture", nurtured),
        ("Marketing qualified", steps.mql),
        ("Working", steps.sal),
        ("Sales qualified", steps.sql_stage),
        ("Converted", steps.opportunity),
        ("Recycled", np.where(is_recycled, steps.rejected, NEVER)),
        ("Disqualified", np.where(is_recycled, NEVER, steps.rejected)),
        ("Marketing qualified", steps.mql_again),
        ("Working", steps.sal_again),
        ("Sales qualified", steps.sql_again),
    ]


def present_stage(entries: list[tuple[str, Whole]]) -> tuple[Whole, Whole]:
    """Return the code (into LEAD_STAGES) of the stage each lead entered last, and when."""
    stage, since = np.zeros(len(entries[0][1]), np.int64), entries[0][1]
    for name, entered in entries[1:]:
        is_later = (entered < NEVER) & (entered >= since)
        stage, since = np.where(is_later, LEAD_STAGES.index(name), stage), np.where(is_later, entered, since)
    return stage, since


def lead_history(clock: Clock, lead_ids: pa.Array, entries: list[tuple[str, Whole]]) -> pa.Table:
    """Return a row for every stage that a lead entered."""
    without_amount = np.zeros(len(lead_ids)), np.zeros(len(lead_ids), bool)
    parts = [_entries(clock, lead_ids, name, entered, *without_amount) for name, entered in entries]
    return _history("leads", parts)


def deal_history(clock: Clock, deal_ids: pa.Array, deals: Deals, opening: Real, amount: Real) -> pa.Table:
    """Return a row for every stage that a deal entered, with its amount from then on, in its currency."""
    entries = [
        (name, deals.stage_entered(stage) if stage < OPEN_STAGES else deals.closed_as(stage))
        for stage, name in enumerate(STAGES)
    ]
    first, *later = entries
    parts = [_entries(clock, deal_ids, *first, opening, deals.is_priced)]
    parts += [_entries(clock, deal_ids, *entry, amount, deals.is_priced) for entry in later]
    return _history("deals", parts)


def touches(draw: Draw, clock: Clock, leads: Prospects, steps: Journey, lead_ids: pa.Array) -> pa.Table:
    """Return how marketing and sales reached out to the leads, and how the leads came by themselves."""
    first = np.arange(leads.count)
    later = np.repeat(first, draw.counts(np.where(steps.mql < NEVER, 1.3, 0.4)))
    until = np.where(steps.mql < NEVER, steps.mql, leads.created + 20 * DAY)[later]
    spread = draw.uniform(0, 1, len(later)) ** 2
    later_at = leads.created[later] + (spread * (until - leads.created[later])).astype(np.int64)
    called = np.flatnonzero(steps.touched < NEVER)
    followed = np.repeat(called, draw.whole(0, 5, len(called)))
    followed_at = clock.in_hours(draw, steps.touched[followed] + draw.lag(3, 0.9, len(followed)))
    is_open = followed_at < steps.rejected[followed]  # who was sent back is called no more
    followed_at = np.where(is_open, followed_at, NEVER)
    of_source = np.array([CHANNELS.index(source.channel) for source in SOURCES])
    lead = np.concatenate([first, later, called, followed])
    touched = np.concatenate([leads.created, later_at, steps.touched[called], followed_at])
    channel = np.concatenate(
        [
            of_source[leads.source],
            draw.pick((5, 4, 1), len(later)),
            3 - 2 * draw.chance(0.4, len(called) + len(followed)),
        ]
    )
    by_marketing = np.arange(len(lead)) < len(first) + len(later)
    campaign = np.where(by_marketing, leads.campaign[lead], -1)
    return _touches(clock, lead_ids, lead, touched, channel, campaign, by_marketing)


def _touches(
    clock: Clock,
    lead_ids: pa.Array,
    lead: Whole,
    touched: Whole,
    channel: Whole,
    campaign: Whole,
    by_marketing: Flags,
) -> pa.Table:
    rows = np.flatnonzero(touched < clock.end)
    rows = rows[np.lexsort((touched[rows], lead[rows]))]
    return pa.table(
        {
            "lead_id": lead_ids.take(pa.array(lead[rows])),
            "touched_at": clock.instants(touched[rows]),
            "channel": columns.words(channel[rows], CHANNELS),
            "campaign": columns.words(campaign[rows], CAMPAIGNS),
            "is_marketing": pa.array(by_marketing[rows]),
        }
    )


def _entries(
    clock: Clock, ids: pa.Array, stage: str, entered: Whole, amount: Real, is_priced: Flags
) -> pa.Table:
    rows = np.flatnonzero(entered < clock.end)
    return pa.table(
        {
            "record_id": ids.take(pa.array(rows)),
            "stage": columns.words(np.full(len(rows), ALL_STAGES.index(stage)), ALL_STAGES),
            "entered_at": clock.instants(entered[rows]),
            "amount": columns.money(amount[rows], is_priced[rows]),
        }
    )


def _history(record_table: str, parts: list[pa.Table]) -> pa.Table:
    history = pa.concat_tables(parts)
    ordered = history.sort_by([("record_id", "ascending"), ("entered_at", "ascending")])
    name = columns.words(np.zeros(len(ordered), np.int64), (record_table,))
    return ordered.append_column("record_table", name)
