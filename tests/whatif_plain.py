"""The figures of a definition worked out lead by lead, as the rules read: what the cube is held against."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from alignment.domain.definition import Definition, Value
from alignment.domain.period import midnight

UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Deal:
    """A deal and the leads it belongs to."""

    created_at: datetime
    leads: tuple[str, ...]
    amount: int = 0
    closed_at: datetime | None = None
    is_won: bool = False


@dataclass(frozen=True)
class Lead:
    """A lead as the table holds it: what is known of it, and when what happened to it."""

    lead_id: str
    created_at: datetime
    attributes: dict[str, Value]
    source: str | None = None
    mql_at: datetime | None = None
    touched_at: datetime | None = None
    sql_at: datetime | None = None


@dataclass(frozen=True)
class Company:
    """Leads and deals as of an instant, in a time zone."""

    leads: tuple[Lead, ...]
    deals: tuple[Deal, ...]
    as_of: datetime
    zone: ZoneInfo

    def day(self, instant):
        """Return the business day of a UTC instant."""
        return instant.replace(tzinfo=UTC).astimezone(self.zone).date()

    def has_been(self, instant):
        """Tell whether the instant is dated and not after the as-of."""
        return instant is not None and instant <= self.as_of

    def deals_of(self, lead):
        """Return the lead's deals that have been, none from before the lead."""
        return [
            deal
            for deal in self.deals
            if lead.lead_id in deal.leads
            and self.has_been(deal.created_at)
            and self.day(deal.created_at) >= self.day(lead.created_at)
        ]

    def won_deals_of(self, lead):
        """Return those of the lead's deals that are won by now, on whatever day."""
        closed = [deal for deal in self.deals_of(lead) if not deal.closed_at or self.has_been(deal.closed_at)]
        return [deal for deal in closed if deal.is_won]

    def counts_with(self, deal, lead):
        """Tell whether the deal's money counts with this lead: the first of those it belongs to."""
        sharing = [other for other in self.leads if deal in self.deals_of(other)]
        return lead == min(sharing, key=lambda other: (other.created_at, other.lead_id))


@dataclass(frozen=True)
class Plain:
    """The figures in question."""

    by_score: Counter
    by_level: Counter
    hand_offs: int
    converted: int
    judged: int
    unknown: int
    too_young: int
    won: int
    cents: int


def figures(company: Company, definition: Definition, window: int, period, sources=()) -> Plain:
    """Return the figures of the leads created in the period and from the sources (empty: all)."""
    leads = [
        lead
        for lead in company.leads
        if company.has_been(lead.created_at)
        and midnight(period.start, company.zone) <= lead.created_at < midnight(period.end, company.zone)
        and (not sources or lead.source in sources)
    ]
    handed = [lead for lead in leads if definition.qualifies(lead.attributes)]
    fates = Counter(_fate(company, lead, window) for lead in handed)
    won = [(lead, deal) for lead in handed for deal in company.won_deals_of(lead)]
    levels = (definition.level_of(definition.score(lead.attributes)) for lead in leads)
    return Plain(
        by_score=Counter(definition.score(lead.attributes) for lead in leads),
        by_level=Counter(level.name for level in levels if level),
        hand_offs=len(handed),
        converted=fates["converted"],
        judged=fates["converted"] + fates["not converted"],
        unknown=fates["unknown"],
        too_young=fates["too young"],
        won=len({lead.lead_id for lead, _ in won}),
        cents=sum(100 * deal.amount for lead, deal in won if company.counts_with(deal, lead)),
    )


def _fate(company: Company, lead: Lead, window: int) -> str:
    start = lead.mql_at if company.has_been(lead.mql_at) else lead.created_at
    if (company.day(company.as_of) - company.day(start)).days < window:
        return "too young"
    deals = company.deals_of(lead)
    if not (deals or company.has_been(lead.touched_at) or company.has_been(lead.sql_at)):
        return "unknown"
    opened = [deal.created_at for deal in deals]
    won = [deal.closed_at for deal in company.won_deals_of(lead) if deal.closed_at]
    accepted = [lead.sql_at] if company.has_been(lead.sql_at) else []
    reached = [min(instants) for instants in (opened, won, accepted) if instants]
    since = [instant for instant in reached if company.day(instant) >= company.day(start)]
    if since and (company.day(min(since)) - company.day(start)).days <= window:
        return "converted"
    return "not converted"
