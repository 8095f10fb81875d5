"""Rules of “What brought it?”: models side by side, nothing added that overlaps, what is missing named."""

from datetime import date
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment import agreement, report
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.domain.attribution import Model, Rules
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.ui import attribution, charts, session
from alignment.ui.choice import Choice
from alignment.ui.pictures import attribution as pictured
from alignment.ui.pictures import sourced_influenced
from alignment.ui.pictures.attribution import ALONE, sentence, table
from alignment.ui.reader import Reader
from alignment.ui.view import View
from alignment.ui.words import Words
from tests.ui.reading import with_passports

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
AS_OF = "2026-11-01 00:00:00"
LEADS = """
    lead_id  created_at  source
    ada      2026-10-01  Webinar
    bob      2026-10-02  Fair
"""
WON = """
    deal_id  lead_id  created_at  closed_at   amount  is_won  is_closed
    d1       ada      2026-10-03  2026-10-20  1200    true    true
    d2       bob      2026-10-05  2026-10-28  800     true    true
"""
TOUCHES = """
    lead_id  touched_at           channel  campaign  is_marketing
    ada      2026-10-01T08:00:00  web      brand     true
    ada      2026-10-10T08:00:00  mail     letter    true
    ada      2026-10-12T08:00:00  call     -         false
"""


@pytest.fixture
def open_page(given, tmp_path, monkeypatch):
    """Return a function that runs the revenue page on drawn tables."""

    def opened(**tables):
        snapshot = given(as_of=AS_OF, **tables)
        warehouse = SimpleNamespace(snapshot=lambda: snapshot)
        ledger = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)
        monkeypatch.setattr(session, "warehouse", lambda: warehouse)
        monkeypatch.setattr(session, "agreement", lambda: ledger)
        page = AppTest.from_file(ROOT / "pages" / "together" / "revenue.py", default_timeout=30)
        page.session_state[session.PERSON] = Person("Ada", Side.MARKETING)
        return page.run()

    return opened


@pytest.fixture
def view(given):
    """Return what a reader sees of two deals won, one of them touched."""
    snapshot = given(leads=LEADS, deals=WON, touches=TOUCHES, as_of=AS_OF)
    return View(snapshot, Choice(Q4), Reader(), date(2026, 11, 1))


def said_on(page):
    """Return everything that the page says in words."""
    return " ".join(str(each.value) for each in (*page.markdown, *page.info, *page.caption)).replace("\\", "")


def test_the_page_says_where_models_differ_and_what_nobody_may_add(open_page):
    """In words above the pictures, for everybody."""
    said = said_on(open_page(leads=LEADS, deals=WON, touches=TOUCHES))
    assert "The models differ most for" in said
    assert "Not attributed: €800.00 of 1 deal without a touch" in said
    assert "Never add the two" in said


def test_without_touches_the_page_says_what_it_needs_and_shows_the_rest(open_page):
    """Both panels name the table; won revenue stands where it stood."""
    page = open_page(leads=LEADS, deals=WON)
    assert not page.exception
    assert said_on(page).count("needs table touches. With it you would see") == 2


def test_choosing_all_touches_brings_those_of_sales_in(open_page):
    """The call takes part, and the passport says so."""
    page = with_passports(open_page(leads=LEADS, deals=WON, touches=TOUCHES))
    assert "shared among marketing's touches" in said_on(page)
    page.segmented_control(key="brought_touches").set_value(attribution.EVERYBODY).run()
    assert not page.exception
    assert "those of sales too" in said_on(page)


def test_another_half_life_is_said_in_the_passport(open_page):
    """Whoever changes it sees what it did."""
    page = with_passports(open_page(leads=LEADS, deals=WON, touches=TOUCHES))
    page.number_input(key="brought_half_life").set_value(30).run()
    assert "h = 30 days" in said_on(page)


def test_the_table_sums_each_model_to_what_was_won(view):
    """The rows and what is not attributed, to the last row."""
    found = report.attribution(view.snapshot, Q4)
    rows = {row[0]: row[2:8] for row in table(found).rows}
    whole = rows.pop("all won")
    assert set(rows) == {"web", "mail", ALONE}
    assert all(
        sum(row[place].cents for row in rows.values()) == whole[place].cents for place in range(len(Model))
    )


def test_a_period_without_a_deal_won_and_deals_without_amounts_are_said(given):
    """Not drawn as nothing."""
    tables = {"leads": LEADS, "touches": TOUCHES, "as_of": AS_OF}
    empty = View(given(deals=WON, **tables), Choice(Q4.previous()), Reader(), date(2026, 11, 1))
    with pytest.raises(Refusal, match="No deal was won in Q3 2026 from all sources"):
        pictured(empty, "channel", Rules())


def test_amounts_without_a_rate_leave_nothing_to_share_and_it_is_said(given):
    """Zero euros would be a lie."""
    dollars = WON.replace("is_closed\n", "is_closed currency\n").replace("true    true", "true true USD")
    snapshot = given(leads=LEADS, deals=dollars, touches=TOUCHES, as_of=AS_OF)
    with pytest.raises(Refusal, match=r"None of the deals won in Q4 2026 has an amount .* in EUR"):
        pictured(View(snapshot, Choice(Q4), Reader(), date(2026, 11, 1)), "channel", Rules())


def test_sourced_adds_up_and_influenced_stands_apart(view):
    """The fair sourced a deal that nobody touched: influenced is not sourced less."""
    picture = sourced_influenced(view, Rules())
    euros = {row[0]: (row[1].amount, row[2].amount) for row in picture.table.rows}
    assert euros == {"Webinar": (1200, 1200), "Fair": (800, 0)}
    assert "marketing had touched 1 deal won, worth €1,200.00" in picture.takeaway
    assert "Never add the two" in picture.note


def test_models_that_agree_are_said_to(view):
    """By source each of these deals has one lead, and so one answer."""
    assert sentence(report.attribution(view.snapshot, Q4, by="source"), Words.of("en")).startswith(
        "All six models agree."
    )


def test_every_model_has_a_sign_of_its_own_on_each_row():
    """Told apart by shape, not by colour; names of the data stay text."""
    amounts = {model: Money(cents * 100, "EUR") for cents, model in enumerate(Model)}
    figure = charts.attribution([("<a href=x>", amounts), ("web", amounts)], Reader())
    signs = [trace for trace in figure.data if trace.mode == "markers"]
    assert len({trace.marker.symbol for trace in signs}) == len(Model)
    assert [trace.name for trace in signs] == [model.label for model in Model]
    assert figure.layout.yaxis.ticktext[0].startswith("&lt;a")
