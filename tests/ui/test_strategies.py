"""Rules of the strategies page: rows that sum, decisions of this period, a review that knows its day."""

from datetime import date, timedelta

import pytest

from alignment import agreement
from alignment.agreement.decisions import Task
from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Passport
from alignment.domain.decision import About, Because, Choice
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.review import Due, Review
from alignment.domain.strategy import Basis, Strategies, Strategy
from alignment.ui import decisions, downloads, review, session, strategies, tables
from alignment.ui.choice import Choice as Chosen
from alignment.ui.reader import Reader
from alignment.ui.view import View
from tests.ui.reading import said_on

ADA, OLA = Person("Ada", Side.MARKETING), Person("Ola", Side.OBSERVER)
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
AS_OF = "2026-11-01 00:00:00"
LEADS = """
    lead_id  created_at  mql_at      sql_at      rejected_at  rejection_reason  campaign
    ada      2026-10-01  2026-10-02  2026-10-03  -            -                 <img_src=x_onerror=alert(1)>
    bob      2026-10-02  2026-10-03  -           2026-10-09   wrong_fit         -
"""
WON = """
    deal_id  lead_id  created_at  closed_at   amount  is_won  is_closed
    d1       ada      2026-10-03  2026-10-20  1200    true    true
"""
SPEND = """
    month_on    campaign                      amount
    2026-10-01  <img_src=x_onerror=alert(1)>  400
    2026-10-01  -                             100
"""
TABLES = {"leads": LEADS, "deals": WON, "spend": SPEND, "as_of": AS_OF}
SUNK = Strategy(
    "=HYPERLINK(1)", 3, 2, 1, 1, Money(500_00, "EUR"), 1, Money(9_00, "EUR"), Money(129_60, "EUR")
)
ANSWER = Strategies("campaign", Basis.PERIOD, (SUNK,), "EUR", Passport("", "", ""))


def tables_on(page):
    """Return the page's own HTML."""
    return "".join(block.proto.body for block in page.get("html"))


def test_the_table_names_every_strategy_and_ends_with_their_sum(open_page):
    """What belongs to no campaign has its row; a name that looks like a tag is text."""
    page = open_page("strategies", **TABLES)

    shown = tables_on(page)
    assert not page.exception
    assert '<th scope="row">&lt;img src=x onerror=alert(1)&gt;</th>' in shown
    assert "<img" not in shown
    assert '<th scope="row">no campaign</th>' in shown
    assert "<tfoot>" in shown
    assert [button.label for button in page.button if button.label in {"Decide", "We held it"}] == [
        "We held it",
        "Decide",
    ]


def test_an_observer_reads_and_records_nothing(open_page):
    """No button that would be refused anyway."""
    page = open_page("strategies", who=OLA, **TABLES)

    assert not page.exception
    assert not [
        button for button in page.button if button.label in {"Decide", "Say why we spent", "We held it"}
    ]


def test_without_spend_the_page_says_what_it_needs_and_shows_the_rest(open_page):
    """The costs are unknown, the leads are not."""
    page = open_page("strategies", **{**TABLES, "spend": "month_on\n2026-10-01"})

    assert not page.exception
    assert "needs table spend" in said_on(page)
    assert '<th scope="row">no campaign</th>' in tables_on(page)


def test_a_decision_and_a_because_stand_on_the_page_and_in_the_agenda(open_page):
    """Recorded by one, read by all: in the table, as cards, and among what there is to talk about."""
    name = "<img src=x onerror=alert(1)>"
    about = About(Q4, "campaign", name)
    page = open_page("strategies", **TABLES)
    ours = session.agreement()
    task = Task(Choice.STOP, "Bo", agreement.now().date() - timedelta(days=3))
    ours.decisions.record(ADA, about, task, "too dear")
    ours.spend_reasons.give(ADA, About(Q4, "campaign", None), ("old contract", "", ""))
    page.run()

    shown = tables_on(page)
    assert "stop, Bo" in shown
    assert "&lt;img src=x onerror=alert(1)&gt;: stop it" in shown
    assert "overdue since" in shown
    assert "no campaign: old contract" in shown
    assert "Seen to" in [button.label for button in page.button]


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (-1, "▲ The quarterly review is overdue: it was due on 1 Nov 2026, 1 day ago"),
        (0, "The quarterly review is due today"),
        (12, "The next quarterly review is due on 1 Nov 2026, in 12 days"),
    ],
)
def test_the_review_says_when_it_is_due(days, says):
    """Overdue has its sign."""
    due_on = date(2026, 11, 1)
    last = Review(Q4.previous(), ADA, agreement.now(), "Less on reach.")
    what, more = review.sentence(Due(last, due_on, due_on - timedelta(days=days)))
    assert what == says
    assert more == "The last one, of Q3 2026, was put on record by Ada. Less on reach."


def test_the_first_review_is_due_at_once():
    """Nobody has to know that there should be one."""
    what, more = review.sentence(Due(None, None, date(2026, 11, 1)))
    assert what == "The first quarterly review is due"
    assert "None is on record yet" in more


def test_the_file_of_strategies_runs_nothing_in_a_spreadsheet():
    """A campaign named like a formula leaves as text; the sum is its last row."""
    written = downloads.csv_of(downloads.sheet_of(tables.of_strategies(ANSWER), "Strategies", "Q4")).decode(
        "utf-8-sig"
    )
    assert "'=HYPERLINK(1)" in written
    assert written.strip().splitlines()[-1].startswith("all,3,2,1,1,500.00,129.60,64.80")


def test_costs_are_said_without_cents_where_nobody_compares_them(given):
    """€64.80 is €65; what is under ten keeps its cents."""
    view = View(given(**TABLES), Chosen(Q4), Reader(), date(2026, 11, 1))
    assert strategies.cells(view, SUNK)[4:10] == ("€500", "€130", "€65", "€130", "€130", "3.9 ×")
    assert strategies.cost(Money(1_28, "EUR"), view.reader.words) == "€1.28"


def test_a_because_says_what_is_still_to_come():
    """Nothing said is said so."""
    about = About(Q4, "campaign", "fair")
    said = decisions.because_words(Because(about, "We know the hall.", "20 SQLs", "", ADA, agreement.now()))
    assert said == ("fair: We know the hall", "Expected: 20 SQLs. Came: nothing said yet.")
