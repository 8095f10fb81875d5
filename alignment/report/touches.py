"""Which touches of a deal take part in its attribution, and why the others do not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from alignment.domain.attribution import Before, Rules
from alignment.metrics.journeys import Clock

Row: TypeAlias = Mapping[str, Any]
Touch: TypeAlias = tuple[datetime, str | None]
"""When somebody was touched, and the value that the touch counts for."""


@dataclass
class SortedOut:
    """The touches that take part, those that influence, and how many of the others there were, by reason."""

    part: dict[str, list[Touch]] = field(default_factory=lambda: defaultdict(list))
    influencing: dict[str, set[str | None]] = field(default_factory=lambda: defaultdict(set))
    left_out: Counter[str] = field(default_factory=Counter)


def moment_end(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Return the last instant that still belongs to a moment: its whole business day where it has no time."""
    if instant is None:
        return None
    local = instant.replace(tzinfo=UTC).astimezone(zone)
    if local.time() != time():
        return instant
    next_day = datetime.combine(local.date() + timedelta(days=1), time(), zone)
    return next_day.astimezone(UTC).replace(tzinfo=None) - timedelta(microseconds=1)


def sorted_out(touches: Iterable[Row], won: Iterable[Row], clock: Clock, rules: Rules) -> SortedOut:
    """Return which touches take part and which influence; `won` are the deals with their moments."""
    found, zone = SortedOut(), ZoneInfo(clock.zone)
    closes = {row["deal_id"]: moment_end(row["closed_at"], zone) for row in won}
    creations = {row["deal_id"]: moment_end(row["created_at"], zone) for row in won}
    until = closes if rules.before is Before.CLOSE else creations
    for touch in touches:
        deal_id, at, value = touch["deal_id"], touch["touched_at"], touch["group_value"]
        why = _why_out(touch, closes[deal_id], clock, rules)
        if why:
            found.left_out[why] += 1
        else:
            found.part[deal_id].append((at, value))
        limit, close = until[deal_id], closes[deal_id]
        if touch["is_marketing"] and at and limit and at <= min(limit, close or limit, clock.as_of):
            found.influencing[deal_id].add(value)
    return found


def _why_out(touch: Row, close: datetime | None, clock: Clock, rules: Rules) -> str:
    """Return why a touch takes no part, an empty text for one that does."""
    if rules.is_marketing_only and not touch["is_marketing"]:
        return "touches by sales" if touch["is_marketing"] is False else "touches that nobody says who made"
    at = touch["touched_at"]
    if at is None:
        return "touches without a date"
    if at > clock.as_of:
        return "touches dated in the future"
    return "touches after the close" if close and at > close else ""
