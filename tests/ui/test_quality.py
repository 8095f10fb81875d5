"""Rules of the quality page: on any data it says what it can, and nothing breaks."""

import pytest
from streamlit.testing.v1 import AppTest

from alignment import imports
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.imports import Load, kept_mapping
from alignment.store.intake import Sources
from alignment.store.warehouse import Warehouse
from alignment.ui import session

LEADS = (
    "lead_id,created_at,country\n1,2026-07-02,USA\n2,2026-07-09,USA\n3,2026-08-01,US\n4,2026-08-01,France\n"
)


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Return the quality page on a loaded file, and the warehouse."""
    leads = tmp_path / "leads.csv"
    leads.write_text(LEADS, encoding="utf-8")
    into = tmp_path / "accord.duckdb"
    imports.load(Load(Sources(leads=leads)), into)
    warehouse = Warehouse(into)
    monkeypatch.setattr(session, "warehouse", lambda: warehouse)
    opened = AppTest.from_file(ROOT / "pages" / "data" / "quality.py", default_timeout=30)
    opened.session_state[session.PERSON] = Person("Ada", Side.MARKETING)
    return opened.run()


def test_the_page_shows_the_receipt_of_the_last_load(page):
    """Whoever doubts a figure finds where it came from."""
    assert not page.exception
    assert any("rows read" in each.value for each in page.markdown)


def test_a_merge_is_kept_only_when_somebody_says_so(page, tmp_path):
    """Nothing is merged unasked; said once, the mapping has it."""
    assert kept_mapping(tmp_path / "accord.duckdb").of("leads").merged("country") == {}

    page.button(key="intake_merge_leads_0").click().run()

    assert kept_mapping(tmp_path / "accord.duckdb").of("leads").merged("country") == {"US": "USA"}
