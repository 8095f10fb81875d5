"""What brought it: every model gives away exactly what was won, and only touches that can have mattered."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from alignment.domain.attribution import Before, Model, Rules
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.errors import MissingColumnError, UnknownTermError
from alignment.report.touches import moment_end
from tests.drawn import warehouse

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
LATER = "2027-01-01 00:00:00"
LEADS = """
    lead_id  created_at           source
    ada      2026-07-01T10:00:00  web
    bob      2026-07-03T10:00:00  fair
"""
ONE_DEAL = """
    deal_id  lead_id  created_at  closed_at   is_won  amount
    d1       ada      2026-07-10  2026-07-20  true    100
"""


def by_model(found, model):
    """Return what the model gives to each value, in euros."""
    return {row.value: row.amounts[model].amount for row in found.rows}


def left_out(found):
    """Return what the passport says of touches and deals that take no part."""
    return dict(found.passport.left_out)


def test_one_touch_takes_the_deal_in_every_model(given):
    """Six models, one answer."""
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01T10:00:00 mail true"
    found = report.attribution(given(leads=LEADS, deals=ONE_DEAL, touches=touches, as_of=LATER))
    assert all(by_model(found, model) == {"mail": 100} for model in Model)
    assert (found.rows[0].deals, found.not_attributed.deals) == (1, 0)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Model.FIRST, {"web": 100, "mail": 0, "event": 0, "call": 0}),
        (Model.LAST, {"web": 0, "mail": 0, "event": 0, "call": 100}),
        (Model.LINEAR, {"web": 25, "mail": 25, "event": 25, "call": 25}),
        (Model.U, {"web": 40, "mail": 10, "event": 10, "call": 40}),
        (Model.W, {"web": 30, "mail": 30, "event": 30, "call": 10}),
    ],
)
def test_the_milestones_are_those_of_the_data(given, model, expected):
    """The lead was created with the mail, the deal (a day without a time) with the event of its day."""
    touches = """
        lead_id  touched_at           channel  is_marketing
        ada      2026-06-01T10:00:00  web      true
        ada      2026-07-01T10:00:00  mail     true
        ada      2026-07-10T17:00:00  event    true
        ada      2026-07-12T10:00:00  call     true
    """
    found = report.attribution(given(leads=LEADS, deals=ONE_DEAL, touches=touches, as_of=LATER))
    assert by_model(found, model) == expected


def test_all_leads_of_a_deal_bring_their_touches(given):
    """The deal is shared once, whoever was touched; by source a touch counts for its lead's."""
    deals = "deal_id created_at closed_at is_won amount\nd1 2026-07-10 2026-07-20 true 100"
    pairs = "deal_id lead_id\nd1 ada\nd1 bob"
    touches = """
        lead_id  touched_at  is_marketing
        ada      2026-07-01  true
        bob      2026-07-02  true
        ada      2026-07-03  true
        bob      2026-07-04  true
    """
    snapshot = given(leads=LEADS, deals=deals, deal_leads=pairs, touches=touches, as_of=LATER)
    found = report.attribution(snapshot, by="source")
    assert by_model(found, Model.FIRST) == {"web": 100, "fair": 0}
    assert by_model(found, Model.LINEAR) == {"web": 50, "fair": 50}
    assert found.won.amount == Money(10_000, "EUR")


def test_a_touch_counts_for_each_deal_of_its_lead(given):
    """For those that it came before the close of."""
    deals = """
        deal_id  lead_id  created_at  closed_at   is_won  amount
        d1       ada      2026-07-10  2026-07-20  true    100
        d2       ada      2026-08-10  2026-08-20  true    10
    """
    touches = """
        lead_id  touched_at  channel  is_marketing
        ada      2026-07-01  web      true
        ada      2026-08-01  mail     true
    """
    found = report.attribution(given(leads=LEADS, deals=deals, touches=touches, as_of=LATER))
    assert by_model(found, Model.LAST) == {"web": 100, "mail": 10}
    assert by_model(found, Model.FIRST) == {"web": 110, "mail": 0}
    assert left_out(found)["touches after the close"] == 1


def test_touches_that_cannot_have_brought_the_deal_take_no_part_and_are_counted(given):
    """After the close, in the future, by sales, by nobody knows whom; the closing day still counts."""
    touches = """
        lead_id  touched_at           channel  is_marketing
        ada      2026-07-20T23:00:00  web      true
        ada      2026-07-21T00:00:00  mail     true
        ada      2099-01-01T00:00:00  mail     true
        ada      2026-07-02T00:00:00  call     false
        ada      2026-07-03T00:00:00  event    -
    """
    found = report.attribution(given(leads=LEADS, deals=ONE_DEAL, touches=touches, as_of=LATER))
    assert by_model(found, Model.LINEAR) == {"web": 100}
    assert left_out(found) == {
        "touches after the close": 1,
        "touches dated in the future": 1,
        "touches by sales": 1,
        "touches that nobody says who made": 1,
    }


