"""Rules of formats: one table in CSV, Excel and Parquet is one table."""

import zipfile
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from alignment.errors import UnreadableFileError
from alignment.store.intake import preview

NAMES = ("lead_id", "created_at", "source", "employees", "is_partner", "score")
ROWS = (
    (1, datetime(2026, 7, 1, 9, 30), "web", 12, True, 0.5),
    (2, datetime(2026, 7, 2), None, 250, False, 1.25),
    (3, None, "mail", None, None, None),
)
QUERY = "select * from leads order by lead_id"


def as_csv(path):
    """Write the table as text."""
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in (NAMES, *ROWS)]
    path.write_text("\n".join(lines), encoding="utf-8")


def as_excel(path):
    """Write the table as a workbook."""
    book = Workbook()
    for row in (NAMES, *ROWS):
        book.active.append(row)
    book.save(path)


def as_parquet(path):
    """Write the table with its types; whole numbers beside gaps are floats, as pandas writes them."""
    columns = {name: [row[place] for row in ROWS] for place, name in enumerate(NAMES)}
    columns["employees"] = pa.array([12.0, 250.0, None], pa.float64())
    pq.write_table(pa.table(columns), path)


@pytest.mark.parametrize("write_as", [as_excel, as_parquet])
def test_a_format_changes_nothing(loaded, tmp_path, write_as):
    """Whoever exports chooses the format; the tables are the same."""
    text, other = tmp_path / "leads.csv", tmp_path / "leads.other"
    as_csv(text)
    write_as(other)

    assert loaded(leads=other).rows(QUERY) == loaded(leads=text).rows(QUERY)


def test_a_workbook_keeps_its_row_numbers(loaded, tmp_path):
    """Row 4 is row 4 of the sheet, blank rows included."""
    book = Workbook()
    for row in (["lead_id", "created_at"], ["ada", date(2026, 7, 1)], [None, None], ["bo", "soon"]):
        book.active.append(row)
    book.save(tmp_path / "leads.xlsx")

    assert loaded(leads=tmp_path / "leads.xlsx").values("select row_number from set_aside") == [4]


def test_the_first_sheet_with_rows_is_read(loaded, tmp_path):
    """An empty first sheet is common."""
    book = Workbook()
    book.create_sheet("Leads").append(["lead_id", "created_at"])
    book["Leads"].append(["ada", date(2026, 7, 1)])
    book.save(tmp_path / "leads.xlsx")

    assert loaded(leads=tmp_path / "leads.xlsx").values("select lead_id from leads") == ["ada"]


def test_a_workbook_without_rows_is_refused(tmp_path):
    """An empty workbook has no header."""
    Workbook().save(tmp_path / "leads.xlsx")

    with pytest.raises(UnreadableFileError, match="has no sheet with a header"):
        preview(tmp_path / "leads.xlsx")


@pytest.fixture
def with_formula(tmp_path):
    """Return a function that writes a workbook whose formula has a result, or whatever else stands there."""

    def written(result):
        book, path = Workbook(), tmp_path / "leads.xlsx"
        for row in (["lead_id", "created_at", "note"], ["ada", date(2026, 7, 1), "=1+1"]):
            book.active.append(row)
        book.save(tmp_path / "plain.xlsx")
        with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b'"C2"><f>1+1</f><v />', b'"C2"' + result))
        return path

    return written


@pytest.mark.parametrize(
    ("result", "note"),
    [(b"><f>1+1</f><v>2</v>", 2), (b' t="str"><f>1+1</f><v>two</v>', "two")],
)
def test_a_formula_is_read_as_the_result_that_its_spreadsheet_kept(loaded, with_formula, result, note):
    """A workbook's formulas are never worked out here."""
    assert loaded(leads=with_formula(result)).values("select note from leads") == [note]


def test_a_formula_of_which_an_empty_text_came_is_empty(loaded, with_formula):
    """That is a result too, not a missing one."""
    leads = loaded(leads=with_formula(b' t="str"><f>1+1</f><v></v>'))

    assert leads.columns("leads") == ["lead_id", "created_at"]


def test_a_formula_without_a_result_is_refused(loaded, with_formula):
    """Read as an empty cell, nobody would notice."""
    with pytest.raises(UnreadableFileError, match="no spreadsheet has calculated, the first is C2"):
        loaded(leads=with_formula(b"><f>1+1</f>"))


@pytest.mark.parametrize("write_as", [as_csv, as_excel, as_parquet])
def test_a_preview_shows_columns_samples_and_a_mapping(tmp_path, write_as):
    """What the page shows before anything is loaded."""
    path = tmp_path / "leads"
    write_as(path)

    seen = preview(path)

    assert seen.headers == NAMES
    assert seen.columns[2].samples == ("web", "mail")
    assert seen.mapping.assignment("created_at").origin == "created_at"
