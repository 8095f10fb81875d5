"""What surrounds the leads: money spent on campaigns, exchange rates, holidays."""

from datetime import date

import numpy as np
import pyarrow as pa

from alignment.sample import columns
from alignment.sample.clock import MONTHS, Clock, months_before
from alignment.sample.draw import Draw, Real, Whole
from alignment.sample.story import CURRENCY, EBOOK, EBOOK_SPEND, OTHER_CURRENCY, SOURCES, SYNDICATION, Story

LEADS_A_MONTH = 500
RATE_AT_START, RATE_DRIFT = 0.92, 0.012
MONTHS_BEFORE_LEADS = 12  # some deals are older than their lead


def months(clock: Clock) -> list[date]:
    """Return the first days of the months with data, and of those before in which a deal may have closed."""
    newest = clock.as_of.replace(day=1)
    return [months_before(newest, back) for back in range(MONTHS + MONTHS_BEFORE_LEADS, -1, -1)]


def rate_by_month(draw: Draw, clock: Clock) -> Real:
    """Return EUR for one USD, month by month."""
    count = len(months(clock))
    return np.round(RATE_AT_START * np.exp(np.cumsum(RATE_DRIFT * draw.normal(count))), 4)


def month_row(clock: Clock, instants: Whole) -> Whole:
    """Return for instants the row of their month in `months`."""
    first = months(clock)[0]
    month = instants.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return np.clip(month - ((first.year - 1970) * 12 + first.month - 1), 0, len(months(clock)) - 1)


def exchange_rates(clock: Clock, rates: Real) -> pa.Table:
    """Return the rates of the other currency, one a month."""
    days = months(clock)
    return pa.table(
        {
            "currency": [OTHER_CURRENCY] * len(days),
            "rate_on": pa.array(days, pa.date32()),
            "rate": pa.array(rates),
        }
    )


def spend(draw: Draw, clock: Clock, leads: int) -> pa.Table:
    """Return what each campaign cost, month by month, in proportion to the size of the company."""
    size = leads / MONTHS / LEADS_A_MONTH
    story = Story(clock.as_of)
    paid = [(source.name, campaign, source.spend) for source in SOURCES for campaign in source.campaigns]
    rows = [(month, *entry) for month in months(clock)[MONTHS_BEFORE_LEADS:] for entry in paid]
    rows += [
        (month, SOURCES[SYNDICATION].name, EBOOK, EBOOK_SPEND)
        for month in months(clock)
        if story.ebook_from.replace(day=1) <= month < story.ebook_until
    ]
    amounts = np.array([row[3] for row in rows]) * size * draw.uniform(0.85, 1.15, len(rows))
    return pa.table(
        {
            "month_on": pa.array([row[0] for row in rows], pa.date32()),
            "source": pa.array([row[1] for row in rows], pa.string()),
            "campaign": pa.array([row[2] for row in rows], pa.string()),
            "amount": columns.money(np.round(amounts / 10) * 10),
            "currency": [CURRENCY] * len(rows),
        }
    )


def holidays(clock: Clock) -> pa.Table:
    """Return the days on which nobody works."""
    days = sorted(clock.holidays)
    return pa.table(
        {"holiday_on": pa.array(days, pa.date32()), "name": [clock.holidays[day] for day in days]}
    )
