"""The deals: of a lead, of several leads, of none, before their lead, after another one."""

from dataclasses import dataclass

import numpy as np

from alignment.sample.clock import DAY, NEVER, Clock
from alignment.sample.draw import Draw, Flags, Real, Whole
from alignment.sample.journey import Journey
from alignment.sample.origins import Origins
from alignment.sample.prospects import UNITED_STATES, Prospects
from alignment.sample.reasons import LOST_WEIGHTS
from alignment.sample.story import AES

STAGES = ("Discovery", "Proposal", "Negotiation", "Verbal commitment", "Closed won", "Closed lost")
OPEN_STAGES = 4
WON, LOST = STAGES.index("Closed won"), STAGES.index("Closed lost")
ENTERED_AFTER = np.array([0.0, 0.22, 0.55, 0.82])  # share of the cycle at which an open stage begins
LOST_IN = (40, 34, 20, 6)
PRODUCTS = ("Handheld", "Inline", "Laboratory")

STALLED = 0.02  # of the deals that would be lost
NOT_PRICED = 0.05  # of those without a proposal
CYCLE_DAYS, CYCLE_SPREAD = 46, 0.55
TYPICAL_AMOUNT = 24_000
OTHER_CURRENCY_ELSEWHERE = 0.02


@dataclass(frozen=True)
class Deals:
    """Deals by the time they were opened, one row each; amounts in EUR.

    `lead` is the row of the deal's own lead, -1 for none; `is_first` marks the deal that the lead became.
    `due` is when the deal closes, were it not stalled; `closed` is NEVER for the open ones,
    `stage` a code into STAGES. Of an open deal `is_won` is yet to come.
    """

    lead: Whole
    is_first: Flags
    created: Whole
    source: Whole
    is_won: Flags
    due: Whole
    closed: Whole
    stage: Whole
    last_open_stage: Whole
    expected_close: Whole
    opening_amount: Real
    amount: Real
    is_priced: Flags
    is_other_currency: Flags
    owner: Whole
    product: Whole
    lost_reason: Whole

    @property
    def count(self) -> int:
        """Return the number of deals."""
        return len(self.created)

    @property
    def is_open(self) -> Flags:
        """Tell which deals are neither won nor lost."""
        return self.closed >= NEVER

    def stage_entered(self, stage: int) -> Whole:
        """Return when each deal entered an open stage; NEVER for one that it has not reached."""
        entered = self.created + (ENTERED_AFTER[stage] * (self.due - self.created)).astype(np.int64)
        return np.where(self.last_open_stage >= stage, entered, NEVER)

    def closed_as(self, stage: int) -> Whole:
        """Return when each deal was closed as won or lost; NEVER for the others."""
        return np.where(self.stage == stage, self.closed, NEVER)


def deals(draw: Draw, clock: Clock, leads: Prospects, steps: Journey, deal_lead: Whole) -> Deals:
    """Return the deals of these leads, and those without a lead from the same weeks."""
    origins = Origins.of(draw, clock, leads, steps, deal_lead).until(clock.end)
    count = len(origins.created)
    is_won = draw.chance(origins.win_chance, count)
    due = clock.in_hours(draw, origins.created + draw.lag(CYCLE_DAYS, CYCLE_SPREAD, count))
    is_stalled = draw.chance(STALLED, count) & ~is_won
    closed = np.where(is_stalled, NEVER, clock.happened(due))
    last_open_stage = _last_open_stage(draw, clock, origins.created, due, is_won, closed)
    opening, final = _amounts(draw, leads, origins.lead)
    return Deals(
        lead=origins.lead,
        is_first=origins.is_first,
        created=origins.created,
        source=origins.source,
        is_won=is_won,
        due=due,
        closed=closed,
        stage=np.where(closed >= NEVER, last_open_stage, np.where(is_won, WON, LOST)),
        last_open_stage=last_open_stage,
        expected_close=_expected_close(draw, clock, due, closed),
        opening_amount=opening,
        amount=np.where(last_open_stage > 0, final, opening),
        is_priced=(last_open_stage > 0) | ~draw.chance(NOT_PRICED, count),
        is_other_currency=_is_other_currency(draw, leads, origins.lead),
        owner=draw.whole(0, len(AES), count),
        product=draw.pick((5, 3, 2), count),
        lost_reason=draw.pick(LOST_WEIGHTS, count),
    )


def _last_open_stage(
    draw: Draw, clock: Clock, created: Whole, due: Whole, is_won: Flags, closed: Whole
) -> Whole:
    elapsed = np.minimum(clock.end - created, due - created) / np.maximum(due - created, 1)
    by_now = np.searchsorted(ENTERED_AFTER, elapsed, side="right") - 1
    lost_in = draw.pick(LOST_IN, len(created))
    in_the_end = np.where(is_won, OPEN_STAGES - 1, lost_in)
    return np.where(closed < NEVER, in_the_end, np.minimum(by_now, in_the_end))


def _expected_close(draw: Draw, clock: Clock, due: Whole, closed: Whole) -> Whole:
    """Return the day on which each open deal should close, at noon; few are overdue."""
    count = len(due)
    planned = due + draw.lag(6, 0.9, count)
    postponed = clock.end + draw.whole(4 * DAY, 70 * DAY, count)
    is_postponed = (planned < clock.end) & ~draw.chance(0.25, count)
    noon = np.where(is_postponed, postponed, planned) // DAY * DAY + DAY // 2
    return np.where(closed < NEVER, NEVER, noon)


def _amounts(draw: Draw, leads: Prospects, lead: Whole) -> tuple[Real, Real]:
    """Return what each deal was thought to be worth when it was opened and from its proposal on, EUR."""
    employees = leads.attributes["employees"].values[lead]
    size = np.where(lead >= 0, np.log(np.maximum(employees, 1) / 100.0), 0.0).clip(-3, 4)
    final = TYPICAL_AMOUNT * np.exp(0.22 * size + 0.5 * draw.normal(len(lead)))
    opening = final * np.exp(0.2 * draw.normal(len(lead)))
    return np.round(opening / 100) * 100, np.round(final / 50) * 50


def _is_other_currency(draw: Draw, leads: Prospects, lead: Whole) -> Flags:
    country = leads.attributes["country"].values
    abroad = (lead >= 0) & (country[lead] == UNITED_STATES)
    return abroad | draw.chance(OTHER_CURRENCY_ELSEWHERE, len(lead))
