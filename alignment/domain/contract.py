"""The column contract: which tables Accord reads, which columns it knows, and what each enables."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the values of a column are, whatever the file called them."""

    KEY = "key"
    TEXT = "text"
    INSTANT = "instant"  # UTC timestamp
    DAY = "day"
    MONEY = "money"  # decimal, in the row's currency
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """A canonical column: its kind, what it means and what is possible once it is there."""

    name: str
    kind: Kind
    meaning: str
    enables: str = ""


@dataclass(frozen=True)
class Table:
    """A canonical table.

    `needs` lists groups of columns; of each group at least one must be there.
    `keeps_other_columns` tells whether columns outside the contract are loaded as attributes.
    """

    name: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    key: tuple[str, ...] = ()
    keeps_other_columns: bool = False

    def column(self, name: str) -> Column | None:
        """Return the contract's column of that name, or None for an attribute."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the contract's names, in its order."""
        return tuple(column.name for column in self.columns)


LEADS = Table(
    "leads",
    (
        Column("lead_id", Kind.KEY, "the lead's key", "everything"),
        Column(
            "created_at",
            Kind.INSTANT,
            "when the lead became known",
            "cohorts, trends, conversion within days",
        ),
        Column("source", Kind.TEXT, "where the lead came from", "conversion by source"),
        Column("campaign", Kind.TEXT, "the campaign that brought the lead", "conversion by campaign"),
        Column("owner", Kind.TEXT, "who works the lead", "drill-down by owner"),
        Column(
            "assigned_at",
            Kind.INSTANT,
            "when the lead was given to its owner",
            "system delay and human delay",
        ),
        Column(
            "mql_at",
            Kind.INSTANT,
            "when the agreed definition first held",
            "MQL counts and every rate from or to MQL",
        ),
        Column(
            "sal_at", Kind.INSTANT, "when sales took the lead to work it", "acceptance, rates from or to SAL"
        ),
        Column("sql_at", Kind.INSTANT, "when sales confirmed a real opportunity", "rates from or to SQL"),
        Column("meeting_at", Kind.INSTANT, "first meeting held", "lead → appointment"),
        Column("rejected_at", Kind.INSTANT, "when sales sent the lead back", "acceptance, set quality"),
        Column(
            "rejection_reason", Kind.TEXT, "why sales sent the lead back", "set quality by low, wide, high"
        ),
        Column("first_touch_at", Kind.INSTANT, "first human touch by sales", "speed to lead, SLA"),
        Column("last_activity_at", Kind.INSTANT, "last activity of any kind", "ageing, black hole"),
        Column("in_nurture", Kind.FLAG, "the lead is in a nurture programme", "black hole"),
        Column("stage", Kind.TEXT, "present stage, in the CRM's words", "age in stage"),
        Column("stage_since", Kind.INSTANT, "entry to the present stage", "age in stage"),
        Column(
            "is_converted", Kind.FLAG, "the lead became an opportunity", "lead → opportunity without dates"
        ),
        Column("converted_at", Kind.INSTANT, "when the lead became an opportunity", "lead → opportunity"),
        Column("converted_deal_id", Kind.KEY, "the deal that the lead became", "deals of several leads"),
    ),
    needs=(("lead_id",), ("created_at", "is_converted")),
    key=("lead_id",),
    keeps_other_columns=True,
)

DEALS = Table(
    "deals",
    (
        Column("deal_id", Kind.KEY, "the deal's key", "revenue"),
        Column("lead_id", Kind.KEY, "the lead that the deal came from", "lead → opportunity, lead → won"),
        Column("created_at", Kind.INSTANT, "when the deal was opened", "opportunity stage, cycle, pipeline"),
        Column("source", Kind.TEXT, "the deal's own source", "revenue by source without leads"),
        Column("stage", Kind.TEXT, "present stage of the deal", "pipeline by stage"),
        Column("amount", Kind.MONEY, "value of the deal", "revenue in money"),
        Column("currency", Kind.TEXT, "ISO 4217 code of the amount", "revenue in several currencies"),
        Column("closed_at", Kind.INSTANT, "when the deal was won or lost", "revenue by period"),
        Column("is_closed", Kind.FLAG, "the deal is won or lost", "win rate"),
        Column("is_won", Kind.FLAG, "the deal is won", "win rate, won revenue"),
        Column("expected_close_at", Kind.INSTANT, "when an open deal should close", "coverage"),
        Column("expected_amount", Kind.MONEY, "value that an open deal should bring", "coverage"),
        Column("owner", Kind.TEXT, "who works the deal", "revenue by owner"),
        Column("lost_reason", Kind.TEXT, "why the deal was lost", "lost reasons"),
    ),
    needs=(("deal_id",), ("created_at", "closed_at")),
    key=("deal_id",),
    keeps_other_columns=True,
)

DEAL_LEADS = Table(
    "deal_leads",
    (
        Column("deal_id", Kind.KEY, "the deal"),
        Column("lead_id", Kind.KEY, "one of its leads"),
    ),
    needs=(("deal_id",), ("lead_id",)),
    key=("deal_id", "lead_id"),
)

TOUCHES = Table(
    "touches",
    (
        Column("lead_id", Kind.KEY, "the lead touched"),
        Column("touched_at", Kind.INSTANT, "when"),
        Column("channel", Kind.TEXT, "web, mail, call, event …"),
        Column("campaign", Kind.TEXT, "the campaign behind it"),
        Column("is_marketing", Kind.FLAG, "made by marketing, else by sales"),
    ),
    needs=(("lead_id",), ("touched_at",)),
)

SPEND = Table(
    "spend",
    (
        Column("month_on", Kind.DAY, "first day of the month"),
        Column("source", Kind.TEXT, "the source paid for"),
        Column("campaign", Kind.TEXT, "the campaign paid for"),
        Column("amount", Kind.MONEY, "what was spent"),
        Column("currency", Kind.TEXT, "ISO 4217 code of the amount"),
    ),
    needs=(("month_on",), ("amount",)),
)

EXCHANGE_RATES = Table(
    "exchange_rates",
    (
        Column("currency", Kind.TEXT, "ISO 4217 code"),
        Column("rate_on", Kind.DAY, "first day on which the rate holds"),
        Column("rate", Kind.NUMBER, "units of the business currency for one unit of this one"),
    ),
    needs=(("currency",), ("rate_on",), ("rate",)),
    key=("currency", "rate_on"),
)

STAGE_HISTORY = Table(
    "stage_history",
    (
        Column("record_id", Kind.KEY, "lead_id or deal_id"),
        Column("record_table", Kind.TEXT, "leads or deals"),
        Column("stage", Kind.TEXT, "the stage entered"),
        Column("entered_at", Kind.INSTANT, "when"),
        Column("amount", Kind.MONEY, "the deal's amount from then on"),
    ),
    needs=(("record_id",), ("stage",), ("entered_at",)),
)

HOLIDAYS = Table(
    "holidays",
    (
        Column("holiday_on", Kind.DAY, "a day on which nobody works"),
        Column("name", Kind.TEXT, "what it is called"),
    ),
    needs=(("holiday_on",),),
    key=("holiday_on",),
)

TABLES = {
    table.name: table
    for table in (LEADS, DEALS, DEAL_LEADS, TOUCHES, SPEND, EXCHANGE_RATES, STAGE_HISTORY, HOLIDAYS)
}

META_TABLE = "accord_load"
"""One row a fact of the load: (name text, value text). Names: company, is_sample, loaded_at, as_of,
time_zone, currency, attributes_as_of (hand_off or today), receipt (JSON)."""
