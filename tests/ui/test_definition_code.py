"""Rules of the panel that takes the definition along: files, query, scored leads, of force or draft."""

from datetime import date, datetime
from io import BytesIO

import pytest
from pyarrow import csv
from streamlit.testing.v1 import AppTest

from alignment import whatif
from alignment.domain.agreement import Draft, Edit, Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level, Route
from alignment.store import row_file
from alignment.ui.definition_panels import OPENED
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader
from alignment.whatif.code import scored

BO = Person("Bo", Side.SALES)
IN_FORCE = Definition(
    (Criterion("size", "size", Comparison.AT_LEAST, 50, 40),),
    (Level("cold", 0), Level("=glowing", 40, Route.SALES, enters_hand_off=True)),
)
LEADS = """
    lead_id  created_at  source  size
    ada      2026-05-04  =Fair   50
    bob      2026-05-05  -       20
    cem      2026-05-06  Web     -
"""


@pytest.fixture
def panel(given):
    """Return a function that draws the panel after some edits."""
    snapshot = given(leads=LEADS, as_of="2026-07-01T12:00:00")

    def drawn(*edits):
        made = tuple(
            Edit(number, datetime(2026, 7, 1, 12), BO, field, None, value)
            for number, (field, value) in enumerate(edits, 1)
        )
        draft = Draft(Version(1, IN_FORCE, Terms("start", date(2026, 1, 1))), made)
        impact = whatif.impact(snapshot, IN_FORCE, draft.definition)
        view = DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, draft.definition), Reader())
        page = AppTest.from_function(_show, default_timeout=30, args=(view,))
        page.query_params[OPENED] = "code"
        return page.run()

    return drawn


def _show(view):
    from alignment.ui import definition_panels  # noqa: PLC0415 - runs as a script of its own

    definition_panels.show(view)


def test_a_panel_is_opened_by_its_short_name_in_the_address(panel):
    """And the address follows the choice."""
    page = panel()

    page.button_group(key=OPENED).set_value("lead").run()

    assert not page.exception
    assert page.query_params[OPENED] == "lead"
    assert not page.code


def test_the_query_is_that_of_the_draft_until_the_version_in_force_is_chosen(panel):
    """Where they differ people choose which."""
    page = panel(("criteria.size.threshold", 20.0))

    drafted = page.code[0].value
    page.button_group(key="code_which").set_value("in force").run()

    assert "-- Accord, draft on version 1" in drafted
    assert "between 20 and" in drafted
    assert "-- Accord, version 1, in force from 2026-01-01" in page.code[0].value
    assert "between 50 and" in page.code[0].value


def test_the_query_speaks_the_language_of_the_chosen_engine_about_the_named_table(panel):
    """Copied, it runs."""
    page = panel()

    page.selectbox(key="code_engine").select("bigquery").run()
    page.text_input(key="code_table").input("crm.people").run()

    assert "from `crm`.`people`" in page.code[0].value
    assert "float64" in page.code[0].value


def test_a_table_without_a_name_is_asked_for(panel):
    """Instead of a query that can't run."""
    page = panel()

    page.text_input(key="code_table").input("crm..people").run()

    assert not page.exception
    assert not page.code
    assert "Name the table of the leads" in page.info[0].value


def test_scored_leads_carry_the_levels_own_names_and_no_formula(given):
    """A CRM reads level and route as the company calls them, a spreadsheet runs none of them."""
    snapshot = given(leads=LEADS, as_of="2026-07-01T12:00:00")

    content = row_file.content(scored(snapshot, IN_FORCE), ".csv", {})

    rows = csv.read_csv(BytesIO(content)).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("ada", "'=Fair", 40, "'=glowing", "sales", "yes"),
        ("bob", "", 0, "cold", "none", "no"),
        ("cem", "Web", None, "", "", "no"),
    ]
