"""What the CRMs call our columns: every name by which a canonical column is known, and whose name it is."""

import re
from dataclasses import dataclass

_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z]+")
_TOOL_MARKS = re.compile(r"^propert(?:y|ies)_+|__c$")


@dataclass(frozen=True)
class KnownName:
    """One name of a canonical column, as a CRM or tool writes it."""

    column: str
    name: str
    crm: str

    @property
    def is_ours(self) -> bool:
        """Tell whether it is the column's own name, which only counts when it is written as we write it."""
        return self.crm == _OWN


def folded(name: str) -> str:
    """Return the name without case, spaces, punctuation and the marks that tools add (`property_`, `__c`)."""
    bare = _TOOL_MARKS.sub("", name.strip().lower())
    return _NOT_ALPHANUMERIC.sub("", bare)


_OWN = "Accord"

# table → canonical column → CRM → names, the likeliest first: the first one found in a file is offered
_NAMES: dict[str, dict[str, dict[str, str]]] = {
    "leads": {
        "lead_id": {
            "HubSpot": "Contact ID, Record ID, hs_object_id, Lead ID, vid",
            "Salesforce": "Lead ID, 18-digit Lead ID",
            "Zoho": "LEADID, Lead Id, Record Id",
            "Olist": "mql_id",
            "X Education": "Prospect ID, Lead Number",
            "Pipedrive": "Lead - ID, Person - ID",
            "any CRM": "Id, External ID, Contact Key, Lead Key, Customer ID",
        },
        "created_at": {
            "HubSpot": "Create Date, createdate, hs_createdate",
            "Salesforce": "Created Date, CreatedDate",
            "Zoho": "Created Time",
            "Odoo": "Created on, create_date",
            "Marketo": "Created At",
            "Pipedrive": "Lead - Lead created, Lead created, Add time",
            "Olist": "first_contact_date",
            "any CRM": "Created, Date Created, Creation Date, Lead Created, Lead Date, Sign-up Date, "
            "Inquiry Date",
        },
        "source": {
            "HubSpot": "Original Source, Original Traffic Source, hs_analytics_source, Latest Source",
            "Salesforce": "Lead Source, LeadSource",
            "Odoo": "source_id, Source",
            "Marketo": "Original Source Type, Acquisition Source",
            "Pipedrive": "Lead - Source, Source channel",
            "Olist": "origin",
            "any CRM": "utm_source, Channel, Lead Channel",
        },
        "campaign": {
            "HubSpot": "First Touch Converting Campaign, hs_analytics_first_touch_converting_campaign, "
            "Original Source Drill-Down 1, hs_analytics_source_data_1",
            "Salesforce": "Campaign Name, Campaign ID, CampaignId, Primary Campaign",
            "Odoo": "campaign_id, Campaign",
            "Marketo": "Acquisition Program",
            "Olist": "landing_page_id",
            "X Education": "Lead Origin",
            "any CRM": "utm_campaign",
        },
        "owner": {
            "HubSpot": "Contact owner, hubspot_owner_id",
            "Salesforce": "Lead Owner, Owner ID, OwnerId, Owner Name",
            "Odoo": "user_id, Salesperson",
            "Pipedrive": "Lead - Owner",
            "Olist": "sdr_id",
            "any CRM": "Owner, Assigned To, Sales Rep",
        },
        "assigned_at": {
            "HubSpot": "Owner Assigned Date, hubspot_owner_assigned_date",
            "Salesforce": "Assigned Date, Owner Assignment Date",
            "Odoo": "date_open, Assignment Date",
        },
        "mql_at": {
            "HubSpot": "Became a Marketing Qualified Lead Date, "
            "hs_lifecyclestage_marketingqualifiedlead_date, Date entered Marketing Qualified Lead",
            "any CRM": "MQL Date, Date MQL, Became MQL Date, Marketing Qualified Date, MQL Timestamp",
        },
        "sal_at": {
            "HubSpot": "Became a Sales Accepted Lead Date, hs_lifecyclestage_salesacceptedlead_date",
            "any CRM": "SAL Date, Date SAL, Became SAL Date, Sales Accepted Date, SAL Timestamp",
        },
        "sql_at": {
            "HubSpot": "Became a Sales Qualified Lead Date, hs_lifecyclestage_salesqualifiedlead_date, "
            "Date entered Sales Qualified Lead",
            "any CRM": "SQL Date, Date SQL, Became SQL Date, Sales Qualified Date, SQL Timestamp",
        },
        "meeting_at": {
            "any CRM": "First Meeting Date, Meeting Date, First Meeting Held, Appointment Date, Demo Date"
        },
        "rejected_at": {"any CRM": "Rejected Date, Disqualified Date, Date Rejected, Recycled Date"},
        "rejection_reason": {
            "HubSpot": "hs_lead_disqualification_reason",
            "Salesforce": "Disqualified Reason, Dead Reason, Rejected Reason, Unqualified Reason",
            "any CRM": "Rejection Reason, Reason Rejected",
        },
        "first_touch_at": {
            "HubSpot": "Date of first engagement, hs_sa_first_engagement_date, First outreach date",
            "Salesforce": "First Call Date Time, FirstCallDateTime, First Activity, First Response Date",
        },
        "last_activity_at": {
            "HubSpot": "Last Activity Date, notes_last_updated",
            "Salesforce": "LastActivityDate",
            "Zoho": "Last Activity Time",
        },
        "in_nurture": {"any CRM": "In Nurture, Is Nurture, Nurturing"},
        "stage": {
            "HubSpot": "Lifecycle Stage, lifecyclestage, Lead Status, hs_lead_status",
            "Salesforce": "Lead Status, Status",
            "Odoo": "stage_id, Stage",
            "Pipedrive": "Lead - Status",
        },
        "stage_since": {
            "any CRM": "Last Status Change, Stage Since, Last Stage Change Date, Date Last Stage Update"
        },
        "is_converted": {
            "Salesforce": "IsConverted, Converted",
            "Zoho": "Is Converted",
        },
        "converted_at": {
            "HubSpot": "Became an Opportunity Date, hs_lifecyclestage_opportunity_date",
            "Salesforce": "Converted Date, ConvertedDate",
            "Zoho": "Converted Date Time, Lead Conversion Time Stamp",
        },
        "converted_deal_id": {
            "Salesforce": "Converted Opportunity ID, ConvertedOpportunityId",
            "Zoho": "Converted Deal",
        },
    },
    "deals": {
        "deal_id": {
            "HubSpot": "Deal ID, Record ID, hs_object_id",
            "Salesforce": "Opportunity ID, 18-digit Opportunity ID",
            "Zoho": "POTENTIALID, Deal Id, Record Id",
            "Pipedrive": "Deal - ID",
            "Olist": "seller_id",
            "any CRM": "Id, External ID, Deal Key",
        },
        "lead_id": {
            "HubSpot": "Associated Contact IDs, Associated Contact ID",
            "Salesforce": "Lead ID, Contact ID",
            "Zoho": "LEADID",
            "Olist": "mql_id",
            "Pipedrive": "Deal - Contact person ID, Person ID",
        },
        "created_at": {
            "HubSpot": "Create Date, createdate, hs_createdate",
            "Salesforce": "Created Date, CreatedDate",
            "Zoho": "Created Time",
            "Odoo": "Created on, create_date",
            "Pipedrive": "Deal - Deal created, Deal created, Add time",
            "Maven": "engage_date",
            "any CRM": "Created, Date Created, Creation Date, Opened Date, Open Date",
        },
        "source": {
            "HubSpot": "Original Source Type, Original Traffic Source, hs_analytics_source",
            "Salesforce": "Lead Source, LeadSource",
            "Odoo": "source_id, Source",
            "Pipedrive": "Deal - Source, Source channel",
        },
        "stage": {
            "HubSpot": "Deal Stage, dealstage, deal_pipeline_stage_id",
            "Salesforce": "Stage, StageName, Stage Name, Opportunity Stage",
            "Odoo": "stage_id",
            "Pipedrive": "Deal - Status, Deal - Stage",
            "any CRM": "Status",
        },
        "amount": {
            "HubSpot": "Amount, Amount in company currency, amount_in_home_currency",
            "Pipedrive": "Deal - Value, Value",
            "Maven": "close_value",
            "any CRM": "Deal Amount, Deal Value, Contract Value, Won Amount",
        },
        "currency": {
            "HubSpot": "Currency, deal_currency_code",
            "Salesforce": "CurrencyIsoCode, Amount Currency",
            "Pipedrive": "Deal - Currency of Value, Currency Code",
        },
        "closed_at": {
            "HubSpot": "Close Date, closedate",
            "Salesforce": "CloseDate",
            "Zoho": "Closing Date",
            "Odoo": "date_closed, Closed Date",
            "Pipedrive": "Deal - Deal closed on, Close time",
            "Olist": "won_date",
            "any CRM": "Won Date, Date Won, Won Time, Deal - Won time",
        },
        "is_closed": {
            "HubSpot": "Is Deal Closed?, Is closed (numeric), hs_is_closed",
            "Salesforce": "IsClosed, Closed",
        },
        "is_won": {
            "HubSpot": "Is Closed Won, hs_is_closed_won",
            "Salesforce": "IsWon, Won",
        },
        "expected_close_at": {
            "Odoo": "date_deadline, Expected Closing",
            "Pipedrive": "Deal - Expected close date, Expected close date",
        },
        "expected_amount": {
            "HubSpot": "Weighted amount, hs_projected_amount",
            "Salesforce": "Expected Revenue, ExpectedRevenue",
            "Odoo": "Prorated Revenue",
            "Pipedrive": "Deal - Weighted value",
        },
        "owner": {
            "HubSpot": "Deal owner, hubspot_owner_id",
            "Salesforce": "Opportunity Owner, Owner ID, OwnerId, Owner Name",
            "Zoho": "Potential Owner",
            "Odoo": "user_id, Salesperson",
            "Pipedrive": "Deal - Owner",
            "Maven": "sales_agent",
            "Olist": "sr_id",
            "any CRM": "Owner, Sales Rep",
        },
        "lost_reason": {
            "HubSpot": "Closed Lost Reason, closed_lost_reason",
            "Salesforce": "Loss Reason, Reason Lost",
            "Zoho": "Reason For Loss, Reason For Loss 1",
            "Odoo": "lost_reason_id",
            "Pipedrive": "Deal - Lost reason",
        },
    },
    "touches": {
        "lead_id": {
            "Salesforce": "Who ID, WhoId, Contact ID",
            "Zoho": "LEADID",
            "HubSpot": "Associated Contact IDs",
        },
        "touched_at": {
            "Zoho": "Call Start Time, Created Time",
            "Salesforce": "Activity Date, ActivityDate, Created Date",
            "HubSpot": "Activity date, hs_timestamp",
            "any CRM": "Touch Date, Timestamp, Date, Event Time",
        },
        "channel": {
            "Salesforce": "Task Subtype, Type",
            "Zoho": "Call Type",
            "any CRM": "Activity type, Medium",
        },
        "campaign": {"Salesforce": "Campaign Name, Campaign ID", "any CRM": "utm_campaign"},
    },
    "spend": {
        "month_on": {"any CRM": "Month, Date, Day, Period"},
        "source": {"any CRM": "Channel, utm_source, Lead Source, Platform"},
        "campaign": {"any CRM": "Campaign Name, utm_campaign"},
        "amount": {"any CRM": "Spend, Cost, Amount Spent, Budget"},
    },
    "exchange_rates": {
        "currency": {"Salesforce": "IsoCode", "any CRM": "Currency Code, Code"},
        "rate_on": {"Salesforce": "StartDate", "any CRM": "Date, Valid From"},
        "rate": {"Salesforce": "ConversionRate", "any CRM": "Exchange Rate"},
    },
    "stage_history": {
        "record_id": {"Salesforce": "OpportunityId, LeadId", "any CRM": "Deal ID, Lead ID"},
        "stage": {"Salesforce": "StageName, Stage, Status, NewValue", "any CRM": "To Stage"},
        "entered_at": {
            "Salesforce": "CreatedDate, Last Modified",
            "any CRM": "Changed At, Entered On, Timestamp",
        },
        "amount": {"Salesforce": "Amount"},
    },
    "holidays": {
        "holiday_on": {"any CRM": "Date, Day, Holiday Date"},
        "name": {"any CRM": "Holiday, Holiday Name"},
    },
    "deal_leads": {
        "deal_id": {"HubSpot": "Associated Deal ID", "Salesforce": "OpportunityId", "any CRM": "Deal ID"},
        "lead_id": {"HubSpot": "Contact ID", "Salesforce": "ContactId, LeadId", "any CRM": "Lead ID"},
    },
}

