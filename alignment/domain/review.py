"""The quarterly review: when it is due, and what has changed since that there is to talk about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from alignment.domain.agreement import Person
from alignment.domain.period import Period, months_between, months_later

QUARTER_MONTHS = 3
SOON_DAYS = 14


@dataclass(frozen=True)
class Review:
    """A review of a period that both sides held, as one person put it on record (naive UTC)."""

    period: Period
    who: Person
    at: datetime
    note: str = ""


class DueStatus(StrEnum):
    """Where the next review stands."""

    FIRST = "not held yet"
    LATER = "later"
    SOON = "due soon"
    TODAY = "due today"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Due:
    """When the next review is due: a quarter after the last one; at once where none is on record."""

    last: Review | None
    due_on: date | None
    today: date

    @property
    def status(self) -> DueStatus:
        """Return where it stands."""
        if self.due_on is None:
            return DueStatus.FIRST
        if self.days < 0:
            return DueStatus.OVERDUE
        if self.days == 0:
            return DueStatus.TODAY
        return DueStatus.SOON if self.days <= SOON_DAYS else DueStatus.LATER

    @property
    def days(self) -> int:
        """Return the days until it is due, under zero once it is overdue."""
        return (self.due_on - self.today).days if self.due_on else 0


def due(held: Sequence[Review], today: date, day_of: date | None = None) -> Due:
    """Return when the next review is due; `held` are given oldest first, `day_of` is the last one's day."""
    if not held:
        return Due(None, None, today)
    return Due(held[-1], quarter_after(day_of or held[-1].at.date()), today)


def quarter_after(day: date) -> date:
    """Return the same day three months later, the last of the month where there is no such day."""
    first = months_later(day, QUARTER_MONTHS)
    last = months_later(first, 1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def is_quarter(period: Period) -> bool:
    """Tell whether a period is three whole months."""
    is_whole = period.start.day == period.end.day == 1
    return is_whole and months_between(period.start, period.end) == QUARTER_MONTHS


@dataclass(frozen=True)
class Topic:
    """One point of the agenda: its title, and its lines, each one thing that changed."""

    title: str
    lines: tuple[str, ...]
    nothing: str
    """What is said where there is no line."""


@dataclass(frozen=True)
class Agenda:
    """What there is to talk about in a review of a period."""

    period: Period
    topics: tuple[Topic, ...] = field(default=())

    @property
    def changes(self) -> int:
        """Return how many lines it has."""
        return sum(len(topic.lines) for topic in self.topics)
