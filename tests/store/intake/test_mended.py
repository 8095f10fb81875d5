"""Rules of mended rows: what was set aside goes out to a spreadsheet, and comes back as rows."""

import csv

import pytest

from alignment.errors import UnreadableFileError
from alignment.store.intake import Sources, export_set_aside, load

LEADS = """
    lead_id,created_at,source
    ada,2026-07-01,web
    bo,soon,=cmd
    cy,2026-07-03,a
    cy,2026-07-03,b
    Total,,5
    """


@pytest.fixture
def aside(loaded, tmp_path):
    """Load leads of which five rows are set aside; return the file of these, and a function that mends it."""
    first = loaded(leads=LEADS)
    path = tmp_path / "aside.csv"
    export_set_aside(first.path, "leads", path)

    def mended(mend):
        with path.open(encoding="utf-8-sig", newline="") as rows:
            head, *found = csv.reader(rows)
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *filter(None, map(mend, found))])
        return [tmp_path / "leads.csv", path]

    return path, mended


def test_a_row_goes_out_under_its_own_names_with_its_place_and_reason(aside):
    """To be mended it must look like the file that it came from."""
    path, _mended = aside

    head, first, *_others = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())

    assert head[:5] == ["accord_file", "accord_row", "accord_column", "accord_value", "accord_reason"]
    assert first == [
        *("leads.csv", "3", "created_at", "soon", "created_at “soon” is no date"),
        *("bo", "soon", "'=cmd"),
    ]


def test_a_mended_row_is_loaded_in_place_of_the_one_that_was_not(aside, tmp_path):
    """With its value as it was before a spreadsheet was kept from running it."""
    _path, mended = aside
    files = mended(lambda row: ["2026-07-09" if cell == "soon" else cell for cell in row])

    receipt = load(Sources(files), tmp_path / "second.duckdb").tables[0]

    assert receipt.set_aside["a mended row"] == 2
    assert receipt.loaded == 2
    assert receipt.read == receipt.loaded + receipt.rows_set_aside + receipt.repeats


def test_of_two_rows_of_one_key_the_one_that_was_kept_is_loaded(aside, tmp_path):
    """Whoever deletes one of the two has decided."""
    _path, mended = aside
    files = mended(lambda row: None if row[-1] == "b" else row)

    assert load(Sources(files), tmp_path / "b.duckdb").tables[0].loaded == 2


def test_a_total_stays_set_aside_when_the_file_comes_back(aside, tmp_path):
    """It is no lead, whatever columns stand before it."""
    _path, mended = aside

    receipt = load(Sources(mended(lambda row: row)), tmp_path / "b.duckdb").tables[0]

    assert (receipt.loaded, receipt.set_aside["a total"]) == (1, 2)


def test_mended_rows_alone_are_refused(aside, tmp_path):
    """Loaded by themselves they would take the place of everything else."""
    path, _mended = aside

    with pytest.raises(UnreadableFileError, match="Give it together with the export"):
        load(Sources(path), tmp_path / "b.duckdb")
