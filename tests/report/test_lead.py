"""Rules of one lead's answer: found by its id, its whole trace from every table, nothing of other leads."""

import pytest

from alignment import report
from alignment.domain.money import Money
from alignment.errors import UnknownTermError

LEADS = """
    lead_id  created_at  mql_at      sql_at      rejected_at  rejection_reason  source   size
    ada      2026-05-04  2026-05-06  2026-05-10  -            -                 Webinar  50
    adam     2026-05-05  -           -           2026-05-08   too_early         Fair     40
    bo%b     2026-05-06  -           -           -            -                 -        -
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   amount  is_won  currency
    d1       ada      2026-05-12  2026-06-20  1200    true    CHF
    d2       ada      2026-05-14  2026-06-01  800     false   -
    d3       ada      2026-04-01  2026-04-20  500     true    -
    d4       adam     2026-05-20  2026-05-10  -       true    -
"""
TOUCHES = """
    lead_id  touched_at  channel  campaign  is_marketing
    ada      2026-05-05  mail     Spring    true
    ada      2026-05-07  call     -         false
    adam     2026-05-06  web      -         -
"""
AS_OF = "2026-07-01T12:00:00"


@pytest.fixture
def company(given):
    """Open three leads with their deals and touches."""
    return given(leads=LEADS, deals=DEALS, touches=TOUCHES, as_of=AS_OF)


def test_the_trace_holds_stages_touches_and_deals_in_order(company):
    """The whole way, whichever table each step is in."""
    found = report.lead(company, "ada").trace

    assert [event.what for event in found.events] == [
        "Deal d3 opened",
        "Deal d3 won",
        "Lead created",
        "Touch: mail",
        "MQL",
        "Touch: call",
        "SQL",
        "Deal d1 opened",
        "Deal d2 opened",
        "Deal d2 lost",
        "Deal d1 won",
    ]


def test_what_was_won_carries_its_amount_in_its_own_currency(company):
    """1,200 francs are not 1,200 euros."""
    assert [event.money for event in report.lead(company, "ada").trace.won] == [Money(120_000, "CHF")]


def test_a_deal_older_than_its_lead_is_told_and_counts_as_none_of_its_stages(company):
    """Expansion is not what came of the lead."""
    found = report.lead(company, "ada").trace

    assert "Deal d3 is older than the lead: expansion, not what came of the lead." in found.remarks
    assert found.contradictions == ()


def test_a_deal_closed_before_it_opened_is_a_contradiction(company):
    """Row and dates are named."""
    assert report.lead(company, "adam").trace.contradictions == (
        "“Deal d4 closed” is dated 10 May 2026, before “Deal d4 opened” on 20 May 2026.",
    )


def test_a_lead_sent_back_says_why(company):
    """The reason belongs to the step."""
    sent_back = [event for event in report.lead(company, "adam").trace.events if "back" in event.what]

    assert [event.detail for event in sent_back] == ["too early"]


def test_a_lead_without_anything_but_its_row_has_a_trace_of_one_step(given):
    """Neither deals nor touches need to be in the data."""
    snapshot = given(leads="lead_id created_at\nada 2026-05-04", as_of=AS_OF)

    assert [event.what for event in report.lead(snapshot, "ada").trace.events] == ["Lead created"]


def test_a_lead_without_dates_says_what_nobody_wrote_down(given):
    """Known to have become an opportunity, time unknown."""
    snapshot = given(leads="lead_id is_converted\nada true")

    found = report.lead(snapshot, "ada").trace

    assert found.events == ()
    assert found.remarks == (
        "Nobody wrote down when the lead became known.",
        "The lead became an opportunity; nobody wrote down when.",
    )


def test_stages_of_the_history_are_those_of_the_lead_and_of_its_deals(given):
    """The stages of others' deals stay out."""
    history = """
        record_id  record_table  stage     entered_at  amount
        ada        leads         Working   2026-05-05  -
        d1         deals         Proposal  2026-05-13  900
        d4         deals         Won       2026-05-14  900
    """
    snapshot = given(leads=LEADS, deals=DEALS, stage_history=history, as_of=AS_OF)

    found = [event for event in report.lead(snapshot, "ada").trace.events if event.what.startswith("Stage")]

    assert [(event.what, event.detail, event.money) for event in found] == [
        ("Stage: Working", "in the CRM", None),
        ("Stage: Proposal", "deal d1", Money(90_000, "CHF")),
    ]


def test_an_unknown_id_is_refused_with_what_to_do(company):
    """A clear sentence, no empty page."""
    with pytest.raises(UnknownTermError, match="There is no lead “eve” in the data"):
        report.lead(company, "eve")


@pytest.mark.parametrize(
    ("part", "ids"),
    [
        ("ada", ("ada", "adam")),
        ("ADAM", ("adam",)),
        ("dam", ("adam",)),
        ("o%b", ("bo%b",)),
        ("%", ("bo%b",)),
        (" ", ()),
    ],
)
def test_leads_are_found_by_a_part_of_their_id_the_very_one_first(company, part, ids):
    """Whatever its case; signs that other searches take for wildcards are letters here."""
    assert report.leads_named(company, part) == ids
