"""Rules of the ledger's schema: brought up to date at every start, by one process at a time, durably."""

import subprocess
import sys
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from alignment.domain.agreement import Person, Side, Terms, Version
from alignment.domain.definition import Definition
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.errors import LedgerError
from alignment.store import ledger_goals
from alignment.store.ledger import Ledger
from alignment.store.ledger_schema import TABLES, WRITES, opened, upgrade

QUARTER = Period(date(2026, 7, 1), date(2026, 10, 1))


def first_versions():
    """Begin with an empty definition."""
    return [Version(1, Definition(), Terms("start"))]


@pytest.fixture
def url(tmp_path):
    """Name a ledger file of its own, in a folder that is not there yet."""
    return f"sqlite:///{tmp_path / 'new' / 'ledger.sqlite'}"


def test_the_steps_lead_to_the_tables_that_the_ledger_uses(url):
    """What Alembic builds and what the code asks for are the same columns."""
    found = sa.inspect(opened(url))

    for table in TABLES.sorted_tables:
        columns = {
            column["name"]: (str(column["type"]), column["nullable"])
            for column in found.get_columns(table.name)
        }
        assert columns == {column.name: (str(column.type), column.nullable) for column in table.columns}


def test_a_ledger_from_before_goals_keeps_its_versions_and_learns_goals(url, tmp_path):
    """An older file is upgraded in place."""
    (tmp_path / "new").mkdir()
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        upgrade(connection, "0001")
        connection.execute(
            sa.text(
                "insert into versions (number, definition, reason, prediction, signed_seq)"
                """ values (1, '{"criteria": []}', 'from before', '{}', 0)"""
            )
        )
    engine.dispose()

    ledger = Ledger(url, first_versions)
    goal = Goal(QUARTER, Money(100, "EUR"), Person("Ada", Side.MARKETING), datetime(2026, 7, 1))
    with ledger.writing() as connection:
        ledger_goals.save(connection, goal)

    assert ledger.versions()[0].terms.reason == "from before"
    with ledger.reading() as connection:
        assert ledger_goals.of(connection, QUARTER) == goal
    ledger.close()


def test_a_ledger_of_a_newer_accord_is_refused_and_left_alone(url):
    """An old program doesn't write into tables it doesn't know."""
    engine = opened(url)
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    engine.dispose()

    with pytest.raises(LedgerError, match="newer Accord"):
        Ledger(url, first_versions)


def test_an_acknowledged_write_is_on_the_disk(url):
    """Write-ahead log, synchronised at every commit (2 = full), foreign keys held."""
    with opened(url).connect() as connection:
        pragmas = [
            connection.scalar(sa.text(f"pragma {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert pragmas == ["wal", 2, 1]


def test_processes_that_start_at_once_agree_on_one_ledger(url):
    """Each finds the schema and one first version, whoever came first."""
    program = (
        "import sys; from alignment.store.ledger import Ledger;"
        "from alignment.domain.agreement import Terms, Version;"
        "from alignment.domain.definition import Definition;"
        "print(len(Ledger(sys.argv[1], lambda: [Version(1, Definition(), Terms('start'))]).versions()))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(6)
    ]

    said = [process.communicate(timeout=60) for process in started]

    assert said == [("1\n", "")] * 6
