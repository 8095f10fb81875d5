"""Rows of a wrong width: found by the fast reader, numbered and set aside as the careful one would."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.domain.reading import AS_FOUND
from alignment.store.intake import csv_file
from alignment.store.intake.workbench import Workbench

CELL = st.sampled_from(["web", "a b", "two\nlines", 'say "hi"', "x,y", "", " "])
RECORDS = st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS)
def test_each_row_keeps_its_number_whatever_is_wrong_with_those_before(loaded, write, records):
    """A number that is one off names another row, and somebody mends the wrong one."""
    text = io.StringIO(newline="")
    rows = [[f"k{place}", "2026-07-01", *record] for place, record in enumerate(records)]
    csv.writer(text, lineterminator="\n").writerows(
        [["lead_id", "created_at", "source"], ["sound", "2026-07-01", "web"], *rows]
    )

    leads = loaded(leads=write("leads.csv", text.getvalue()))

    wrong = [number for number, record in enumerate(rows, 3) if any(record[3:]) or len(record) < 3]
    assert leads.values("select row_number from set_aside order by 1") == wrong
    assert leads.receipt.tables[0].read == 1 + len(rows)


RAGGED = "lead_id,created_at,source\na,2026-07-01\nb,2026-07-01,web,\nc,2026-07-02,mail,x\n"


def test_a_ragged_row_is_set_aside_and_a_comma_too_many_is_none(loaded):
    """Each with its number and its text, as it stands in the file."""
    leads = loaded(leads=RAGGED)

    assert leads.rows("select lead_id, source from leads") == [("b", "web")]
    assert leads.rows("select row_number, value from set_aside") == [
        (2, "a,2026-07-01"),
        (4, "c,2026-07-02,mail,x"),
    ]


def test_a_few_ragged_rows_do_not_slow_down_the_others(tmp_path, write):
    """One comma too many in ten million rows is the rule: the reader numbers them, no loop in Python does."""
    leads = write("leads.csv", RAGGED)
    (tmp_path / "bench").mkdir()

    with Workbench(tmp_path / "bench", (leads,)) as bench:
        csv_file.stage_csv(bench, leads, "leads.csv", "drawn", AS_FOUND, lambda _names: None)
        tables = {name for (name,) in bench.run("select table_name from duckdb_tables()")}

    assert "drawn_numbered" in tables


def test_a_long_ragged_row_is_kept_whole(loaded):
    """What the fast reader tells of a row is cut off, so such a file is read with care."""
    note = "x" * 20_000

    leads = loaded(leads=f"lead_id,created_at,source\na,2026-07-01,{note},,\nb,2026-07-01\n")

    assert leads.values("select length(source) from leads") == [20_000]


def test_a_second_table_of_another_width_is_still_refused(loaded):
    """Rows of deals are no ragged leads."""
    with pytest.raises(ValueError, match="a second table begins here"):
        loaded(leads="lead_id,created_at\na,2026-07-01\n,\ndeal_id,lead_id,amount\nd1,a,100\n")
