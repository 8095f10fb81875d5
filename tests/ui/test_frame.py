"""Rules of the frame around every page: it stands also while there is nothing to show in it."""

import pytest
from streamlit.testing.v1 import AppTest

from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.store.intake import note_failed
from alignment.store.warehouse import Warehouse
from alignment.ui import session


@pytest.fixture
def without_data(tmp_path, monkeypatch):
    """Run the board as Ada before anything was imported."""
    monkeypatch.setattr(session, "warehouse", lambda: Warehouse(tmp_path / "accord.duckdb"))
    page = AppTest.from_file(ROOT / "alignment" / "ui" / "screen.py", default_timeout=30)
    page.session_state[session.PERSON] = Person("Ada", Side.MARKETING)
    return page.run()


def test_before_the_first_import_a_page_says_what_to_do_and_leads_there(without_data):
    """Nothing has gone wrong, so nothing is red; the import page is one click away."""
    assert not without_data.exception
    assert not without_data.error
    assert without_data.title[0].value == "Board"
    assert "no data to show yet" in without_data.info[0].value
    assert [link.proto.label for link in without_data.get("page_link")] == ["Import your files"]
    assert without_data.get("page_link")[0].proto.page == "import"


def test_who_is_here_stands_at_the_side_before_the_first_import(without_data):
    """Name and side are remembered although there is nothing to look at yet."""
    assert "Ada" in without_data.sidebar.markdown[0].value


def test_a_load_that_failed_is_said_also_before_the_first_one_came_in(tmp_path, without_data):
    """Whoever set up the scheduler sees at once that nothing arrives, and why."""
    note_failed(tmp_path / "accord.duckdb", ("leads.csv",), "leads.csv is <b>empty</b>.")

    page = without_data.run()

    (warning,) = page.warning
    assert "did not come in" in warning.value
    assert "<b>" not in warning.value
