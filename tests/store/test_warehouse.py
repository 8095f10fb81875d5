"""The lead and deal tables: read-only, locked down, and always the newest load."""

import os
import threading
from pathlib import Path

import duckdb
import pytest

from alignment.errors import WarehouseError
from alignment.metrics.query import Query
from alignment.store.warehouse import Warehouse

HOSTILE = (
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/hostname')",
    "select * from read_parquet('/tmp/x.parquet')",
    "select * from glob('/etc/*')",
    "select * from '/etc/passwd'",
    "copy leads to '/tmp/accord_stolen.csv'",
    "copy (select 1) to '/tmp/accord_stolen.parquet'",
    "export database '/tmp/accord_stolen'",
    "import database '/tmp/accord_stolen'",
    "attach '/tmp/accord_other.duckdb' as other",
    "install httpfs",
    "load httpfs",
    "install spatial from community",
    "create persistent secret s (type s3, key_id 'a', secret 'b')",
    "set enable_external_access = true",
    "set autoload_known_extensions = true",
    "set allowed_paths = ['/etc/passwd']",
    "set lock_configuration = false",
    "set memory_limit = '100GB'",
    "reset memory_limit",
    "insert into load.main.leads values ('eve', null)",
    "delete from load.main.leads",
    "drop table load.main.leads",
    "update load.main.leads set lead_id = 'eve'",
)
"""Statements that must never do what they say, were one ever to reach the tables."""


def written(path, rows):
    """Write a file of that many leads, whole, in the place of the one that is there."""
    beside = path.with_suffix(".new")
    with duckdb.connect(beside) as connection:
        connection.execute(
            "create table leads as select cast(i as varchar) as lead_id, timestamp '2026-01-01' as created_at"
            f" from range({rows}) t(i)"
        )
    beside.replace(path)
    return path


def count(warehouse):
    """Ask how many leads there are."""
    return warehouse.snapshot().ask(Query("select count(*) as leads from leads")).to_pylist()[0]["leads"]


@pytest.mark.parametrize("statement", HOSTILE)
def test_no_statement_reaches_beyond_the_tables(tmp_path, statement):
    """Neither files, nor extensions, nor settings, nor the tables themselves can be touched."""
    snapshot = Warehouse(written(tmp_path / "w.duckdb", 3)).snapshot()
    with pytest.raises(WarehouseError):
        snapshot.ask(Query(statement))
    assert not list(Path("/tmp").glob("accord_stolen*"))  # noqa: S108 - where a theft would show


def test_a_replaced_file_is_followed(tmp_path):
    """The next question after a swap sees the new load."""
    path = written(tmp_path / "w.duckdb", 3)
    warehouse = Warehouse(path)
    before = count(warehouse)
    written(path, 5)
    assert (before, count(warehouse)) == (3, 5)


def test_a_question_under_way_finishes_on_the_load_it_began_with(tmp_path):
    """A snapshot in hand keeps its file, though another one has taken its place."""
    path = written(tmp_path / "w.duckdb", 3)
    snapshot = Warehouse(path).snapshot()
    written(path, 5)
    assert snapshot.ask(Query("select count(*) as leads from leads")).to_pylist() == [{"leads": 3}]


def test_swaps_under_many_readers_are_never_torn(tmp_path):
    """20 swaps under 4 readers: every answer is that of one whole load."""
    path = written(tmp_path / "w.duckdb", 1000)
    warehouse, seen, done = Warehouse(path), set(), threading.Event()
    faults = []

    def read():
        while not done.is_set():
            try:
                seen.add(count(warehouse))
            except WarehouseError as fault:
                faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(20):
        written(path, 1000 + number % 2)
    done.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert seen <= {1000, 1001}


def test_one_snapshot_answers_many_threads(tmp_path):
    """A cursor a question: nothing empty, nothing mixed up."""
    snapshot = Warehouse(written(tmp_path / "w.duckdb", 500)).snapshot()
    answers = []

    def read(number):
        found = snapshot.ask(
            Query("select count(*) as leads, :number as number from leads", {"number": number})
        )
        answers.append((number, found.to_pylist()[0]))

    threads = [threading.Thread(target=read, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number for number, _ in answers) == list(range(16))
    assert all(found == {"leads": 500, "number": number} for number, found in answers)


def test_a_missing_file_says_what_to_do(tmp_path):
    """The sentence names the command that helps."""
    with pytest.raises(WarehouseError, match=r"There is no warehouse at .* Import your files"):
        Warehouse(tmp_path / "none.duckdb").snapshot()


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """A text file under that name is not opened."""
    path = tmp_path / "w.duckdb"
    path.write_text("lead_id,created_at\n")
    with pytest.raises(WarehouseError, match=r"w\.duckdb is no DuckDB file"):
        Warehouse(path).snapshot()


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("create table customers (id int)", "neither a table “leads” nor a table “deals”; it has customers"),
        ("create table leads (created_at timestamp)", "the table leads needs the column lead_id"),
        ("create table leads (lead_id text)", "the table leads needs the column created_at or is_converted"),
    ],
)
def test_a_file_without_the_contracts_columns_is_refused_by_name(tmp_path, table, sentence):
    """What is missing is said, before any page shows a figure of it."""
    with duckdb.connect(tmp_path / "w.duckdb") as connection:
        connection.execute(table)
    with pytest.raises(WarehouseError, match=sentence):
        Warehouse(tmp_path / "w.duckdb").snapshot()


