"""How far leads go after hand-off: follow-up, acceptance, qualification, rejection, a second try."""

from dataclasses import dataclass, fields

import numpy as np

from alignment.sample.clock import DAY, HOUR, NEVER, Clock, day_number
from alignment.sample.draw import Draw, Flags, Real, Whole, sigmoid
from alignment.sample.prospects import JOB_LEVELS, Prospects
from alignment.sample.reasons import TOO_EARLY, rejection_reasons
from alignment.sample.story import Story

WORKED_ANYWAY = 0.04  # of the leads that are not MQL
DATE_FORGOTTEN = 0.03
ACCEPTED, QUALIFIED = 0.75, -0.7  # log-odds of an average lead that is followed up in time


@dataclass(frozen=True)
class Journey:
    """When each lead reached each step: wall-clock seconds, NEVER where it did not (or has not yet).

    `reason` is a code into reasons.REASONS, -1 for leads that were not rejected.
    """

    mql: Whole
    assigned: Whole
    touched: Whole
    sal: Whole
    sql_stage: Whole
    meeting: Whole
    rejected: Whole
    opportunity: Whole
    mql_again: Whole
    sal_again: Whole
    sql_again: Whole
    reason: Whole

    def so_far(self, clock: Clock) -> "Journey":
        """Return the journey with NEVER for what lies after the end of the data."""
        steps = {field.name: clock.happened(getattr(self, field.name)) for field in fields(self)}
        steps["reason"] = np.where(steps["rejected"] < NEVER, self.reason, -1)
        return Journey(**steps)


def journey(draw: Draw, clock: Clock, leads: Prospects, mql: Whole) -> Journey:
    """Return how far each lead got by the end of the data."""
    count = leads.count
    is_worked = (mql < NEVER) | draw.chance(WORKED_ANYWAY, count)
    hand_off = np.where(mql < NEVER, mql, _after(leads.created, draw.lag(3, 0.8, count), is_worked))
    assigned, touched = _follow_up(draw, clock, hand_off)
    sal, turned_down = _decision(draw, clock, leads, hand_off, touched)
    sql_stage = _qualification(draw, clock, leads, hand_off, touched, sal)
    given_up = _after(sal, draw.lag(21, 0.6, count), draw.chance(0.65, count) & (sql_stage >= NEVER))
    rejected = np.minimum(turned_down, clock.in_hours(draw, given_up))
    met = _after(sal, draw.lag(5, 0.7, count), (sql_stage < NEVER) | draw.chance(0.25, count))
    meeting = np.minimum(clock.in_hours(draw, met), sql_stage)
    opportunity = clock.in_hours(draw, _after(sql_stage, draw.lag(3, 0.8, count), draw.chance(0.88, count)))
    reason = rejection_reasons(draw, leads, turned_down < NEVER)
    again = _again(draw, clock, np.where(np.isin(reason, TOO_EARLY), rejected, NEVER))
    noted_sal = np.where((sql_stage < NEVER) & draw.chance(DATE_FORGOTTEN, count), NEVER, sal)
    steps = Journey(
        mql, assigned, touched, noted_sal, sql_stage, meeting, rejected, opportunity, *again, reason
    )
    return steps.so_far(clock)


def _after(instant: Whole, lag: Whole, happens: Flags) -> Whole:
    return np.where(happens & (instant < NEVER), instant + lag, NEVER)


def _is_collapse(clock: Clock, hand_off: Whole) -> Flags:
    story = Story(clock.as_of)
    day = hand_off // DAY
    return (day >= day_number(story.collapse_from)) & (day < day_number(story.collapse_until))


def _follow_up(draw: Draw, clock: Clock, hand_off: Whole) -> tuple[Whole, Whole]:
    """Return when each lead was given to an owner and when the owner first got in touch."""
    count = len(hand_off)
    collapse = _is_collapse(clock, hand_off)
    in_line = draw.lag(1, 1.0, count) * np.where(collapse, 0.9, 0.02)
    assigned = _after(hand_off, in_line.astype(np.int64), hand_off < NEVER)
    wait = draw.lag(1, 0.9, count) * np.where(collapse, 6.5, 0.12)
    is_touched = ~draw.chance(np.where(collapse, 0.38, 0.04), count)
    return assigned, clock.in_hours(draw, _after(assigned, wait.astype(np.int64), is_touched))


def _promise(leads: Prospects, hand_off: Whole, touched: Whole) -> Real:
    """Return what speaks for each lead, in log-odds: what it is like, and how soon it was called."""
    days = np.where(touched < NEVER, touched - hand_off, DAY) / DAY
    return 0.45 * leads.fit + 0.6 * leads.intent + leads.quality - 0.35 * np.log1p(days)


def _decision(
    draw: Draw, clock: Clock, leads: Prospects, hand_off: Whole, touched: Whole
) -> tuple[Whole, Whole]:
    """Return when sales accepted the lead, and when it turned it down; neither for those left undecided."""
    count = leads.count
    odds = ACCEPTED + 0.6 * _promise(leads, hand_off, touched)
    competitor, student = leads.attributes["is_competitor"], leads.attributes["job_level"]
    odds = odds - 3.0 * (competitor.known & (competitor.values > 0))
    odds = odds - 1.5 * (student.known & (student.values == JOB_LEVELS.index("Student")))
    is_accepted = draw.chance(sigmoid(odds), count)
    is_decided = ~draw.chance(np.where(_is_collapse(clock, hand_off), 0.25, 0.07), count)
    decided = clock.in_hours(draw, _after(touched, draw.lag(1.1, 0.8, count), is_decided))
    return np.where(is_accepted, decided, NEVER), np.where(is_accepted, NEVER, decided)


def _qualification(
    draw: Draw, clock: Clock, leads: Prospects, hand_off: Whole, touched: Whole, sal: Whole
) -> Whole:
    is_qualified = draw.chance(sigmoid(QUALIFIED + _promise(leads, hand_off, touched)), leads.count)
    return clock.in_hours(draw, _after(sal, draw.lag(13, 0.55, leads.count), is_qualified))


def _again(draw: Draw, clock: Clock, recycled: Whole) -> tuple[Whole, Whole, Whole]:
    """Return the second journey of leads that were rejected as too early: MQL, SAL and SQL again."""
    count = len(recycled)
    mql = _after(recycled, HOUR + draw.lag(75, 0.5, count), draw.chance(0.3, count))
    sal = clock.in_hours(draw, _after(mql, draw.lag(1.5, 0.6, count), draw.chance(0.6, count)))
    return mql, sal, clock.in_hours(draw, _after(sal, draw.lag(13, 0.55, count), draw.chance(0.3, count)))
