"""`report strategies`: the page's figures, as a table that ends with their sum, and as JSON."""

import json

import pytest

from alignment.__main__ import main

LEADS = """lead_id,created_at,mql_at,campaign,source
ada,2026-07-01 10:00,2026-07-02,brand,web
bob,2026-07-03,,,web
"""
DEALS = """deal_id,lead_id,created_at,closed_at,is_won,amount
d1,ada,2026-07-10,2026-08-20,true,100
d2,,2026-07-10,2026-07-20,true,30
"""
SPEND = "month_on,campaign,amount\n2026-07-01,brand,50\n2026-07-01,,20\n"


@pytest.fixture
def ask(tmp_path, capsys, monkeypatch):
    """Return a function that runs the report on two leads, two deals won and two entries of spend."""
    monkeypatch.chdir(tmp_path)
    given = []
    for name, text in (("leads", LEADS), ("deals", DEALS), ("spend", SPEND)):
        (tmp_path / f"{name}.csv").write_text(text)
        given += [f"--{name}", str(tmp_path / f"{name}.csv")]

    def answered(*arguments, tables=given):
        path = str(tmp_path / "own.duckdb")
        assert main(["import", *tables, "--into", path]) == 0
        capsys.readouterr()
        told = main(["report", "strategies", *arguments, "--warehouse", path])
        return told, capsys.readouterr()

    return answered


def test_rows_sum_to_the_whole_and_none_is_one_of_them(ask):
    """In the quarter of the data's newest day, where nobody names another."""
    found = json.loads(ask("--json")[1].out)
    assert (found["start"], found["end"]) == ("2026-07-01", "2026-10-01")
    assert [(row["campaign"], row["revenue"], row["spend"]) for row in found["rows"]] == [
        ("brand", 100, 50),
        (None, 30, 20),
    ]
    assert (found["total"]["revenue"], found["total"]["spend"], found["total"]["leads"]) == (130, 70, 2)
    assert (found["rows"][0]["cost_per_mql"], found["rows"][0]["return"]) == (50, 2)


def test_as_a_table_the_sum_stands_on_the_last_line(ask):
    """What belongs to no campaign is named so."""
    head, brand, none, everything = ask()[1].out.strip().splitlines()
    assert head.split()[:4] == ["campaign", "leads", "mqls", "sqls"]
    assert (brand.split()[0], none[:11], everything.split()[0]) == ("brand", "no campaign", "(all)")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--by", "owner"), "one of campaign, source"),
        (("--basis", "guess"), "--basis takes one of period, leads"),
        (("--start", "July"), "--start needs a day"),
    ],
)
def test_a_word_that_means_nothing_is_refused_with_what_would_do(ask, arguments, says):
    """In one sentence."""
    told, printed = ask(*arguments)
    assert told == 2
    assert says in printed.err


def test_without_spend_the_report_says_what_it_needs(ask, tmp_path):
    """And still tells the rest."""
    told, printed = ask(tables=["--leads", str(tmp_path / "leads.csv")])
    assert told == 0
    assert "need the table spend" in printed.out
