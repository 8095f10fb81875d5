"""Rules of files that leave the app: no formula, and what was chosen stands inside."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pyarrow as pa
import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from streamlit.testing.v1 import AppTest

from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.ui import workbook
from alignment.ui.downloads import Sheet, csv_of, excel_of, file_name, safe_cell, sheet_of, sheet_of_rows
from alignment.ui.table import Table

HOSTILE = ["=1+1", "+49", "-2+3", "@SUM(A1)", "#N/A", '=HYPERLINK("http://x")']


def as_csv(table, title="t", note="n"):
    """Return the rows of a table's CSV as a spreadsheet reads them."""
    return list(csv.reader(StringIO(csv_of(sheet_of(table, title, note)).decode("utf-8-sig"))))


def as_excel(sheet):
    """Return the sheet that Excel opens."""
    return load_workbook(BytesIO(excel_of(sheet))).active


@pytest.mark.parametrize(
    "text", ["=1+1", "+49", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']
)
def test_a_text_that_a_spreadsheet_would_run_is_shown_instead(text):
    """The apostrophe makes it a text in every spreadsheet."""
    assert safe_cell(text) == f"'{text}"


def test_a_negative_number_stays_a_number():
    """Only texts can be formulas."""
    assert safe_cell(-5.5) == -5.5


def test_what_was_chosen_and_up_to_when_stands_inside_the_file():
    """A file found a year later still says what it shows."""
    lines = as_csv(Table(("source",), (("Webinar",),)), "Won by source", "Q4 2026 · as of 21 Nov 2026")

    assert lines[:2] == [["# Won by source"], ["# Q4 2026 · as of 21 Nov 2026"]]


def test_a_title_stays_in_its_cell_whatever_commas_it_has():
    """A company called `x,=1+1` must not put a formula into the second column."""
    lines = as_csv(Table(("source",), (("Webinar",),)), "Won at x,=1+1", 'as of "now",@SUM(A1)')

    assert lines[:2] == [["# Won at x,=1+1"], ['# as of "now",@SUM(A1)']]


def test_a_rate_is_taken_away_as_its_five_parts_and_money_with_its_currency():
    """People count on with them."""
    table = Table(
        ("month", "won", "rate"), (("2026-10", Money(12_345, "EUR"), Rate(3, 8)), ("2026-11", None, None))
    )

    header, first, second = as_csv(table)[2:]

    assert header == [
        "month",
        "won, EUR",
        *(f"rate: {part}" for part in ("numerator", "denominator", "rate", "low", "high")),
    ]
    assert first[:5] == ["2026-10", "123.45", "3", "8", "0.375"]
    assert second == ["2026-11", "", "", "", "", "", ""]


def test_a_hostile_name_of_a_group_is_safe_in_a_file_too():
    """Sources come from web forms."""
    assert as_csv(Table(("source",), (("=cmd|' /c calc'!A1",),)))[-1][0].startswith("'=")


def test_a_file_name_holds_nothing_that_a_disk_refuses():
    """Titles hold arrows, commas and slashes."""
    assert file_name("MQL → SQL, by a/b", ending="csv") == "mql-sql-by-a-b.csv"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_in_a_workbook_is_a_text_however_it_begins(text):
    """It is kept letter by letter, and Excel is told that it is one."""
    content = excel_of(sheet_of(Table((text,), ((text,),)), text, text))

    cells = [row[0] for row in load_workbook(BytesIO(content)).active.iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s")] * 4
    assert all(cell.quotePrefix for cell in cells)
    assert b"<f>" not in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_numbers_days_and_amounts_stay_what_they_are_in_a_workbook():
    """People count on with them, and the rate reads as the percentage that it is."""
    row = (date(2026, 10, 1), 12, Money(123_456, "EUR"), Rate(3, 8), "Webinar")
    sheet = as_excel(sheet_of(Table(("month", "leads", "won", "rate", "source"), (row,)), "t", "n"))

    day, leads, won, numerator, denominator, rate, *_, source = sheet[4]
    assert (day.value.date(), leads.value, won.value, source.value) == (
        date(2026, 10, 1),
        12,
        1234.56,
        "Webinar",
    )
    assert (numerator.value, denominator.value, rate.value) == (3, 8, 0.375)
    assert (rate.number_format, won.number_format) == ("0.0%", "#,##0.00")
    assert [cell.value for cell in sheet[3]][2] == "won, EUR"


def test_a_workbook_says_what_was_chosen_and_its_header_filters():
    """Title and choice stand above the header, which stays in sight."""
    rows = pa.table({"lead_id": ["L1", "L2"], "source": ["Web", None]})
    sheet = as_excel(sheet_of_rows(rows, "Leads", "Q4 2026\nas of 21 Nov 2026"))

    assert [cell.value for cell in sheet["A"]] == [
        "Leads",
        "Q4 2026",
        "as of 21 Nov 2026",
        "lead_id",
        "L1",
        "L2",
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:B6")


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [
        ("MQL → SQL [by a/b]: *all*?", "a\x00b\x1fc\ufffe\uffff", "a�b�c��"),
        ("", "x" * 40_000, "x" * (workbook.LONGEST_TEXT - 1) + "…"),
        ("'" * 40, "ä\nö", "ä\nö"),
        ("History", "_x003D_1+1, _x0041_", "_x003D_1+1, _x0041_"),
        ("a\ufffe", "plain", "plain"),
    ],
)
def test_a_workbook_is_written_whatever_title_and_texts_are(title, text, kept):
    """Excel allows neither long names of sheets nor control characters, and reads `_x0041_` as a letter."""
    sheet = as_excel(sheet_of(Table(("text",), ((text,),)), title, ""))

    assert unescape(list(sheet.values)[-1][0]) == kept
    assert sheet.title.lower() not in {"", "history"}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (date(202, 10, 1), "0202-10-01"),
        (datetime(2026, 10, 1, 9, 30, tzinfo=UTC), "2026-10-01T09:30:00+00:00"),
        (1234567890123456789, "1234567890123456789"),
        (datetime(2026, 10, 1, 9, 30), datetime(2026, 10, 1, 9, 30)),
        (True, True),
    ],
)
def test_what_excel_would_show_otherwise_is_a_text(value, kept):
    """It knows no day before 1900, no time zone, and rounds long numbers."""
    sheet = as_excel(Sheet("t", (), ("value",), ((value,),)))

    assert sheet["A3"].value == kept


def test_a_column_is_as_wide_as_what_it_shows():
    """Neither a name nor an amount is cut off, and no column is three times too wide."""
    table = Table(("s", "won", "rate"), (("Content syndication", Money(123_456, "EUR"), Rate(3, 7)),))
    sheet = as_excel(sheet_of(table, "t", "n"))

    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    assert widths == [19, 12, 19, 21, 14, 13]


def offers(cells):
    """Offer a table with so many cells."""
    from alignment.ui import downloads  # noqa: PLC0415 - runs as a script of its own

    downloads.buttons("Leads", "leads", cells, lambda: downloads.Sheet("Leads", (), (), ()))


@pytest.mark.parametrize(
    ("cells", "offered"),
    [
        (workbook.MOST_CELLS, ["Download as CSV", "Download as Excel"]),
        (workbook.MOST_CELLS + 1, ["Download as CSV"]),
    ],
)
def test_a_table_too_long_for_a_workbook_is_offered_as_csv(cells, offered):
    """Nobody waits minutes for a file."""
    page = AppTest.from_function(offers, args=(cells,)).run()

    assert [button.label for button in page.get("download_button")] == offered
