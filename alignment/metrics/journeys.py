"""The journey of each lead in days: when it entered each stage, and when it reached it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain
from alignment.domain.stage import PathRule, Stage
from alignment.metrics.clock import bucket_of, day_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.mql import mql_of
from alignment.metrics.query import Bound, quoted

LEAD_DEALS = """lead_deals as (
    select deal_id, lead_id from deal_leads
    union
    select deal_id, lead_id from deals where lead_id is not null
    union
    select converted_deal_id, lead_id from leads where converted_deal_id is not null
)"""


MAYBE_UNDATED = (Stage.MQL, Stage.OPPORTUNITY, Stage.WON)
"""Stages that a lead can have reached at a time that nobody wrote down."""


def has_begun(deal: str) -> str:
    """Return the condition that a deal is there by now; one that is closed is, whatever its creation says."""
    return f"({deal}.created_at is null or {deal}.created_at <= :as_of or {deal}.closed_at <= :as_of)"


def is_of_its_lead(clock: "Clock") -> str:
    """Return the condition that the deal `d` can come of the lead `l`: it isn't dated before that came in."""
    opened, came = (day_of(f"{each}.created_at", clock.zone) for each in "dl")
    return f"(l.created_at is null or d.created_at is null or {opened} >= {came})"


@dataclass(frozen=True)
class Clock:
    """The data's now: as an instant (naive UTC), as a business day, and the zone that days are counted in.

    `is_past`: the data knows what came after it.
    """

    as_of: datetime
    today: date
    zone: str
    is_past: bool = False

    @property
    def values(self) -> Mapping[str, Bound]:
        """Return the values that every question binds."""
        return {"as_of": self.as_of, "today": self.today}

    def day(self, instant: str) -> str:
        """Return the expression for the business day of an instant; after the as-of nothing has been."""
        return f"case when {instant} <= :as_of then {day_of(instant, self.zone)} end"


def journeys(clock: Clock, cohort: Cohort, kinds: Kinds, by: str | None = None) -> str:
    """Return the CTEs up to `journeys`: a row a lead with `<stage>_day`, undated flags and `by_value`.

    Whatever counts MQLs goes through here: `cohort.judged` decides which leads are some. `kinds` are the
    types of the leads' columns.
    """
    mql = mql_of(cohort.judged, clock.zone, kinds)
    # What is converted now is, though its deal may be dated in the future by mistake.
    is_later = "max(case when d.created_at > :as_of then 1 else 0 end)" if clock.is_past else "0"
    return f"""{LEAD_DEALS},
first_deals as (
    select l.lead_id,
           min(case when d.created_at <= :as_of then d.created_at end) as opportunity_at,
           min(case when d.is_won and d.closed_at <= :as_of then d.closed_at end) as won_at,
           max(case when d.created_at is null and (d.closed_at is null or d.closed_at <= :as_of)
                    then 1 else 0 end) as is_opportunity,
           {is_later} as is_later,
           max(case when d.is_won and d.closed_at is null and {has_begun("d")} then 1 else 0 end) as is_won
    from lead_deals x
    join leads l on l.lead_id = x.lead_id
    join deals d on d.deal_id = x.deal_id
    where {is_of_its_lead(clock)}
    group by l.lead_id
),
journeys as (
    select l.lead_id, {_by_value(by)} as by_value,
           {clock.day("l.created_at")} as lead_day,
           {mql.day} as mql_day,
           {clock.day("l.sal_at")} as sal_day,
           {clock.day("l.sql_at")} as sql_day,
           {clock.day("least(f.opportunity_at, l.converted_at)")} as opportunity_day,
           {clock.day("f.won_at")} as won_day,
           {clock.day("l.meeting_at")} as meeting_day,
           {mql.undated} as mql_undated,
           case when l.is_converted and l.converted_at is null and coalesce(f.is_later, 0) = 0 then 1
                else coalesce(f.is_opportunity, 0) end as opportunity_undated,
           coalesce(f.is_won, 0) as won_undated
    from leads l
    left join first_deals f on f.lead_id = l.lead_id
    where (l.created_at is null or l.created_at <= :as_of){_sources_in(cohort.sources)}
)"""


def source_values(sources: Iterable[str | None]) -> dict[str, Bound]:
    """Return the values for the condition on sources."""
    return {f"source_{number}": source for number, source in enumerate(sources) if source is not None}


def _sources_in(sources: tuple[str | None, ...]) -> str:
    return f" and {one_of_sources('l.source', sources)}" if sources else ""


def one_of_sources(column: str, sources: tuple[str | None, ...]) -> str:
    """Return the condition that the column holds one of the sources; None stands for a missing one."""
    names = ", ".join(f":{name}" for name in source_values(sources))
    known = f"{column} in ({names})" if names else "false"
    return f"({known} or {column} is null)" if None in sources else known


def _by_value(by: str | None) -> str:
    return f"cast(l.{quoted(by)} as varchar)" if by else "cast(null as varchar)"


def reached_day(stage: Stage, rule: PathRule, since: Stage | None = None) -> str:
    """Return the expression for the day on which the stage was reached, null while it is not known.

    With `since`, dates before the entry to that stage are contradictions and date nothing.
    """
    if rule is PathRule.REACHED and len(stage.onwards) > 1:
        return f"least({', '.join(_not_before(later, since) for later in stage.onwards)})"
    if rule is PathRule.STRICT and stage.earlier:
        path = [*stage.earlier, stage]
        in_order = " and ".join(f"{before}_day <= {after}_day" for before, after in pairwise(path))
        return f"case when {in_order} then {stage}_day end"
    return _not_before(stage, since)


def _not_before(stage: Stage, since: Stage | None) -> str:
    day = f"{stage}_day"
    return day if since is None or since is stage else f"case when {day} >= {since}_day then {day} end"


def reached_undated(stage: Stage, rule: PathRule) -> str:
    """Return the condition that the stage was reached at a time that nobody wrote down."""
    flags = {
        PathRule.REACHED: [later for later in stage.onwards if later in MAYBE_UNDATED],
        PathRule.ANY: [stage] if stage in MAYBE_UNDATED else [],
        PathRule.STRICT: [],
    }[rule]
    return " or ".join(f"{flag}_undated = 1" for flag in flags) or "false"


def entered_in(cohort: Cohort, *, is_windowed: bool) -> str:
    """Return the condition that a journey belongs to the cohort.

    A cohort of all time without a window also holds the leads whose entry was never dated.
    """
    day = f"{cohort.entered}_day"
    if cohort.period:
        return f"{day} >= :start and {day} < :end"
    if cohort.entered is Stage.LEAD and not is_windowed:
        return "true"
    if cohort.entered is Stage.MQL and not is_windowed:
        return f"({day} is not null or mql_undated = 1)"
    return f"{day} is not null"


def cohort_values(cohort: Cohort) -> dict[str, Bound]:
    """Return the values that a cohort binds."""
    period = {"start": cohort.period.start, "end": cohort.period.end} if cohort.period else {}
    return {**period, **source_values(cohort.sources)}


def group_value(entered: Stage, grain: Grain | None) -> str:
    """Return the expression that groups journeys: a bucket of the entry's day, else the chosen column."""
    return bucket_of(f"{entered}_day", grain) if grain else "by_value"
