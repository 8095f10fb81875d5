"""`report promises`: a row for each side, promised or not; what can't be told names its column."""

import json
from datetime import date

import pytest

from alignment.__main__ import main
from alignment.sample import company
from tests.acceptance.asked import DATA

AS_OF = date(2026, 6, 30)
LEADS = """lead_id,created_at,mql_at,first_touch_at,sal_at,rejected_at,rejection_reason
ada,2026-07-06 10:00,2026-07-06 10:00,2026-07-06 11:00,2026-07-07 11:00,,
bob,2026-07-06 10:00,2026-07-06 10:00,2026-07-06 11:00,,2026-07-08 10:00,
cyd,2026-07-06 10:00,2026-07-06 10:00,2026-07-06 11:00,,2026-07-08 10:00,Role
dan,2026-07-06 10:00,2026-07-06 10:00,,,,
"""
PUBLIC = {
    "olist": (
        (
            "--leads",
            "olist/olist_marketing_qualified_leads_dataset.csv",
            "--deals",
            "olist/olist_closed_deals_dataset.csv",
        ),
        ("deals.amount", "leads.first_touch_at"),
    ),
    "maven": (("--deals", "maven/sales_pipeline.csv"), ("leads.mql_at", "leads.mql_at")),
    "xeducation": (("--leads", "xeducation/Leads.csv"), ("leads.mql_at", "leads.mql_at")),
}


@pytest.fixture
def ask(tmp_path, capsys, monkeypatch):
    """Return a function that asks for the promises of a warehouse, beside a ledger of its own."""
    monkeypatch.setenv("ACCORD_LEDGER", f"sqlite:///{tmp_path / 'ledger.sqlite'}")

    def answered(path, *arguments):
        capsys.readouterr()
        told = main(["report", "promises", "--warehouse", str(path), *arguments])
        return told, capsys.readouterr()

    return answered


@pytest.fixture
def load(tmp_path):
    """Return a function that loads files into a warehouse of its own."""

    def loaded(*files):
        path = tmp_path / "own.duckdb"
        assert main(["import", *map(str, files), "--into", str(path), "--currency", "USD"]) == 0
        return path

    return loaded


def test_the_sample_company_has_both_promises_in_this_quarter_and_the_last(ask, tmp_path):
    """On the way in this one, kept or not in the last."""
    path = tmp_path / "sample.duckdb"
    company.write(path, leads=2_000, as_of=AS_OF)

    now = json.loads(ask(path, "--json")[1].out)
    last = json.loads(ask(path, "--json", "--start", "2026-01-01", "--end", "2026-04-01")[1].out)

    assert [(row["side"], row["status"]) for row in now] == [
        ("marketing", "on the way"),
        ("sales", "on the way"),
    ]
    assert {row["status"] for row in last} <= {"kept", "not kept"}
    assert all(
        row["reached_of_promised"] > 0 and row["made_by"] and not row["needs"] for row in (*now, *last)
    )


def test_what_was_not_promised_is_told_all_the_same_and_what_is_not_known_names_its_column(
    ask, load, tmp_path
):
    """Of four hand-offs two are answered, one is sent back without a reason; no deals to value them."""
    (tmp_path / "leads.csv").write_text(LEADS)
    path = load("--leads", tmp_path / "leads.csv")

    marketing, sales = json.loads(ask(path, "--json", "--as-of", "2026-08-31")[1].out)

    assert "needs column deals.is_won" in marketing["needs"]
    assert (marketing["reached"], marketing["status"]) == (None, None)
    assert (sales["reached"], sales["without_a_reason"], sales["status"], sales["needs"]) == (
        0.5,
        1,
        None,
        None,
    )


def test_half_a_period_is_refused(ask, load, tmp_path):
    """One clear line."""
    (tmp_path / "leads.csv").write_text(LEADS)
    code, said = ask(load("--leads", tmp_path / "leads.csv"), "--start", "2026-07-01")

    assert (code, "give both --start and --end" in said.err) == (2, True)


@pytest.mark.skipif(not DATA.exists(), reason="the public data sets are not on this machine")
@pytest.mark.parametrize("name", PUBLIC)
def test_public_data_names_the_column_that_each_promise_needs(ask, load, name):
    """None of them knows first touches; only one of them knows MQLs, and it has no amounts."""
    files, needed = PUBLIC[name]
    path = load(*(word if word.startswith("--") else DATA / word for word in files))

    rows = json.loads(ask(path, "--json", "--start", "2018-01-01", "--end", "2018-04-01")[1].out)

    assert [column in row["needs"] for column, row in zip(needed, rows, strict=True)] == [True, True]
    assert [row["reached"] for row in rows] == [None, None]
