"""Rules of `python -m alignment definition`: shown, taken out, brought in as edits that both sides sign."""

import json

import duckdb
import pytest
from pyarrow import parquet

from alignment.__main__ import main
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.definition_plain import from_plain
from alignment.sample import company
from alignment.sample.definitions import DEFINITION_BEFORE, DEFINITION_NOW
from alignment.store.definition_file import definition_of, text_of
from alignment.whatif.code import ENGINES, as_query

UNSUITED = """
levels = [{name = "raw", cutoff = 0}, {name = "hot", cutoff = 60, enters_hand_off = true}]
criteria = [{attribute = "industry", comparison = "at_least", threshold = 3, points = 5}]
"""
ADA = ("--name", "Ada", "--side", "marketing")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Write a small sample company once."""
    path = tmp_path_factory.mktemp("warehouse") / "accord.duckdb"
    company.write(path, leads=500)
    return path


@pytest.fixture
def definition(warehouse, capsys):
    """Run `definition …` on a ledger of its own; return exit code, output and complaint."""

    def run(*words):
        code = main(["definition", *map(str, words), "--warehouse", str(warehouse)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_show_says_sentence_levels_and_version(definition):
    """What people read aloud, without opening the page."""
    _, out, _ = definition("show")

    assert out.startswith("Version 2")
    assert "A lead scores +15 when employees is at least 50" in out
    assert "hot from 60 points → sales, within 8 business hours" in out


def test_show_as_json_holds_the_definition(definition):
    """A script reads the definition in force without parsing sentences."""
    _, out, _ = definition("show", "--json")

    assert from_plain(json.loads(out)["definition"]) == from_plain(DEFINITION_NOW)


@pytest.mark.parametrize("form", ["toml", "json"])
def test_an_export_reads_back_to_an_equal_definition(definition, form):
    """Nothing is lost on the way through a file."""
    _, out, _ = definition("export", "--format", form)

    assert definition_of(out, f"definition.{form}") == from_plain(DEFINITION_NOW)


def test_an_export_as_a_query_scores_the_leads_as_we_do(definition, warehouse):
    """The company's own engine tells the same number of hand-offs."""
    _, out, _ = definition("export", "--format", "query", "--table", "main.leads")

    with duckdb.connect(warehouse, read_only=True) as engine:
        told = engine.execute(f"select lead_id, score from ({out.strip().rstrip(';')}\n)").fetchall()
        names = [column[0] for column in engine.execute("select * from leads").description]
        leads = [dict(zip(names, row, strict=True)) for row in engine.execute("from leads").fetchall()]
    assert dict(told) == {lead["lead_id"]: from_plain(DEFINITION_NOW).score(lead) for lead in leads}


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "spark", "bigquery", "snowflake"])
def test_an_export_as_a_query_says_on_top_which_version_it_is_and_for_whom(definition, engine):
    """A query found a year later still tells what it scores by."""
    _, out, _ = definition("export", "--format", "query", "--dialect", engine)

    top = [line for line in out.splitlines() if line.startswith("-- ")]
    assert top[0] == "-- Accord, version 2, in force from 2026-01-01"
    assert f"-- For {ENGINES[engine]}." in top


def test_a_line_break_in_what_people_wrote_stays_in_its_comment(given):
    """Else the next line would be a command."""
    text = as_query(
        given(leads="lead_id created_at\nada 2026-07-01"), Definition(), "duckdb", "leads", "a\nb\x85c"
    )

    assert text.startswith("-- a b c\n")


def test_a_variable_in_what_people_wrote_is_not_put_in_by_spark(given):
    """Spark fills in variables before it reads a query, in comments too."""
    leads = "lead_id created_at role\nada 2026-07-01 boss"
    asked = Definition((Criterion("c", "role", Comparison.ONE_OF, ("${env:PATH}",), 5),))

    text = as_query(given(leads=leads), asked, "spark", "leads", "${env:HOME}")

    assert "${" not in text


def test_a_criterion_that_the_load_cannot_answer_is_named_as_left_out(given):
    """Nobody wonders why the query asks less than the definition says."""
    gone = Definition((Criterion("gone", "gone\ncolumn", Comparison.IS_TRUE, None, 5),))

    text = as_query(given(leads="lead_id created_at\nada 2026-07-01"), gone, "duckdb")

    assert "-- Left out, for the load has no column that answers it: gone column.\n" in text


@pytest.mark.parametrize("name", ["leads.csv", "leads.parquet"])
def test_scored_leads_for_the_crm_carry_the_levels_own_names(definition, tmp_path, name):
    """One row a lead: who it is, how it scored, where it goes."""
    file = tmp_path / name

    code, out, _ = definition("score", "--into", file)

    read = f"read_csv('{file}', all_varchar = true)" if name.endswith(".csv") else f"'{file}'"
    rows = duckdb.connect().execute(f"select * from {read} order by lead_id").fetchall()
    levels = {level.name: str(level.route) for level in from_plain(DEFINITION_NOW).levels} | {None: None}
    assert code == 0
    assert out == f"500 leads, scored by version 2, are in {file}.\n"
    assert len(rows) == 500
    assert {row[3]: row[4] for row in rows}.items() <= levels.items()
    assert {row[5] for row in rows if row[3] == "hot"} == {"yes"}


def test_scored_leads_can_be_those_of_the_draft_or_of_an_earlier_version(definition, tmp_path):
    """The file says by which definition."""
    _, first, _ = definition("score", "--into", tmp_path / "leads.csv", "--version", 1)
    _, draft, _ = definition("score", "--into", tmp_path / "leads.parquet", "--draft")

    assert "scored by version 1" in first
    assert "scored by the draft" in draft
    assert parquet.read_schema(tmp_path / "leads.parquet").metadata[b"definition"] == b"the draft"


