"""The definition in other engines' words: run on PostgreSQL where there is one, parsed for the others."""

import math

import duckdb
import pytest
import sqlglot
from hypothesis import example, given, settings
from hypothesis import strategies as some
from sqlglot import expressions

from alignment.domain.definition import Comparison, Criterion, Definition, Level, Route
from alignment.metrics.definition_query import query_text
from alignment.metrics.dialect import DIALECTS
from alignment.metrics.query import quoted
from tests import postgres
from tests.drawn_definitions import KINDS, NASTY, definitions, expected, lead_values, table_of

TYPES = {"DOUBLE": "double precision"}
PARSED = ("spark", "bigquery", "snowflake", "postgres", "duckdb")


@pytest.fixture(scope="module")
def server():
    """Start PostgreSQL once; skip on a machine without it."""
    found, user = postgres.programs(), postgres.runner()
    if found is None:
        pytest.skip("PostgreSQL is not installed here (its initdb is not on the PATH)")
    if user is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no user postgres or nobody")
    with postgres.server(found, user) as started:
        yield started


def asked_of_postgres(server, definition, leads):
    """Return the rows that PostgreSQL gives for the definition's query on these leads."""
    columns = "".join(
        f", {DIALECTS['postgres'].quote(name)} {TYPES.get(kind, kind)}" for name, kind in KINDS.items()
    )
    rows = [(f"L{number:03}", *(lead.get(name) for name in KINDS)) for number, lead in enumerate(leads)]
    text = query_text(definition, KINDS, DIALECTS["postgres"], "scored.leads")
    told = server.ask(
        "set client_min_messages = error; drop schema if exists scored cascade; create schema scored;\n"
        f"create table scored.leads (lead_id text{columns});\n"
        f"{postgres.rows_to_copy('scored.leads', rows)}{text}\norder by lead_id;\n"
    )
    return [
        (lead, int(score) if score else None, level or None, route or None, handed == "t")
        for lead, score, level, route, handed in told
    ]


@settings(max_examples=15)
@given(leads=some.lists(lead_values(), min_size=1, max_size=8), definition=definitions())
@example(leads=[{"size": math.nan}, {"size": math.inf}, {"size": -math.inf}, {}], definition=Definition())
def test_postgres_scores_as_the_rule_for_one_lead_does(server, leads, definition):
    """Run for real: the same score, level, route and hand-off for every lead."""
    assert asked_of_postgres(server, definition, leads) == expected(definition, leads)


@pytest.mark.parametrize("name", PARSED)
@settings(max_examples=10)
@given(leads=some.lists(lead_values(), min_size=1, max_size=5), definition=definitions())
def test_what_an_engine_would_read_scores_as_the_rule_for_one_lead_does(name, leads, definition):
    """Read by that engine's grammar, then said again in the words of the engine at hand and run there."""
    text = query_text(definition, KINDS, DIALECTS[name])

    (read,) = sqlglot.parse(text, read=name)
    rows = table_of(leads).execute(f"select * from ({read.sql('duckdb')}) order by 1").fetchall()

    assert rows == expected(definition, leads)


@pytest.mark.parametrize("name", PARSED)
@pytest.mark.parametrize("text", NASTY)
def test_an_engine_reads_back_the_very_text_that_was_meant(name, text):
    """A quote or a backslash that ends a text early would let the rest of it command."""
    level = text if text.isprintable() and text else "hot"
    definition = Definition(
        (Criterion("title", "title", Comparison.ONE_OF, (text,), 50),),
        (Level("raw", 0), Level(level, 50, Route.SALES, enters_hand_off=True)),
    )

    (read,) = sqlglot.parse(query_text(definition, KINDS, DIALECTS[name]), read=name)

    assert text in {found.this for found in read.find_all(expressions.Literal) if found.is_string}


@pytest.mark.parametrize("name", PARSED)
def test_a_column_is_named_as_it_is_in_every_engine(name):
    """Each engine has its own marks for names, and its own way to write them inside one."""
    odd = "a\"b`c\\d'; drop table leads; --"
    definition = Definition((Criterion("odd", odd, Comparison.IS_TRUE, None, 50),))

    (read,) = sqlglot.parse(query_text(definition, {odd: "BOOLEAN"}, DIALECTS[name]), read=name)

    assert odd in {found.name for found in read.find_all(expressions.Column)}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("duckdb", '"crm"."my leads"'),
        ("postgres", '"crm"."my leads"'),
        ("spark", "`crm`.`my leads`"),
        ("bigquery", "`crm`.`my leads`"),
        ("snowflake", '"crm"."my leads"'),
    ],
)
def test_a_table_is_named_in_the_marks_of_its_engine(name, written):
    """Each part between the dots is a name of its own."""
    assert DIALECTS[name].table("crm.my leads") == written


def test_a_value_that_spark_would_fill_in_stays_a_text():
    """Spark puts variables into a query before it reads it, inside texts too."""
    assert "${" not in DIALECTS["spark"].literal("${env:PATH}")


def test_a_broken_number_among_accepted_texts_is_compared_as_a_number():
    """Engines write 5.0 as 5, 5.0 or 5.000: their texts can't be compared."""
    definition = Definition((Criterion("size", "size", Comparison.ONE_OF, ("5.0", "many"), 50),))
    engine = duckdb.connect()
    engine.execute(
        f"create table leads as select 'L' as lead_id, cast(5 as decimal(9, 3)) as {quoted('size')}"
    )

    text = query_text(definition, {"size": "DOUBLE"}, DIALECTS["postgres"])

    assert engine.execute(text).fetchall()[0][1] == 50
