"""Rules of files of rows: no formula runs, no rows are lost, and nothing half written is left."""

import pyarrow as pa
import pytest

from alignment.errors import UnknownTermError
from alignment.store import row_file
from alignment.ui.downloads import FORMULA

FACTS = {"definition": "version 2"}


def rows_of(*batches):
    """Return batches of one column as a reader."""
    read = [pa.record_batch({"lead_id": pa.array(batch, pa.string())}) for batch in batches]
    return pa.RecordBatchReader.from_batches(read[0].schema, read)


@pytest.mark.parametrize("sign", FORMULA)
def test_no_text_of_a_file_runs_in_a_spreadsheet(sign):
    """The apostrophe makes it a text in every spreadsheet, as in the other downloads."""
    content = row_file.content(rows_of([f"{sign}1+1", "ada", None]), ".csv", FACTS).decode("utf-8-sig")

    assert f'"\'{sign}1+1"\n"ada"' in content


def test_no_name_of_a_column_runs_in_a_spreadsheet():
    """Names come from the same files as the values."""
    batch = pa.record_batch({"=HYPERLINK()": pa.array(["ada"])})
    rows = pa.RecordBatchReader.from_batches(batch.schema, [batch])

    content = row_file.content(rows, ".csv", FACTS).decode("utf-8-sig")

    assert content.splitlines() == ['"\'=HYPERLINK()"', '"ada"']


def test_every_batch_is_in_the_file(tmp_path):
    """Tables of any size come in pieces."""
    assert row_file.write(rows_of(["a", "b"], ["c"]), tmp_path / "leads.csv", FACTS) == 3
    assert (tmp_path / "leads.csv").read_text("utf-8-sig").split() == ['"lead_id"', '"a"', '"b"', '"c"']


@pytest.mark.parametrize("name", ["leads.csv", "leads.parquet"])
def test_a_file_that_cannot_be_finished_leaves_what_was_there(tmp_path, name):
    """Half a list of leads in a CRM is worse than none."""
    (tmp_path / name).write_text("before")

    def breaks():
        yield pa.record_batch({"lead_id": ["a"]})
        raise OSError

    rows = pa.RecordBatchReader.from_batches(pa.schema({"lead_id": pa.string()}), breaks())

    with pytest.raises(OSError):  # noqa: PT011 - any of them
        row_file.write(rows, tmp_path / name, FACTS)

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "before"


def test_another_ending_is_refused_by_name(tmp_path):
    """The sentence says which two there are."""
    with pytest.raises(UnknownTermError, match=r"ends in \.csv or \.parquet"):
        row_file.write(rows_of(["a"]), tmp_path / "leads.xls", FACTS)
