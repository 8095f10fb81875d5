"""Each way that a file, a mapping or a question can be wrong has its own sentence."""

import re

import duckdb
import pytest
from openpyxl import Workbook

from alignment.domain.mapping import Assignment, Mapping, Rule, TableMapping
from alignment.errors import (
    AccordError,
    MappingError,
    MissingColumnError,
    UnknownTermError,
    UnreadableFileError,
)
from alignment.store.intake import Sources, load, preview

LEADS = "lead_id,created_at\nada,2026-07-01\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "leads.csv is empty. Export it again; it needs a header and rows."),
        ("\n\n", "leads.csv is empty. Export it again; it needs a header and rows."),
        ("lead_id,created_at\n", "leads.csv has a header but no rows. Export it again with its rows."),
        (
            "name,created_at\nada,2026-07-01\n",
            (
                "leads.csv: leads need a column for lead_id. The file has name, created_at. "
                "Say in the mapping which one it is."
            ),
        ),
        (
            "email,created_at\na@b.c,2026-07-01\n",
            (
                "leads.csv: leads need a column for lead_id. The file has email, created_at. "
                "Would lead_id = “email” do? Say so in the mapping."
            ),
        ),
        (
            "lead_id,signup date 2\nada,2026-07-01\n",
            (
                "leads.csv: leads need a column for created_at or is_converted. "
                "The file has lead_id, signup date 2. Say in the mapping which one it is."
            ),
        ),
        (
            "lead_id,created_at\nada,\n",
            (
                "leads.csv: created_at has no value in any row, and leads need created_at or is_converted. "
                "Export the column with its values, or map another one."
            ),
        ),
        (
            "lead_id,created_at\nada,soon\nbo,later\n",
            (
                "None of the 2 rows of leads.csv could be loaded. "
                "The first, row 2: created_at “soon” is no date. "
                "Check the mapping and the file; what was loaded before is still there."
            ),
        ),
        (
            ",".join(f"c{place}" for place in range(2001)) + "\n1\n",
            "leads.csv has 2,001 columns; at most 2,000 can be imported.",
        ),
    ],
)
def test_a_file_that_can_t_be_loaded_says_why(loaded, write, text, sentence):
    """One sentence: what is wrong, where, and what to do."""
    with pytest.raises(AccordError, match=f"^{re.escape(sentence)}$"):
        loaded(leads=write("leads.csv", text))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00" * 8 + b"DUCK" + b"\x00" * 100, "is a DuckDB file"),
        (b"SQLite format 3\x00" + b"\x00" * 100, "is an SQLite database"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "is an old or encrypted Excel file"),
        (b"\x1f\x8b" + b"\x00" * 100, "is damaged"),
        (b"Rar!" + b"\x00" * 100, "is packed with RAR"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"\x00\x01\x02\x03" * 50, "holds binary data"),
        (b"PAR1 but nothing else", "is no readable Parquet file"),
        (b"PK\x03\x04 but nothing else", "is damaged"),
    ],
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(tmp_path, content, words):
    """What a file holds decides, not what it is called."""
    path = tmp_path / "leads.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError, match=words):
        load(Sources(path), tmp_path / "accord.duckdb")


def test_a_real_duckdb_file_is_refused(tmp_path):
    """Opening one that somebody uploaded is like running a program."""
    path = tmp_path / "leads.csv"
    duckdb.connect(str(path)).close()

    with pytest.raises(UnreadableFileError, match="only opened when the operator names it"):
        preview(path)


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    """A workbook that unpacks to a thousand times its size is no table."""
    path, bomb = tmp_path / "leads.xlsx", b"0" * (300 << 20)
    Workbook().save(path)
    import zipfile  # noqa: PLC0415 - only here

    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet9.xml", bomb)

    with pytest.raises(UnreadableFileError, match="unpacks to 300 MB"):
        preview(path)


def test_a_missing_file_is_named(tmp_path):
    """The path as it was given, to be compared with the real one."""
    with pytest.raises(UnreadableFileError, match=r"There is no file .*gone\.csv\. Check the name\."):
        load(Sources(tmp_path / "gone.csv"), tmp_path / "accord.duckdb")


def test_a_folder_is_no_file(tmp_path):
    """Somebody named the folder of the export."""
    with pytest.raises(UnreadableFileError, match="is a folder"):
        load(Sources(tmp_path), tmp_path / "accord.duckdb")


def test_one_file_is_not_both_leads_and_deals(write, tmp_path):
    """The same rows would count twice."""
    leads = write("leads.csv", LEADS)

    with pytest.raises(UnreadableFileError, match=r"leads\.csv is given for leads and for deals"):
        load(Sources(leads=leads, deals=leads), tmp_path / "accord.duckdb")


def test_a_load_of_nothing_is_refused():
    """Holidays alone make no dashboard."""
    with pytest.raises(MissingColumnError, match="nothing to load"):
        Sources()


def test_an_unknown_time_zone_is_refused(loaded):
    """Every naive timestamp would be read wrong."""
    with pytest.raises(UnknownTermError, match="“CEST” is no time zone"):
        loaded(leads=LEADS, time_zone="CEST")


@pytest.mark.parametrize(
    ("assignments", "sentence"),
    [
        (
            [Assignment("lead_id", "lead_id"), Assignment("created_at", "creatd_at")],
            "leads.csv has no column “creatd_at” for created_at. Did you mean “created_at”?",
        ),
        (
            [Assignment("lead_id", "zzz")],
            "leads.csv has no column “zzz” for lead_id. It has lead_id, created_at.",
        ),
        (
            [Assignment("leed", "lead_id")],
            "leads have no column “leed”. They have lead_id, created_at, source",
        ),
        (
            [Assignment("lead_id", "lead_id"), Assignment("lead_id", "created_at")],
            "leads: lead_id is mapped twice. Keep one of the two.",
        ),
        (
            [Assignment("created_at", "created_at"), Assignment("mql_at", "created_at")],
            (
                "leads.csv: “created_at” is mapped to created_at and to mql_at. "
                "Keep one, or write mql_at = 'created_at' under [leads.same_as]."
            ),
        ),
        (
            [Assignment("mql_at", "sql_at", Rule.SAME_AS), Assignment("sql_at", "mql_at", Rule.SAME_AS)],
            "leads: mql_at is the same as sql_at is the same as mql_at. Map one to the file.",
        ),
        (
            [Assignment("mql_at", "sql_at", Rule.SAME_AS)],
            "leads: mql_at is to be the same as sql_at, which no column of the file gives.",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_says_why(loaded, assignments, sentence):
    """Before a row is read."""
    with pytest.raises(MappingError, match=re.escape(sentence)):
        loaded(leads=LEADS, mapping=Mapping((TableMapping("leads", tuple(assignments)),)))
