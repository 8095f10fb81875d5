"""`report compass`: the page's months, as a table and JSON."""

import json

import pytest

from alignment.__main__ import main

MONTHS = ("01", "02", "03", "04", "05", "06", "07")


def rows_of(sqls_of_july):
    """Return ten MQLs a month, four of them SQL but in July; July's are all from a fair."""
    lines = ["lead_id,created_at,mql_at,sql_at,source"]
    for month in MONTHS:
        sqls = sqls_of_july if month == "07" else 4
        source = "Fair" if month == "07" else "Web"
        for number in range(10):
            sql_at = f"2026-{month}-08" if number < sqls else ""
            lines.append(f"{month}-{number},2026-{month}-01,2026-{month}-01,{sql_at},{source}")
    return "\n".join(lines)


@pytest.fixture
def ask(tmp_path, capsys, monkeypatch):
    """Return a function that runs the report as of the end of August."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leads.csv").write_text(rows_of(9))
    path = str(tmp_path / "own.duckdb")
    assert main(["import", "--leads", str(tmp_path / "leads.csv"), "--into", path]) == 0

    def answered(*arguments):
        capsys.readouterr()
        told = main(["report", "compass", *arguments, "--warehouse", path, "--as-of", "2026-08-31"])
        return told, capsys.readouterr()

    return answered


def test_each_month_stands_with_its_limits_and_traits(ask):
    """Four were usual, without any swing; nine are more, and all came from the fair."""
    *_, july, _august = json.loads(ask("--json")[1].out)

    assert (july["month"], july["mqls_are"], july["sqls_are"]) == ("2026-07", "expected", "more")
    assert (july["sqls"], july["sqls_usual"], july["sqls_low"], july["sqls_high"]) == (9, 4.0, 4.0, 4.0)
    assert (july["against"], july["window_days"]) == ("usual", 7)
    assert [(each["attribute"], each["value"], each["found"]) for each in july["traits"]] == [
        ("source", "Fair", 9)
    ]


def test_months_with_too_few_before_them_judge_nothing(ask):
    """June has five."""
    june = json.loads(ask("--json")[1].out)[5]

    assert (june["mqls_are"], june["sqls_are"]) == ("too few months before", "too few months before")


def test_the_table_names_the_traits(ask):
    """For those who read it in a terminal."""
    assert "source=Fair" in ask()[1].out


def test_it_says_what_it_needs(tmp_path, capsys, monkeypatch):
    """One clear line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bare.csv").write_text("lead_id,created_at\nada,2026-07-01")
    path = str(tmp_path / "bare.duckdb")
    assert main(["import", "--leads", str(tmp_path / "bare.csv"), "--into", path]) == 0
    capsys.readouterr()

    assert main(["report", "compass", "--warehouse", path]) == 2
    assert "needs column leads.mql_at" in capsys.readouterr().err