# written by sales, or after sales' contact: a definition that uses them looks into the future
_WRITTEN_AFTER_CONTACT = (
    "Tags, Lead Quality, Last Notable Activity, Lead Profile, Rating, Last Contacted, notes_last_contacted, "
    "Number of times contacted, Number of Sales Activities, num_notes, Last Meeting Booked, "
    "Associated Deals, First Deal Created Date, first_deal_created_date, Recent Deal Amount, "
    "Recent Deal Close Date, Total Revenue, Days To Close, Close Date, closedate, "
    "Became a Customer Date, hs_lifecyclestage_customer_date, "
    "Became an Evangelist Date, Next Activity Date, Recent Sales Email Replied Date, "
    "Recent Sales Email Opened Date, Currently in Sequence, Event Revenue, Lost Reason, lost_reason, "
    "Converted Account ID, ConvertedAccountId, Converted Contact ID, ConvertedContactId, CleanStatus"
)
AFTER_CONTACT = frozenset(folded(name) for name in _WRITTEN_AFTER_CONTACT.split(", "))

_OF_TOOLS = re.compile(r"_(fivetran|dlt|airbyte|sdc|rivery)_\w+(?: \(\d+\))?", re.IGNORECASE)

_TOOLS = {"fivetran": "Fivetran", "dlt": "dlt", "airbyte": "Airbyte", "sdc": "Singer", "rivery": "Rivery"}


def is_of_tool(name: str) -> bool:
    """Tell whether a column is the book-keeping of the tool that fetched the data, not the CRM's."""
    return _OF_TOOLS.fullmatch(name.strip()) is not None


def tool_of(names: tuple[str, ...]) -> str | None:
    """Return the tool that fetched a table with these columns, None for an export."""
    marks = (found[1].lower() for name in names if (found := _OF_TOOLS.fullmatch(name.strip())))
    return _TOOLS.get(next(marks, ""))


def known_names(table: str, columns: tuple[str, ...]) -> tuple[KnownName, ...]:
    """Return every known name of the table's columns, our own first, then the likeliest first."""
    own = tuple(KnownName(column, column, _OWN) for column in columns)
    crms = _NAMES.get(table, {})
    foreign = tuple(
        KnownName(column, name, crm)
        for column in columns
        for crm, names in crms.get(column, {}).items()
        for name in names.split(", ")
    )
    return own + foreign
