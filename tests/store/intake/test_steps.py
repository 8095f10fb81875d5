"""Rules of a lead's own status words: said once, they tell how far a lead is, and since when."""

from dataclasses import replace

import pytest

from alignment.domain.contract import LEADS
from alignment.domain.mapping import Mapping, suggest
from alignment.errors import MappingError
from alignment.store.intake import load_mapping, save_mapping

NAMES = ("Lead ID", "Created Date", "Lead Status", "Last Status Change")
DATED = """
    Lead ID,Created Date,Lead Status,Last Status Change
    ada,2026-07-01,Sales Qualified,2026-07-05
    bo,2026-07-01,Junk Lead,2026-07-06
    cy,2026-07-01,Gewonnen,2026-07-07
    """


def test_a_lead_came_to_the_step_of_its_word_when_it_came_to_its_status(loaded):
    """The date of the last change is the date of the step it stands at."""
    leads = loaded(leads=DATED)

    assert leads.rows("select lead_id, sql_at::date::varchar, rejected_at::date::varchar from leads") == [
        ("ada", "2026-07-05", None),
        ("bo", None, "2026-07-06"),
        ("cy", None, None),
    ]


def test_a_date_of_its_own_goes_before_the_change_of_status(loaded):
    """What the CRM wrote down is better than what follows from it."""
    leads = loaded(
        leads="lead_id,created_at,stage,stage_since,sql_at\na,2026-07-01,SQL,2026-07-09,2026-07-03\n"
    )

    assert leads.values("select sql_at::date::varchar from leads") == ["2026-07-03"]


def test_without_a_date_nothing_is_invented_and_the_receipt_says_what_to_export(loaded):
    """An SQL of an unknown day is in no month."""
    leads = loaded(leads="lead_id,created_at,Lead Status\na,2026-07-01,SQL\n")

    assert "sql_at" not in leads.columns("leads")
    (note,) = leads.receipt.tables[0].notes
    assert note.startswith("leads by Lead Status: 1 SQL, but nothing says since when, so no sql_at; export")


def test_a_customer_became_an_opportunity_at_a_time_that_nobody_wrote_down(loaded):
    """HubSpot's lifecycle stage says it where no deal does."""
    leads = loaded(
        leads="""
            Contact ID,Create Date,Lifecycle Stage
            a,2026-07-01,customer
            b,2026-07-01,lead
            c,2026-07-01,
            """
    )

    assert leads.values("select is_converted from leads order by lead_id") == [True, False, None]


def test_the_file_s_own_flag_goes_before_the_word(loaded):
    """Salesforce has leads with the status Closed - Converted that never were."""
    leads = loaded(leads="lead_id,created_at,Status,IsConverted\na,2026-07-01,Closed - Converted,0\n")

    assert leads.values("select is_converted from leads") == [False]


def test_a_company_s_own_words_replace_ours(loaded):
    """`Gewonnen` is said once, in the mapping."""
    mapping = suggest(LEADS, NAMES).with_words("sql", ("Gewonnen",))

    leads = loaded(leads=DATED, mapping=Mapping((mapping,)))

    assert leads.values("select lead_id from leads where sql_at is not null") == ["cy"]


def test_the_words_are_kept_with_the_mapping(tmp_path):
    """Said once: the scheduler needs no second answer."""
    mapping = replace(Mapping(), tables=(suggest(LEADS, NAMES).with_words("sql", ("Gewonnen",)),))

    save_mapping(mapping, tmp_path / "ours.toml")

    assert load_mapping(tmp_path / "ours.toml").tables[0].words("sql") == ("Gewonnen",)


def test_a_step_that_we_don_t_know_is_refused(write):
    """A slip of the pen must not be passed over."""
    with pytest.raises(MappingError, match="The steps are mql, sal, sql, opportunity, rejected"):
        load_mapping(write("ours.toml", '[leads.steps]\nsqll = ["Gewonnen"]\n'))
