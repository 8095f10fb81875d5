"""A lead's trace: what happened to it, in order, how long each step took, and what can't be true."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alignment.domain.money import Money
from alignment.domain.stage import PATH, Stage

LONG = 60
"""From so many on, days are said in weeks, and hours or minutes in the next larger unit."""


class Happening(StrEnum):
    """What kind of thing an event is."""

    STAGE = "stage"
    TOUCH = "touch"
    DEAL = "deal"
    NOTE = "note"


@dataclass(frozen=True)
class Event:
    """One thing that happened: when (naive UTC), what, and what else is known of it."""

    at: datetime
    kind: Happening
    what: str
    detail: str = ""
    money: Money | None = None
    stage: Stage | None = None


@dataclass(frozen=True)
class Trace:
    """The events of a lead in order; `future` ones are dated after the data's now and have not happened.

    `remarks` say what is known without a time or counts elsewhere, `contradictions` what can't be true;
    `more_touches` are not listed among the events.
    """

    events: tuple[Event, ...]
    future: tuple[Event, ...]
    remarks: tuple[str, ...]
    contradictions: tuple[str, ...]
    more_touches: int = 0

    @property
    def won(self) -> tuple[Event, ...]:
        """Return the deals won by now."""
        return tuple(event for event in self.events if event.stage is Stage.WON)


def trace_of(
    events: Iterable[Event],
    as_of: datetime | None,
    zone: ZoneInfo,
    remarks: Iterable[str] = (),
    contradictions: Iterable[str] = (),
) -> Trace:
    """Return the events in order, and what is odd about them beside what is known to be."""
    ordered = sorted(events, key=lambda event: (event.at, _rank(event)))
    past = [event for event in ordered if as_of is None or event.at <= as_of]
    future = ordered[len(past) :]
    firsts = _first_by_stage(past)
    return Trace(
        tuple(past),
        tuple(future),
        (*remarks, *_implied(firsts)),
        (*_future(future, zone), *_reversed(firsts, zone), *contradictions),
    )


def _rank(event: Event) -> int:
    """Return the place of an event among those of the same instant: by stage, then all else."""
    return PATH.index(event.stage) if event.stage in PATH else len(PATH)


def _first_by_stage(events: Iterable[Event]) -> dict[Stage, Event]:
    firsts: dict[Stage, Event] = {}
    for event in events:
        if event.stage:
            firsts.setdefault(event.stage, event)
    return firsts


def _implied(firsts: dict[Stage, Event]) -> Iterator[str]:
    for stage in PATH:
        later = [reached for reached in stage.onwards[1:] if reached in firsts]
        if stage not in firsts and later:
            yield f"{stage.label} was reached, for {later[0].label} was; nobody wrote down when."


def _future(events: Iterable[Event], zone: ZoneInfo) -> Iterator[str]:
    for event in events:
        when = day_words(local_day(event.at, zone))
        yield f"“{event.what}” is dated {when}, later than the data reaches: it has not happened."


def _reversed(firsts: dict[Stage, Event], zone: ZoneInfo) -> Iterator[str]:
    """Say of each stage that is dated before an earlier one, against the latest of those.

    Whether a deal was won before it opened is asked of that deal: the first of each may be different ones.
    """
    latest: Event | None = None
    for event in (firsts[stage] for stage in PATH if stage in firsts):
        if latest and (latest.stage, event.stage) == (Stage.OPPORTUNITY, Stage.WON):
            continue
        if latest and (said := is_before(event.what, event.at, latest.what, latest.at, zone)):
            yield said
        else:
            latest = event


def is_before(what: str, at: datetime, other: str, other_at: datetime, zone: ZoneInfo) -> str:
    """Say that one thing is dated on a day before another that must come first, else nothing."""
    day, due = local_day(at, zone), local_day(other_at, zone)
    if day >= due:
        return ""
    return f"“{what}” is dated {day_words(day)}, before “{other}” on {day_words(due)}."


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the business day of an instant (naive UTC)."""
    return at.replace(tzinfo=UTC).astimezone(zone).date()


def day_words(day: date) -> str:
    """Return a day that is read the same way on both sides of an ocean: `22 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def later(before: datetime, after: datetime, zone: ZoneInfo) -> str:
    """Say how long after the one instant the other came: `at once`, `3 hours later`, `12 days later`."""
    days = (local_day(after, zone) - local_day(before, zone)).days
    took = after - before
    if days and took >= timedelta(hours=24):
        return f"{_count(days, 'day')} later" if days < LONG else f"{_count(round(days / 7), 'week')} later"
    minutes = round(took.total_seconds() / 60)
    if minutes == 0:
        return "at once"
    return (
        f"{_count(minutes, 'minute')} later" if minutes < LONG else f"{_count(minutes // 60, 'hour')} later"
    )


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
