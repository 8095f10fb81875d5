"""A public export without dates and deals: it answers what it can, the rest names a column."""

import json

import pytest

from alignment.__main__ import main
from tests.acceptance.asked import DATA, answered

LEADS = DATA / "xeducation" / "Leads.csv"

pytestmark = pytest.mark.skipif(not LEADS.exists(), reason="the public data sets are not on this machine")

TO_OPPORTUNITY = ("report", "conversion", "--from", "lead", "--to", "opportunity")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Load the export as it is; return the option that names the warehouse."""
    path = tmp_path_factory.mktemp("xeducation") / "xeducation.duckdb"
    answered("import", "--leads", str(LEADS), "--into", str(path))
    return ("--warehouse", str(path))


@pytest.fixture(scope="module")
def golden():
    """Return what was published about the data set, by metric."""
    rows = json.loads((DATA / "golden.json").read_text(encoding="utf-8"))
    return {row["metric"]: row["value"] for row in rows if row["dataset"] == "xeducation"}


def by(column, warehouse):
    """Return conversion to opportunity, whenever it came, by the values of a column."""
    rows = answered(*TO_OPPORTUNITY, "--within", "ever", "--by", column, *warehouse)
    return {row["by"][column]: row for row in rows}


def test_conversion_needs_no_dates_when_nobody_asks_when(warehouse, golden):
    """The flag says that a lead became an opportunity; that is enough for "ever"."""
    (overall,) = answered(*TO_OPPORTUNITY, "--within", "ever", *warehouse)

    assert (overall["numerator"], overall["denominator"]) == (golden["converted"], golden["leads_total"])
    assert 100 * overall["rate"] == pytest.approx(golden["conversion_pct"], abs=1e-6)


@pytest.mark.parametrize(
    "source",
    [
        "Direct Traffic",
        "Olark Chat",
        "Organic Search",
        "Reference",
        "Welingak Website",
        "Referral Sites",
        "Facebook",
    ],
)
def test_conversion_by_source_is_the_published_one(warehouse, golden, source):
    """Every source stands for itself, however few its leads."""
    row = by("source", warehouse)[source]

    assert row["denominator"] == golden[f"leads[source={source}]"]
    assert 100 * row["rate"] == pytest.approx(golden[f"conversion_pct[source={source}]"], abs=1e-6)


def test_two_spellings_of_a_source_are_two_until_somebody_merges_them(warehouse, golden):
    """The published figure merges google into Google; we never merge unasked, and the sum is the same."""
    spellings = [by("source", warehouse)[name] for name in ("Google", "google")]
    leads = sum(row["denominator"] for row in spellings)
    converted = sum(row["numerator"] for row in spellings)

    assert leads == golden["leads[source=Google]"]
    assert 100 * converted / leads == pytest.approx(golden["conversion_pct[source=Google]"], abs=1e-6)


def test_leads_without_a_source_are_a_group_of_their_own(warehouse, golden):
    """Dropping them would raise every other share."""
    assert by("source", warehouse)[None]["denominator"] == golden["leads[source is null]"]


@pytest.mark.parametrize("campaign", ["Landing Page Submission", "API", "Lead Add Form"])
def test_conversion_by_campaign_is_the_published_one(warehouse, golden, campaign):
    """The export calls it Lead Origin; it is what brought the lead."""
    rate = by("campaign", warehouse)[campaign]["rate"]

    assert 100 * rate == pytest.approx(golden[f"conversion_pct[campaign={campaign}]"], abs=1e-6)


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ((*TO_OPPORTUNITY,), "leads.created_at"),
        ((*TO_OPPORTUNITY, "--within", "30"), "leads.created_at"),
        ((*TO_OPPORTUNITY, "--within", "ever", "--start", "2020-01-01"), "leads.created_at"),
        (
            ("report", "conversion", "--from", "mql", "--to", "opportunity", "--within", "ever"),
            "leads.mql_at",
        ),
        (("report", "conversion", "--from", "sql", "--to", "opportunity", "--within", "30"), "leads.sql_at"),
        (("report", "revenue"), "a table of deals"),
        (("report", "revenue", "--by", "quarter"), "a table of deals"),
        (("report", "handoff"), "leads.mql_at"),
        (("report", "handoff", "--quality"), "leads.mql_at"),
        (("report", "black-hole"), "leads.mql_at"),
    ],
    ids=[
        "usual window",
        "within 30 days",
        "a period",
        "from MQL",
        "from SQL",
        "revenue",
        "revenue by quarter",
        "hand-off",
        "follow-up × quality",
        "black hole",
    ],
)
def test_a_question_about_days_says_which_column_it_needs(warehouse, capsys, question, column):
    """Never 0 %, never an empty panel: the column that would answer it is named."""
    assert main([*question, *warehouse, "--json"]) == 2

    assert f"needs {'' if column.startswith('a ') else 'column '}{column}" in capsys.readouterr().err