def test_touches_of_sales_take_part_when_chosen(given):
    """And influenced still means marketing."""
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-02 call false"
    snapshot = given(leads=LEADS, deals=ONE_DEAL, touches=touches, as_of=LATER)
    found = report.attribution(snapshot, rules=Rules(is_marketing_only=False))
    assert by_model(found, Model.W) == {"call": 100}
    assert (found.influenced.total.deals, found.influenced.by) == (0, {})


def test_a_deal_without_a_touch_is_not_attributed(given):
    """It has a row of its own: nobody gets it by default."""
    deals = ONE_DEAL + "    d2       -        2026-07-10  2026-07-20  true    30"
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01 mail true"
    found = report.attribution(given(leads=LEADS, deals=deals, touches=touches, as_of=LATER))
    assert found.not_attributed.amount == Money(3_000, "EUR")
    assert by_model(found, Model.U) == {"mail": 100}
    assert found.won.amount == Money(13_000, "EUR")


def test_amounts_without_a_rate_zero_and_credits(given):
    """The first is left out and counted, zero is a deal of nothing, a credit is in no model."""
    deals = """
        deal_id  lead_id  closed_at   is_won  amount  currency
        d1       ada      2026-07-20  true    100     EUR
        d2       ada      2026-07-20  true    100     USD
        d3       ada      2026-07-20  true    0       EUR
        d4       ada      2026-07-20  true    -40     EUR
    """
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01 mail true"
    found = report.attribution(given(leads=LEADS, deals=deals, touches=touches, as_of=LATER))
    assert by_model(found, Model.LINEAR) == {"mail": 100}
    assert (found.won.deals, found.unvalued) == (3, 1)
    assert left_out(found) == {
        "won without an amount or an exchange rate": 1,
        "won with an amount of zero": 1,
        "won with a negative amount: a credit, in no model": 1,
    }


def test_won_amounts_take_the_rate_of_the_closing_day(given):
    """The very revenue of the page is shared, not another."""
    deals = "deal_id lead_id closed_at is_won amount currency\nd1 ada 2026-07-20 true 100 USD"
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01 mail true"
    rates = "currency rate_on rate\nUSD 2026-01-01 0.8\nUSD 2026-07-20 0.9"
    snapshot = given(leads=LEADS, deals=deals, touches=touches, exchange_rates=rates, as_of=LATER)
    assert by_model(report.attribution(snapshot), Model.FIRST) == {"mail": 90}


def test_a_close_in_the_future_has_not_happened(given):
    """Nothing is shared yet."""
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01 mail true"
    deals = ONE_DEAL.replace("2026-07-20", "2099-07-20")
    found = report.attribution(given(leads=LEADS, deals=deals, touches=touches, as_of=LATER))
    assert found.is_empty
    assert not found.rows


def test_influenced_overlaps_and_its_total_counts_each_deal_once(given):
    """Web and mail both touched it before it began; the event came later, before the close."""
    touches = """
        lead_id  touched_at           channel  is_marketing
        ada      2026-07-01T00:00:00  web      true
        ada      2026-07-02T00:00:00  mail     true
        ada      2026-07-02T01:00:00  mail     true
        ada      2026-07-15T00:00:00  event    true
    """
    deals = ONE_DEAL + "    d2       -        2026-07-10  2026-07-20  true    30"
    snapshot = given(leads=LEADS, deals=deals, touches=touches, as_of=LATER)
    created = report.attribution(snapshot).influenced
    closed = report.attribution(snapshot, rules=Rules(before=Before.CLOSE)).influenced
    assert (created.total.deals, created.total.amount) == (1, Money(10_000, "EUR"))
    assert {value: each.amount.amount for value, each in created.by.items()} == {"web": 100, "mail": 100}
    assert set(closed.by) == {"web", "mail", "event"}
    assert closed.total.deals == 1


def test_a_deal_whose_creation_is_not_dated_is_not_influenced_and_counted(given):
    """Nobody knows what came before."""
    deals = "deal_id lead_id closed_at is_won amount\nd1 ada 2026-07-20 true 100"
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01 mail true"
    found = report.attribution(given(leads=LEADS, deals=deals, touches=touches, as_of=LATER)).influenced
    assert found.total.deals == 0
    assert found.passport.left_out == (("won, creation at an unknown time: not influenced", 1),)


def test_only_deals_closed_in_the_period_are_shared(given):
    """As everywhere on the page."""
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01 mail true"
    snapshot = given(leads=LEADS, deals=ONE_DEAL, touches=touches, as_of=LATER)
    assert report.attribution(snapshot, Q3).won.deals == 1
    assert report.attribution(snapshot, Q3.previous()).is_empty


