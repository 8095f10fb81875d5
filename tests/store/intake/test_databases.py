"""Rules of databases that the operator names: read as of one moment, never written, never uploaded."""

from datetime import datetime
from decimal import Decimal

import duckdb
import pytest

from alignment import imports
from alignment.__main__ import main
from alignment.errors import UnreadableFileError, WarehouseError
from tests import engine, postgres

CRM = """
    create schema crm;
    create table crm.contacts (
        "Contact ID" bigint, createdate timestamptz, lifecyclestage text, visits int, score numeric,
        note text, "is hot" boolean, born date
    );
    insert into crm.contacts values
        (101, '2026-07-01 02:00+02', 'customer', 3, 1.098, E'two\\nlines, "quoted"', true, '1990-02-01'),
        (102, '2026-07-02 00:00+00', null, null, 550, '', false, null),
        (103, '2026-07-03 00:00+00', 'lead', 0, null, 'ü €', null, null);
    create table deals (deal_id text, lead_id bigint, created_at date, amount numeric(12, 3),
        is_won boolean);
    insert into deals values ('d1', 101, '2026-07-09', 1.098, true),
        ('d2', 103, '2026-07-10', 22700.5, false);
"""


@pytest.fixture(scope="module")
def address():
    """Return the address of a database with a CRM in it; skip on a machine without PostgreSQL."""
    pytest.importorskip("psycopg", reason="psycopg is not installed here")
    found, user = postgres.programs(), postgres.runner()
    if found is None or user is None:
        pytest.skip("PostgreSQL is not installed here, or nobody may run it")
    with postgres.server(found, user) as started:
        started.ask(CRM)
        yield f"postgresql://accord:secret@/postgres?host={started.folder}"


@pytest.fixture
def read(address, tmp_path):
    """Return a function that loads tables of the database and answers a query."""

    def loaded(query, **tables):
        into = tmp_path / "accord.duckdb"
        with imports.fetched(address, tables) as files:
            receipt = imports.load(imports.Load(imports.Sources(**files)), into)
        return engine.rows(into, query), receipt

    return loaded


def test_a_table_of_postgres_is_read_with_its_types(read):
    """An instant with its zone, a number that is 1.098 and no thousand, a flag, a text with a line break."""
    rows, _receipt = read("from leads order by lead_id", leads="crm.contacts")

    assert rows[0] == (
        *("101", datetime(2026, 7, 1), "customer", True, 3, 1.098, 'two\nlines, "quoted"', True),
        datetime(1990, 2, 1),
    )
    assert len(rows) == 3


def test_an_amount_of_postgres_is_never_asked_about(read):
    """The database says that it is a number; 1.098 there is no thousand."""
    rows, _receipt = read("select amount from deals order by deal_id", leads="crm.contacts", deals="deals")

    assert rows == [(Decimal("1.10"),), (Decimal("22700.50"),)]


def test_the_receipt_names_the_table_and_counts_its_rows(read):
    """Conservation holds here too."""
    _rows, receipt = read("select 1", leads="crm.contacts", deals="deals")

    assert str(receipt).splitlines()[0] == ("leads from crm.contacts: 3 rows read, 3 loaded, none set aside.")


def test_progress_is_told_while_rows_come(address):
    """A table of ten million rows takes a while."""
    told = []

    with imports.fetched(address, {"leads": "crm.contacts"}, lambda _share, words: told.append(words)):
        pass

    assert told[0].startswith("Fetching crm.contacts, row 0")


def test_a_table_that_is_not_there_is_refused_with_those_that_are(address):
    """The operator sees at once what to write."""
    with (
        pytest.raises(UnreadableFileError, match=r"no table “contact”\. It has crm\.contacts, deals"),
        imports.fetched(address, {"leads": "contact"}),
    ):
        pass


def test_a_hostile_name_is_a_name(address):
    """It is quoted, so it names a table that is not there."""
    with (
        pytest.raises(UnreadableFileError, match="has no table"),
        imports.fetched(address, {"leads": 'deals"; drop table deals; --'}),
    ):
        pass


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path):
    """The line ends up in logs."""
    pytest.importorskip("psycopg", reason="psycopg is not installed here")

    with (
        pytest.raises(WarehouseError, match="can't be reached") as refused,
        imports.fetched(f"postgresql://ada:s3cret@/x?host={tmp_path}", {"leads": "x"}),
    ):
        pass

    assert "s3cret" not in str(refused.value)


@pytest.fixture
def theirs(tmp_path):
    """Write an operator's own DuckDB file."""
    path = tmp_path / "crm.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(
            "create schema hubspot; create table hubspot.contacts as select 7 as id, "
            "timestamp '2026-07-01' as created_at; create table owners as select 1 as id"
        )
    return path


def test_tables_of_a_duckdb_file_are_chosen(theirs, tmp_path, capsys):
    """On the command line, as a scheduler has it; the file itself stays as it is."""
    before = theirs.read_bytes()

    code = main(
        [
            "import",
            "--from",
            str(theirs),
            "--table",
            "leads=hubspot.contacts",
            "--into",
            str(tmp_path / "a.duckdb"),
        ]
    )

    assert (code, theirs.read_bytes() == before) == (0, True)
    assert "leads from hubspot.contacts: 1 rows read, 1 loaded" in capsys.readouterr().out


def test_without_a_choice_the_tables_are_listed(theirs, tmp_path, capsys):
    """Nobody knows the names of all tables by heart."""
    assert main(["import", "--from", str(theirs), "--into", str(tmp_path / "a.duckdb")]) == 2

    assert "It has hubspot.contacts, owners." in capsys.readouterr().err
