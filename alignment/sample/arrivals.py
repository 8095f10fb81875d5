"""When leads arrive: growth, the seasons, the week, the hour, and the e-book campaign on top."""

import numpy as np

from alignment.sample.clock import DAY, HOUR, Clock, day_number
from alignment.sample.draw import Draw, Flags, Real, Whole
from alignment.sample.story import EBOOK_VOLUME, Story

MONTHLY_GROWTH = 0.013
AUGUST, LATE_DECEMBER = 0.8, 0.5
SATURDAY, SUNDAY_OR_HOLIDAY = 0.3, 0.22
OF_THE_HOUR = (1, 1, 1, 1, 1, 2, 5, 12, 28, 40, 45, 42, 30, 36, 44, 42, 34, 24, 15, 12, 12, 11, 7, 3)


def arrivals(draw: Draw, clock: Clock, first: int, last: int, leads: int) -> tuple[Whole, Flags]:
    """Return when leads first…last of `leads` arrive, in order, and which the e-book campaign brings."""
    usual, ebook = _volume_by_day(clock)
    share = (np.arange(first, last) + draw.uniform(0, 1, last - first)) / leads
    until = np.cumsum(usual + ebook)
    day = np.minimum(np.searchsorted(until, share * until[-1], side="right"), clock.days - 1)
    is_ebook = draw.chance((ebook / (usual + ebook))[day], len(day))
    of_day = draw.pick(OF_THE_HOUR, len(day)) * HOUR + draw.whole(0, HOUR, len(day))
    created = (clock.first_day + day) * DAY + of_day
    order = np.argsort(created, kind="stable")
    return created[order], is_ebook[order]


def _volume_by_day(clock: Clock) -> tuple[Real, Real]:
    days = clock.first_day + np.arange(clock.days)
    usual = (1 + MONTHLY_GROWTH) ** (np.arange(clock.days) / 30.4) * _season(days) * _week(clock, days)
    story = Story(clock.as_of)
    runs = (days >= day_number(story.ebook_from)) & (days < day_number(story.ebook_until))
    return usual, usual * runs * EBOOK_VOLUME


def _season(days: Whole) -> Real:
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]").astype(int) % 12
    of_month = (dates - dates.astype("datetime64[M]")).astype(int)
    is_late_december = (month == 11) & (of_month >= 19)  # noqa: PLR2004 - months count from 0
    return np.where(month == 7, AUGUST, 1.0) * np.where(is_late_december, LATE_DECEMBER, 1.0)  # noqa: PLR2004


def _week(clock: Clock, days: Whole) -> Real:
    is_saturday = (days + 3) % 7 == 5  # noqa: PLR2004 - day 0 was a Thursday
    return np.where(clock.is_working_day(days), 1.0, np.where(is_saturday, SATURDAY, SUNDAY_OR_HOLIDAY))
