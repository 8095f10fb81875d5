"""Rules of staged rows that become the table themselves: nothing tells them from rows that were copied."""

import pytest

from alignment.domain.mapping import Assignment, Mapping, Rule, TableMapping

HEADER = "way_0,Lead ID,Create Date,c1,n2,rest,Source,Is Converted,Stage,Last Changed,MQL Date"
ROWS = """
x,1,2026-07-01 08:00:00,10,2026-01-01,true,web,yes,New,2026-07-02 10:00:00,
y,2,2026-07-02 08:00:00,20,2026-01-02,false,Select,no,MQL,2026-07-03 10:00:00,
,3,2026-07-03 08:00:00,,2026-01-03,true,N/A,1,Qualified,,2026-07-04 09:30:00
z,4,2026-07-04 08:00:00,40,,false,fair,0,mql,2026-07-05 10:00:00,2026-07-05 10:00:00
z,5,soon,50,2026-01-05,,web,no,New,,
z,6,2026-07-06 08:00:00,60,2026-01-06,true,"a, b",maybe,New,,
z,7,2026-07-07 08:00:00,70,2026-01-07,true,web,no,New,,
z,7,2026-07-07 08:00:00,70,2026-01-07,true,web,no,New,,
z,8,2026-07-08 08:00:00,80,2026-01-08,true,web,no,New,,
z,8,2026-07-08 08:00:00,81,2026-01-08,true,web,no,New,,
z,9,2026-07-09 08:00:00,90,1900-01-01,true,web,no,New,,1900-01-01 00:00:00
""".strip().splitlines()


@pytest.fixture
def both(loaded, write, tmp_path):
    """Load the rows as one file, which is promoted, and as two, which are copied."""

    def twice(**said):
        whole = loaded(leads=write("whole.csv", "\n".join([HEADER, *ROWS, ""])), into="whole.duckdb", **said)
        halves = tmp_path / "halves"
        halves.mkdir()
        for place, some in enumerate((ROWS[:5], ROWS[5:])):
            (halves / f"{place}.csv").write_text("\n".join([HEADER, *some, ""]), encoding="utf-8")
        return whole, loaded(leads=halves, into="halves.duckdb", **said)

    return twice


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_one_file_is_the_same_table_as_its_halves(both, zone):
    """Names like those of the staged columns, placeholders, zones, status words, rows set aside."""
    whole, halves = both(time_zone=zone)

    kinds = "select column_name, data_type from duckdb_columns() where table_name = 'leads'"
    assert whole.rows(f"{kinds} order by column_index") == halves.rows(f"{kinds} order by column_index")
    rows = "from leads order by lead_id"
    assert whole.rows(rows) == halves.rows(rows)
    apart = "select row_number, reason, cells from set_aside where file <> '1.csv' and row_number < 7"
    assert whole.rows(apart) == halves.rows(apart)


def test_nothing_of_the_staging_stays_in_the_file(both):
    """Whoever opens the file finds the tables of the contract."""
    whole, _halves = both()

    assert sorted(whole.values("select table_name from duckdb_tables()")) == [
        "accord_load",
        "leads",
        "set_aside",
    ]
    assert whole.values("select view_name from duckdb_views() where not internal") == []


def test_a_column_that_is_made_of_another_one_is_copied(both):
    """What is said twice of one column needs room for both."""
    given = (
        Assignment("lead_id", "Lead ID"),
        Assignment("created_at", "Create Date"),
        Assignment("mql_at", "created_at", Rule.SAME_AS),
    )

    whole, halves = both(mapping=Mapping((TableMapping("leads", given),)))

    rows = "select lead_id, created_at, mql_at from leads order by 1"
    assert whole.rows(rows) == halves.rows(rows)
    assert whole.values("select count(mql_at) from leads") == whole.values(
        "select count(created_at) from leads"
    )
