"""The contradictions shelf: rows that say two things at once, each with the figure that it distorts."""

from collections.abc import Sequence
from dataclasses import dataclass

from alignment.metrics.clock import day_of
from alignment.metrics.journeys import LEAD_DEALS, Clock
from alignment.metrics.query import Query, literal

CUSTOMER = ("customer", "client", "won", "closed won")
"""What a lead's stage may call somebody who bought."""
LEAD_EVENTS = ("created_at", "mql_at", "sal_at", "sql_at", "meeting_at", "rejected_at", "first_touch_at")
DEAL_EVENTS = ("created_at", "closed_at")


@dataclass(frozen=True)
class Odd:
    """One contradiction: its words, the figure it distorts, the columns it takes (by table), and its rows.

    `rows` is a query of record_id and source.
    """

    words: str
    distorts: str
    needs: tuple[tuple[str, tuple[str, ...]], ...]
    rows: str


def shelf(clock: Clock) -> tuple[Odd, ...]:
    """Return every contradiction that is looked for."""
    lead = "select l.lead_id as record_id, l.source as source from leads l"
    deal = "select d.deal_id as record_id, d.source as source from deals d"
    won = (
        f"select x.lead_id from ({_links()}) x join deals d on d.deal_id = x.deal_id"
        " where d.is_won and x.lead_id is not null"
    )
    customers = ", ".join(map(literal, CUSTOMER))
    opened, known = day_of("d.created_at", clock.zone), day_of("l.created_at", clock.zone)
    closed, made = day_of("d.closed_at", clock.zone), day_of("d.created_at", clock.zone)
    return (
        Odd(
            "a won deal, though sales sent the lead back",
            "acceptance and MQL → won",
            (("leads", ("rejected_at",)), ("deals", ("is_won",))),
            f"{lead} where l.rejected_at <= :as_of and l.lead_id in ({won})",
        ),
        Odd(
            "a customer by stage, without a won deal",
            "MQL → won and won revenue",
            (("leads", ("stage",)), ("deals", ("is_won",))),
            f"{lead} where lower(l.stage) in ({customers}) and l.lead_id not in ({won})",
        ),
        Odd(
            "an SQL to which nothing has happened: no touch, no meeting",
            "speed to lead and MQL → SQL",
            (("leads", ("sql_at", "first_touch_at")),),
            f"{lead} where l.sql_at <= :as_of and l.first_touch_at is null and l.meeting_at is null"
            " and l.lead_id not in (select t.lead_id from touches t"
            " where t.lead_id is not null and not coalesce(t.is_marketing, false))",
        ),
        Odd(
            "a deal older than its lead: expansion, counted apart",
            "lead → opportunity and lead → won",
            (("leads", ("created_at",)), ("deals", ("created_at",))),
            f"select d.deal_id as record_id, min(l.source) as source from ({_links()}) x"
            " join deals d on d.deal_id = x.deal_id join leads l on l.lead_id = x.lead_id"
            f" where {opened} < {known} group by d.deal_id",
        ),
        Odd(
            "a deal closed before its lead came in",
            "lead → won",
            (("leads", ("created_at",)), ("deals", ("closed_at",))),
            f"select d.deal_id as record_id, min(l.source) as source from ({_links()}) x"
            " join deals d on d.deal_id = x.deal_id join leads l on l.lead_id = x.lead_id"
            f" where {closed} < {known} and ({opened} is null or {opened} >= {known}) group by d.deal_id",
        ),
        Odd(
            "a deal closed before it was opened",
            "cycle",
            (("deals", ("created_at", "closed_at")),),
            f"{deal} where {closed} < {made}",
        ),
        _future("leads", LEAD_EVENTS, f"{lead} where", "l"),
        _future("deals", DEAL_EVENTS, f"{deal} where", "d"),
    )


def _links() -> str:
    """Return the query of which deals belong to which leads."""
    return LEAD_DEALS.removeprefix("lead_deals as (").removesuffix(")")


def _future(table: str, events: Sequence[str], begin: str, alias: str) -> Odd:
    late = " or ".join(f"{alias}.{name} > :as_of" for name in events)
    return Odd(
        f"{table} dated after the newest event that has been",
        "every figure over time: such dates have not happened",
        ((table, ("created_at",)),),
        f"{begin} {late}",
    )


def counts(found: Sequence[Odd], clock: Clock) -> Query:
    """Count the rows of each contradiction, in one row; columns: rows_0, rows_1 and so on."""
    each = ",\n       ".join(
        f"(select count(*) from ({odd.rows}) found_{place}) as rows_{place}"
        for place, odd in enumerate(found)
    )
    return Query(f"select {each}", clock.values)


def listed(odd: Odd, clock: Clock) -> Query:
    """List the rows of one contradiction; columns: record_id, source."""
    return Query(f"select record_id, source from ({odd.rows}) found order by record_id", clock.values)
