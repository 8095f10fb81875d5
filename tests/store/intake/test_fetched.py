"""Tables that dlt or Fivetran fetched from a CRM load as they are, without what is gone there."""

import pytest


def test_rows_deleted_in_the_crm_are_counted_and_not_loaded(loaded):
    """A soft-deleted lead would otherwise count for ever."""
    leads = loaded(
        leads="""
        id,property_createdate,_fivetran_deleted,_fivetran_synced
        ada,2026-07-01,false,2026-07-03
        bo,2026-07-01,true,2026-07-03
        """
    )

    assert leads.values("select lead_id from leads") == ["ada"]
    assert leads.receipt.tables[0].set_aside == {"a deletion in the CRM": 1}
    assert leads.values("select reason from set_aside") == [
        "_fivetran_deleted says that it is deleted in the CRM"
    ]


def test_earlier_versions_of_a_record_are_no_second_record(loaded):
    """A history table holds every version; the present one is the lead."""
    leads = loaded(
        leads="""
        id,created_date,status,_fivetran_active,_fivetran_active
        ada,2026-07-01,Open,false,false
        ada,2026-07-01,Working,true,true
        """
    )

    assert leads.rows("select lead_id, stage from leads") == [("ada", "Working")]
    assert leads.receipt.tables[0].set_aside == {"a later version of the record": 1}


@pytest.mark.parametrize(
    ("header", "gone", "there"),
    [("IsDeleted", "1", "0"), ("archived", "True", "False"), ("_dlt_valid_to", "2026-07-02 10:00:00", "")],
)
def test_each_tool_s_mark_is_known(loaded, header, gone, there):
    """Salesforce's export, HubSpot's by dlt, dlt's history."""
    leads = loaded(
        leads=f"id,createdate,{header},_dlt_load_id,_dlt_id\nada,2026-07-01,{there},1.2,x\nbo,2026-07-01,{gone},1.2,y\n"
    )

    assert leads.values("select lead_id from leads") == ["ada"]


def test_the_tool_s_own_columns_are_no_attributes(loaded):
    """When a row was fetched says nothing about a lead."""
    leads = loaded(leads="id,createdate,city,_dlt_load_id,_dlt_id\nada,2026-07-01,Bonn,1.2,x\n")

    assert leads.columns("leads") == ["lead_id", "created_at", "city"]


def test_the_receipt_says_which_tool_fetched_the_table(loaded):
    """It was recognised, so it needs no mapping."""
    leads = loaded(leads="id,createdate,city,_dlt_load_id,_dlt_id\nada,2026-07-01,Bonn,1.2,x\n")

    assert leads.receipt.tables[0].notes == ("fetched by dlt, whose own 2 columns are left out",)


def test_a_column_archived_of_one_s_own_takes_no_lead_away(loaded):
    """Only where a tool fetched the table does it mean that the record is gone."""
    leads = loaded(leads="lead_id,created_at,archived\nada,2026-07-01,true\n")

    assert leads.values("select lead_id from leads") == ["ada"]