def test_an_operators_file_needs_no_facts_of_a_load(tmp_path):
    """Instants with a zone and keys as numbers are read; now is the newest event that has been."""
    path = tmp_path / "w.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create table leads (lead_id bigint, created_at timestamptz, mql_at timestamp)")
        connection.execute("insert into leads values (7, '2026-01-02 10:00:00+02', '2099-01-01')")
    snapshot = Warehouse(path).snapshot()
    assert snapshot.as_of.isoformat() == "2026-01-02T08:00:00"
    assert snapshot.ask(Query("select lead_id from leads")).to_pylist() == [{"lead_id": "7"}]


@pytest.mark.parametrize(
    ("table", "columns", "row"),
    [
        ("touches", "lead_id text, touched_at timestamp", "'7', '2026-03-04'"),
        ("stage_history", "record_id text, entered_at timestamp", "'7', '2026-03-04'"),
    ],
)
def test_what_happened_to_a_lead_or_deal_moves_the_now_of_an_operators_file(tmp_path, table, columns, row):
    """A touch or a change of stage is an event too, as in a load of files."""
    path = tmp_path / "w.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("create table leads (lead_id text, created_at timestamp)")
        connection.execute("insert into leads values ('7', '2026-01-02')")
        connection.execute(f"create table {table} ({columns})")
        connection.execute(f"insert into {table} values ({row})")
    assert Warehouse(path).snapshot().as_of.isoformat() == "2026-03-04T00:00:00"


def test_the_newest_load_is_opened_once(tmp_path):
    """As long as the file is the same, everybody shares one snapshot."""
    warehouse = Warehouse(written(tmp_path / "w.duckdb", 3))
    assert warehouse.snapshot() is warehouse.snapshot()
    os.utime(warehouse.path, ns=(1, 1))
    assert warehouse.snapshot().signature[2] == 1


def test_a_named_step_of_a_query_is_planned_as_one(given):
    """Written into one another, the steps of the level cube take the engine ten times as long to plan."""
    snapshot = given(
        leads="""
        lead_id  created_at  size
        ada      2026-01-05  7
        """,
        deals="""
        deal_id  lead_id  created_at  amount
        one      ada      2026-01-06  10
        """,
    )
    steps = """with joined as (
            select l.size, d.amount from leads l left join deals d on d.lead_id = l.lead_id
        ),
        valued as (select case when amount is null then size else 1 end as kind, amount from joined),
        doubled as (select kind + kind as kind, amount from valued)
        select kind, sum(amount) as amount from doubled group by kind"""

    plan = snapshot.ask(Query(f"explain {steps}")).to_pylist()[0]["explain_value"]

    assert plan.count("Projections: kind") == 3


@pytest.mark.parametrize(("rows", "is_kept"), [(10, True), (100_000, False)])
def test_small_answers_are_kept_as_long_as_the_load_is_shown_and_large_ones_are_not(given, rows, is_kept):
    """A page asks the same for several figures; a hundred thousand rows would fill the memory."""
    snapshot = given(leads="lead_id  created_at\nada  2026-01-01")
    query = Query(f"select cast(range as bigint) as place from range({rows})")

    assert (snapshot.ask(query) is snapshot.ask(query)) == is_kept


def test_an_answer_is_kept_for_the_values_that_were_bound(given):
    """The same question about another day is another question."""
    snapshot = given(leads="lead_id  created_at\nada  2026-01-01")

    asked = [snapshot.ask(Query("select :day as day", {"day": day})).to_pylist() for day in ("a", "b", "a")]

    assert asked == [[{"day": "a"}], [{"day": "b"}], [{"day": "a"}]]


def test_an_amount_that_is_no_number_is_not_known(tmp_path):
    """One such cell of an operator's own file must not take every figure down."""
    path = tmp_path / "w.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("create table deals (deal_id varchar, created_at timestamp, amount double)")
        connection.execute(
            "insert into deals values ('a', '2026-01-01', 'nan'), ('b', '2026-01-01', 'inf'),"
            " ('c', '2026-01-01', 7.5)"
        )
    found = Warehouse(path).snapshot().ask(Query("select cast(amount as double) as amount from deals"))
    assert found.to_pylist() == [{"amount": None}, {"amount": None}, {"amount": 7.5}]
