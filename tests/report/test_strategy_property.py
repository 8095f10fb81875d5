"""Strategies sum to the quarter, whatever they are grouped by: nothing is lost and nothing counted twice.

Tables are random: dates missing, yet to come or reversed; names missing; deals of no lead, of several, of
other currencies; spend on nobody in particular.
"""

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from alignment import report
from alignment.domain.cohort import Cohort
from alignment.domain.period import Period, months_later
from alignment.domain.strategy import Basis
from tests.drawn import warehouse

FIRST, NOW = date(2026, 1, 1), date(2026, 6, 30)
QUARTER = Cohort(period=Period(date(2026, 2, 1), date(2026, 5, 1)))
days = st.none() | st.integers(0, 220)
names = st.sampled_from(["-", "brand", "fair"])
amounts = st.none() | st.integers(-900, 90_000)
currencies = st.sampled_from(["-", "EUR", "GBP"])  # without a rate for the last

leads = st.lists(st.tuples(days, days, days, days, names, names), max_size=10)
deals = st.lists(
    st.tuples(
        days,
        days,
        st.sampled_from(["true", "false", "-"]),
        amounts,
        currencies,
        names,
        st.lists(st.integers(0, 9), max_size=3, unique=True),
    ),
    max_size=10,
)
spend = st.lists(st.tuples(st.none() | st.integers(0, 8), names, names, amounts, currencies), max_size=8)


def on(day):
    """Write the day of a number."""
    return "-" if day is None else str(FIRST + timedelta(days=day))


def first_of(month):
    """Write the first day of the month of a number."""
    return "-" if month is None else str(months_later(FIRST, month))


def written(cents):
    """Write cents as an amount."""
    return "-" if cents is None else f"{'-' * (cents < 0)}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def tables(leads, deals, spend):
    """Draw the tables; each begins with a row that nothing counts, so that none is without columns."""
    of_leads = [
        f"l{number} {on(created)} {on(mql)} {on(sql)} {on(back)} x {source} {campaign}"
        for number, (created, mql, sql, back, source, campaign) in enumerate(leads)
    ]
    of_deals = [
        f"d{number} {on(created)} {on(closed)} {is_won} {written(cents)} {currency} {source}"
        for number, (created, closed, is_won, cents, currency, source, _) in enumerate(deals)
    ]
    pairs = [
        f"d{number} l{lead}" for number, (*_, ours) in enumerate(deals) for lead in ours if lead < len(leads)
    ]
    of_spend = [
        f"{first_of(month)} {source} {campaign} {written(cents)} {currency}"
        for month, source, campaign, cents, currency in spend
    ]
    return {
        "leads": "\n".join(
            ["lead_id created_at mql_at sql_at rejected_at rejection_reason source campaign", *of_leads]
        ),
        "deals": "\n".join(["deal_id created_at closed_at is_won amount currency source", *of_deals]),
        "deal_leads": "\n".join(["deal_id lead_id", *pairs]),
        "spend": "\n".join(["month_on source campaign amount currency", *of_spend]),
    }


def known_revenue(counts):
    """Return the cents won; None of deals that all lack an amount, which is not the same as zero."""
    return None if counts["won"] and not counts["valued"] else counts["revenue"]


def cents_of(money):
    """Return an amount's cents, None where it is not known."""
    return None if money is None else money.cents


def inside(day):
    """Tell whether a day has been and lies in the quarter."""
    return day is not None and QUARTER.period.contains(FIRST + timedelta(days=day)) and is_past(day)


def is_past(day):
    """Tell whether a day has been."""
    return day is not None and FIRST + timedelta(days=day) <= NOW


def first_lead(leads, ours):
    """Return the lead that brought a deal: its oldest."""
    return min(
        (lead for lead in ours if lead < len(leads)),
        key=lambda lead: (leads[lead][0] is None, leads[lead][0] or 0, f"l{lead}"),
        default=None,
    )


def in_the_period(leads, deals, spend, by):
    """Count each strategy's quarter one row at a time, by the rules themselves."""
    found = {}
    rows = (*of_leads(leads, by), *of_deals(leads, deals, by), *of_spend(spend, by))
    for name, what, count in rows:
        found.setdefault(None if name == "-" else name, Counter())[what] += count
    return found