@pytest.mark.parametrize(
    ("tables", "needs"),
    [
        ({"deals": ONE_DEAL}, "needs table touches. With it you would see what brought"),
        (
            {"deals": ONE_DEAL, "touches": "lead_id touched_at channel\nada 2026-07-01 mail"},
            "needs column touches.is_marketing",
        ),
        (
            {"deals": ONE_DEAL, "touches": "lead_id touched_at is_marketing\nada 2026-07-01 true"},
            "needs column touches.channel",
        ),
        ({"touches": "lead_id touched_at channel\nada 2026-07-01 mail"}, "needs a table of deals"),
    ],
)
def test_what_is_missing_is_named_with_what_it_would_show(given, tables, needs):
    """Never an attribution of nothing."""
    with pytest.raises(MissingColumnError, match=needs):
        report.attribution(given(leads=LEADS, **tables, as_of=LATER))


def test_without_a_word_of_who_made_them_all_touches_can_be_shared_but_nothing_is_influenced(given):
    """Influenced by marketing can't be told; that is not none."""
    touches = "lead_id touched_at channel\nada 2026-07-01 mail"
    snapshot = given(leads=LEADS, deals=ONE_DEAL, touches=touches, as_of=LATER)
    found = report.attribution(snapshot, rules=Rules(is_marketing_only=False))
    assert by_model(found, Model.FIRST) == {"mail": 100}
    assert found.influenced is None


def test_an_unknown_group_is_refused_with_those_there_are(given):
    """The refusal lists what would do."""
    with pytest.raises(UnknownTermError, match=r"source, campaign, channel, got “owner”"):
        report.attribution(given(leads=LEADS, deals=ONE_DEAL, as_of=LATER), by="owner")


def test_each_model_has_a_passport_of_its_own(given):
    """With its own rule and the half-life that was chosen."""
    touches = "lead_id touched_at channel is_marketing\nada 2026-07-01 mail true"
    snapshot = given(leads=LEADS, deals=ONE_DEAL, touches=touches, as_of=LATER)
    found = report.attribution(snapshot, rules=Rules(half_life=30))
    assert "h = 30 days" in found.passports[Model.TIME_DECAY].formula
    assert "40 %" in found.passports[Model.U].formula
    assert "40 %" not in found.passports[Model.FIRST].formula
    assert all(passport.queries for passport in found.passports.values())


def test_a_moment_without_a_time_of_day_lasts_its_whole_business_day():
    """CRMs store a close as a day; its midnight is that of the business zone, even in a night of 25 hours."""
    berlin = ZoneInfo("Europe/Berlin")
    assert moment_end(datetime(2026, 10, 24, 22), berlin) == datetime(2026, 10, 25, 22, 59, 59, 999_999)
    assert moment_end(datetime(2026, 10, 24, 21, 59), berlin) == datetime(2026, 10, 24, 21, 59)
    assert moment_end(None, berlin) is None


hours = st.integers(0, 60 * 24)
touch = st.tuples(st.integers(0, 4), hours, st.sampled_from(("web", "mail", "-")), st.booleans())
deal = st.tuples(
    st.integers(0, 4), st.none() | st.integers(0, 4), hours, hours, st.none() | st.integers(-50_000, 90_000)
)


def at(hour):
    """Write an instant so many hours after the first of July."""
    return f"{datetime(2026, 7, 1) + timedelta(hours=hour):%Y-%m-%dT%H:%M:%S}"


def tables_of(touches, deals):
    """Write four leads, their touches, and deals of one or two of them as drawn tables."""
    leads = [f"l{n} {at(n * 24)} {'-' if n == 3 else f's{n % 2}'}" for n in range(4)]
    touched = [f"l{n} {at(when)} {name} {name} {str(flag).lower()}" for n, when, name, flag in touches]
    made, pairs = [], []
    for number, (lead, other, created, took, cents) in enumerate(deals):
        amount = "-" if cents is None else cents / 100
        made.append(f"d{number} l{lead} {at(created)} {at(created + took)} true {amount}")
        pairs += [] if other is None else [f"d{number} l{other}"]
    headed = {
        "leads": ["lead_id created_at source", *leads],
        "touches": ["lead_id touched_at channel campaign is_marketing", *touched],
        "deals": ["deal_id lead_id created_at closed_at is_won amount", *made],
        "deal_leads": ["deal_id lead_id", *pairs],
    }
    return {name: "\n".join(lines) for name, lines in headed.items()}


@settings(max_examples=15)
@drawn(
    st.lists(touch, max_size=12),
    st.lists(deal, min_size=1, max_size=8),
    st.sampled_from(report.ATTRIBUTED_BY),
)
def test_every_model_gives_away_exactly_what_was_won(touches, deals, by):
    """Σ over the values + not attributed = won revenue, to the cent, on any data."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.duckdb"
        snapshot = warehouse(path, tables_of(touches, deals), {"as_of": at(90 * 24)})
        found = report.attribution(snapshot, by=by)
        (won,) = report.revenue(snapshot).rows
    cents = won.won_amount.cents if won.won_amount else 0
    assert found.won.amount.cents == cents
    for model in Model:
        shared = sum(row.amounts[model].cents for row in found.rows)
        assert shared + found.not_attributed.amount.cents == cents
    influenced = found.influenced
    assert all(each.amount.cents <= influenced.total.amount.cents for each in influenced.by.values())
