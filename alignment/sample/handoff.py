"""When leads become MQL: as soon as the definition in force that day holds, or a person says so."""

import numpy as np

from alignment.sample.clock import DAY, NEVER, Clock, day_number
from alignment.sample.definitions import (
    DEFINITION_BEFORE,
    DEFINITION_NOW,
    Attribute,
    Plain,
    hand_off_cutoff,
    scores,
)
from alignment.sample.draw import Draw, Flags, Whole
from alignment.sample.prospects import Prospects
from alignment.sample.story import Story

AT_ONCE = 0.45  # of the leads that qualify: the form they arrive by is enough
BY_HAND = 0.012  # of the leads that don't qualify
SHOWS_INTEREST = (
    "pricing_page_views",
    "content_downloads",
    "demo_requested",
    "webinar_attended",
    "email_clicks",
)


def hand_off(draw: Draw, clock: Clock, leads: Prospects) -> tuple[Whole, dict[str, Attribute]]:
    """Return when each lead became MQL, and its attributes as they stood then, or stand now."""
    at_once = draw.chance(AT_ONCE, leads.count)
    wait = np.where(at_once, draw.whole(30, 1_200, leads.count), draw.lag(2.5, 1.1, leads.count))
    due = leads.created + wait
    by_rule = _qualifies_on(leads, due // DAY, day_number(Story(clock.as_of).definition_changed_on))
    not_yet = by_rule & (due >= clock.end)
    attributes = {
        name: _without(seen, not_yet) if name in SHOWS_INTEREST else seen
        for name, seen in leads.attributes.items()
    }
    is_handed_over = by_rule | draw.chance(BY_HAND, leads.count)
    return clock.happened(np.where(is_handed_over, due, NEVER)), attributes


def qualifies(leads: Prospects, definition: Plain) -> Flags:
    """Tell which leads a definition hands over."""
    return scores(leads.attributes, definition, leads.count) >= hand_off_cutoff(definition)


def _qualifies_on(leads: Prospects, day: Whole, changed_on: int) -> Flags:
    before, now = qualifies(leads, DEFINITION_BEFORE), qualifies(leads, DEFINITION_NOW)
    return np.where(day < changed_on, before, now)


def _without(seen: Attribute, rows: Flags) -> Attribute:
    return Attribute(np.where(rows, seen.values.dtype.type(0), seen.values), seen.known, seen.labels)
