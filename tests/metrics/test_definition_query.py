"""The definition as query text, run by the engine and held against the rule for one lead."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from alignment.domain.definition import Comparison, Criterion, Definition, Group, Level, Route
from alignment.metrics.definition_query import (
    is_handed_off_expression,
    query_text,
    score_expression,
    scored_leads,
)
from alignment.metrics.dialect import DUCKDB
from tests.drawn_definitions import KINDS, definitions, expected, lead_values, table_of

TWO_LEVELS = (Level("raw", 0), Level("hot", 60, Route.SALES, enters_hand_off=True))


@settings(max_examples=25)
@given(leads=some.lists(lead_values(), min_size=1, max_size=8), definition=definitions())
@example(leads=[{"size": math.nan}, {"size": math.inf}, {"size": -math.inf}, {}], definition=Definition())
def test_the_engine_scores_as_the_rule_for_one_lead_does(leads, definition):
    """Boundaries, missing values, NaN, quotes and backslashes included: one lead off is wrong."""
    text = query_text(definition, KINDS, DUCKDB)

    rows = table_of(leads).execute(f"select * from ({text}) order by lead_id").fetchall()

    assert rows == expected(definition, leads)


@settings(max_examples=25)
@given(leads=some.lists(lead_values(), min_size=1, max_size=8), definition=definitions())
def test_the_expressions_for_our_own_questions_agree_with_the_whole_query(leads, definition):
    """Score and hand-off can stand in any question, beside each other and twice."""
    engine = table_of(leads)

    rows = engine.execute(
        f"select lead_id, {score_expression(definition, 'l', KINDS)},"
        f" {is_handed_off_expression(definition, 'l', KINDS)} from leads l order by lead_id"
    ).fetchall()
    told = engine.execute(scored_leads(definition, KINDS).text).fetchall()

    plain = expected(definition, leads)
    assert rows == [(lead, score, handed) for lead, score, _, _, handed in plain]
    assert [(row[0], *row[2:5], row[5] == "yes") for row in told] == plain


@pytest.mark.parametrize(("value", "score"), [(49.999, 0), (50.0, 60), (None, None), (math.nan, None)])
def test_a_value_on_the_threshold_and_a_score_on_the_cutoff_are_inside(value, score):
    """Decisions live at the margin."""
    definition = Definition(
        tuple(Criterion(f"c{place}", "size", Comparison.AT_LEAST, 50, 30) for place in (1, 2)), TWO_LEVELS
    )

    rows = table_of([{"size": value}]).execute(query_text(definition, KINDS, DUCKDB)).fetchall()

    level = {60: ("hot", "sales", True), 0: ("raw", "none", False), None: (None, None, False)}[score]
    assert rows == [("L000", score, *level)]


def test_a_criterion_that_the_load_cannot_answer_is_met_by_nobody():
    """A column that is gone, or holds texts where numbers were, breaks nothing."""
    definition = Definition(
        (
            Criterion("gone", "gone", Comparison.AT_LEAST, 1, 50),
            Criterion("title", "title", Comparison.AT_LEAST, 1, 50),
            Criterion("asked", "asked", Comparison.IS_TRUE, None, 50),
        ),
        TWO_LEVELS,
    )

    rows = table_of([{"title": "9", "asked": True}, {"title": "9"}]).execute(
        query_text(definition, KINDS, DUCKDB)
    )

    assert [row[1] for row in rows.fetchall()] == [50, None]


def test_a_name_that_carries_a_statement_is_only_a_name():
    """Columns, values and levels come from files of strangers."""
    evil = "x\"'; drop table leads; --\\"
    kinds = {evil: "VARCHAR"}
    definition = Definition(
        (Criterion("evil", evil, Comparison.ONE_OF, (evil,), 50),),
        (Level("raw", 0), Level(evil, 50, Route.SALES, enters_hand_off=True)),
    )
    engine = table_of([{evil: evil}, {evil: "good"}], kinds)

    rows = engine.execute(f"select * from ({query_text(definition, kinds, DUCKDB)}) order by 1").fetchall()

    assert [row[:3] for row in rows] == [("L000", 50, evil), ("L001", 0, "raw")]


def test_a_level_in_the_middle_can_be_the_one_that_is_handed_off():
    """Hand-off is no single cutoff."""
    levels = (Level("raw", 0), Level("warm", 20, enters_hand_off=True), Level("hot", 60))
    definition = Definition((Criterion("size", "size", Comparison.AT_LEAST, 1, 20),), levels)
    more = definition.with_criterion(Criterion("asked", "asked", Comparison.IS_TRUE, None, 50, Group.FIT))

    rows = table_of([{"size": 2.0, "asked": True}, {"size": 2.0}]).execute(query_text(more, KINDS, DUCKDB))

    assert [row[-1] for row in rows.fetchall()] == [False, True]
