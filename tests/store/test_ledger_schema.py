"""Rules of the ledger's schema: brought up to date at every start, by one process at a time, durably."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

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
from alignment.store.ledger_schema import NEWEST, REACHED, TABLES, WRITES, opened, upgrade

QUARTER = Period(date(2026, 7, 1), date(2026, 10, 1))


def first_versions():
    """Begin with an empty definition."""
    return [Version(1, Definition(), Terms("start"))]


@pytest.fixture
def url(tmp_path):
    """Name a ledger file of its own, in a folder that is not there yet."""
    return f"sqlite:///{tmp_path / 'new' / 'ledger.sqlite'}"


def stepped(url, step):
    """Make a database as an Accord of that step left it: by Alembic, from nothing."""
    Path(url.removeprefix("sqlite:///")).parent.mkdir(exist_ok=True)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        upgrade(connection, step)
    return engine


def shape(engine):
    """Return all that a database says of its tables; their columns are in no order."""
    found = sa.inspect(engine)
    shapes = {}
    for table in found.get_table_names():
        columns = {
            column["name"]: column | {"type": str(column["type"])} for column in found.get_columns(table)
        }
        keys = sorted(found.get_foreign_keys(table), key=lambda key: key["constrained_columns"])
        indexes = sorted(found.get_indexes(table), key=lambda index: index["name"])
        shapes[table] = columns, found.get_pk_constraint(table), keys, indexes
    engine.dispose()
    return shapes


def test_the_steps_lead_to_the_tables_that_a_new_ledger_has_at_once(url, tmp_path):
    """What Alembic builds and what the code asks for are the same columns, keys and indexes."""
    at_once = shape(opened(url))

    assert set(TABLES.tables) | {REACHED.name} == set(at_once)
    assert shape(stepped(f"sqlite:///{tmp_path / 'new' / 'stepped.sqlite'}", "head")) == at_once


def test_the_newest_step_is_the_one_that_alembic_ends_with(url, tmp_path):
    """A new ledger is told to be as far as one that has taken every step."""
    told = []
    for engine in (opened(url), stepped(f"sqlite:///{tmp_path / 'new' / 'stepped.sqlite'}", "head")):
        with engine.connect() as connection:
            told.append(connection.execute(sa.select(REACHED)).all())
        engine.dispose()

    assert told == [[(NEWEST,)]] * 2


@pytest.mark.parametrize("step", [f"{number:04}" for number in range(1, int(NEWEST))])
def test_a_ledger_of_any_older_accord_comes_to_have_the_same_tables(url, tmp_path, step):
    """Whichever step it stands at."""
    older = f"sqlite:///{tmp_path / 'new' / 'older.sqlite'}"
    stepped(older, step).dispose()

    assert shape(opened(older)) == shape(opened(url))


def test_a_ledger_from_before_goals_keeps_its_versions_and_learns_goals(url):
    """An older file is upgraded in place."""
    engine = stepped(url, "0001")
    with engine.begin() as connection:
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
