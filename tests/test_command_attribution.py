"""`report attribution`: the page's figures, as a table and as JSON; sourced and influenced never added."""

import json

import pytest

from alignment.__main__ import main

LEADS = "lead_id,created_at,source\nada,2026-07-01 10:00,web\nbob,2026-07-03 10:00,fair\n"
DEALS = """deal_id,lead_id,created_at,closed_at,is_won,amount
d1,ada,2026-07-10,2026-07-20,true,100
d2,bob,2026-07-10,2026-07-20,true,30
"""
TOUCHES = """lead_id,touched_at,channel,campaign,is_marketing
ada,2026-07-01 10:00,web,brand,true
ada,2026-07-09 10:00,mail,letter,true
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Import two deals won, one of them touched twice; reports only read."""
    folder, given = tmp_path_factory.mktemp("own"), []
    for name, text in (("leads", LEADS), ("deals", DEALS), ("touches", TOUCHES)):
        (folder / f"{name}.csv").write_text(text)
        given += [f"--{name}", str(folder / f"{name}.csv")]
    path = str(folder / "own.duckdb")
    assert main(["import", *given, "--into", path]) == 0
    return path


@pytest.fixture
def ask(own, tmp_path, capsys, monkeypatch):
    """Return a function that runs the report on the company's own data, or on what was imported at a path."""
    monkeypatch.chdir(tmp_path)

    def answered(*arguments, path=own):
        capsys.readouterr()
        told = main(["report", "attribution", *arguments, "--warehouse", path, "--as-of", "2026-08-31"])
        return told, capsys.readouterr()

    return answered


def test_all_models_stand_side_by_side_and_sum_to_what_was_won(ask):
    """With what no touch explains on a line of its own."""
    found = json.loads(ask("--json")[1].out)
    assert [(row["channel"], row["first"], row["linear"]) for row in found["rows"]] == [
        ("mail", 0, 50),
        ("web", 100, 50),
    ]
    assert (found["not_attributed"]["amount"], found["won"]["amount"]) == (30, 130)


def test_influenced_is_told_apart_from_sourced(ask):
    """Two lists, no sum of them."""
    found = json.loads(ask("--json")[1].out)
    assert found["influenced"]["total"] == {"deals": 1, "amount": 100}
    assert [each["amount"] for each in found["influenced"]["overlapping"]] == [100, 100]
    assert found["sourced"] == [{"source": "web", "amount": 100}, {"source": "fair", "amount": 30}]


def test_one_model_and_one_grouping_can_be_asked_for(ask):
    """As a table, with a warning not to add."""
    out = ask("--model", "last", "--by", "campaign")[1].out
    head, letter, brand, alone, everything, warning = out.strip().splitlines()
    assert head.split() == ["campaign", "deals", "last", "influenced_deals", "influenced_amount"]
    assert (letter.split()[:3], brand.split()[:3]) == (["letter", "1", "100.00"], ["brand", "1", "0"])
    assert "30.00" in alone
    assert "130.00" in everything
    assert "never add" in warning


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--model", "best"), "--model takes one of first, last"),
        (("--by", "owner"), "one of source, campaign, channel"),
        (("--before", "dawn"), "--before takes one of creation, close"),
        (("--half-life", "0"), "between 0.5 and 3,650 days"),
        (("--touches", "some"), "--touches takes one of marketing, all"),
    ],
)
def test_a_word_that_means_nothing_is_refused_with_what_would_do(ask, arguments, says):
    """In one sentence."""
    told, printed = ask(*arguments)
    assert told == 2
    assert says in printed.err


def test_without_touches_the_report_says_what_it_needs(ask, tmp_path):
    """And what it would show."""
    (tmp_path / "deals.csv").write_text(DEALS)
    path = str(tmp_path / "deals.duckdb")
    assert main(["import", "--deals", str(tmp_path / "deals.csv"), "--into", path]) == 0

    told, printed = ask(path=path)
    assert told == 2
    assert "needs table touches. With it you would see" in printed.err
