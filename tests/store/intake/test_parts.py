"""Rules of several files of one table: one table, each row under its file and its own number."""

import gzip
import json
import zipfile

import pytest

from alignment.errors import UnreadableFileError
from alignment.store.intake import Receipt, Sources, load
from alignment.store.intake.receipt import FileReceipt

JULY = "lead_id,created_at,source\nada,2026-07-01,web\nbo,soon,mail\n"
AUGUST = "source,lead_id,created_at\nweb,cy,2026-08-01\nweb,cy,2026-08-01\nfair,dot,later\n"


@pytest.fixture
def months(write):
    """Return the leads of two months as two files; the second has its columns in another order."""
    return [write("july.csv", JULY), write("august.csv", AUGUST)]


def test_several_files_are_one_table(months, tmp_path):
    """Columns are found by name, in whatever order they stand."""
    receipt = load(Sources(leads=months), tmp_path / "accord.duckdb")

    assert str(receipt) == (
        "leads from july.csv and august.csv: 5 rows read, 2 loaded, "
        "2 set aside (2 with no date in created_at), 1 exact repeats.\n"
        "july.csv: 2 rows read = 1 loaded + 1 set aside + 0 exact repeats.\n"
        "august.csv: 3 rows read = 1 loaded + 1 set aside + 1 exact repeats."
    )


def test_the_receipt_accounts_for_each_file(months, tmp_path):
    """Whoever sent one of them wants to know about theirs."""
    receipt = load(Sources(leads=months), tmp_path / "accord.duckdb")

    assert receipt.tables[0].files == (
        FileReceipt("july.csv", read=2, loaded=1, set_aside=1, repeats=0),
        FileReceipt("august.csv", read=3, loaded=1, set_aside=1, repeats=1),
    )
    assert Receipt.from_json(receipt.as_json()) == receipt


def test_a_row_set_aside_keeps_the_name_and_number_of_its_own_file(loaded, months, tmp_path):
    """Row 4 of which file?"""
    for place, month in enumerate(months):
        month.rename(tmp_path / f"{place}.csv")
    with zipfile.ZipFile(tmp_path / "leads.zip", "w") as archive:
        archive.write(tmp_path / "0.csv", "july.csv")
        archive.write(tmp_path / "1.csv", "august.csv")

    leads = loaded(leads=tmp_path / "leads.zip")

    assert leads.rows("select file, row_number from set_aside order by row_number") == [
        ("leads.zip, july.csv", 3),
        ("leads.zip, august.csv", 4),
    ]


def test_one_key_in_two_files_names_both_rows(write, tmp_path, loaded):
    """The two are far apart; the reason says where."""
    folder = tmp_path / "leads"
    folder.mkdir()
    write("a.csv", "lead_id,created_at\nada,2026-07-01\n").rename(folder / "a.csv")
    write("b.csv", "lead_id,created_at\nbo,2026-07-01\nada,2026-07-09\n").rename(folder / "b.csv")

    leads = loaded(leads=folder)

    assert set(leads.values("select reason from set_aside")) == {
        "the rows a.csv row 2, b.csv row 3 have one key and are different"
    }


def test_files_with_other_columns_are_refused_with_the_difference(write, tmp_path):
    """A column of one month alone would be empty in the other, and nobody would know why."""
    files = [write("a.csv", "lead_id,created_at,tag\nada,2026-07-01,x\n"), write("b.csv", JULY)]

    with pytest.raises(
        UnreadableFileError,
        match=r"b\.csv has other columns than a\.csv: it lacks “tag” and it has besides “source”",
    ):
        load(Sources(leads=files), tmp_path / "accord.duckdb")


def test_a_file_given_twice_is_refused(months, tmp_path):
    """All its rows would be repeats."""
    with pytest.raises(UnreadableFileError, match="is given twice"):
        load(Sources(leads=[months[0], months[0]]), tmp_path / "accord.duckdb")


def test_a_folder_within_the_folder_is_asked_about(tmp_path):
    """It may hold last year's, or another table."""
    (tmp_path / "leads" / "old").mkdir(parents=True)

    with pytest.raises(UnreadableFileError, match="leads is a folder with folders inside"):
        load(Sources(leads=tmp_path / "leads"), tmp_path / "accord.duckdb")


def test_files_of_different_formats_are_one_table(write, tmp_path):
    """One month as CSV, the next as JSON lines, packed."""
    lead = {"lead_id": "cy", "created_at": "2026-08-01T10:00:00", "source": None}
    (tmp_path / "august.jsonl.gz").write_bytes(gzip.compress(json.dumps(lead).encode()))

    receipt = load(
        Sources(leads=[write("july.csv", JULY), tmp_path / "august.jsonl.gz"]), tmp_path / "accord.duckdb"
    )

    assert [file.loaded for file in receipt.tables[0].files] == [1, 1]


def test_names_of_json_that_differ_in_capitals_alone_are_two_columns(tmp_path, loaded):
    """One of the two would be empty otherwise."""
    lead = {"lead_id": "ada", "created_at": "2026-07-01", "Plan": "x", "plan": "y"}
    (tmp_path / "leads.jsonl").write_text(json.dumps(lead), encoding="utf-8")

    leads = loaded(leads=tmp_path / "leads.jsonl")

    assert leads.rows('select "Plan", "plan (2)" from leads') == [("x", "y")]


def test_nothing_of_a_packed_file_is_written_beside_the_load(tmp_path):
    """Whatever the names inside say, and the scratch is gone afterwards."""
    (tmp_path / "data").mkdir()
    with zipfile.ZipFile(tmp_path / "leads.zip", "w") as archive:
        archive.writestr("../../../leads.csv", JULY)
        archive.writestr("/tmp/leads.csv", JULY.replace("ada", "cy"))  # noqa: S108 - a name inside a file
    before = set(tmp_path.iterdir())

    load(Sources(leads=tmp_path / "leads.zip"), tmp_path / "data" / "accord.duckdb")

    assert set(tmp_path.iterdir()) == before
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"accord.duckdb", ".accord.duckdb.lock"}
