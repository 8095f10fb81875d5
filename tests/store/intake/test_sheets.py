"""Rules of workbooks: which sheet, which row, and which numbers are days."""

from datetime import datetime

import pytest
from openpyxl import Workbook

from alignment.domain.mapping import Mapping
from alignment.domain.reading import Reading
from alignment.errors import UnreadableFileError
from alignment.store.intake import preview

LEADS = [["lead_id", "created_at"], ["ada", datetime(2026, 7, 1)]]
DEALS = [["deal_id", "closed_at", "amount"], ["d1", datetime(2026, 7, 9), 100]]


@pytest.fixture
def book(tmp_path):
    """Write a workbook of sheets by name: `book(Leads=[…], Deals=[…])` returns its path."""

    def written(**sheets):
        made = Workbook()
        for name, lines in sheets.items():
            sheet = made.create_sheet(name)
            for line in lines:
                sheet.append(line)
        del made["Sheet"]
        made.save(tmp_path / "crm.xlsx")
        return tmp_path / "crm.xlsx"

    return written


def test_the_sheet_that_is_said_is_read(loaded, book):
    """Its capitals don't matter."""
    mapping = Mapping().with_reading("leads", Reading(sheet="new leads"))
    path = book(**{"Leads": LEADS, "New Leads": [LEADS[0], ["bo", datetime(2026, 7, 2)]]})

    assert loaded(leads=path, mapping=mapping).values("select lead_id from leads") == ["bo"]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(loaded, book):
    """Somebody renamed it."""
    with pytest.raises(UnreadableFileError, match=r"crm\.xlsx has no sheet “Lead” with rows\. It has “Le"):
        loaded(leads=book(Leads=LEADS), mapping=Mapping().with_reading("leads", Reading(sheet="Lead")))


def test_the_receipt_says_which_sheet_was_read(loaded, book):
    """And which were not."""
    leads = loaded(leads=book(Leads=LEADS, Old=LEADS))

    assert leads.receipt.tables[0].notes == ("sheet “Leads” was read, not “Old”",)


def test_two_sheets_of_one_workbook_are_two_tables(loaded, book):
    """Leads and deals in one file is how people send it."""
    path = book(Leads=LEADS, Deals=DEALS)
    mapping = Mapping().with_reading("leads", Reading(sheet="Leads"))

    both = loaded(leads=path, deals=path, mapping=mapping.with_reading("deals", Reading(sheet="Deals")))

    assert [table.loaded for table in both.receipt.tables] == [1, 1]


def test_a_title_above_the_header_of_a_sheet_is_no_row(loaded, book):
    """Reports begin with their name and the day."""
    path = book(
        Leads=[["Leads of July"], ["as of", datetime(2026, 7, 31)], [None], *DEALS, ["d2", "soon", 5]]
    )

    deals = loaded(deals=path)

    assert deals.receipt.tables[0].notes == ("rows 1 to 3 stand above the header, not read",)
    assert deals.values("select row_number from set_aside") == [6]


def test_a_row_hidden_by_a_filter_is_read(loaded, book):
    """The filter was somebody's view of the sheet, not the data."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only here

    path = book(Leads=[*LEADS, ["bo", datetime(2026, 7, 2)]])
    made = load_workbook(path)
    made["Leads"].row_dimensions[3].hidden = True
    made.save(path)

    assert loaded(leads=path).receipt.tables[0].loaded == 2


def test_a_plain_number_among_days_is_the_day_that_excel_counts(loaded, book):
    """The column's other values prove it."""
    leads = loaded(leads=book(Leads=[*LEADS, ["bo", 46204.5]]))

    assert leads.values("select created_at from leads order by lead_id")[1] == datetime(2026, 7, 1, 12)
    assert leads.receipt.tables[0].notes == (
        "created_at: 1 plain numbers were read as the days that Excel counts",
    )


def test_plain_numbers_under_the_name_of_a_date_are_days(loaded, book):
    """The format of the cells was lost, the name was not."""
    leads = loaded(leads=book(Leads=[["lead_id", "Create Date"], ["ada", 46204], ["bo", 46205]]))

    assert leads.values("select created_at from leads order by lead_id") == [
        datetime(2026, 7, 1),
        datetime(2026, 7, 2),
    ]


def test_numbers_under_another_name_stay_numbers(loaded, book):
    """46,204 employees are not the first of July."""
    path = book(Leads=[[*LEADS[0], "employees"], [*LEADS[1], 46204]])

    assert loaded(leads=path).values("select employees from leads") == [46204]


def test_a_preview_names_the_sheets_and_the_row_of_the_header(book):
    """What the page offers for choice."""
    seen = preview(book(Notes=[["Hello"]], Leads=[["July"], [None], *LEADS]), "leads", Reading(sheet="Leads"))

    assert (seen.sheets, seen.reading) == (("Notes", "Leads"), Reading("Leads", 3))
