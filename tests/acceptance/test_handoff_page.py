"""The hand-off page on public data: each panel is right, or says what it needs and what it would show."""

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest
from streamlit.testing.v1 import AppTest

from alignment import agreement
from alignment.__main__ import main
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.store.warehouse import Warehouse
from alignment.ui import lists, session
from tests.acceptance.asked import DATA, answered
from tests.acceptance.test_golden import FILES

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the public data sets are not on this machine")

SETS = {**FILES, "xeducation": {"leads": "xeducation/Leads.csv"}}
PANELS = (
    "handoff",
    "handoff --quality",
    "black-hole",
    "untouched",
    "few-attempts",
    "acceptance",
    "set-quality",
    "recycling",
    "recycling --leads",
)
OLIST_NEEDS = {
    "handoff": "leads.first_touch_at",
    "handoff --quality": "leads.first_touch_at",
    "black-hole": "leads.last_activity_at",
    "untouched": "leads.first_touch_at",
    "few-attempts": "touches.is_marketing",
    "acceptance": "leads.sal_at or leads.sql_at",
    "set-quality": "leads.rejected_at",
    "recycling": "leads.rejected_at",
    "recycling --leads": "leads.rejected_at",
}
"""Olist knows when leads became MQL and which deals were won. The others know no MQL at all."""
LOOKED_FOR = {
    "olist": {
        "a deal closed before its lead came in": 1,
        "leads dated after the newest event that has been": 0,
    },
    "maven": {
        "a deal closed before it was opened": 0,
        "deals dated after the newest event that has been": 0,
    },
    "xeducation": {},
}


@pytest.fixture(scope="module", params=list(SETS))
def loaded(request, tmp_path_factory):
    """Return the name and the warehouse of each data set."""
    path = tmp_path_factory.mktemp("public") / f"{request.param}.duckdb"
    given = [word for table, file in SETS[request.param].items() for word in (f"--{table}", str(DATA / file))]
    answered("import", *given, "--into", str(path), "--currency", "USD")
    return request.param, path


def refused(*arguments):
    """Run a report that can't answer; return its sentence."""
    told = io.StringIO()
    with redirect_stderr(told), redirect_stdout(io.StringIO()):
        assert main(["report", *arguments]) == 2
    return told.getvalue()


def test_each_report_names_the_column_it_needs_and_what_it_would_show(loaded, tmp_path, monkeypatch):
    """None reads 0 % or 100 %, none is empty."""
    name, path = loaded
    monkeypatch.chdir(tmp_path)
    for panel in PANELS:
        said = refused(*panel.split(), "--warehouse", str(path))
        column = OLIST_NEEDS[panel] if name == "olist" else "leads.mql_at"
        assert f"needs column {column}. With it you would see " in said, panel
    assert "Once one is signed you would see" in refused("levels", "--warehouse", str(path))


def test_only_contradictions_that_the_data_can_show_are_looked_for(loaded):
    """One is in these files (won two days before); what nobody could see is not said to be zero."""
    name, path = loaded
    rows = answered("report", "contradictions", "--warehouse", str(path))
    assert {row["contradiction"]: row["rows"] for row in rows} == LOOKED_FOR[name]


def test_the_page_shows_a_sentence_in_the_place_of_each_panel(loaded, tmp_path, monkeypatch):
    """Every list as well, with no exception and no table."""
    name, path = loaded
    warehouse = Warehouse(path)
    ledger = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)
    monkeypatch.setattr(session, "warehouse", lambda: warehouse)
    monkeypatch.setattr(session, "agreement", lambda: ledger)
    page = AppTest.from_file(ROOT / "pages" / "together" / "handoff.py", default_timeout=60)
    page.session_state[session.PERSON] = Person("Ada", Side.MARKETING)
    page.run()
    for each in lists.LISTS:
        page.session_state["routing_list"] = each
        page.run()
        said = " ".join(str(text.value) for text in page.markdown).replace("\\", "")
        assert not page.exception
        assert not page.dataframe
        column = "leads.first_touch_at" if name == "olist" else "leads.mql_at"
        assert f"needs column {column}" in said
        assert said.count("needs column") >= 8
