"""`report handoff` and `report black-hole`: the page's figures, as tables and JSON."""

import json

import pytest

from alignment.__main__ import main

LEADS = """lead_id,created_at,mql_at,first_touch_at,last_activity_at,sql_at,rejected_at,source
ada,2026-07-06 10:00,2026-07-06 10:00,2026-07-06 11:00,2026-07-06 11:00,2026-07-07 11:00,,web
bob,2026-07-06 10:00,2026-07-06 10:00,,2026-07-06 10:00,,,fair
cyd,2026-07-06 10:00,,,,,2026-07-08 10:00,web
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Import two hand-offs; reports only read."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "leads.csv").write_text(LEADS)
    path = str(folder / "own.duckdb")
    assert main(["import", "--leads", str(folder / "leads.csv"), "--into", path]) == 0
    return path


@pytest.fixture
def ask(path, tmp_path, capsys, monkeypatch):
    """Return a function that runs a report on two hand-offs as they stood at the end of August."""
    monkeypatch.chdir(tmp_path)

    def answered(*arguments):
        capsys.readouterr()
        told = main(["report", *arguments, "--warehouse", path, "--as-of", "2026-08-31"])
        return told, capsys.readouterr()

    return answered


def test_hand_offs_are_counted_by_their_standing(ask):
    """One touched within the usual SLA, one not at all."""
    (row,) = json.loads(ask("handoff", "--json")[1].out)
    assert (row["hand_offs"], row["met"], row["overdue"], row["still_overdue"]) == (2, 1, 1, 1)
    assert (row["compliance"], row["at_least"]) == (0.5, "speed_p90_hours, elapsed_p90_hours")


def test_the_four_cells_stand_in_the_json(ask):
    """With the kinds that they are made of."""
    (row,) = json.loads(ask("handoff", "--quality", "--json")[1].out)
    cells = [
        row[f"{followed}_{good}"]
        for followed in ("followed_up", "not_followed_up")
        for good in ("good", "poor")
    ]
    assert (cells, row["hand_offs"], len(row["kinds"])) == ([1, 0, 1, 0], 2, 2)


def test_what_became_of_leads_sent_back_is_told_as_on_the_page(ask):
    """Cyd was sent back without a hand-off: of hand-offs nobody was, and a rate of nobody is none."""
    rows = json.loads(ask("recycling", "--json")[1].out)
    assert {(row["reasons"], row["sent_back"], row["rate"]) for row in rows} == {("all", 0, None)}
    assert json.loads(ask("recycling", "--leads", "--json")[1].out) == []
    assert "--within needs a number of days" in ask("recycling", "--within", "soon")[1].err


@pytest.mark.parametrize("by", ["age", "source", "level", "week", "lead"])
def test_the_hole_can_be_asked_by_what_is_in_it(ask, by):
    """Bob lies in it, whichever way it is split."""
    rows = json.loads(ask("black-hole", "--by", by, "--json")[1].out)
    inside = {
        "week": lambda: rows[-1]["inside"],
        "lead": lambda: len([row for row in rows if row["lead_id"] == "bob"]),
    }
    assert inside.get(by, lambda: rows[-1]["leads"])() == 1


def test_an_unknown_split_lists_what_there_is(ask):
    """One clear line."""
    code, said = ask("black-hole", "--by", "owner")
    assert (code, "--by takes one of age, source, level, week, lead" in said.err) == (2, True)


def test_levels_ask_for_a_definition_with_criteria(ask):
    """Nobody has signed one yet."""
    code, said = ask("levels")
    assert (code, "no definition has criteria yet" in said.err) == (2, True)


def test_an_unknown_route_lists_what_there_is(ask):
    """One clear line."""
    assert "--route takes one of nurture, sdr, sales, none" in ask("levels", "--route", "fax")[1].err


def test_decisions_are_printed_with_their_hours(ask):
    """Ada was accepted after nine business hours, bob not decided on."""
    (row,) = json.loads(ask("acceptance", "--json")[1].out)
    assert (row["accepted"], row["rejected"], row["undecided"]) == (1, 0, 1)
    assert (row["acceptance"], row["median_hours"], row["is_at_least"]) == (1.0, 9.0, False)


def test_what_came_back_is_printed_by_month_or_source(ask):
    """Nobody of the two hand-offs was sent back; the data says no reason."""
    assert "needs column leads.rejection_reason" in ask("set-quality")[1].err
    assert "--by takes month or source" in ask("set-quality", "--by", "owner")[1].err


@pytest.mark.parametrize(
    ("into", "says"),
    [
        ("nowhere/drip.csv", "needs a file in a folder that is there"),
        ("{path}", "would write over what is read"),
    ],
)
def test_a_list_goes_nowhere_where_it_would_harm(ask, path, into, says):
    """A folder that is missing, the tables that are read."""
    code, said = ask("levels", "--into", into.format(path=path))
    assert code == 2
    assert says in said.err
