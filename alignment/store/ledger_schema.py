"""The ledger's tables, and how a database comes to have them: a new one at once, an older one by Alembic."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from alignment.errors import LedgerError

BUSY_MS = 15_000
WRITE_LOCK = 4_201
"""The number of the advisory lock that a PostgreSQL server hands to one writer of the ledger at a time."""
WRITES = {"ledger_writes": True}
"""Execution options of a connection that is going to write: it takes the write lock when it begins."""

TABLES = sa.MetaData()
MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = max(path.stem[-4:] for path in (MIGRATIONS / "versions").glob("*_[0-9][0-9][0-9][0-9].py"))
"""The step that leads to the tables as they stand here; a database that is there needs none."""
REACHED = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32)),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic notes the step that a database has reached."""


def _records(called: str, *columns: sa.Column[Any]) -> sa.Table:
    """Return the table of what people put on record, each row with who did so and when."""
    return sa.Table(
        called,
        TABLES,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        *columns,
    )


def _period() -> tuple[sa.Column[Any], sa.Column[Any]]:
    """Return the columns of the days that a record is about; `ends_on` is the first day after them."""
    return sa.Column("starts_on", sa.Date, nullable=False), sa.Column("ends_on", sa.Date, nullable=False)


VERSIONS = sa.Table(
    "versions",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("definition", sa.JSON, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("effective_on", sa.Date),
    sa.Column("prediction", sa.JSON, nullable=False),
    sa.Column("signed_seq", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime),
)

EDITS = sa.Table(
    "edits",
    TABLES,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("base", sa.Integer, sa.ForeignKey("versions.number"), nullable=False, index=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("side", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("after", sa.JSON, nullable=False),
    sa.Column("undoes", sa.Integer, sa.ForeignKey("edits.seq")),
)

SIGNATURES = sa.Table(
    "signatures",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("base", sa.Integer, nullable=False, index=True),  # 0 for those of the first version
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("side", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

GOALS = _records(
    "goals",
    *_period(),
    sa.Column("cents", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

BIDS = sa.Table(
    "bids",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("base", sa.Integer, sa.ForeignKey("versions.number"), nullable=False, index=True),
    sa.Column("seq", sa.Integer, nullable=False),  # the draft's newest edit when they were opened
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("marketing_name", sa.Text, nullable=False),
    sa.Column("marketing_value", sa.JSON, nullable=False),
    sa.Column("sales_name", sa.Text, nullable=False),
    sa.Column("sales_value", sa.JSON, nullable=False),
)

SCOUT_SAMPLES = _records(
    "scout_samples",
    sa.Column("as_of", sa.DateTime, nullable=False),
    sa.Column("base", sa.Integer, sa.ForeignKey("versions.number"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("leads", sa.JSON, nullable=False),  # lead_id, source and score of each
)

ROUTINGS = _records(
    "routings",
    sa.Column("route", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("undoes", sa.Integer, sa.ForeignKey("routings.id")),
    sa.Column(
        "leads", sa.JSON, nullable=False
    ),  # the id of each; those of what it takes back are not repeated
    sa.Column("not_before", sa.Date),  # the first day on which they may be asked again
)

REASON_GROUPS = _records(
    "reason_groups",
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("reason_group", sa.Text, nullable=False),
)

PROMISES = _records(
    "promises",
    *_period(),
    sa.Column("cents", sa.BigInteger),  # these three of marketing
    sa.Column("currency", sa.Text),
    sa.Column("worth", sa.JSON),  # source and cents of each
    sa.Column("percent", sa.Integer),  # these two of sales
    sa.Column("days", sa.Integer),
    sa.Column("reason", sa.Text, nullable=False),
)

PLANS = _records(
    "plans",
    sa.Column("month_on", sa.Date, nullable=False),  # its first day
    sa.Column("mqls", sa.Integer, nullable=False),
    sa.Column("sqls", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

LOADS = sa.Table(
    "loads",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),  # when it came in
    sa.Column("as_of", sa.DateTime, nullable=False),
    sa.Column("company", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("time_zone", sa.Text, nullable=False),
    sa.Column("closed", sa.JSON, nullable=False),  # what it tells of each quarter that is over
)

DECISIONS = _records(
    "decisions",
    *_period(),
    sa.Column("grouped_by", sa.Text, nullable=False),  # campaign or source
    sa.Column("strategy", sa.Text),  # none: what belongs to none of them
    sa.Column("choice", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("is_done", sa.Boolean, nullable=False),
)

SPEND_REASONS = _records(
    "spend_reasons",
    *_period(),
    sa.Column("grouped_by", sa.Text, nullable=False),  # campaign or source
    sa.Column("strategy", sa.Text),  # none: what belongs to none of them
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("expected", sa.Text, nullable=False),
    sa.Column("came", sa.Text, nullable=False),
)

REVIEWS = _records(
    "reviews",
    *_period(),
    sa.Column("note", sa.Text, nullable=False),
)


BACKWARD_PLANS = _records(
    "backward_plans",
    *_period(),
    sa.Column("factor", sa.Text, nullable=False),
    sa.Column("value", sa.Float),  # null: as the data has it again
)

AIMS = _records(
    "aims",
    *_period(),
    sa.Column("measure", sa.Text, nullable=False),
    sa.Column("target", sa.Integer, nullable=False),  # a number of SQLs, or a percentage
    sa.Column("reason", sa.Text, nullable=False),
)


def opened(url: str) -> sa.Engine:
    """Open the database of that URL with the newest schema; raise LedgerError when it can't be."""
    try:
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            _make_durable(engine)
        event.listen(engine, "begin", _begin)
        with engine.connect().execution_options(**WRITES) as connection, connection.begin():
            _bring_up_to_date(connection)
    except ImportError as error:
        message = f"The ledger's database needs a driver: pip install {error.name}. Or change ACCORD_LEDGER."
        raise LedgerError(message) from error
    except (SQLAlchemyError, OSError) as error:
        message = f"The ledger can't be opened: {str(error).splitlines()[0].rstrip('.')}. Check its address."
        raise LedgerError(message) from error
    return engine


def _bring_up_to_date(connection: sa.Connection) -> None:
    there = set(sa.inspect(connection).get_table_names())
    if there.isdisjoint({REACHED.name, *TABLES.tables}):
        TABLES.create_all(connection, checkfirst=False)
        REACHED.create(connection)
        connection.execute(sa.insert(REACHED).values(version_num=NEWEST))
    elif REACHED.name not in there or connection.scalar(sa.select(REACHED.c.version_num)) != NEWEST:
        upgrade(connection)


def upgrade(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the schema up to a revision, inside the connection's transaction.

    Raises LedgerError when the database has taken a step that is not known here.
    """
    from alembic import command  # noqa: PLC0415 - a good part of the start, for what an older ledger alone needs
    from alembic.config import Config  # noqa: PLC0415 - the same
    from alembic.util import CommandError  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        message = f"The ledger was written by a newer Accord: {error} Please start that one."
        raise LedgerError(message) from error


def _make_durable(engine: sa.Engine) -> None:
    """Write ahead, and to the disk before an answer."""
    if engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    event.listen(engine, "connect", _prepare)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"pragma busy_timeout = {BUSY_MS}")
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")


def _begin(connection: sa.Connection) -> None:
    """Begin a transaction; one that is going to write waits here until no other one does."""
    writes = connection.get_execution_options().get("ledger_writes")
    match connection.dialect.name:
        case "sqlite":
            connection.exec_driver_sql("begin immediate" if writes else "begin")
        case "postgresql" if writes:
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITE_LOCK})")
