"""The command line: bad input ends with exit code 2 and one clear line, and nothing is lost."""

import pytest

from alignment.__main__ import main

OWN = "lead_id,created_at\nada,2026-07-01\nbob,2026-07-02\n"


@pytest.fixture
def own(tmp_path):
    """Write a warehouse of one's own data; return its path."""
    (tmp_path / "leads.csv").write_text(OWN)
    path = tmp_path / "own.duckdb"
    assert main(["import", "--leads", str(tmp_path / "leads.csv"), "--into", str(path)]) == 0
    return path


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["report", "revenue", "--as-of", "9999-12-31"], "--as-of needs a day between"),
        (["report", "revenue", "--start", "31.12.2026"], "--start needs a day written as"),
        (["report", "revenue", "--start", "20261231"], "--start needs a day written as"),
        (["report", "revenue", "--start", "2026-03-01", "--end", "2026-01-01"], "must start before it ends"),
        (["report", "conversion", "--from", "mql", "--to", "sold"], "“sold” is no stage"),
        (
            ["report", "conversion", "--from", "mql", "--to", "won", "--within", "soon"],
            "--within needs a number",
        ),
        (
            ["report", "conversion", "--from", "mql", "--to", "won", "--within", "9" * 20],
            "--within takes up to",
        ),
        (["report", "conversion", "--from", "lead", "--to", "mql"], "needs column leads.mql_at"),
        (["report", "revenue"], "needs a table of deals"),
        (["report", "revenue", "--color", "red"], "No such option"),
    ],
)
def test_bad_input_ends_with_one_clear_line(own, capsys, arguments, sentence):
    """Exit code 2, and a sentence that names what was wrong."""
    assert main([*arguments, "--warehouse", str(own)]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_the_sample_company_replaces_nobodys_data(own, capsys):
    """A demo over one's own load would lose it."""
    before = own.read_bytes()
    assert main(["demo", "--into", str(own), "--leads", "50"]) == 2
    assert "holds no sample company" in capsys.readouterr().err
    assert own.read_bytes() == before


def test_the_sample_company_replaces_itself(tmp_path):
    """A second demo, of another seed say, is what was asked for."""
    path = tmp_path / "sample.duckdb"
    assert [main(["demo", "--into", str(path), "--leads", "50", "--seed", seed]) for seed in "12"] == [0, 0]


def test_a_place_that_cannot_hold_the_rows_set_aside_is_refused_before_the_load(own, tmp_path, capsys):
    """Refused afterwards, the load would be in and the rows gone."""
    before = own.stat().st_mtime_ns
    leads = str(tmp_path / "leads.csv")
    target = str(tmp_path / "none" / "aside.csv")
    assert main(["import", "--leads", leads, "--into", str(own), "--set-aside", target]) == 2
    assert "--set-aside needs a file in a folder" in capsys.readouterr().err
    assert own.stat().st_mtime_ns == before


def test_a_file_that_is_no_warehouse_says_how_to_make_one(tmp_path, capsys):
    """A CSV given as the warehouse wants importing."""
    (tmp_path / "leads.csv").write_text(OWN)
    assert main(["report", "revenue", "--warehouse", str(tmp_path / "leads.csv")]) == 2
    assert "leads.csv is no DuckDB file. Import it first" in capsys.readouterr().err


def test_without_a_command_the_commands_are_listed_one_a_line(capsys):
    """Help is for reading."""
    assert main(["report"]) == 2
    said = capsys.readouterr()
    assert (said.out + said.err).count("\n") > 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--into", "file/sample.duckdb"], "Nothing can be written to"),
        (["--leads", "9" * 12], "up to 20,000,000"),
    ],
)
def test_a_sample_company_that_can_not_be_is_refused_in_one_line(
    tmp_path, monkeypatch, capsys, words, sentence
):
    """A place that takes none, and more leads than any disk."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert main(["demo", "--into", "sample.duckdb", *words]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
