"""Real files load as they are, without a mapping, and hold what is known of them."""

import json
from pathlib import Path

import pytest

from alignment.domain.contract import TABLES
from alignment.domain.known_names import folded
from alignment.domain.mapping import likely_table, suggest

DATA = Path(__file__).parents[4] / "shared" / "data"
HEADERS = DATA / "crm_headers" / "headers.json"
OLIST_DEALS = DATA / "olist" / "olist_closed_deals_dataset.csv"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data files are not on this machine")

ASKED = ("id", "created_at", "source", "stage", "owner", "mql_at", "sql_at", "amount", "closed_at")
KEYS = {"leads": "lead_id", "deals": "deal_id", "stage_history": "record_id"}

WANTED = {
    "hubspot_contacts_export_ui_labels": (
        "leads",
        "lead_id created_at source owner stage mql_at sql_at assigned_at converted_at campaign",
    ),
    "hubspot_contact_api_names": (
        "leads",
        "created_at source owner stage mql_at sql_at assigned_at converted_at",
    ),
    "hubspot_deal_api_names": ("deals", "deal_id created_at stage owner amount closed_at"),
    "fivetran_hubspot_contact": ("leads", "lead_id created_at"),
    "fivetran_salesforce_lead_history": (
        "leads",
        "lead_id created_at source owner stage is_converted converted_at converted_deal_id",
    ),
    "fivetran_salesforce_opportunity": (
        "deals",
        "deal_id created_at source owner stage amount closed_at is_closed is_won expected_amount",
    ),
    "salesforce_data_export_Lead": (
        "leads",
        "lead_id created_at source owner stage is_converted converted_at converted_deal_id",
    ),
    "salesforce_data_export_OpportunityHistory": ("stage_history", "record_id stage entered_at amount"),
    "marketo_lead": ("leads", "lead_id created_at"),
    "zoho_leads": ("leads", "lead_id created_at source owner stage is_converted"),
    "zoho_potentials": (
        "deals",
        "lead_id created_at source owner stage amount closed_at expected_amount",
    ),
    "zoho_calls": ("touches", "lead_id touched_at"),
    "odoo_crm_lead": ("leads", "created_at source campaign owner stage assigned_at"),
}


@pytest.fixture(scope="module", params=["olist_marketing_qualified_leads_dataset.csv", "mql_us_dates.csv"])
def olist(request, load_once):
    """Load the Olist leads, once with ISO dates, once month first, and the deals."""
    return load_once(leads=DATA / "olist" / request.param, deals=OLIST_DEALS)


def test_olist_loads_whole(olist):
    """Each row of both files, in both date forms."""
    assert [(table.loaded, table.rows_set_aside) for table in olist.receipt.tables] == [(8000, 0), (842, 0)]


def test_olist_dates_are_right_in_both_forms(olist):
    """Read day first, 3,408 of them would be wrong."""
    assert olist.rows("select min(created_at)::date::varchar, max(created_at)::date::varchar from leads") == [
        ("2017-06-14", "2018-05-31")
    ]


def test_an_olist_lead_is_an_mql_when_it_is_known(olist):
    """Every row of a file keyed by mql_id is one."""
    assert olist.values("select count(*) from leads where mql_at = created_at") == [8000]


def test_an_empty_olist_origin_is_not_the_origin_unknown(olist):
    """60 leads without origin convert best of all: they must stay apart."""
    assert olist.rows(
        "select count(*), count_if(source = 'unknown') from leads where source is null or source = 'unknown'"
    ) == [(60 + 1099, 1099)]


def test_every_olist_deal_is_won_by_its_lead(olist):
    """842 won deals, each with its lead."""
    assert olist.values("select count(*) from deals join deal_leads using (deal_id) where is_won") == [842]
    assert olist.receipt.deals_without_lead == 0


@pytest.fixture(scope="module")
def maven(load_once):
    """Load the Maven pipeline, without leads."""
    return load_once(deals=DATA / "maven" / "sales_pipeline.csv")


def test_maven_outcomes_come_from_its_stage_words(maven):
    """Won and Lost are closed; Engaging and Prospecting are open."""
    assert maven.rows("select stage, is_closed, is_won, count(*) from deals group by all order by stage") == [
        ("Engaging", False, None, 1589),
        ("Lost", True, False, 2473),
        ("Prospecting", False, None, 500),
        ("Won", True, True, 4238),
    ]