def of_leads(leads, by):
    """Tell what each lead that is there by now adds to which strategy."""
    for created, mql, sql, _, source, campaign in leads:
        if created is None or is_past(created):
            for what, day in (("leads", created), ("mqls", mql), ("sqls", sql)):
                yield {"source": source, "campaign": campaign}[by], what, int(inside(day))


def of_deals(leads, deals, by):
    """Tell what each deal won in the quarter adds to the strategy of its own source or its first lead."""
    for _, closed, is_won, cents, currency, source, ours in deals:
        if is_won == "true" and inside(closed):
            brought = first_lead(leads, ours)
            name = "-" if brought is None else leads[brought][4 if by == "source" else 5]
            if by == "source" and (source != "-" or brought is None):
                name = source if source != "-" else "unattributed"
            is_known = cents is not None and currency != "GBP"
            yield name, "won", 1
            yield name, "valued", int(is_known)
            yield name, "revenue", max(cents, 0) if is_known else 0


def of_spend(spend, by):
    """Tell what each entry with an amount and a rate adds."""
    for month, source, campaign, cents, currency in spend:
        if month is not None and currency != "GBP" and cents is not None:
            first = months_later(FIRST, month)
            if QUARTER.period.contains(first) and first <= NOW:
                yield {"source": source, "campaign": campaign}[by], "spend", cents


@settings(max_examples=8)
@drawn(leads, deals, spend)
def test_strategies_sum_to_the_quarter_and_each_is_what_its_rows_say(leads, deals, spend):
    """By campaign and by source alike: the totals are the board's own figures, to the cent."""
    with tempfile.TemporaryDirectory() as folder:
        facts = {"as_of": f"{NOW} 23:59:59"}
        load = warehouse(Path(folder) / "w.duckdb", tables(leads, deals, spend), facts)
        board = report.revenue(load, QUARTER.period).rows[0]
        pipeline = report.pipeline(load)
        for by in ("campaign", "source"):
            found, expected = report.strategies(load, QUARTER, by=by), in_the_period(leads, deals, spend, by)
            whole = sum(expected.values(), Counter())
            for row in found.rows:
                counts = expected.get(row.name, Counter())
                told = {
                    "leads": row.leads,
                    "mqls": row.mqls,
                    "sqls": row.sqls,
                    "won": row.won,
                    "spend": row.spend.cents if row.spend else 0,
                }
                assert told == {what: counts[what] for what in told}
                assert cents_of(row.revenue) == (known_revenue(whole) and known_revenue(counts))
                assert row.came_back.numerator <= row.mqls
            total = found.total
            assert total.won == board.won_count if found.rows else board.won_count == 0
            if found.rows:
                assert total.revenue == board.won_amount
                assert total.open_deals == sum(stage.count for stage in pipeline.stages)
                assert cents_of(total.open_amount) == (cents_of(pipeline.amount) if pipeline.stages else 0)
            assert (total.leads or 0) == sum(inside(lead[0]) for lead in leads)


@settings(max_examples=8)
@drawn(leads, deals, spend)
def test_what_new_leads_brought_sums_to_one_whole(leads, deals, spend):
    """The same leads, deals and money, whether split by campaign or by source."""
    with tempfile.TemporaryDirectory() as folder:
        facts = {"as_of": f"{NOW} 23:59:59"}
        load = warehouse(Path(folder) / "w.duckdb", tables(leads, deals, spend), facts)
        whole = [
            report.strategies(load, QUARTER, by=by, basis=Basis.LEADS).total for by in ("campaign", "source")
        ]
        ever = report.strategies(load, Cohort(), basis=Basis.LEADS).total
        every_deal = report.revenue(load)
    for what in ("leads", "mqls", "sqls", "won", "revenue", "open_deals", "open_amount", "spend"):
        assert (getattr(whole[0], what) or 0) == (getattr(whole[1], what) or 0)
    assert (ever.leads or 0) == sum(created is None or is_past(created) for created, *_ in leads)
    assert (ever.won or 0) <= every_deal.rows[0].won_count
