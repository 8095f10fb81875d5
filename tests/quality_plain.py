"""How good a definition is, worked out lead by lead as the rules read: what the tally is held against."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from alignment.domain.definition import HIGHEST_SCORE, Definition, Value

JUDGED = ("converted", "not converted")


@dataclass(frozen=True)
class Lead:
    """A lead as the table holds it, in UTC: what is known of it, and when what happened to it."""

    created_at: datetime
    attributes: dict[str, Value]
    mql_at: datetime | None = None
    first_touch_at: datetime | None = None
    sal_at: datetime | None = None
    sql_at: datetime | None = None
    rejected_at: datetime | None = None


@dataclass(frozen=True)
class Plain:
    """The lead's score, whether it is handed off, what came of it and what sales decided."""

    score: int | None
    is_handed: bool
    fate: str
    decision: str


def judged(
    leads, definition: Definition, window: int, as_of: datetime, first: date, end: date
) -> list[Plain]:
    """Return the mature leads created from `first` up to before `end`."""
    return [
        Plain(
            definition.score(lead.attributes),
            definition.qualifies(lead.attributes),
            _fate(lead, window, as_of),
            _decision(lead, as_of),
        )
        for lead in leads
        if lead.created_at <= as_of and first <= lead.created_at.date() < end
        if (as_of.date() - _start(lead, as_of).date()).days >= window
    ]


def counts(leads, is_in) -> tuple[int, int]:
    """Return how many of the judged leads that `is_in` chooses converted, and how many there are."""
    fates = [lead.fate for lead in leads if lead.fate in JUDGED and is_in(lead)]
    return fates.count("converted"), len(fates)


def recall(leads) -> tuple[int, int]:
    """Return how many of those that converted were handed off, and how many converted."""
    handed = [lead.is_handed for lead in leads if lead.fate == "converted"]
    return sum(handed), len(handed)


def auc(leads) -> float | None:
    """Return the share of pairs, a success and a failure, in which the success scores higher."""
    scored = [lead for lead in leads if lead.score is not None]
    hits = [lead.score for lead in scored if lead.fate == "converted"]
    misses = [lead.score for lead in scored if lead.fate == "not converted"]
    wins = [(hit > miss) + (hit == miss) / 2 for hit in hits for miss in misses]
    return sum(wins) / len(wins) if wins else None


def bands(leads) -> dict[int, tuple[int, int, int]]:
    """Return converted, judged and unknown leads by the first score of each band of ten points."""
    found = {}
    for low in range(0, 100, 10):
        high = 100 if low == 90 else low + 9
        inside = [lead for lead in leads if lead.score is not None and low <= lead.score <= high]
        unknown = sum(lead.fate == "unknown" for lead in inside)
        told = (*counts(inside, lambda _: True), unknown)
        if told[1] or told[2]:
            found[low] = told
    return found


def margin(leads, definition: Definition, enough: int) -> tuple[int, int, int, int] | None:
    """Return low, high, converted and judged of the band just at the cutoff."""
    level_of = definition.level_of
    cutoff = min(level.cutoff for level in definition.levels if level.enters_hand_off)
    for high in range(cutoff, HIGHEST_SCORE + 1):
        is_last = high == HIGHEST_SCORE or not level_of(high + 1).enters_hand_off
        span = [lead for lead in leads if lead.score is not None and cutoff <= lead.score <= high]
        converted, judged = counts(span, lambda _: True)
        if judged >= enough or is_last:
            return (cutoff, high, converted, judged) if judged else None
    raise AssertionError


def recall_bounds(leads) -> tuple[float, float] | None:
    """Return the least and the most recall over every way in which the unknown leads could have ended."""
    found, successes = recall(leads)
    unknown = Counter(lead.is_handed for lead in leads if lead.fate == "unknown")
    shares = [
        (found + hits) / (successes + hits + misses)
        for hits in range(unknown[True] + 1)
        for misses in range(unknown[False] + 1)
        if successes + hits + misses
    ]
    return (min(shares), max(shares)) if shares else None


def decisions(leads) -> tuple[tuple[int, int, int, int], int]:
    """Return handed off and accepted, handed off and rejected, the same below; and the undecided ones."""
    found = Counter((lead.is_handed, lead.decision) for lead in leads)
    table = [found[is_handed, word] for is_handed in (True, False) for word in ("accepted", "rejected")]
    return tuple(table), sum(lead.decision == "undecided" for lead in leads)


def kappa(table: tuple[int, int, int, int]) -> float | None:
    """Return Cohen's κ of such a table, None where chance alone explains everything."""
    both, only_first, only_second, neither = table
    count = sum(table)
    if not count:
        return None
    yes = (both + only_first) * (both + only_second) / count**2
    no = (only_second + neither) * (only_first + neither) / count**2
    return None if yes + no == 1 else ((both + neither) / count - yes - no) / (1 - yes - no)


def _start(lead: Lead, as_of: datetime) -> datetime:
    return lead.mql_at if lead.mql_at and lead.mql_at <= as_of else lead.created_at


def _been(instant: datetime | None, as_of: datetime) -> bool:
    return instant is not None and instant <= as_of


def _fate(lead: Lead, window: int, as_of: datetime) -> str:
    worked = (lead.first_touch_at, lead.sal_at, lead.sql_at, lead.rejected_at)
    if not any(_been(instant, as_of) for instant in worked):
        return "unknown"
    if not _been(lead.sql_at, as_of):
        return "not converted"
    took = (lead.sql_at.date() - _start(lead, as_of).date()).days
    return "converted" if 0 <= took <= window else "not converted"


def _decision(lead: Lead, as_of: datetime) -> str:
    is_sql = _been(lead.sql_at, as_of)
    if _been(lead.rejected_at, as_of) and not (is_sql and lead.sql_at >= lead.rejected_at):
        return "rejected"
    return "accepted" if is_sql or _been(lead.sal_at, as_of) else "undecided"
