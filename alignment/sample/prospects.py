"""Who the leads are: where they come from, how well they fit, how keen they are, what is known of them."""

from dataclasses import dataclass

import numpy as np

from alignment.sample import names
from alignment.sample.arrivals import arrivals
from alignment.sample.clock import Clock
from alignment.sample.definitions import DECIDERS, TARGET_INDUSTRIES, Attribute
from alignment.sample.draw import Draw, Flags, Real, Whole, sigmoid
from alignment.sample.story import CAMPAIGNS, EBOOK, SOURCES, SYNDICATION

JOB_LEVELS = ("Student", "Staff", *reversed(DECIDERS))
INDUSTRIES = (*TARGET_INDUSTRIES, "Food & beverage", "Logistics", "Education", "Consulting", "Software")
COUNTRIES = ("Germany", "Austria", "Switzerland", "Netherlands", "Poland", "France", "Italy", "United States")
COUNTRY_WEIGHTS = (47, 9, 10, 8, 6, 6, 4, 10)
UNITED_STATES = 7
WEBINAR = next(code for code, source in enumerate(SOURCES) if source.name == "Webinar")
UNKNOWN_ALTOGETHER = 0.008
EBOOK_FIT, EBOOK_INTENT, EBOOK_QUALITY = -0.15, -0.35, -1.45


@dataclass(frozen=True)
class Prospects:
    """Leads as they are: arrays with one row a lead, in order of arrival.

    `fit` and `intent` (in standard deviations) are what the attributes hint at; `quality` is what none shows.
    """

    created: Whole
    source: Whole
    campaign: Whole  # -1 for none
    fit: Real
    intent: Real
    quality: Real
    attributes: dict[str, Attribute]

    @property
    def count(self) -> int:
        """Return the number of leads."""
        return len(self.created)


def prospects(draw: Draw, clock: Clock, first: int, last: int, leads: int) -> Prospects:
    """Return leads number first…last of `leads`."""
    created, is_ebook = arrivals(draw, clock, first, last, leads)
    count = len(created)
    source = np.where(is_ebook, SYNDICATION, draw.pick([source.share for source in SOURCES], count))
    fit = _shift("fit", source, is_ebook, EBOOK_FIT) + draw.normal(count)
    intent = _shift("intent", source, is_ebook, EBOOK_INTENT) + draw.normal(count)
    quality = _shift("quality", source, is_ebook, EBOOK_QUALITY)
    attributes = _describe(draw, fit, count) | _behave(draw, intent, source, is_ebook)
    knows_nothing = draw.chance(UNKNOWN_ALTOGETHER, count)
    for name in set(attributes) - {"name", "company", "country"}:
        seen = attributes[name]
        attributes[name] = Attribute(seen.values, seen.known & ~knows_nothing, seen.labels)
    return Prospects(created, source, _campaign(draw, source, is_ebook), fit, intent, quality, attributes)


def _shift(trait: str, source: Whole, is_ebook: Flags, of_ebook: float) -> Real:
    return np.where(is_ebook, of_ebook, np.array([getattr(entry, trait) for entry in SOURCES])[source])


def _campaign(draw: Draw, source: Whole, is_ebook: Flags) -> Whole:
    campaign = np.full(len(source), -1)
    for code, entry in enumerate(SOURCES):
        rows = np.flatnonzero((source == code) & ~is_ebook)
        if entry.campaigns:
            first = CAMPAIGNS.index(entry.campaigns[0])
            campaign[rows] = first + draw.whole(0, len(entry.campaigns), len(rows))
    return np.where(is_ebook, CAMPAIGNS.index(EBOOK), campaign)


def _describe(draw: Draw, fit: Real, count: int) -> dict[str, Attribute]:
    def mostly(missing: float) -> Flags:
        return ~draw.chance(missing, count)

    employees = np.exp(4.1 + 0.9 * fit + 0.9 * draw.normal(count)).astype(np.int64).clip(1, 60_000)
    seniority = np.searchsorted([-1.9, 0.15, 1.05, 1.75], 0.75 * fit + 0.85 * draw.normal(count))
    fits = draw.chance(sigmoid(0.1 + 0.9 * fit), count)
    industry = draw.whole(0, len(TARGET_INDUSTRIES), count) + np.where(fits, 0, len(TARGET_INDUSTRIES))
    country = draw.pick(COUNTRY_WEIGHTS, count)
    return {
        "name": _words(draw.whole(0, len(names.people()), count), mostly(0.0), names.people()),
        "company": _words(draw.whole(0, len(names.companies()), count), mostly(0.01), names.companies()),
        "employees": Attribute(employees, mostly(0.06)),
        "industry": _words(industry, mostly(0.04), INDUSTRIES),
        "country": _words(country, mostly(0.02), COUNTRIES),
        "job_level": _words(seniority, mostly(0.08), JOB_LEVELS),
        "is_competitor": Attribute(draw.chance(0.015, count), mostly(0.02)),
    }


def _behave(draw: Draw, intent: Real, source: Whole, is_ebook: Flags) -> dict[str, Attribute]:
    count = len(intent)

    def tracked(values: Whole | Flags, missing: float) -> Attribute:
        return Attribute(values, ~draw.chance(missing, count))

    attends = np.where(source == WEBINAR, 0.6, sigmoid(-2.4 + 0.5 * intent))
    downloads = draw.counts(np.exp(-1.1 + 0.4 * intent)) + is_ebook * (1 + draw.counts(np.full(count, 0.5)))
    clicks = draw.counts(np.exp(-0.1 + 0.45 * intent)) + is_ebook * draw.counts(np.full(count, 2.5))
    away = np.exp(1.9 - 0.5 * intent + 0.8 * draw.normal(count)) * np.where(is_ebook, 0.5, 1.0)
    return {
        "pages_viewed": tracked(
            draw.counts(np.exp(1.25 + 0.55 * intent) + np.where(is_ebook, 2.5, 0.0)), 0.03
        ),
        "pricing_page_views": tracked(
            draw.counts(np.exp(-0.9 + 0.7 * intent) * np.where(is_ebook, 0.4, 1.0)), 0.03
        ),
        "webinar_attended": tracked(draw.chance(attends, count), 0.02),
        "content_downloads": tracked(downloads, 0.03),
        "email_clicks": tracked(clicks, 0.04),
        "demo_requested": tracked(draw.chance(sigmoid(-2.6 + 1.1 * intent - 1.5 * is_ebook), count), 0.02),
        "days_since_last_visit": tracked(away.astype(np.int64).clip(0, 400), 0.05),
    }


def _words(codes: Whole, known: Flags, labels: tuple[str, ...]) -> Attribute:
    return Attribute(codes, known, labels)
