"""Rules of the promises' cards: alike for both sides, one's own to make, and a word for what is missing."""

import re
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment import agreement
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import AnswerPromise, Promise, ValuePromise
from alignment.domain.promise_kept import Answer, Answered, Moment, ValueReached
from alignment.ui import promise_card, session
from alignment.ui.words import Words

SAY = Words.of("en")
ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
MADE = datetime(2026, 10, 1, 8)
HALF = Moment(is_begun=True, is_over=False, elapsed_share=0.5)
OVER = Moment(is_begun=True, is_over=True, elapsed_share=1.0)
VALUE = ValueReached(
    Q4,
    Promise(Q4, ValuePromise(Money(400_000_00, "EUR")), ADA, MADE),
    Money(220_000_00, "EUR"),
    120,
    0,
    {},
    HALF,
    Passport("", "", ""),
)
ANSWERS = Answered(
    Q4,
    Promise(Q4, AnswerPromise(90), BO, MADE),
    14,
    {Answer.ANSWERED: 80, Answer.UNTOUCHED: 20, Answer.PENDING: 31},
    HALF,
    Passport("", "", ""),
)


def test_both_cards_are_of_one_form():
    """The same parts in the same order; the marks in the bar alone differ: what is due, and how sure."""
    forms = [
        [part for part in re.findall(r"accord-[a-z-]+", card) if part not in {"accord-pace", "accord-range"}]
        for card in map(
            promise_card.html, (promise_card.of_value(VALUE, SAY), promise_card.of_answers(ANSWERS, SAY))
        )
    ]
    assert forms[0] == [part.replace("sales", "marketing") for part in forms[1]]
    assert len(forms[0]) == 10


def test_marketing_is_said_with_what_is_due_by_now():
    """In money, with its shape, and for those who can't see the bar."""
    shown = promise_card.html(promise_card.of_value(VALUE, SAY))

    for said in ("●", "promises €400K of MQL value", "€220K", "55% of it, due by now €200K", "… on the way"):
        assert said in shown
    assert 'aria-label="Marketing promised MQLs worth €400,000.00; reached €220,000.00' in shown


def test_sales_is_said_with_its_counts_its_interval_and_what_is_pending():
    """As every rate."""
    shown = promise_card.html(promise_card.of_answers(ANSWERS, SAY))

    for said in (
        "■",
        "promises 90% of hand-offs answered",
        "80%",
        "80 of 100 (71–87%), 31 pending",
        "… on the way",
    ):
        assert said in shown


def test_after_the_end_value_is_said_as_today_and_as_it_was_valued_then():
    """What moved since stands beside the verdict."""
    card = promise_card.of_value(replace(VALUE, moment=OVER, as_made=Money(410_000_00, "EUR")), SAY)

    assert (card.status, card.beside) == ("▼ not kept", "55% of it, €410K as valued then")
    assert card.promised == "promised €400K of MQL value"


def test_a_share_just_below_what_was_promised_does_not_read_as_reached():
    """229 of 270 is 84.8 %, and less than 85."""
    found = replace(
        ANSWERS,
        promise=Promise(Q4, AnswerPromise(85), BO, MADE),
        answers={Answer.ANSWERED: 229, Answer.UNTOUCHED: 41},
        moment=OVER,
    )
    card = promise_card.of_answers(found, SAY)

    assert (card.figure, card.status) == ("84.8%", "▼ not kept")


def test_four_hand_offs_are_no_percentage():
    """Neither 100 % nor 75 %."""
    found = replace(ANSWERS, answers={Answer.ANSWERED: 3, Answer.UNTOUCHED: 1}, moment=OVER)
    card = promise_card.of_answers(found, SAY)

    assert (card.figure, card.beside, card.status) == ("–", "n too small (3 of 4)", "– too few to say")


def test_what_came_with_the_data_is_no_markup():
    """A column's name may hold anything."""
    assert "<img" not in promise_card.html(promise_card.unknown(Side.SALES, "needs column <img src=x>"))


# The pages.

LEADS = """
    lead_id  created_at  mql_at      sal_at      rejected_at  rejection_reason  source   first_touch_at
    ada      2026-01-01  2026-01-02  2026-01-02  -            -                 Webinar  2026-01-02
    bob      2026-10-02  2026-10-05  2026-10-06  -            -                 Webinar  2026-10-05
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   amount  is_won  is_closed
    d1       ada      2026-01-03  2026-01-09  1200    true    true
"""
TABLES = {"leads": LEADS, "deals": DEALS, "as_of": "2026-11-01 00:00:00"}


