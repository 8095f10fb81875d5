"""Rules of files that leave the app: no formula, and what was chosen stands inside."""

import csv
from io import StringIO

import pytest

from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.ui.downloads import csv_of, file_name, safe_cell
from alignment.ui.table import Table


def lines_of(content):
    """Return the file's rows as a spreadsheet reads them."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


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
    content = csv_of(Table(("source",), (("Webinar",),)), "Won by source", "Q4 2026 · as of 21 Nov 2026")

    assert lines_of(content)[:2] == [["# Won by source"], ["# Q4 2026 · as of 21 Nov 2026"]]


def test_a_title_stays_in_its_cell_whatever_commas_it_has():
    """A company called `x,=1+1` must not put a formula into the second column."""
    content = csv_of(Table(("source",), (("Webinar",),)), "Won at x,=1+1", 'as of "now",@SUM(A1)')

    assert lines_of(content)[:2] == [["# Won at x,=1+1"], ['# as of "now",@SUM(A1)']]


def test_a_rate_is_taken_away_as_its_five_parts_and_money_with_its_currency():
    """People count on with them."""
    table = Table(
        ("month", "won", "rate"), (("2026-10", Money(12_345, "EUR"), Rate(3, 8)), ("2026-11", None, None))
    )

    header, first, second = lines_of(csv_of(table, "t", "n"))[2:]

    assert header == [
        "month",
        "won, EUR",
        *(f"rate: {part}" for part in ("numerator", "denominator", "rate", "low", "high")),
    ]
    assert first[:5] == ["2026-10", "123.45", "3", "8", "0.375"]
    assert second == ["2026-11", "", "", "", "", "", ""]


def test_a_hostile_name_of_a_group_is_safe_in_a_file_too():
    """Sources come from web forms."""
    assert lines_of(csv_of(Table(("source",), (("=cmd|' /c calc'!A1",),)), "t", "n"))[-1][0].startswith("'=")


def test_a_file_name_holds_nothing_that_a_disk_refuses():
    """Titles hold arrows, commas and slashes."""
    assert file_name("MQL → SQL, by a/b", ending="csv") == "mql-sql-by-a-b.csv"
