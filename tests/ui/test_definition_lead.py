"""Rules of the page that explains a lead: by its id, in force and draft side by side, never as markup."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment import agreement, report
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side, Terms
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.definition_steps import steps
from alignment.ui import definition_lead, lead_words, session
from alignment.whatif.explain import explained

ADA = Person("Ada", Side.MARKETING)
EVIL = "<img/src=x>![x](http://evil/p.png)"
LEADS = f"""
    lead_id  created_at  mql_at      sql_at      source  size
    ada-1    2026-05-04  2026-05-06  2026-05-10  Fair    50
    ada-2    2026-05-05  -           -           Fair    20
    bob      2026-05-06  -           -           Fair    -
    {EVIL}   2026-05-07  -           -           {EVIL}  5
"""
DEFINITION = Definition(
    (Criterion("size", "size", Comparison.AT_LEAST, 50, 40),),
    (Level("raw", 0), Level("hot", 40, enters_hand_off=True)),
)


@pytest.fixture
def open_lead(given, tmp_path, monkeypatch):
    """Return a function that opens the page, with a lead in the address and some edits in the draft."""

    def opened(lead=None, *, edits=(), **tables):
        snapshot = given(**(tables or {"leads": LEADS}), as_of="2026-07-01 12:00:00")
        warehouse = SimpleNamespace(snapshot=lambda: snapshot)
        ledger = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)
        draft = ledger.draft()
        for field, value in (*steps(draft.definition, DEFINITION), *edits):
            draft = ledger.edit(ADA, field, value, draft.seq)
        monkeypatch.setattr(session, "warehouse", lambda: warehouse)
        monkeypatch.setattr(session, "agreement", lambda: ledger)
        page = AppTest.from_file(ROOT / "pages" / "agreement" / "lead.py", default_timeout=30)
        page.session_state[session.PERSON] = ADA
        if lead is not None:
            page.query_params["lead"] = lead
        return page.run()

    return opened


def html_of(page):
    """Return all that the page shows as HTML, without its style sheets."""
    parts = [each.proto.body for each in page.get("html")]
    return "\n".join(part for part in parts if "<style>" not in part)


def test_a_lead_in_the_address_is_explained_in_force_and_by_the_draft(open_lead):
    """A link in a chat opens on the very lead."""
    page = open_lead("ada-1")

    assert not page.exception
    assert "<span>in force</span><b>no score</b>" in html_of(page)
    assert "<span>draft</span><b>40</b><span>hot → nobody</span>" in html_of(page)


def test_a_version_agreed_for_a_later_day_is_not_said_to_be_in_force(open_lead, monkeypatch):
    """Until that day the version before hands the lead off, or doesn't."""
    open_lead("ada-1")
    ledger = session.agreement()
    held = ledger.draft()
    ahead = replace(held.base, number=9, definition=DEFINITION, terms=Terms("", date(2999, 1, 1)))
    later = SimpleNamespace(versions=lambda: (held.base, ahead))
    monkeypatch.setattr(session, "agreement", lambda: later)
    snapshot = session.warehouse().snapshot()

    lead, draft = report.lead(snapshot, "ada-1"), replace(held, base=ahead, edits=())

    found = definition_lead._by_definition(lead, draft, snapshot)

    assert {name: each.score for name, each in found.items()} == {"in force": None, "agreed": 40}


def test_going_back_to_another_leads_address_explains_that_lead(open_lead):
    """The address is what somebody sees and shares; what was looked at before must not stand below it."""
    page = open_lead("ada-1")

    page.query_params["lead"] = "bob"
    page.run()

    assert page.subheader[0].value == "Lead bob"


def test_a_part_of_an_id_offers_the_leads_that_hold_it(open_lead):
    """And a click on one of them explains it."""
    page = open_lead("ada")

    page.button(key="lead_offer_1").click().run()

    assert page.text_input(key="lead").value == "ada-2"
    assert any("ada-2" in heading.value.replace("\\", "") for heading in page.subheader)


def test_an_unknown_id_is_a_sentence_that_says_what_to_do(open_lead):
    """No empty page, no error."""
    page = open_lead("nobody")

    assert not page.exception
    assert [info.value for info in page.info] == [
        "There is no lead “nobody” in the data. Check the id, or type a part of it."
    ]


def test_without_an_id_the_leads_at_the_cutoff_are_offered(open_lead):
    """Those are the ones that people argue about."""
    page = open_lead()

    assert any(button.label.startswith("the newest") for button in page.button)


def test_data_without_leads_says_what_is_missing(open_lead):
    """Deals alone explain no lead."""
    page = open_lead(deals="deal_id created_at\nd1 2026-05-04")

    assert not page.exception
    assert page.info[0].value.startswith("Not available: the load has no leads.")


def test_an_id_that_is_markup_is_shown_as_it_is(open_lead):
    """Ids and sources come from web forms."""
    page = open_lead(EVIL)

    assert not page.exception
    assert "<img" not in html_of(page)
    assert "&lt;img/src=x&gt;" in html_of(page)
    assert all("![x]" not in heading.value for heading in page.subheader)


def test_a_lead_without_any_value_says_that_it_is_neither_cold_nor_zero(open_lead):
    """Unscored leads are a level of nobody."""
    assert "no value for any criterion: neither cold nor zero" in html_of(open_lead("bob"))


def test_a_changed_threshold_shows_what_is_in_force_beside_it():
    """Both sides see which of the two asks what."""
    kinds = {"size": "DOUBLE"}
    pair = {
        name: explained(each, {"size": 30.0}, kinds, {})
        for name, each in (("in force", DEFINITION), ("draft", DEFINITION.with_threshold("size", 20)))
    }

    table = lead_words.criteria(pair)

    assert "size is at least 20<br><small>in force: size is at least 50</small>" in table
    assert "<small>not met</small></td><td><i" in table
    assert "<b>+40</b>" in table


def test_a_move_of_a_slider_is_said_with_what_it_stands_at_and_what_comes_of_it():
    """“cutoff of hot from 40 to 30” can be tried at once."""
    found = explained(
        DEFINITION.with_points("size", 30).with_threshold("size", 20), {"size": 30.0}, {"size": "DOUBLE"}, {}
    )

    words = lead_words.moves(found, is_up=True)

    assert "<li>cutoff of hot from 40 to 30: 30 points, hot</li>" in words
    assert "<li>points of size from 30 to 40: 40 points, hot</li>" in words