@pytest.fixture
def ledger(given, tmp_path, monkeypatch):
    """Return a function that opens a ledger beside drawn tables, as the app's own."""

    def opened(**drawn):
        snapshot = given(**(drawn or TABLES))
        warehouse = SimpleNamespace(snapshot=lambda: snapshot)
        made = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)
        monkeypatch.setattr(session, "warehouse", lambda: warehouse)
        monkeypatch.setattr(session, "agreement", lambda: made)
        return made

    return opened


def open_page(name, who, **address):
    """Run a page as a person."""
    page = AppTest.from_file(ROOT / "pages" / "together" / f"{name}.py", default_timeout=30)
    page.session_state[session.PERSON] = who
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()


def cards(page):
    """Return the HTML of the cards on a page."""
    shown = (str(each.proto.body) for each in page.get("html"))
    return [body for body in shown if body.startswith('<div class="accord-promise')]


@pytest.mark.parametrize("name", ["board", "handoff"])
def test_both_promises_stand_on_the_page(ledger, name):
    """Marketing's and sales', in this order."""
    ours = ledger()
    ours.promises.make(ADA, Q4, ValuePromise(Money(2_000_00, "EUR")))
    ours.promises.make(BO, Q4, AnswerPromise(90))

    first, second = cards(open_page(name, OLA))

    assert "accord-of-marketing" in first
    assert "promises €2K of MQL value" in first
    assert "accord-of-sales" in second
    assert "n too small (1 of 1)" in second


@pytest.mark.parametrize(("who", "buttons"), [(ADA, 1), (BO, 1), (OLA, 0)])
def test_where_nothing_is_promised_both_are_invited_and_each_makes_its_own(ledger, who, buttons):
    """Observers look on."""
    ledger()
    page = open_page("board", who)

    assert all("shall we both, for Q4 2026?" in card for card in cards(page))
    assert [button.label for button in page.button].count("Make our promise") == buttons


def test_for_a_period_that_is_over_nobody_is_invited(ledger):
    """A promise made afterwards would be none."""
    ledger()
    page = open_page("board", ADA, period="2026Q1")

    assert all("nothing was promised for Q1 2026" in card for card in cards(page))
    assert "Make our promise" not in [button.label for button in page.button]


def test_a_figure_that_nobody_can_know_names_its_column_and_invites_nobody(ledger):
    """Marketing's needs deals, sales' a reason for rejections."""
    ledger(leads=LEADS.replace("rejection_reason", "why_not"), as_of=TABLES["as_of"])

    for who in (ADA, BO):
        page = open_page("board", who)
        first, second = cards(page)
        assert "needs column deals.is_won" in first
        assert "needs column leads.rejection_reason" in second
        assert "Make our promise" not in [button.label for button in page.button]


@pytest.mark.parametrize("name", ["board", "handoff"])
def test_data_without_dates_has_no_period_to_promise_for(ledger, name):
    """Both cards name the column."""
    ledger(leads="lead_id is_converted\nada true")

    assert ["needs column leads.created_at" in card for card in cards(open_page(name, ADA))] == [True, True]


def test_a_change_is_seen_on_the_card(ledger):
    """Whoever lowers a promise on its last day is seen to have done so."""
    ours = ledger()
    ours.promises.make(ADA, Q4, ValuePromise(Money(2_000_00, "EUR")))
    ours.promises.make(ADA, Q4, ValuePromise(Money(1_000_00, "EUR")), "the fair is off")

    assert "promises €1K of MQL value, changed" in cards(open_page("board", BO))[0]


def test_sources_that_a_reader_chose_change_no_promise(ledger):
    """It was made for all of them."""
    ours = ledger()
    ours.promises.make(ADA, Q4, ValuePromise(Money(2_000_00, "EUR")))

    assert cards(open_page("board", BO)) == cards(open_page("board", BO, source="Webinar"))


@pytest.mark.parametrize(("who", "proposed"), [(ADA, [860.0]), (BO, [100, 14])], ids=["value", "answers"])
def test_the_dialog_proposes_what_the_last_period_reached(ledger, who, proposed):
    """Q3's five hand-offs were answered, and of all seven one brought 1,200: 5 × 171.43, two digits of it."""
    header, ada, bob = LEADS.strip().splitlines()
    q3 = [ada.replace("ada", f"q{number}").replace("2026-01-0", "2026-09-2") for number in range(5)]
    ledger(**TABLES | {"leads": "\n".join([header, ada, bob, *q3])})
    page = open_page("board", who)

    next(button for button in page.button if button.label == "Make our promise").click().run()

    assert [field.value for field in page.number_input] == proposed
