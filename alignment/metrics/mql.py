"""Whether and when a lead became MQL: as the CRM recorded it, or as definitions judge its values."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alignment.domain.judged import Judged, Span
from alignment.domain.period import midnight
from alignment.metrics.clock import day_of
from alignment.metrics.definition_query import Kinds, is_handed_off_expression
from alignment.metrics.query import literal


@dataclass(frozen=True)
class Mql:
    """Expressions on a lead `l`: business day and instant of becoming an MQL, and whether they are not known.

    All look only at what has been by `:as_of`.
    """

    day: str
    at: str
    undated: str = "0"


def mql_of(judged: Judged, zone: str, kinds: Kinds) -> Mql:
    """Return how a lead's becoming an MQL is told; `kinds` are the types of the leads' columns."""
    if judged.is_recorded:
        return Mql(_past_day("l.mql_at", zone), "case when l.mql_at <= :as_of then l.mql_at end")
    is_judged = qualifies(judged, zone, kinds)
    day = f"case when {is_judged} then {day_of(instant(), zone)} end"
    at = f"case when {is_judged} then {instant()} end"
    if len(judged.spans) > 1:
        return Mql(day, at)  # without a day no version can be told
    return Mql(day, at, f"case when {instant()} is null and {is_judged} then 1 else 0 end")


def instant() -> str:
    """Return the instant at which a lead is judged: its `mql_at`, else its creation."""
    return "coalesce(case when l.mql_at <= :as_of then l.mql_at end, l.created_at)"


def qualifies(judged: Judged, zone: str, kinds: Kinds) -> str:
    """Return the condition that the span of its day hands a lead off; false without a day to tell it by."""
    return on_its_day(judged, zone, lambda span: _hands_off(span, kinds), otherwise="false")


def on_its_day(judged: Judged, zone: str, of_span: Callable[[Span], str], *, otherwise: str) -> str:
    """Return the expression that goes with the span of a lead's day, `otherwise` where it has none."""
    first, *later = judged.spans
    if not later:
        return of_span(first)
    starts = [*_starts(later, zone), ""]
    cases = " ".join(
        f"when {instant()} < {end} then {of_span(span)}"
        if end
        else f"when {instant()} is not null then {of_span(span)}"
        for span, end in zip(judged.spans, starts, strict=True)
    )
    return f"case {cases} else {otherwise} end"


def _starts(spans: list[Span], zone: str) -> list[str]:
    """Return the first instant of each span but the first, as the tables hold instants."""
    local = ZoneInfo(zone)
    return [
        f"cast({literal(midnight(span.since, local).isoformat(sep=' '))} as timestamp)"
        for span in spans
        if span.since
    ]


def _hands_off(span: Span, kinds: Kinds) -> str:
    return is_handed_off_expression(span.definition, "l", kinds)


def _past_day(at: str, zone: str) -> str:
    return f"case when {at} <= :as_of then {day_of(at, zone)} end"
