"""What changed in periods that are over because data came late, in sentences."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.restated import Headline, Restated
from alignment.ui import words
from alignment.ui.words import Words

NAMES = {Headline.WON: "won", Headline.SQL: "SQLs", Headline.MQL: "MQLs"}


def lines(
    found: Iterable[Restated], say: Words, zone: ZoneInfo, *, since: datetime | None = None
) -> tuple[str, ...]:
    """Return a sentence for each figure restated; of those at `since` or later only, where it is given."""
    return tuple(line(each, say, zone) for each in found if since is None or each.since >= since)


def within(found: Iterable[Restated], period: Period) -> tuple[Restated, ...]:
    """Return what was restated of a period and of the one before, which it is compared with."""
    both = Period(period.previous().start, period.end)
    return tuple(each for each in found if both.start <= each.period.start and each.period.end <= both.end)


def line(found: Restated, say: Words, zone: ZoneInfo) -> str:
    """Say what a figure was and is, since when, and by how many deals: `Restated: Q3 2026 won was …`."""
    was, now = _values(found, say)
    began, changed = (_day(at, zone) for at in (found.was_at, found.since))
    name = f"{words.period(found.period)} {NAMES[found.headline]}"
    verb = "was" if found.headline is Headline.WON else "were"
    still = "is" if found.headline is Headline.WON else "are"
    return f"Restated: {name} {verb} {was} on {began}, {still} {now} since {changed}{_because(found, say)}."


def _values(found: Restated, say: Words) -> tuple[str, str]:
    """Return both values; in full where the short way they would read alike."""
    if isinstance(found.was, Money) and isinstance(found.now, Money):
        short = say.short_money(found.was), say.short_money(found.now)
        return short if short[0] != short[1] else (say.money(found.was), say.money(found.now))
    was, now = (
        say.money(each) if isinstance(each, Money) else say.count(each) for each in (found.was, found.now)
    )
    return was, now


def _because(found: Restated, say: Words) -> str:
    if found.more_deals is None:
        return ""
    if found.more_deals == 0:
        return ": as many deals, other amounts or days"
    count = say.count(abs(found.more_deals))
    deals = "deal" if abs(found.more_deals) == 1 else "deals"
    if found.more_deals > 0:
        return f": {count} more {deals}, which came late"
    return f": {count} {deals} fewer than then"


def _day(at: datetime, zone: ZoneInfo) -> str:
    return words.day(at.replace(tzinfo=UTC).astimezone(zone).date())