def test_maven_deals_without_any_date_are_loaded(maven):
    """500 prospects were never engaged; they are pipeline all the same."""
    assert maven.values("select count(*) from deals where created_at is null and closed_at is null") == [500]


def test_maven_revenue_is_whole(maven):
    """To the dollar."""
    assert [str(total) for total in maven.values("select sum(amount) from deals where is_won")] == [
        "10005534.00"
    ]


@pytest.fixture(scope="module")
def education(load_once):
    """Load the leads of X Education: no dates, no deals."""
    return load_once(leads=DATA / "xeducation" / "Leads.csv")


def test_x_education_loads_without_dates(education):
    """9,240 leads, 3,561 of them converted."""
    assert education.rows("select count(*), count_if(is_converted) from leads") == [(9240, 3561)]


def test_x_education_placeholders_are_no_values(education):
    """`Select` is what a list box says that nobody touched."""
    assert education.rows(
        'select count("Specialization"), count_if("Specialization" = \'Select\') from leads'
    ) == [(9240 - 1438 - 1942, 0)]


def test_x_education_columns_written_after_contact_are_marked(education):
    """Sales' own tags predict conversion too well to be used in a definition."""
    marked = {column.name for column in education.receipt.tables[0].columns if column.after_contact}

    assert {"Tags", "Lead Quality"} <= marked


def by_alias(table, headers):
    """Return our columns that the researched names say a file has, apart from our own list of names."""
    aliases = json.loads((HEADERS.parent / "aliases.json").read_text(encoding="utf-8"))
    prefix = "deals." if table == "deals" else ""
    return {
        column
        for column in (*ASKED, "lead_id", "deal_id")
        if {folded(name) for name in aliases.get(prefix + column, ())} & set(map(folded, headers))
    }


def test_every_crm_s_header_is_mapped_without_help(capsys):
    """Key, creation, source, stage, owner, MQL and SQL dates, amount, close date: where a file has them."""
    missed, lines = {}, [f"\n{'':42}{''.join(f'{column:>12}' for column in ASKED)}"]
    for name, (table, wanted) in WANTED.items():
        headers = tuple(json.loads(HEADERS.read_text(encoding="utf-8"))[name]["columns"])
        found = {given.column for given in suggest(TABLES[table], headers).assignments}
        there = set(wanted.split()) | (by_alias(table, headers) if table in {"leads", "deals"} else set())
        own = [KEYS.get(table, "") if column == "id" else column for column in ASKED]
        marks = ["hit" if each in found else "MISS" if each in there else "-" for each in own]
        lines.append(f"{name:42}{''.join(f'{mark:>12}' for mark in marks)}")
        missed |= {name: there - found} if there - found else {}
    with capsys.disabled():
        print("\n".join(lines))  # noqa: T201 - the table of hits and misses is asked for

    assert missed == {}


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_crm_s_header_tells_its_table(name):
    """Contacts are leads, potentials are deals."""
    headers = tuple(json.loads(HEADERS.read_text(encoding="utf-8"))[name]["columns"])

    assert likely_table(headers).name == WANTED[name][0]


def test_every_header_set_is_looked_at():
    """A new one must be added here."""
    assert set(json.loads(HEADERS.read_text(encoding="utf-8"))) == set(WANTED)


@pytest.mark.parametrize(
    ("name", "table", "rows"),
    [
        ("zoho_leads_sample.csv", "leads", 3),
        ("zoho_potentials_sample.csv", "deals", None),
        ("salesforce_opportunity_history_sample.csv", "stage_history", 2),
    ],
)
def test_a_crm_s_sample_file_loads_or_says_what_it_lacks(loaded, name, table, rows):
    """Zoho's potentials have no key, so they are refused with what would do."""
    files = {table: DATA / "crm_headers" / name}
    if rows is None:
        with pytest.raises(ValueError, match="deals need a column for deal_id"):
            loaded(**files)
        return
    if table == "stage_history":
        files["leads"] = "lead_id,created_at\nada,2026-07-01\n"
    assert loaded(**files).receipt.table(table).loaded == rows