def test_an_earlier_version_can_be_exported_into_a_file(definition, tmp_path):
    """What was agreed once stays available."""
    file = tmp_path / "first.toml"

    code, _, _ = definition("export", "--version", 1, "--into", file)

    assert code == 0
    assert definition_of(file.read_text(), file.name) == from_plain(DEFINITION_BEFORE)


def test_an_import_becomes_edits_of_the_draft_and_nothing_in_force(definition, tmp_path):
    """A file can't get round the two signatures."""
    file = tmp_path / "definition.toml"
    file.write_text(text_of(from_plain(DEFINITION_NOW).with_points("employees_fit", 20)))

    _, out, _ = definition("import", file, *ADA)
    _, shown, _ = definition("show", "--json")

    assert "1 edit by Ada for marketing" in out
    assert json.loads(shown)["draft_changes"] == ["points of employees 15 → 20"]
    assert from_plain(json.loads(shown)["definition"]) == from_plain(DEFINITION_NOW)


def test_a_criterion_on_a_column_that_is_not_there_is_refused_before_anything_changes(definition, tmp_path):
    """One line names file, criterion, column, and what there is instead."""
    file = tmp_path / "definition.toml"
    file.write_text(text_of(from_plain(DEFINITION_NOW)).replace('"employees"', '"headcount"'))

    code, _, complaint = definition("import", file, *ADA)
    _, shown, _ = definition("show", "--json")

    assert code == 2
    assert "definition.toml: criterion “employees_fit” asks for column “headcount”" in complaint
    assert "they have employees, industry" in complaint
    assert complaint.count("\n") == 1
    assert json.loads(shown)["draft_changes"] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("criteria = [", "definition.toml is not TOML"),
        ("colour = 1", "it can't have colour"),
        ('[[criteria]]\nattribute = "employees"', "A criterion needs comparison"),
        ("criteria = 3", "has not the form of a definition"),
        ("", "definition.toml: A definition needs a list of criteria"),
        ("criteria = []", "definition.toml: A definition needs a list of levels"),
        ('[[criteria]]\nattribute = "employees"\npoinst = 3', "A criterion has criterion_id, attribute"),
        ('[[levels]]\nname = "raw"\ncutoff = 0\nsla_hour = 3', "it can't have sla_hour"),
        ('[[levels]]\nname = "a"\ncutoff = 0\nenters_hand_off = "no"', "must be true or false, got 'no'"),
        (UNSUITED, "which its values don't suit"),
    ],
    ids=[
        "broken",
        "unknown part",
        "missing part",
        "no list",
        "empty",
        "no levels",
        "slip in a criterion",
        "slip in a level",
        "a word for yes or no",
        "wrong type",
    ],
)
def test_a_file_that_is_no_definition_is_one_clear_line_and_exit_code_2(definition, tmp_path, text, says):
    """Bad input never ends in a traceback."""
    file = tmp_path / "definition.toml"
    file.write_text(text)

    code, _, complaint = definition("import", file, *ADA)

    assert code == 2
    assert says in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("export", "--version", 9), "There is no version 9; the versions are 1, 2."),
        (("export", "--format", "yaml"), "--format needs one of toml, json, query, got “yaml”."),
        (("export", "--format", "query", "--dialect", "oracle"), "--dialect needs one of duckdb, postgres"),
        (("export", "--format", "query", "--table", "a..b"), "--table needs a name like leads or crm.leads"),
        (("score", "--into", "leads.xls"), "a file that ends in .csv or .parquet, got “leads.xls”"),
        (
            ("score", "--into", "nowhere/leads.csv"),
            "needs a file in a folder that is there",
        ),
        (("score", "--into", "l.csv", "--draft", "--version", 1), "Choose either --version or --draft."),
        (("import", "nowhere.toml", *ADA), "There is no file nowhere.toml"),
        (("import", "x.toml", "--name", "Ola", "--side", "observer"), "--side needs one of marketing, sales"),
        (("import", "x.toml", "--name", " ", "--side", "sales"), "Please give your name"),
    ],
    ids=[
        "version",
        "format",
        "engine",
        "table",
        "ending",
        "folder",
        "both",
        "no file",
        "observer",
        "no name",
    ],
)
def test_a_wrong_word_on_the_command_line_is_one_clear_line_and_exit_code_2(definition, words, says):
    """Scripts see the exit code, people the sentence."""
    code, _, complaint = definition(*words)

    assert code == 2
    assert says in complaint


@pytest.mark.parametrize("words", [("show",), ("export",), ("score", "--into", "leads.csv")])
def test_a_ledger_that_is_not_there_is_refused_and_not_begun(warehouse, tmp_path, capsys, words):
    """A slip of the hand would else answer with an empty definition."""
    url = f"sqlite:///{tmp_path / 'slip.sqlite'}"
    given = ["definition", *words, "--ledger", url, "--warehouse", str(warehouse)]

    assert main(given) == 2
    assert "There is no ledger at" in capsys.readouterr().err
    assert not (tmp_path / "slip.sqlite").exists()


@pytest.mark.parametrize("words", [("export",), ("score",)])
def test_nothing_is_written_over_a_database(definition, warehouse, words):
    """The tables that are read, above all."""
    before = warehouse.read_bytes()

    code, _, complaint = definition(*words, "--into", warehouse)

    assert code == 2
    assert "would write over what is read" in complaint
    assert warehouse.read_bytes() == before
