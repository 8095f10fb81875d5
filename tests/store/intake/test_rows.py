"""Rules of rows: none gets lost, none counts twice, and each one left out says why."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.store.intake import Receipt, Sources, export_set_aside, formula_safe, load

CELL = st.one_of(
    st.sampled_from(
        ["", " ", "web", "2026-07-01", "2026-02-30", "3/4", "$1,2", "=1+1", "Select", "a\nb", '"', "ä"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)
RECORDS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(["2026-07-01", "2026-07-02", "soon"]), CELL),
        st.lists(CELL, min_size=1, max_size=5).map(tuple),
    ),
    max_size=25,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    records=RECORDS, mark=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])
)
def test_rows_read_are_rows_loaded_set_aside_or_repeats(tmp_path, records, mark, encoding):
    """Whatever mess is written, every row that holds anything is accounted for exactly once."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark)
    writer.writerows([("lead_id", "created_at", "source"), ("sound", "2026-07-01", "web"), *records])
    leads = tmp_path / "leads.csv"
    leads.write_bytes(text.getvalue().encode(encoding))

    receipt = load(Sources(leads), tmp_path / "accord.duckdb").tables[0]

    written = [record for record in records if any(cell.strip(" \t\r\n\u00a0") for cell in record)]
    assert receipt.read == 1 + len(written)
    assert receipt.read == receipt.loaded + receipt.rows_set_aside + receipt.repeats


def test_an_exact_repeat_is_loaded_once_and_reported(loaded):
    """An export that overlaps the one before repeats rows."""
    leads = loaded(
        leads="lead_id,created_at\nada,2026-07-01\nbo,2026-07-01\nada,2026-07-01\nada,2026-07-01\n"
    )

    receipt = leads.receipt.tables[0]
    assert (receipt.read, receipt.loaded, receipt.repeats, receipt.rows_set_aside) == (4, 2, 2, 0)


def test_different_rows_of_one_key_are_all_set_aside(loaded):
    """Which of the two is right can't be known, so neither counts."""
    leads = loaded(
        leads="""
            lead_id,created_at,source
            ada,2026-07-01,web
            bo,2026-07-01,web
            ada,2026-07-01,mail
            """
    )

    assert leads.rows("select row_number, value, reason from set_aside order by 1") == [
        (2, "ada", "the rows 2, 4 have one key and are different"),
        (4, "ada", "the rows 2, 4 have one key and are different"),
    ]


def test_a_row_without_its_key_is_set_aside(loaded):
    """A lead without a key can't be found again."""
    leads = loaded(leads="lead_id,created_at\nada,2026-07-01\n,2026-07-02\n")

    assert leads.rows("select row_number, category from set_aside") == [(3, "no lead_id")]


def test_a_row_with_two_bad_values_is_set_aside_once_with_both(loaded):
    """One row, one line to mend, everything that is wrong with it."""
    deals = loaded(deals="deal_id,created_at,amount\na,2026-07-01,1\nb,soon,much\n")

    assert deals.rows("select row_number, column_name, reason from set_aside") == [
        (3, "created_at", "created_at “soon” is no date; amount “much” is no amount")
    ]


def test_a_row_set_aside_keeps_all_its_cells(loaded):
    """To be mended it must be seen whole, under the file's own names."""
    leads = loaded(leads="Lead ID,Create Date,Nick\nada,2026-07-01,a\nbo,soon,b\n")

    (cells,) = leads.values("select cells from set_aside")
    assert json.loads(cells) == {"Lead ID": "bo", "Create Date": "soon", "Nick": "b"}


def test_a_missing_date_sets_no_row_aside(loaded):
    """A table needs the column; a row may lack its value."""
    deals = loaded(deals="deal_id,created_at\na,2026-07-01\nb,\n")

    assert deals.receipt.tables[0].loaded == 2


def test_a_touch_of_nobody_is_set_aside(loaded):
    """A table of events needs who and when in each row."""
    touches = loaded(
        leads="lead_id,created_at\nada,2026-07-01\n",
        touches="lead_id,touched_at,channel\nada,2026-07-02,call\n,2026-07-02,call\nada,,call\n",
    )

    assert touches.receipt.table("touches").set_aside == {"no lead_id": 1, "no touched_at": 1}


def test_two_touches_that_look_alike_are_two_touches(loaded):
    """A table of events has no key, so nothing in it is a repeat."""
    touches = loaded(
        leads="lead_id,created_at\nada,2026-07-01\n",
        touches="lead_id,touched_at\nada,2026-07-02\nada,2026-07-02\n",
    )

    assert touches.receipt.table("touches").loaded == 2


def test_the_receipt_comes_back_as_it_was_kept(loaded):
    """The page shows the receipt of the load that is there, not of the one it made itself."""
    leads = loaded(leads="lead_id,created_at\nada,2026-07-01\nbo,soon\n", company="Olist")

    (kept,) = leads.values("select value from accord_load where name = 'receipt'")
    assert Receipt.from_json(kept) == leads.receipt


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@sum(a)", "\tx", "\rx", "-5+1"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(cell):
    """A quotation mark in front makes it text."""
    assert formula_safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+3.5", "-1,234.50", "web", "", "a=b"])
def test_a_plain_number_or_text_stays_as_it_is(cell):
    """A negative amount is no formula."""
    assert formula_safe(cell) == cell


def test_the_export_of_rows_set_aside_is_formula_safe(loaded, tmp_path):
    """The file goes straight into a spreadsheet."""
    leads = loaded(leads='lead_id,created_at\nada,2026-07-01\nbo,"=HYPERLINK(1)"\n')
    out = tmp_path / "aside.csv"

    assert export_set_aside(leads.path, "leads", out) == 1
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert (row["accord_row"], row["accord_value"]) == ("3", "'=HYPERLINK(1)")
