"""Rules of suggested mappings: a known name is offered with its reason, a doubtful one is not."""

import pytest

from alignment.domain.contract import DEALS, LEADS, STAGE_HISTORY, TOUCHES
from alignment.domain.mapping import Assignment, Rule, TableMapping, likely_table, suggest


@pytest.mark.parametrize(
    "name", ["Create Date", "createdate", "CREATE_DATE", " create-date ", "property_createdate"]
)
def test_a_known_name_is_known_however_it_is_spelt(name):
    """Capitals, spaces, underscores and the marks of tools don't count."""
    assert suggest(LEADS, (name,)).assignment("created_at").origin == name


def test_a_suggestion_says_why():
    """The person who confirms it must be able to judge it."""
    assert (
        suggest(LEADS, ("Lead Status",)).assignment("stage").reason
        == "Lead Status is a known name of HubSpot's"
    )


def test_our_own_name_goes_before_a_foreign_one():
    """A file that already speaks our language is taken at its word."""
    assert suggest(LEADS, ("Create Date", "created_at")).assignment("created_at").origin == "created_at"


@pytest.mark.parametrize(("table", "column"), [(LEADS, "lead_id"), (DEALS, "deal_id")])
def test_an_id_is_the_id_of_its_table(table, column):
    """Salesforce calls every key `Id`."""
    assert suggest(table, ("Id", "CreatedDate")).assignment(column).origin == "Id"


def test_a_lead_s_key_among_deals_links_the_deal_to_its_lead():
    """mql_id is a key of leads, and in a file of deals a reference."""
    deals = suggest(DEALS, ("mql_id", "seller_id", "won_date"))

    assert (deals.assignment("deal_id").origin, deals.assignment("lead_id").origin) == ("seller_id", "mql_id")


def test_one_column_of_the_file_is_offered_once():
    """`Original Source` is no source and campaign at the same time."""
    offered = [
        given.origin for given in suggest(LEADS, ("Id", "Status", "Lead Status", "Created")).assignments
    ]

    assert len(offered) == len(set(offered))


def test_rows_keyed_by_mql_id_are_mqls_when_they_are_known():
    """The name says what every row of the file is."""
    leads = suggest(LEADS, ("mql_id", "first_contact_date"))

    assert leads.assignment("mql_at").rule is Rule.SAME_AS
    assert leads.origin("mql_at") == "first_contact_date"


def test_a_date_named_won_says_who_won():
    """A deal with a value there is won."""
    won = suggest(DEALS, ("seller_id", "won_date")).assignment("is_won")

    assert (won.rule, won.origin) == (Rule.PRESENT, "won_date")


@pytest.mark.parametrize(
    "name", ["declared_monthly_revenue", "Annual Revenue", "Last Activity", "Total Revenue", "Probability"]
)
def test_a_name_that_only_resembles_ours_is_not_offered(name):
    """A company's own revenue is no deal's amount, an activity's kind no date."""
    assert suggest(DEALS, ("deal_id", name)).assignments == suggest(DEALS, ("deal_id",)).assignments
    assert suggest(LEADS, ("lead_id", name)).assignments == suggest(LEADS, ("lead_id",)).assignments


def test_columns_written_after_sales_contact_are_marked():
    """They predict what they were written after."""
    assert suggest(LEADS, ("Lead ID", "Tags", "Industry")).after_contact == ("Tags",)


@pytest.mark.parametrize(
    ("headers", "table"),
    [
        (("mql_id", "first_contact_date", "origin"), LEADS),
        (("mql_id", "seller_id", "won_date"), DEALS),
        (("opportunity_id", "deal_stage", "close_value"), DEALS),
        (("Prospect ID", "Lead Number", "Converted"), LEADS),
        (("Id", "OpportunityId", "StageName", "CreatedDateForInsert"), STAGE_HISTORY),
        (("lead_id", "touched_at", "channel"), TOUCHES),
    ],
)
def test_the_names_tell_which_table_a_file_is(headers, table):
    """So that a file can be dropped without saying what it is."""
    assert likely_table(headers) is table


def test_an_assignment_replaces_the_one_before():
    """A column has one origin; choosing another one is a new mapping."""
    mapping = TableMapping("leads", (Assignment("source", "origin"),))

    assert mapping.with_assignment(Assignment("source", "channel")).assignments == (
        Assignment("source", "channel"),
    )
