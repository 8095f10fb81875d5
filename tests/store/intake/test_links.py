"""Rules of links: a deal may have several leads, a lead several deals; no deal counts twice for it."""

import pytest

LEADS = "lead_id,created_at\n101,2026-07-01\n102,2026-07-01\n103,2026-07-02\n"
PAIRS = "select deal_id, lead_id from deal_leads order by all"


@pytest.mark.parametrize("several", ["101;102", "101, 102", "101 | 102;"])
def test_a_cell_that_lists_several_leads_joins_the_deal_with_each(loaded, several):
    """HubSpot writes the associated contacts of a deal into one cell; read as one key, it has no lead."""
    deals = loaded(
        leads=LEADS, deals=f'deal_id,created_at,lead_id\nd1,2026-07-03,"{several}"\nd2,2026-07-03,103\n'
    )

    assert deals.rows(PAIRS) == [("d1", "101"), ("d1", "102"), ("d2", "103")]
    assert deals.receipt.deals_without_lead == 0


def test_the_receipt_says_that_lists_were_read(loaded):
    """Whoever has keys with commas sees at once what was made of them."""
    deals = loaded(deals="deal_id,created_at,lead_id\nd1,2026-07-03,101;102\n")

    (column,) = [column for column in deals.receipt.tables[0].columns if column.name == "lead_id"]
    assert column.note == "1 values list several leads; each of them is joined"


def test_a_key_that_holds_a_comma_itself_is_no_list(loaded):
    """The leads' own keys prove it."""
    deals = loaded(
        leads='lead_id,created_at\n"a,b",2026-07-01\n',
        deals='deal_id,created_at,lead_id\nd1,2026-07-03,"a,b"\n',
    )

    assert deals.rows(PAIRS) == [("d1", "a,b")]


def test_a_deal_repeated_for_each_of_its_leads_is_one_deal(loaded):
    """An export of associations has a row a pair; a plain join would count its revenue twice."""
    deals = loaded(
        leads=LEADS,
        deals="deal_id,created_at,lead_id,amount\nd1,2026-07-03,101,10\nd1,2026-07-03,102,10\n",
    )

    assert deals.values("select sum(amount) from deals") == [10]
    assert deals.rows(PAIRS) == [("d1", "101"), ("d1", "102")]
    assert deals.receipt.table("deals").notes == (
        "1 rows repeat one of the deals for another of the leads; each pair is joined",
    )


def test_a_deal_whose_repeats_differ_in_more_is_set_aside(loaded):
    """Two amounts of one deal are a contradiction, whoever the lead is."""
    deals = loaded(
        deals="deal_id,created_at,lead_id,amount\nd1,2026-07-03,101,10\nd1,2026-07-03,102,20\nd2,2026-07-03,,5\n"
    )

    assert deals.values("select deal_id from deals") == ["d2"]


def test_a_lead_of_several_deals_is_joined_with_each(loaded):
    """A customer that came back."""
    leads = loaded(
        leads="lead_id,created_at,converted_deal_id\n101,2026-07-01,d1;d2\n102,2026-07-01,d2\n102,2026-07-01,d3\n"
    )

    assert leads.rows(PAIRS) == [("d1", "101"), ("d2", "101"), ("d2", "102"), ("d3", "102")]


def test_salesforce_keys_of_15_and_18_letters_are_one_key(loaded):
    """A report writes the short form, the data export the long one; else no deal has a lead."""
    deals = loaded(
        leads="Id,CreatedDate\n00Q5g00000AbCdEEAV,2026-07-01\n00Q5g00000AbCdFEAV,2026-07-01\n",
        deals="deal_id,created_at,lead_id\nd1,2026-07-03,00Q5g00000AbCdE\n",
    )

    assert deals.rows(PAIRS) == [("d1", "00Q5g00000AbCdEEAV")]
    assert deals.receipt.deals_without_lead == 0
    assert deals.receipt.table("deals").notes == (
        "lead_id: 1 keys of 15 letters were joined with leads of 18, as Salesforce writes both",
    )


def test_short_keys_in_other_capitals_are_other_keys(loaded):
    """They differ in nothing else."""
    deals = loaded(
        leads="Id,CreatedDate\n00Q5g00000AbCdEEAV,2026-07-01\n",
        deals="deal_id,created_at,lead_id\nd1,2026-07-03,00q5g00000AbCdE\n",
    )

    assert deals.receipt.deals_without_lead == 1
