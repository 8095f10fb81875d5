"""A handful of records that contradict themselves, as in every CRM."""

from dataclasses import replace

import numpy as np

from alignment.sample.clock import DAY, NEVER, Clock
from alignment.sample.deals import LOST, WON, Deals
from alignment.sample.draw import Draw, Flags, Whole
from alignment.sample.journey import Journey
from alignment.sample.reasons import REASONS

A_YEAR = 365 * DAY
RECENT = 250 * DAY


def misdate_meetings(draw: Draw, clock: Clock, steps: Journey) -> Journey:
    """Return the journeys with two meetings in the wrong year, in the future."""
    meeting = steps.meeting.copy()
    meeting[_some(draw, 2, (meeting < NEVER) & (meeting > clock.end - RECENT))] += A_YEAR
    return replace(steps, meeting=meeting)


def misdate_deals(draw: Draw, clock: Clock, deals: Deals) -> Deals:
    """Return the deals with two closed in the future and three closed before they were opened."""
    closed = deals.closed.copy()
    closed[_some(draw, 2, (deals.stage == WON) & (closed > clock.end - RECENT))] += A_YEAR
    backwards = _some(draw, 3, (deals.stage == LOST) & (closed < clock.end))
    closed[backwards] = deals.created[backwards] - 6 * DAY
    return replace(deals, closed=closed)


def reject_customers(draw: Draw, steps: Journey, deals: Deals) -> Journey:
    """Return the journeys with three leads rejected although their deal was won."""
    won = _some(draw, 3, (deals.stage == WON) & deals.is_first)
    leads = deals.lead[won]
    rejected, reason = steps.rejected.copy(), steps.reason.copy()
    rejected[leads] = steps.sql_stage[leads] - DAY
    reason[leads] = REASONS.index("Duplicate")
    return replace(steps, rejected=rejected, reason=reason)


def _some(draw: Draw, count: int, rows: Flags) -> Whole:
    candidates = np.flatnonzero(rows)
    return np.unique(candidates[draw.whole(0, len(candidates), count)]) if len(candidates) else candidates
